"""Where files come from: each source can be opened again at any time from its arguments.

Some sources tell of themselves in the message that the file belongs to: what is in the file, how
far it is, or why there is none.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from bot.errors import BotError
from bot.slack.messages import FileOffer, FileSource, Message
from bot.spool import Body

Opener = Callable[[dict[str, Any]], AbstractAsyncContextManager[Body]]
Narrate = Callable[[Message], Awaitable[None]]
"""Shows a message in place of the one that the file belongs to."""
Refusal = Callable[[FileOffer, BotError], Message]
"""Says why a file could not be posted, for a source that has words of its own for that."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """An open source: its bytes, None when there is nothing to upload, and the last word on it.

    `parent_message` is asked after the bytes were read.
    """

    body: Body | None
    parent_message: Callable[[], Message | None] = lambda: None


class NarratedSource(Protocol):
    """A source that tells of itself. `key` is the outbox key of the file."""

    def open(
        self, arguments: dict[str, Any], *, key: str, narrate: Narrate
    ) -> AbstractAsyncContextManager[OpenFile]:
        """Open it; reading may raise VendorError and UserError."""
        ...

    async def lost(self, arguments: dict[str, Any], error: BotError) -> Message | None:
        """Return what the message says when the file could not be had for good."""
        ...


class FileSources:
    """Openers by name."""

    def __init__(
        self,
        openers: Mapping[str, Opener],
        narrated: Mapping[str, NarratedSource] | None = None,
        refusals: Mapping[str, Refusal] | None = None,
    ) -> None:
        """Serve these sources."""
        self._openers = openers
        self._narrated = narrated or {}
        self._refusals = refusals or {}

    @asynccontextmanager
    async def open(
        self, source: FileSource, *, key: str, narrate: Narrate
    ) -> AsyncIterator[OpenFile]:
        """Open a source; reading it may raise VendorError, UserError or SlackError."""
        if source.name in self._narrated:
            opening = self._narrated[source.name].open(source.arguments, key=key, narrate=narrate)
            async with opening as opened:
                yield opened
            return
        async with self._openers[source.name](source.arguments) as body:
            yield OpenFile(body)

    async def lost(self, source: FileSource, error: BotError) -> Message | None:
        """Return what to say in the message of a file that could not be had, or None."""
        narrated = self._narrated.get(source.name)
        return await narrated.lost(source.arguments, error) if narrated else None

    def refusal(self, offer: FileOffer, error: BotError) -> Message | None:
        """Return the source's own words for a file that could not be posted, or None."""
        words = self._refusals.get(offer.source.name)
        return words(offer, error) if words else None
