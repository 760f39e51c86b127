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
class LookAtOwner(Intent):
    """Somebody who ordered something may have left, or be back."""

    job: ClassVar[str] = "look_at_owner"
    owner: str


@dataclass(frozen=True, slots=True)
class TellTrouble(Intent):
    """A trouble that the owner of orders is to hear of."""

    job: ClassVar[str] = "tell_trouble"
    trouble: int
    owner: str


@dataclass(frozen=True, slots=True)
class TellQuiet(Intent):
    """What is quiet, to be told to a few admins, once a week; `week` is that of ISO 8601."""

    job: ClassVar[str] = "tell_quiet"
    week: str


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


@dataclass(frozen=True, slots=True)
class StopOrders(Intent):
    """What somebody ordered is to end: what rests under a trouble, or all for a channel."""

    job: ClassVar[str] = "stop_orders"
    needs: ClassVar[Right] = Right.MANAGE
    owner: str
    trouble: int = 0
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PutBackOrders(Intent):
    """What was ended together, to be had again; `kept` is the key under which it lies."""

    job: ClassVar[str] = "put_back_orders"
    needs: ClassVar[Right] = Right.MANAGE
    kept: str
    owner: str


@dataclass(frozen=True, slots=True)
class MoveOrders(Intent):
    """What rests under a trouble, to come to the channel in which this is wanted."""

    job: ClassVar[str] = "move_orders"
    needs: ClassVar[Right] = Right.ORDER
    owner: str
    trouble: int


@dataclass(frozen=True, slots=True)
class HandOverOrders(Intent):
    """What somebody ordered is another's from now on: of `to`, or of whoever asks."""

    job: ClassVar[str] = "hand_over_orders"
    needs: ClassVar[Right] = Right.MANAGE
    owner: str
    to: str = ""
    trouble: int = 0
    channel: str = ""
