"""What waits for a second person to agree."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.jobs.policy import NO_THING, Thing


class AgreementState(StrEnum):
    """How it stands with one."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"
    ASKED_AGAIN = "asked again"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that somebody else has to agree to.

    `token` is in the buttons of its card, whose outbox key is `card`. `words` say what is wanted,
    as they go on after "wants to"; `by_name` is who settled it.
    """

    token: str
    user: str
    user_name: str
    right: str
    action: str
    words: str
    channel: str
    card: str
    expires_at: datetime
    thing: Thing = NO_THING
    state: AgreementState = AgreementState.ASKED
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of one: its new state, and by whom."""

    state: AgreementState
    now: datetime
    by: str = ""
    by_name: str = ""
