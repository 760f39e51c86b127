"""Waiting for the answer of a call, which may be made in another process."""

import asyncio
from datetime import timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.jobs.calls.store import CallState, CallStore

PATIENCE: Final = timedelta(seconds=50)
"""So long an answer is waited for: Slackbot gives a call up after 60 seconds."""
UNTIL: Final = timedelta(seconds=60)
"""So long after its beginning a call counts as waited for, should its process be gone."""
LOOK_AGAIN = 1.0
"""Seconds after which the row is read anyway, should nobody have said that there is news."""


class CallWaiting:
    """All who wait in this process for answers of one workspace."""

    def __init__(self, calls: CallStore, clock: Clock) -> None:
        """Read the answers from `calls`."""
        self._calls = calls
        self._clock = clock
        self._news = asyncio.Event()

    def wake(self) -> None:
        """Say that an answer may be there, by this process or another."""
        self._news.set()
        self._news = asyncio.Event()

    async def until_over(self, key: str) -> CallState | None:
        """Return where the answer of a call is: once that is known, or as far as patience goes."""
        alarm: asyncio.Future[Any] = asyncio.ensure_future(
            self._clock.alarm(PATIENCE.total_seconds())
        )
        try:
            while True:
                news = self._news  # what comes while the row is read is not missed
                state = await self._calls.state(key)
                if state is not CallState.WAITING or alarm.done():
                    return state
                await self._until(news, alarm)
        finally:
            alarm.cancel()

    async def _until(self, news: asyncio.Event, alarm: "asyncio.Future[Any]") -> None:
        told: asyncio.Future[Any] = asyncio.ensure_future(news.wait())
        try:
            await asyncio.wait(
                {told, alarm}, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            told.cancel()
