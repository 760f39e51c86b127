"""One download for all who want the same small file at the same time, such as a digest's channels.

A file is kept in a temporary file only while somebody reads it. One that turns out to be large is
streamed by each for itself, so that neither disk nor memory grows with it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from bot.errors import VendorError
from bot.http.streaming import Download, chained
from bot.spool import Spool

SMALL: Final = 8_000_000
"""Bytes. So much comes before anybody is told how far a file is."""

Open = Callable[[], AbstractAsyncContextManager[Download]]


@dataclass(slots=True)
class _SharedDownload:
    """A download under way or in use. `found` is None where each has to fetch it for itself."""

    found: asyncio.Future[Download | None]
    spool: Spool
    readers: int = 0


class SharedDownloads:
    """Shares downloads by what was asked."""

    def __init__(self, *, small: int = SMALL) -> None:
        """Share files of at most `small` bytes."""
        self._small = small
        self._shared: dict[Hashable, _SharedDownload] = {}

    @asynccontextmanager
    async def open(self, asked: Hashable, fetch: Open) -> AsyncIterator[Download]:
        """Yield what `fetch` opens, or the same that another one has under way or in use.

        Raises what `fetch` raises; who waited for one that failed hears of the same failure.
        """
        shared = self._shared.get(asked)
        if shared is None:
            async with self._fetched(asked, fetch) as download:
                yield download
            return
        async with self._reading(asked, shared):
            found = await asyncio.shield(shared.found)
            if found is not None:
                yield replace(found, chunks=shared.spool.chunks())
                return
        async with fetch() as download:
            yield download

    @asynccontextmanager
    async def _fetched(self, asked: Hashable, fetch: Open) -> AsyncIterator[Download]:
        found = asyncio.get_running_loop().create_future()
        shared = _SharedDownload(found, Spool(largest=self._small))
        self._shared[asked] = shared
        async with self._reading(asked, shared):
            try:
                async with fetch() as download:
                    if not await self._is_kept(download, shared.spool):
                        self._to_each_alone(asked, shared)
                        chunks = chained(shared.spool.chunks(), download.chunks)
                        yield replace(download, chunks=chunks)
                        return
                whole = replace(download, length=shared.spool.length)
                shared.found.set_result(whole)
                yield replace(whole, chunks=shared.spool.chunks())
            except VendorError as error:
                self._failed(asked, shared, error)
                raise
            finally:
                self._to_each_alone(asked, shared)

    async def _is_kept(self, download: Download, spool: Spool) -> bool:
        """Keep a small file; of one that is not, keep its beginning at most."""
        if download.length is not None and download.length > self._small:
            return False
        return await spool.fill(download.chunks)

    def _failed(self, asked: Hashable, shared: _SharedDownload, error: VendorError) -> None:
        if not shared.found.done():
            shared.found.set_exception(error)
            shared.found.exception()  # looked at, even if nobody waits
            self._forget(asked, shared)

    def _to_each_alone(self, asked: Hashable, shared: _SharedDownload) -> None:
        """Let those who wait, and those who come, fetch for themselves, if it did not come."""
        if not shared.found.done():
            shared.found.set_result(None)
            self._forget(asked, shared)

    @asynccontextmanager
    async def _reading(self, asked: Hashable, shared: _SharedDownload) -> AsyncIterator[None]:
        shared.readers += 1
        try:
            yield
        finally:
            shared.readers -= 1
            if not shared.readers:
                self._forget(asked, shared)
                await shared.spool.close()

    def _forget(self, asked: Hashable, shared: _SharedDownload) -> None:
        if self._shared.get(asked) is shared:
            del self._shared[asked]
