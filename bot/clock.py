"""The one source of time, so that a test or the sandbox can be at any moment it likes."""

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """The machine's clock. The sandbox's own clock is a subclass that can be moved."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that only ever grow, for waits: people may set the clock back."""
        return time.monotonic()

    async def alarm(self, seconds: float) -> None:
        """Wait as `sleep` does, but never move a clock that stands still: others move it."""
        await self.sleep(seconds)

    async def sleep(self, seconds: float) -> None:
        """Wait until that many seconds have passed on this clock."""
        await asyncio.sleep(max(0.0, seconds))
