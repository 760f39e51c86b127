"""What is done about troubles: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class LookAtPlace(Intent):
    """Something in a conversation is different, so its orders may have to rest, or may go on."""

    job: ClassVar[str] = "look_at_place"
    channel: str


@dataclass(frozen=True, slots=True)
class LookAtTrouble(Intent):
    """A trouble may be over, and an event that says so may have been lost."""

    job: ClassVar[str] = "look_at_trouble"
    trouble: int


@dataclass(frozen=True, slots=True)
class TellTrouble(Intent):
    """A trouble that the owner of orders is to hear of."""

    job: ClassVar[str] = "tell_trouble"
    trouble: int
    owner: str


@dataclass(frozen=True, slots=True)
class LookNow(Intent):
    """A person wants to know at once whether a trouble is over."""

    job: ClassVar[str] = "look_now"
    needs: ClassVar[Right] = Right.MANAGE
    trouble: int


@dataclass(frozen=True, slots=True)
class LetOthersSee(Intent):
    """A member agrees that those who read a channel along see what rests for them."""

    job: ClassVar[str] = "let_others_see"
    needs: ClassVar[Right] = Right.MANAGE
    trouble: int
    owner: str
