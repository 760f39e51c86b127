"""A channel's standing order for a digest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.asking.question import Question, QuestionKind
from bot.asking.terms import NO_TERMS, Terms

ACTIVE = "active"
PAUSED = "paused"
SNOOZED = "snoozed"
STOPPED = "stopped"
"""Paused by Flowbot itself, until what keeps it from being told is over."""
SHARED = "shared"
"""Paused by Flowbot itself, as another organisation reads the channel now."""
ENDED = "ended"
"""Stopped by somebody, or come once: only its past is left."""

AILING = (STOPPED, SHARED)
"""States that somebody has to mend; one whose last digest failed ails as well."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One digest: what, where, when. `cron` is read in the IANA zone `zone`; `words` says it.

    While it rests, `skips_at` is from when on its planned times still have to go on the record.
    `trouble_id` is of what keeps it from being told, until that is over.
    `consent` names the other organisations that may read along, as a member agreed to.
    """

    id: int
    channel: str
    kind: QuestionKind[Any]
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
    consent: str = ""
    skips_at: datetime | None = None
    trouble_id: int | None = None
    terms: Terms = NO_TERMS

    @property
    def ails(self) -> bool:
        """Whether it needs attention."""
        return bool(self.last_error) or self.state in AILING
