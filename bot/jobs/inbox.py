"""The door of every wish: one durable row, and the runner woken."""

from collections.abc import Callable
from dataclasses import asdict

from bot.asking.model import Request
from bot.clock import Clock
from bot.jobs.store import JobStore


class Inbox:
    """Accepts wishes; each key once, however often Slack delivers it."""

    def __init__(self, jobs: JobStore, clock: Clock, *, wake: Callable[[], None]) -> None:
        """Call `wake` after each acceptance."""
        self._jobs = jobs
        self._clock = clock
        self._wake = wake

    async def accept(self, key: str, name: str, request: Request) -> bool:
        """Write a job; False when the same key was accepted before."""
        fresh = await self._jobs.add(
            key=key, name=name, arguments=asdict(request), now=self._clock.now()
        )
        self._wake()
        return fresh
