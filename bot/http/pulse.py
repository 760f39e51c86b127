"""How a vendor is: when it last gave a good answer, and what was wrong since, if anything.

A refusal of what was asked for is a good answer: the vendor is there, and takes our key.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.errors import PASSING, Reason, VendorError

TROUBLES: Final = PASSING | {Reason.AUTH}
"""What is wrong with the vendor itself, or with our key for it."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What was seen last. `trouble` came after the last good answer; None where none did."""

    answered_at: datetime | None = None
    failed_at: datetime | None = None
    trouble: VendorError | None = None


class Pulse:
    """What this process saw of one vendor, in memory."""

    __slots__ = ("_clock", "beat")

    def __init__(self, clock: Clock) -> None:
        """Know nothing yet."""
        self._clock = clock
        self.beat = Beat()

    def answered(self) -> None:
        """Hear that it gave a good answer."""
        self.beat = Beat(answered_at=self._clock.now())

    def failed(self, error: VendorError) -> None:
        """Hear that it gave none, or one that is good for the vendor if not for the asker."""
        if error.reason not in TROUBLES:
            self.answered()
            return
        self.beat = Beat(self.beat.answered_at, self._clock.now(), error)
