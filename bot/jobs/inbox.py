"""The door of every request: one durable row, and the runner woken."""

from collections.abc import Callable

from bot.clock import Clock
from bot.jobs.request import Intent, Request
from bot.jobs.store import JobStore

PATIENCE_SECONDS = 2.0
"""How long a request may wait for the database: Slack waits three seconds for the answer."""


class Inbox:
    """Accepts requests; each key once, however often Slack delivers it."""

    def __init__(self, jobs: JobStore, clock: Clock, *, wake: Callable[[], None]) -> None:
        """Call `wake` after each acceptance."""
        self.patience = PATIENCE_SECONDS
        self._jobs = jobs
        self._clock = clock
        self._wake = wake

    async def accept(self, key: str, request: Request[Intent]) -> bool:
        """Write a job; False when the same key was accepted before.

        Raises NotKeptError, in words for the asker, where that cannot be done in time.
        """
        fresh = await self._jobs.add(
            key=key, wanted=request, now=self._clock.now(), within=self.patience
        )
        self._wake()
        return fresh
