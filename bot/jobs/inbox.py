"""The door of every request: one durable row, and the runner woken."""

from collections.abc import Callable

from bot.clock import Clock
from bot.jobs.request import Intent, Request
from bot.jobs.store import JobStore


class Inbox:
    """Accepts requests; each key once, however often Slack delivers it."""

    def __init__(self, jobs: JobStore, clock: Clock, *, wake: Callable[[], None]) -> None:
        """Call `wake` after each acceptance."""
        self._jobs = jobs
        self._clock = clock
        self._wake = wake

    async def accept(self, key: str, request: Request[Intent]) -> bool:
        """Write a job; False when the same key was accepted before."""
        fresh = await self._jobs.add(key=key, wanted=request, now=self._clock.now())
        self._wake()
        return fresh
