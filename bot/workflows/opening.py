"""One file of workflow events being opened, in the way that its kind asks for."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

from bot.asking.model import CHART, COUNTS, SOURCE
from bot.outbox.files import Opened
from bot.outbox.transfers import passing
from bot.spool import Body, Spool
from bot.workflows.bytes_on_their_way import (
    count_rows,
    joined,
    joined_rows,
    limited,
    rows_sheet,
    spooled_to_the_end,
    workbook_rows,
)
from bot.workflows.csv_files import CsvOpening
from bot.workflows.making import Making, only
from bot.workflows.model import CSV, GIOSG, XLSX, EventRows
from bot.workflows.plans import COMPRESSED, PART
from bot.workflows.rendering import exports as words


class Opening:
    """One file being opened."""

    def __init__(self, making: Making) -> None:
        self._making = making

    def opened(self) -> AbstractAsyncContextManager[Opened]:
        """Open the file in the way that its kind asks for."""
        plan = self._making.plan
        if plan.question.data == COUNTS:
            return self._counts()
        if plan.question.data in (SOURCE, CHART):
            return self._of_json()
        if plan.form == COMPRESSED:
            return CsvOpening(self._making).compressed()
        if plan.form == PART:
            return CsvOpening(self._making).part()
        if plan.question.export == XLSX:
            return self._workbook() if len(plan.periods) == 1 else self._joined_workbook()
        return CsvOpening(self._making).whole()

    @asynccontextmanager
    async def _workbook(self) -> AsyncIterator[Opened]:
        """Bring the vendor's own workbook; its rows are counted, its beginning is asked as CSV."""
        beginning = await self._beginning()
        if not self._making.meter.rows:
            yield await self._making.empty()
            return
        with Spool(largest=self._making.largest) as spool:
            size = await self._brought(spool)
            if size > self._making.largest:
                yield await self._too_large_workbook(size)
                return
            rows = await workbook_rows(spool.file)
            if self._making.is_tiny(rows):
                yield only(self._making.telling.shown(beginning))
                return
            yield self._making.made(spool.body(), rows, beginning)

    async def _brought(self, spool: Spool) -> int:
        """Spool the vendor's workbook unless it is too large; return its bytes.

        The download is over then: one that waits for another may wait for ever, as the places for
        downloads are few.
        """
        async with self._making.download(XLSX) as download:
            length = download.length
            if length is not None and length > self._making.largest:
                return length
            async with self._making.telling.transfer(length) as transfer:
                await spooled_to_the_end(spool, passing(download.chunks, transfer))
            return transfer.done

    async def _beginning(self) -> EventRows:
        """Return the first rows, from a CSV of no more."""
        asked = self._making.plan.question
        most = min(asked.limit or words.PREVIEW_ROWS, words.PREVIEW_ROWS)
        question = replace(asked, limit=most)
        short = replace(
            self._making.plan, asking=replace(self._making.plan.asking, question=question)
        )
        async for _ in joined(self._making.giosg, short, self._making.meter):
            pass
        return self._making.telling.preview()

    async def _too_large_workbook(self, size: int) -> Opened:
        """Offer the same as CSV, which has to be measured: nothing of a workbook tells its size."""
        async with self._making.download(CSV) as download:
            as_csv = download.length
            if as_csv is None:
                as_csv = 0
                async for chunk in download.chunks:
                    as_csv += len(chunk)
        return only(self._making.telling.too_large(size, as_csv=as_csv))

    @asynccontextmanager
    async def _joined_workbook(self) -> AsyncIterator[Opened]:
        """Make one typed workbook of the CSV of all parts, as workbooks cannot be joined."""
        telling, meter = self._making.telling, self._making.meter
        chunks = joined(self._making.giosg, self._making.plan, meter)
        with Spool() as spool:
            async with telling.transfer(None) as transfer:
                whole = await spooled_to_the_end(spool, passing(chunks, transfer))
            told = await self._making.instead(whole=whole)
            if told is not None:
                yield told
                return
            tables = self._making.tables
            async with tables.workbook_of_csv(GIOSG, spool, telling.notes()) as made:
                yield self._making.made(made, meter.rows, telling.preview())

    @asynccontextmanager
    async def _counts(self) -> AsyncIterator[Opened]:
        period = self._making.plan.asking.period
        found = await self._making.giosg.sidedata(
            self._making.plan.workflow_id, start=period.start, end=period.end
        )
        rows = count_rows(found)
        async with self._file_of(rows) as made:
            yield self._making.made(made, len(rows.rows), rows)

    @asynccontextmanager
    async def _of_json(self) -> AsyncIterator[Opened]:
        """Make a file of what the vendor has as JSON alone."""
        found = await self._rows()
        if not found.rows:
            yield await self._making.empty()
        elif self._making.is_tiny(len(found.rows)):
            yield only(self._making.telling.shown(found))
        else:
            async with self._file_of(found) as made:
                yield self._making.made(made, len(found.rows), found)

    async def _rows(self) -> EventRows:
        """Return the chart's figures, or the events of no step of all parts of the period."""
        plan, giosg = self._making.plan, self._making.giosg
        if plan.question.data == CHART:
            return await giosg.chart(plan.chart_question())
        limit = plan.question.limit
        asked = [plan.source_question(period, limit) for period in plan.periods]
        return limited(joined_rows([await giosg.source_events(one) for one in asked]), limit)

    def _file_of(self, rows: EventRows) -> AbstractAsyncContextManager[Body]:
        form = self._making.plan.question.export
        return self._making.tables.of_sheets(
            [rows_sheet(rows, form)], self._making.telling.notes(), form
        )
