"""What can be wanted about what waits for a second person: the arguments of jobs."""

from dataclasses import dataclass
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class Agree(Intent):
    """Somebody agrees to what waits under a token; whether they may is decided by what it is."""

    job: ClassVar[str] = "agree"
    needs: ClassVar[Right] = Right.HELP
    token: str


@dataclass(frozen=True, slots=True)
class Refuse(Intent):
    """Somebody does not agree; whoever asked takes it back so."""

    job: ClassVar[str] = "refuse"
    needs: ClassVar[Right] = Right.HELP
    token: str


@dataclass(frozen=True, slots=True)
class AskAgain(Intent):
    """What came to nothing is wanted once more, just as it was entered."""

    job: ClassVar[str] = "ask_again"
    needs: ClassVar[Right] = Right.HELP
    token: str


@dataclass(frozen=True, slots=True)
class LetExpire(Intent):
    """The time is over in which somebody could agree."""

    job: ClassVar[str] = "agreement_expires"
    token: str
