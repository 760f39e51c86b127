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
"""Stopped by Flowbot itself after a failure that only a person can mend."""
SHARED = "shared"
"""Paused by Flowbot itself, as another organisation reads the channel now."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One digest: what, where, when. `cron` is read in the IANA zone `zone`; `words` says it.

    While it rests, `skips_at` is from when on its planned times still have to go on the record.
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
    terms: Terms = NO_TERMS
