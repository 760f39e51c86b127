"""One file of workflow events being opened, in the way that its kind asks for."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import IO, Final

from bot.clients.giosg import Giosg
from bot.clients.spool import LARGEST, Body, body_of
from bot.clients.streaming import Download
from bot.errors import Reason, UserError, VendorError
from bot.model.asking import CHART, COUNTS, SOURCE
from bot.model.messages import Message
from bot.model.workflows import CSV, XLSX, EventRows
from bot.rendering import workflow_exports as words
from bot.services.files import Opened
from bot.services.table_files import TableFiles
from bot.services.transfers import passing
from bot.services.workflow_bytes import (
    count_rows,
    cut,
    is_nothing,
    joined,
    joined_rows,
    limited,
    metered,
    rows_sheet,
    spool,
    workbook_rows,
    zipped,
)
from bot.services.workflow_plans import COMPRESSED, PART, VENDOR, Plan
from bot.services.workflow_telling import Telling

SMALL: Final = 1_000_000
"""Bytes. A file of no more is looked at before it is uploaded: it may be empty, or tiny."""
TINY: Final = 5
"""Rows. So few are shown in Slack and need no file."""
STILL_TOO_LARGE: Final = "It is too large even when compressed. Ask for it in parts."


class Opening:
    """One file being opened. `largest` is how many bytes it may have."""

    def __init__(
        self, giosg: Giosg, plan: Plan, telling: Telling, tables: TableFiles, *, largest: int
    ) -> None:
        self._giosg = giosg
        self._plan = plan
        self._telling = telling
        self._meter = telling.meter
        self._tables = tables
        self._largest = largest

    def opened(self) -> AbstractAsyncContextManager[Opened]:
        """Open the file in the way that its kind asks for."""
        plan = self._plan
        if plan.question.data == COUNTS:
            return self._counts()
        if plan.question.data in (SOURCE, CHART):
            return self._of_json()
        if plan.form == COMPRESSED:
            return self._compressed()
        if plan.form == PART:
            return self._part()
        if plan.question.export == XLSX:
            return self._workbook() if len(plan.periods) == 1 else self._joined_workbook()
        return self._csv() if len(plan.periods) == 1 else self._joined_csv()

    @asynccontextmanager
    async def _csv(self) -> AsyncIterator[Opened]:
        """Pass a CSV of known length through; look at a small one, and at one of unknown length."""
        try:
            async with self._download(CSV) as download:
                if download.length is None or download.length <= SMALL:
                    async with self._looked_at(metered(download, self._meter)) as opened:
                        yield opened
                else:
                    async with self._streamed(download, download.length) as opened:
                        yield opened
        except VendorError as error:
            if not is_nothing(error):
                raise
            yield await self._empty()

    @asynccontextmanager
    async def _streamed(self, download: Download, length: int) -> AsyncIterator[Opened]:
        if length > self._largest:
            async for _ in metered(download, self._meter):
                break
            yield _only(self._telling.too_large(length, as_csv=length))
            return
        chunks = metered(download, self._meter)
        async with self._telling.transfer(length) as transfer:
            yield Opened(Body(length, passing(chunks, transfer)), self._telling.done)

    @asynccontextmanager
    async def _joined_csv(self) -> AsyncIterator[Opened]:
        chunks = joined(self._giosg, self._plan, self._meter)
        async with self._looked_at(chunks) as opened:
            yield opened

    @asynccontextmanager
    async def _looked_at(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[Opened]:
        """Spool a CSV, and decide by its rows what becomes of it."""
        telling, meter = self._telling, self._meter
        async with (
            telling.transfer(None) as transfer,
            spool(passing(chunks, transfer), largest=self._largest) as file,
        ):
            if file is None:
                told = telling.too_large(meter.size, as_csv=meter.size, rows=meter.rows)
                yield _only(told)
            elif not meter.rows:
                yield await self._empty()
            elif self._is_tiny(meter.rows):
                yield _only(telling.shown(telling.preview()))
            else:
                yield Opened(body_of(file), telling.done)

    @asynccontextmanager
    async def _workbook(self) -> AsyncIterator[Opened]:
        """Bring the vendor's own workbook; its rows are counted, its beginning is asked as CSV."""
        beginning = await self._beginning()
        if not self._meter.rows:
            yield await self._empty()
            return
        async with AsyncExitStack() as kept:
            file, size = await self._brought(kept)
            if file is None:
                yield await self._too_large_workbook(size)
                return
            rows = await workbook_rows(file)
            if self._is_tiny(rows):
                yield _only(self._telling.shown(beginning))
                return
            yield self._made(file, rows, beginning)

    async def _brought(self, kept: AsyncExitStack) -> tuple[IO[bytes] | None, int]:
        """Return the vendor's workbook, None if it is too large, and its bytes.

        The download is over then: one that waits for another may wait for ever, as the places for
        downloads are few.
        """
        async with self._download(XLSX) as download:
            length = download.length
            if length is not None and length > self._largest:
                return None, length
            async with self._telling.transfer(length) as transfer:
                chunks = passing(download.chunks, transfer)
                file = await kept.enter_async_context(spool(chunks, largest=self._largest))
            return file, transfer.done

    async def _beginning(self) -> EventRows:
        """Return the first rows, from a CSV of no more."""
        asked = self._plan.question
        most = min(asked.limit or words.PREVIEW_ROWS, words.PREVIEW_ROWS)
        question = replace(asked, limit=most)
        short = replace(self._plan, asking=replace(self._plan.asking, question=question))
        async for _ in joined(self._giosg, short, self._meter):
            pass
        return self._telling.preview()

    async def _too_large_workbook(self, size: int) -> Opened:
        """Offer the same as CSV, which has to be measured: nothing of a workbook tells its size."""
        async with self._download(CSV) as download:
            as_csv = download.length
            if as_csv is None:
                as_csv = 0
                async for chunk in download.chunks:
                    as_csv += len(chunk)
        return _only(self._telling.too_large(size, as_csv=as_csv))

    @asynccontextmanager
    async def _joined_workbook(self) -> AsyncIterator[Opened]:
        """Make one typed workbook of the CSV of all parts, as workbooks cannot be joined."""
        telling, meter = self._telling, self._meter
        chunks = joined(self._giosg, self._plan, meter)
        async with (
            telling.transfer(None) as transfer,
            spool(passing(chunks, transfer), largest=LARGEST) as file,
        ):
            if file is None:
                told = telling.too_large(meter.size, as_csv=meter.size, rows=meter.rows)
                yield _only(told)
                return
            if not meter.rows:
                yield await self._empty()
                return
            if self._is_tiny(meter.rows):
                yield _only(telling.shown(telling.preview()))
                return
            making = self._tables.workbook_of_csv(VENDOR, file, telling.notes(), size=meter.size)
            async with making as made:
                yield self._made(made, meter.rows, telling.preview())

    @asynccontextmanager
    async def _counts(self) -> AsyncIterator[Opened]:
        period = self._plan.asking.period
        found = await self._giosg.sidedata(
            self._plan.workflow_id, start=period.start, end=period.end
        )
        rows = count_rows(found)
        async with self._file_of(rows) as made:
            yield self._made(made, len(rows.rows), rows)

    @asynccontextmanager
    async def _of_json(self) -> AsyncIterator[Opened]:
        """Make a file of what the vendor has as JSON alone."""
        found = await self._rows()
        if not found.rows:
            yield await self._empty()
        elif self._is_tiny(len(found.rows)):
            yield _only(self._telling.shown(found))
        else:
            async with self._file_of(found) as made:
                yield self._made(made, len(found.rows), found)

    async def _rows(self) -> EventRows:
        """Return the chart's figures, or the events of no step of all parts of the period."""
        plan, giosg = self._plan, self._giosg
        if plan.question.data == CHART:
            return await giosg.chart(plan.chart_question())
        limit = plan.question.limit
        asked = [plan.source_question(period, limit) for period in plan.periods]
        return limited(joined_rows([await giosg.source_events(one) for one in asked]), limit)

    @asynccontextmanager
    async def _compressed(self) -> AsyncIterator[Opened]:
        chunks = joined(self._giosg, self._plan, self._meter)
        name = f"{self._plan.asking.workflow or 'events'}.csv".replace("/", "-")
        async with (
            self._telling.transfer(self._plan.size or None) as transfer,
            zipped(passing(chunks, transfer), name=name, largest=self._largest) as file,
        ):
            if file is None:
                raise UserError(STILL_TOO_LARGE)
            yield self._made(file, self._meter.rows, self._telling.preview())

    @asynccontextmanager
    async def _part(self) -> AsyncIterator[Opened]:
        plan = self._plan
        whole = joined(self._giosg, plan, self._meter)
        chunks = cut(whole, number=plan.number, count=plan.count, size=plan.size)
        async with (
            self._telling.transfer(None) as transfer,
            spool(passing(chunks, transfer), largest=self._largest) as file,
        ):
            if file is None:  # the vendor's data has grown since it was measured
                raise VendorError(VENDOR, Reason.TOO_LARGE)
            yield Opened(body_of(file))

    def _download(self, form: str) -> AbstractAsyncContextManager[Download]:
        """Open the vendor's own file of a period that needs no splitting."""
        [period] = self._plan.periods
        asked = self._plan.step_question(period, self._plan.question.limit)
        return self._giosg.download_step(asked, form)

    def _file_of(self, rows: EventRows) -> AbstractAsyncContextManager[IO[bytes]]:
        form = self._plan.question.export
        return self._tables.of_sheets([rows_sheet(rows, form)], self._telling.notes(), form)

    def _made(self, file: IO[bytes], rows: int | None, preview: EventRows) -> Opened:
        body = body_of(file)
        if body.length > self._largest:
            size = self._meter.size
            return _only(self._telling.too_large(body.length, as_csv=size, rows=rows))
        told = self._telling.made(rows, body.length, preview)
        return Opened(body, lambda: told)

    def _is_tiny(self, rows: int) -> bool:
        return rows <= TINY and not self._plan.question.always

    async def _empty(self) -> Opened:
        return _only(await self._telling.empty())


def _only(told: Message) -> Opened:
    """Return that there is no file, only something to say."""
    return Opened(None, lambda: told)
