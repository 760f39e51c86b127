"""Where files come from: each source can be opened again at any time from its arguments."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.clients.spool import Body
from bot.model.messages import FileSource

Opener = Callable[[dict[str, Any]], AbstractAsyncContextManager[Body]]


class FileSources:
    """Openers by name."""

    def __init__(self, openers: Mapping[str, Opener]) -> None:
        """Serve these sources."""
        self._openers = openers

    def open(self, source: FileSource) -> AbstractAsyncContextManager[Body]:
        """Open a source; reading it may raise VendorError, UserError or SlackError."""
        return self._openers[source.name](source.arguments)
