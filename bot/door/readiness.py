"""Whether Flowbot can work, for whoever hosts it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from bot.errors import BotError
from bot.slack_app import note_waiting
from bot.store.opening import DatabaseAwayError

LONGEST_SECONDS = 2.0
KEPT_SECONDS = 1.0
STARTING = "Flowbot is starting"
STOPPING = "Flowbot is stopping"

Check = Callable[[], Awaitable[None]]
"""Raises whatever it likes where something is wrong."""


class Readiness:
    """Why a process cannot work now, from its first moment to its last.

    It looks when asked, but once a second at most: anybody may ask, and a look costs a write.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Be starting; `now` is in seconds."""
        self._now = now
        self._checks: Mapping[str, Check] | None = None
        self._starting = STARTING
        self._is_ending = False
        self._why = ""
        self._until = now()
        self._looking = asyncio.Lock()

    def waiting(self, error: BotError, seconds: float) -> None:
        """Say, in the log and to who asks, that the start waits for Slack or the database."""
        note_waiting(error, seconds)
        if isinstance(error, DatabaseAwayError):  # its words name the place, which is nobody's
            self._starting = f"{STARTING} and waits for its database"
        else:
            self._starting = f"{STARTING} and waits for Slack ({error})"

    def begin(self, checks: Mapping[str, Check]) -> None:
        """Be ready from now on as far as these go; each is named by the words for its failure."""
        self._checks = checks
        self._until = self._now()

    def end(self) -> None:
        """Be ready no more: what is under way is brought to its end, nothing new should come."""
        self._is_ending = True

    async def unready(self) -> str:
        """Return why Flowbot cannot work now, or an empty text."""
        if self._is_ending:
            return STOPPING
        if self._checks is None:
            return self._starting
        async with self._looking:
            if self._now() >= self._until:
                self._why = await self._look(self._checks)
                self._until = self._now() + KEPT_SECONDS
            return self._why

    async def _look(self, checks: Mapping[str, Check]) -> str:
        for why, check in checks.items():
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    await check()
            except Exception:  # noqa: BLE001  # whatever it is, the answer is the same
                return why
        return ""
