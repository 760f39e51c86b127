"""The door of every request: one durable row, and the runner woken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot import log
from bot.clock import Clock
from bot.jobs.request import Intent, Request
from bot.jobs.store import NEVER, JobStore, Repeats

PATIENCE_SECONDS = 2.0
"""How long a request may wait for the database: Slack waits three seconds for the answer."""
DOUBLE_CLICK: Final = timedelta(seconds=10)
"""So long the same button of the same message counts once for the same person."""


class Inbox:
    """Accepts requests; each key once, however often Slack delivers it."""

    def __init__(self, jobs: JobStore, clock: Clock, *, wake: Callable[[], None]) -> None:
        """Call `wake` after each acceptance."""
        self.patience = PATIENCE_SECONDS
        self._jobs = jobs
        self._clock = clock
        self._wake = wake

    def lately(self, stem: str, pause: timedelta) -> Repeats:
        """Return what a request repeats that comes so soon after one whose key begins like it."""
        return Repeats(stem, self._clock.now() - pause)

    async def accept(
        self, key: str, wanted: Request[Intent] | Intent, *, repeats: Repeats = NEVER
    ) -> bool:
        """Write a job; False when the same key was accepted before, or what it repeats.

        An intent alone is what nobody asked for in person, such as what follows from an event.
        Raises NotKeptError, in words for the asker, where that cannot be done in time.
        """
        fresh = await self._jobs.add(
            key=key,
            wanted=wanted,
            now=self._clock.now(),
            within=self.patience,
            repeats=repeats,
        )
        self._wake()
        intent = wanted.details if isinstance(wanted, Request) else wanted
        log.get().info("accepted", job=intent.job, repeated=not fresh)
        return fresh

    async def accept_click(self, button: str, click: str, request: Request[Intent]) -> bool:
        """Write the job of a button; False for a double click.

        `button` names the button of one message, `click` one press of it. What changes something
        is done once for all who see the button, and for ever.
        """
        if request.details.once:
            repeats = Repeats(f"do:{button}:")
        else:
            since = self._clock.now() - DOUBLE_CLICK
            repeats = Repeats(f"do:{button}:{request.user}:", since)
        key = f"do:{button}:{request.user}:{click}"
        return await self.accept(key, request, repeats=repeats)
