"""What one client knows of its vendor: told by the vendor itself, or read where others kept it."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import BotError
from bot.http.holds.store import HoldStore

LOOK_SECONDS: Final = 1.0
"""So long what others were told is taken as it was read."""
LONGEST: Final = timedelta(days=1)
"""No hold is believed for longer: a clock on the wall may have jumped."""


class Holds:
    """What one client knows of its vendor; shared with other processes once it is kept."""

    __slots__ = ("_clock", "_kept", "_look_at", "_until")

    def __init__(self, clock: Clock) -> None:
        """Hold nobody."""
        self._clock = clock
        self._until: dict[str, float] = {}
        self._look_at: dict[str, float] = {}
        self._kept: HoldStore | None = None

    def keep(self, kept: HoldStore) -> None:
        """Share them from now on with all who keep them there."""
        self._kept = kept

    async def left(self, vendor: str) -> float:
        """Return how many seconds nobody is to ask a vendor; none or less where anybody may."""
        now = self._clock.monotonic()
        if self._kept and now >= self._look_at.get(vendor, now):
            self._look_at[vendor] = now + LOOK_SECONDS
            with suppress(BotError):  # then what this process was told has to do
                await self._look(self._kept, vendor)
        return self._until.get(vendor, now) - self._clock.monotonic()

    async def hold(self, vendor: str, seconds: float) -> None:
        """Let all who ask a vendor wait, as one of them was too fast."""
        self._raise(vendor, seconds)
        if self._kept:
            until = self._clock.now() + timedelta(seconds=seconds)
            with suppress(BotError):
                await self._kept.put(vendor, until)

    async def _look(self, kept: HoldStore, vendor: str) -> None:
        until = await kept.until(vendor)
        if until:
            left = min(until - self._clock.now(), LONGEST)
            self._raise(vendor, left.total_seconds())

    def _raise(self, vendor: str, seconds: float) -> None:
        now = self._clock.monotonic()
        self._until[vendor] = max(self._until.get(vendor, now), now + seconds)
