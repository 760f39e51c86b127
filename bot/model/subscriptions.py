"""A channel's standing order for a digest."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.asking import ReportQuestion, RunsQuestion

REPORT = "report"
RUNS = "runs"

Question = ReportQuestion | RunsQuestion
KINDS: dict[str, type[Question]] = {REPORT: ReportQuestion, RUNS: RunsQuestion}
"""The questions that can be asked by a standing order, by the word that orders them."""


def kind_of(question: Question) -> str:
    """Return the word that orders a question."""
    return next(kind for kind, made in KINDS.items() if isinstance(question, made))


ACTIVE = "active"
PAUSED = "paused"
SNOOZED = "snoozed"
STOPPED = "stopped"
"""Stopped by Flowbot itself after a failure that only a person can mend."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One digest: what, where, when. `cron` is read in the IANA zone `zone`; `words` says it."""

    id: int
    channel: str
    kind: str
    question: Question
    cron: str
    words: str
    zone: str
    creator: str
    created_at: datetime
    next_run_at: datetime | None = None
    state: str = ACTIVE
    snoozed_until: datetime | None = None
    last_ok_at: datetime | None = None
    last_error: str = ""
    failure_streak: int = 0
    note: str = ""
