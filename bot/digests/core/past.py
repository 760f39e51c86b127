"""What can be wanted of digests that were planned in the past."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class History(Intent):
    """A request to see what became of a digest's planned times; with `export` all as a file.

    `before` is the row of the record before which those are that are wanted, 0 for the last.
    """

    job: ClassVar[str] = "subscription_history"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    export: str = ""
    before: int = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Why(Intent):
    """A request to be told why a digest came, or did not: the last one, or that `planned` then.

    With `by_hand` it is one that somebody wanted besides its schedule.
    """

    job: ClassVar[str] = "digest_why"
    needs: ClassVar[Right] = Right.ASK
    number: int
    planned: datetime | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Resend(Intent):
    """A digest of the past to be sent once more: the last of a day, or that `at` a time, 09:30."""

    job: ClassVar[str] = "resend_digest"
    needs: ClassVar[Right] = Right.MANAGE
    number: int
    day: date
    at: str = ""
