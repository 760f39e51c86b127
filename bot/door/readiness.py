"""Whether Flowbot can work, for whoever hosts it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

LONGEST_SECONDS = 2.0
KEPT_SECONDS = 1.0

Check = Callable[[], Awaitable[None]]
"""Raises whatever it likes where something is wrong."""


class Readiness:
    """Looks when asked, but once a second at most: anybody may ask, and a look costs a write."""

    def __init__(self, checks: dict[str, Check], now: Callable[[], float] = time.monotonic) -> None:
        """Make these checks; each is named by the words for its failure."""
        self._checks = checks
        self._now = now
        self._why = ""
        self._until = now()
        self._looking = asyncio.Lock()

    async def unready(self) -> str:
        """Return why Flowbot cannot work now, or an empty text."""
        async with self._looking:
            if self._now() >= self._until:
                self._why = await self._look()
                self._until = self._now() + KEPT_SECONDS
            return self._why

    async def _look(self) -> str:
        for why, check in self._checks.items():
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    await check()
            except Exception:  # noqa: BLE001  # whatever it is, the answer is the same
                return why
        return ""
