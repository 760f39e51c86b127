"""CSV files of workflow events being opened: passed on, joined, packed or cut."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Final

from bot.errors import Reason, UserError, VendorError
from bot.http.streaming import Download
from bot.outbox.files import Opened
from bot.outbox.transfers import passing
from bot.spool import Body, Spool
from bot.workflows.bytes_on_their_way import (
    cut,
    is_nothing,
    joined,
    metered,
    spooled_to_the_end,
    zipped,
)
from bot.workflows.making import Making, only
from bot.workflows.model import CSV, GIOSG

SMALL: Final = 25_000_000
"""Bytes. A CSV of no more is looked at before it is uploaded, as it may be empty or tiny, and is
written anew for spreadsheets; a larger one is passed on as it comes."""
STILL_TOO_LARGE: Final = "It is too large even when compressed. Ask for it in parts."


class CsvOpening:
    """Opens one file as CSV."""

    def __init__(self, making: Making) -> None:
        self._making = making

    def whole(self) -> AbstractAsyncContextManager[Opened]:
        """Open all of it; a period that is asked for in parts is joined."""
        return self._csv() if len(self._making.plan.periods) == 1 else self._joined_csv()

    @asynccontextmanager
    async def compressed(self) -> AsyncIterator[Opened]:
        """Open it packed."""
        chunks = joined(self._making.giosg, self._making.plan, self._making.meter)
        name = f"{self._making.plan.asking.workflow or 'events'}.csv".replace("/", "-")
        with Spool(largest=self._making.largest) as spool:
            async with self._making.telling.transfer(self._making.plan.size or None) as transfer:
                if not await zipped(spool, passing(chunks, transfer), name=name):
                    raise UserError(STILL_TOO_LARGE)
            body = spool.body()
            yield Opened(body, partial(self._making.telling.as_it_came, body.length))

    @asynccontextmanager
    async def part(self) -> AsyncIterator[Opened]:
        """Open one of its parts."""
        plan = self._making.plan
        whole = joined(self._making.giosg, plan, self._making.meter)
        chunks = cut(whole, number=plan.number, count=plan.count, size=plan.size)
        with Spool(largest=self._making.largest) as spool:
            async with self._making.telling.transfer(None) as transfer:
                if not await spool.fill(passing(chunks, transfer)):
                    # The vendor's data has grown since it was measured.
                    raise VendorError(GIOSG, Reason.TOO_LARGE)
            yield Opened(spool.body())

    @asynccontextmanager
    async def _csv(self) -> AsyncIterator[Opened]:
        """Pass a CSV of known length through; look at a small one, and at one of unknown length."""
        try:
            async with self._making.download(CSV) as download:
                if download.length is None or download.length <= SMALL:
                    chunks = metered(download, self._making.meter)
                    async with self._looked_at(chunks, download.length) as opened:
                        yield opened
                else:
                    async with self._streamed(download, download.length) as opened:
                        yield opened
        except VendorError as error:
            if not is_nothing(error):
                raise
            yield await self._making.empty()

    @asynccontextmanager
    async def _streamed(self, download: Download, length: int) -> AsyncIterator[Opened]:
        if length > self._making.largest:
            async for _ in metered(download, self._making.meter):
                break
            yield only(self._making.telling.too_large(length, as_csv=length))
            return
        chunks = metered(download, self._making.meter)
        async with self._making.telling.transfer(length) as transfer:
            yield Opened(Body(length, passing(chunks, transfer)), self._making.telling.as_it_came)

    @asynccontextmanager
    async def _joined_csv(self) -> AsyncIterator[Opened]:
        chunks = joined(self._making.giosg, self._making.plan, self._making.meter)
        async with self._looked_at(chunks) as opened:
            yield opened

    @asynccontextmanager
    async def _looked_at(
        self, chunks: AsyncIterator[bytes], total: int | None = None
    ) -> AsyncIterator[Opened]:
        """Spool a CSV, and decide by its rows what becomes of it."""
        with Spool(largest=self._making.largest) as spool:
            async with self._making.telling.transfer(total) as transfer:
                whole = await spooled_to_the_end(spool, passing(chunks, transfer))
            told = await self._making.instead(whole=whole)
            if told is not None:
                yield told
                return
            async with self._defused(spool) as opened:
                yield opened

    @asynccontextmanager
    async def _defused(self, spool: Spool) -> AsyncIterator[Opened]:
        """Open a CSV written anew; a large one as it came, and one that nobody can read so."""
        if self._making.meter.size > SMALL:
            yield Opened(spool.body(), self._making.telling.as_it_came)
            return
        notes = self._making.telling.notes()
        async with self._making.tables.defused_csv(spool, notes) as made:
            if made is None:
                yield Opened(spool.body(), self._making.telling.as_it_came)
            else:
                yield self._making.made(
                    made, self._making.meter.rows, self._making.telling.preview()
                )
