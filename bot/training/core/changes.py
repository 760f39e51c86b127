"""What changed between two reports of the same kind: what a reader of a digest looks for first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import AwareDatetime

from bot.training.model import COMPLETED, OVERDUE, TrainingReport

MAX_ASSIGNMENTS = 5_000
"""A snapshot keeps no more, so that its row in the database stays below about half a megabyte."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A report as far as a later one is compared with it.

    `total`, `completed` and `rate` (percent) are the vendor's own figures, never narrowed by the
    filter; `people` has the status and the e-mail address by assignment id and is narrowed by
    `status_filter`. `whole` is false when there were more than MAX_ASSIGNMENTS. `days` are those
    asked about, empty for all; `by_digest` says that a digest told it.
    """

    taken_at: AwareDatetime
    total: int
    completed: int
    rate: float | None = None
    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    status_filter: str = ""
    whole: bool = True
    days: str = ""
    by_digest: bool = False

    @property
    def statuses(self) -> dict[str, str]:
        """The status by assignment id."""
        return {key: status for key, (status, _) in self.people.items()}


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What happened since an earlier report; the tuples hold e-mail addresses in sorted order.

    `rate_delta` is in percentage points. `gone` counts assignments that are no longer listed:
    withdrawn, or, under a status filter, of another status by now. `by_digest` says that a digest
    told of the earlier one.
    """

    since: datetime
    by_digest: bool = False
    rate_delta: float | None = None
    total_delta: int = 0
    completed_delta: int = 0
    newly_completed: tuple[str, ...] = ()
    newly_overdue: tuple[str, ...] = ()
    newly_assigned: tuple[str, ...] = ()
    gone: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the two reports say the same."""
        nothing = ReportChanges(self.since, by_digest=self.by_digest)
        return not self.rate_delta and replace(self, rate_delta=None) == nothing


def snapshot(
    report: TrainingReport,
    taken_at: datetime,
    *,
    status_filter: str = "",
    days: str = "",
    by_digest: bool = False,
) -> Snapshot:
    """Return what a later report needs; `status_filter` is the status that was asked for, if any.

    Of too many assignments the first MAX_ASSIGNMENTS by id are kept, so that the next snapshot
    keeps the same ones.
    """
    kept = sorted(report.assignments, key=lambda each: each.id)[:MAX_ASSIGNMENTS]
    return Snapshot(
        taken_at=taken_at,
        total=report.total,
        completed=report.completed,
        rate=100 * report.completed / report.total if report.total else None,
        people={each.id: (each.status, each.email) for each in kept},
        status_filter=status_filter,
        whole=len(report.assignments) <= MAX_ASSIGNMENTS and not report.odd,
        days=days,
        by_digest=by_digest,
    )


def changes(before: Snapshot, after: Snapshot) -> ReportChanges | None:
    """Return what happened from one snapshot to a later one of the same question.

    Under a status filter an assignment that was not listed before has just got that status; without
    one it is new. Where a snapshot is not whole, only assignments in both are compared. Where the
    days asked about have moved on, what has only left them is no change; under a filter nobody can
    tell then: None.
    """
    whole, moved = before.whole and after.whole, before.days != after.days
    if moved and after.status_filter:
        return None
    then, now = before.statuses, after.statuses
    fresh = now.keys() - then.keys() if whole else set[str]()
    new = set[str]() if after.status_filter else fresh
    turned = {
        key: status
        for key, status in now.items()
        if (key in then and then[key] != status) or (key in fresh and key not in new)
    }
    completed = {key for key in turned if turned[key] == COMPLETED}
    return ReportChanges(
        since=before.taken_at,
        by_digest=before.by_digest,
        rate_delta=None if moved else _delta(before.rate, after.rate),
        total_delta=len(new) if moved else after.total - before.total,
        completed_delta=len(completed) if moved else after.completed - before.completed,
        newly_completed=_people(after, completed),
        newly_overdue=_people(after, {key for key in turned if turned[key] == OVERDUE}),
        newly_assigned=_people(after, new),
        gone=len(then.keys() - now.keys()) if whole and not moved else 0,
    )


def _delta(before: float | None, after: float | None) -> float | None:
    """Return the difference to one decimal, or None when a side is unknown."""
    return None if before is None or after is None else round(after - before, 1)


def _people(after: Snapshot, keys: set[str]) -> tuple[str, ...]:
    """Return the addresses of the assignments, each once."""
    return tuple(sorted({after.people[key][1] for key in keys}))
