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
    `status_filter`. `whole` is false when there were more than MAX_ASSIGNMENTS.
    """

    taken_at: AwareDatetime
    total: int
    completed: int
    rate: float | None = None
    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    status_filter: str = ""
    whole: bool = True

    @property
    def statuses(self) -> dict[str, str]:
        """The status by assignment id."""
        return {key: status for key, (status, _) in self.people.items()}


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """What happened since an earlier report; the tuples hold e-mail addresses in sorted order.

    `rate_delta` is in percentage points. `gone` counts assignments that are no longer listed:
    withdrawn, out of the period, or, under a status filter, of another status by now.
    """

    since: datetime
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
        return not self.rate_delta and replace(self, rate_delta=None) == ReportChanges(self.since)


def snapshot(report: TrainingReport, taken_at: datetime, *, status_filter: str = "") -> Snapshot:
    """Return what a later report needs; `status_filter` is the status that was asked for, if any.

    Of too many assignments the first MAX_ASSIGNMENTS by id are kept, so that the next snapshot
    keeps the same ones.
    """
    kept = sorted(report.assignments, key=lambda each: each.id)[:MAX_ASSIGNMENTS]
    return Snapshot(
        taken_at=taken_at,
        total=report.total,
        completed=report.completed,
        rate=report.completion_rate,
        people={each.id: (each.status, each.email) for each in kept},
        status_filter=status_filter,
        whole=len(report.assignments) <= MAX_ASSIGNMENTS and not report.odd,
    )


def changes(before: Snapshot, after: Snapshot) -> ReportChanges:
    """Return what happened from one snapshot to a later one of the same question.

    Under a status filter an assignment that was not listed before has just got that status; without
    one it is new. Where a snapshot is not whole, only assignments in both are compared.
    """
    whole = before.whole and after.whole
    then, now = before.statuses, after.statuses
    fresh = now.keys() - then.keys() if whole else set[str]()
    new = set[str]() if after.status_filter else fresh
    turned = {
        key: status
        for key, status in now.items()
        if (key in then and then[key] != status) or (key in fresh and key not in new)
    }
    return ReportChanges(
        since=before.taken_at,
        rate_delta=_delta(before.rate, after.rate),
        total_delta=after.total - before.total,
        completed_delta=after.completed - before.completed,
        newly_completed=_people(after, {key for key in turned if turned[key] == COMPLETED}),
        newly_overdue=_people(after, {key for key in turned if turned[key] == OVERDUE}),
        newly_assigned=_people(after, new),
        gone=len(then.keys() - now.keys()) if whole else 0,
    )


def _delta(before: float | None, after: float | None) -> float | None:
    """Return the difference to one decimal, or None when a side is unknown."""
    return None if before is None or after is None else round(after - before, 1)


def _people(after: Snapshot, keys: set[str]) -> tuple[str, ...]:
    """Return the addresses of the assignments, each once."""
    return tuple(sorted({after.people[key][1] for key in keys}))
