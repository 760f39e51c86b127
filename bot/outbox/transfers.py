"""A large file on its way: how far it is, told in its message now and then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final, Self

from bot.clock import Clock
from bot.outbox.files import Narrate
from bot.outbox.progress import TransferProgress
from bot.slack.messages import Message

LARGE: Final = 8_000_000
"""Bytes between two words on progress; what is smaller is there before it could be read."""
PAUSE: Final = 3.0
"""Seconds between two words, unless a quarter of the file came in less."""
QUARTER: Final = 0.25


class Transfer:
    """Counts bytes and tells of them. Telling never holds up the bytes."""

    def __init__(
        self,
        total: int | None,
        clock: Clock,
        *,
        narrate: Narrate,
        words: Callable[[TransferProgress], Message],
    ) -> None:
        """`total` is in bytes, None where nobody knows."""
        self._total = total
        self._clock = clock
        self._narrate = narrate
        self._words = words
        self._began = clock.monotonic()
        self._done = 0
        self._told_bytes = 0
        self._told_seconds = 0.0
        self._narrating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Wait for the last word, so that no later one is overtaken by it."""
        if self._narrating:
            await asyncio.gather(self._narrating, return_exceptions=True)

    @property
    def done(self) -> int:
        """The bytes so far."""
        return self._done

    def passed(self, count: int) -> None:
        """Count bytes."""
        self._done += count
        since = self._done - self._told_bytes
        if since < LARGE or (self._narrating and not self._narrating.done()):
            return
        seconds = self._clock.monotonic() - self._began
        quarter = self._total is not None and since >= QUARTER * self._total
        if not quarter and seconds - self._told_seconds < PAUSE:
            return
        self._told_bytes, self._told_seconds = self._done, seconds
        message = self._words(TransferProgress(self._done, self._total, seconds))
        self._narrating = asyncio.ensure_future(_narrated(self._narrate, message))


async def _narrated(narrate: Narrate, message: Message) -> None:
    await narrate(message)


async def passing(chunks: AsyncIterator[bytes], transfer: Transfer) -> AsyncIterator[bytes]:
    """Yield the chunks, counted."""
    async for chunk in chunks:
        transfer.passed(len(chunk))
        yield chunk
