"""Whether somebody agreed to be found by their e-mail address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConsentState(StrEnum):
    """What somebody said; of whom there is no row was never asked."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    """To the question, which is never put again."""
    STOPPED = "stopped"
    """After they had agreed, or without ever being asked."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The word of one person, and since when. `told_at` is when they were asked, if they were."""

    user: str
    state: ConsentState
    changed_at: datetime
    asked_by: str = ""
    told_at: datetime | None = None
