"""The file of one export: fetched from giosg, looked at, and made into what was asked for.

What is said of it is not decided here: opening it yields what there is, as a value.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from bot.errors import Reason, UserError, VendorError
from bot.http.streaming import Download
from bot.http.vendor_files import workbook_facts
from bot.outbox.transfers import Transfer, passing
from bot.spool import Body, Spool
from bot.tables.columns import TextTable
from bot.tables.conversion import CleanCsv
from bot.tables.csv_cleaning import CsvCleaner
from bot.tables.file_names import safe_filename
from bot.tables.remarks import Remarks
from bot.tables.table_files import TableFiles
from bot.workflows.client import Giosg
from bot.workflows.event_streams import (
    begun,
    csv_size,
    cut,
    fetched_rows,
    spooled_to_the_end,
    whole_csv,
    whole_file,
    zipped,
)
from bot.workflows.model import CSV, GIOSG, XLSX
from bot.workflows.plans import COMPRESSED, PART, WHOLE, Plan
from bot.workflows.question import CHART, COUNTS, SOURCE
from bot.workflows.rendering.event_tables import chart_figures
from bot.workflows.rendering.exports import PREVIEW_ROWS, ExportSummary
from bot.workflows.rendering.sheets import chart_sheets, count_rows, export_notes, rows_sheet

TINY: Final = 5
"""Rows. So few are shown in Slack and need no file."""
BEGINNING: Final = max(TINY, PREVIEW_ROWS)
"""Rows that are kept to be shown, of a file and in place of one."""
LARGEST_TYPED: Final = 8_000_000
"""Bytes of CSV, some 80,000 rows: making a workbook of more takes longer than people wait."""
STILL_TOO_LARGE: Final = "It is too large even when compressed. Ask for it in parts."


@dataclass(frozen=True, slots=True)
class FileContent:
    """There is a file; a part of one has no summary."""

    body: Body
    summary: ExportSummary | None = None


@dataclass(frozen=True, slots=True)
class FewRows:
    """There are so few rows that they need no file."""

    rows: TextTable


@dataclass(frozen=True, slots=True)
class OversizedFile:
    """The file is larger than the workspace takes. In another form it is CSV of `as_csv` bytes."""

    summary: ExportSummary
    as_csv: int


@dataclass(frozen=True, slots=True)
class NoEvents:
    """There is nothing. Without even a heading, which is `doubtful`, the step may not exist."""

    doubtful: bool


Result = FileContent | FewRows | OversizedFile | NoEvents


class ExportFile:
    """One file, made as its plan says. Memory does not grow with it."""

    def __init__(
        self,
        plan: Plan,
        giosg: Giosg,
        tables: TableFiles,
        transfer: Callable[[int | None], Transfer],
        *,
        largest: int,
    ) -> None:
        """`transfer` tells how far so many bytes are; `largest` is how many a file may have."""
        self._plan = plan
        self._giosg = giosg
        self._tables = tables
        self._transfer = transfer
        self._largest = largest
        self._notes = export_notes(plan.subject, made_at=plan.now)
        self._cleaner = CsvCleaner(guard=plan.form != WHOLE or plan.question.export == CSV)

    def open(self) -> AbstractAsyncContextManager[Result]:
        """Return what there is; its bytes are asked for now.

        Opening and reading raise VendorError, UserError and TableFileError.
        """
        plan = self._plan
        if plan.question.data == COUNTS:
            return self._counts()
        if plan.question.data in (SOURCE, CHART):
            return self._rows()
        if plan.form == COMPRESSED:
            return self._compressed()
        if plan.form == PART:
            return self._part()
        if plan.question.export == XLSX:
            return self._workbook() if len(plan.periods) == 1 else self._joined_workbook()
        return self._csv()

    @asynccontextmanager
    async def _counts(self) -> AsyncIterator[Result]:
        period = self._plan.period
        counts = await self._giosg.sidedata(
            self._plan.workflow_id, start=period.start, end=period.end
        )
        async with self._table(count_rows(counts)) as result:
            yield result

    @asynccontextmanager
    async def _rows(self) -> AsyncIterator[Result]:
        """Make a file of what the vendor has as JSON alone."""
        found = await fetched_rows(self._giosg, self._plan, self._plan.question.limit)
        if not found.rows:
            yield self._no_events()
        elif self._are_few(len(found.rows)):
            yield FewRows(found)
        else:
            async with self._table(found) as result:
                yield result

    @asynccontextmanager
    async def _table(self, rows: TextTable) -> AsyncIterator[Result]:
        form = self._plan.question.export
        sheets, count = [rows_sheet(rows, form)], len(rows.rows)
        if self._plan.question.data == CHART and form == XLSX:
            figures = chart_figures(rows.rows)
            sheets, count = chart_sheets(figures), len(figures.table.rows)
        async with self._tables.of_sheets(sheets, self._notes, form) as body:
            yield self._made(body, count, rows)

    @asynccontextmanager
    async def _csv(self) -> AsyncIterator[Result]:
        async with Spool(largest=self._largest) as spool:
            instead = await self._spool(spool)
            body = spool.body(self._cleaner.remarks.sentences())
            yield instead or self._made(body, self._cleaner.rows, self._preview())

    @asynccontextmanager
    async def _joined_workbook(self) -> AsyncIterator[Result]:
        """Make one typed workbook of the CSV of all parts, as workbooks cannot be joined."""
        async with Spool() as spool:
            instead = await self._spool(spool)
            if instead:
                yield instead
                return
            async with self._of_csv(spool) as result:
                yield result

    @asynccontextmanager
    async def _workbook(self) -> AsyncIterator[Result]:
        """Make a typed workbook, with notes; one of very many rows is the vendor's own instead."""
        async with Spool(largest=min(LARGEST_TYPED, self._largest)) as spool:
            if await self._fits(spool):
                async with self._of_csv(spool) as result:
                    yield result
                return
        async with self._vendors_workbook() as result:
            yield result

    @asynccontextmanager
    async def _of_csv(self, spool: Spool) -> AsyncIterator[Result]:
        """Make a workbook of the clean CSV in `spool`; of hardly any rows none."""
        cleaner = self._cleaner
        if not cleaner.rows:
            yield self._no_events()
        elif self._are_few(cleaner.rows):
            yield FewRows(self._preview())
        else:
            written = CleanCsv(cleaner.separator, len(cleaner.above))
            async with self._tables.workbook_of_csv(spool, self._notes, written) as (body, more):
                remarks = replace(more, doubt=cleaner.doubt).sentences()
                yield self._made(replace(body, remarks=remarks), cleaner.rows, self._preview())

    async def _fits(self, spool: Spool) -> bool:
        """Spool the CSV; return whether all of it has room. Its first rows are known in any case.

        Of one that has none for sure only those are read.
        """
        async with self._whole_csv() as csv:
            if csv.length is not None and csv.length > spool.largest:
                await begun(csv, self._cleaner)
                return False
            async with self._transfer(csv.length) as transfer:
                return await spool.fill(passing(csv.chunks, transfer))

    @asynccontextmanager
    async def _vendors_workbook(self) -> AsyncIterator[Result]:
        """Bring the vendor's own workbook, whose rows are counted on the way."""
        async with Spool(largest=self._largest) as spool:
            size = await self._fetch_workbook(spool)
            if size > self._largest:  # nothing of a workbook tells how large its CSV is
                as_csv = await csv_size(self._giosg, self._plan)
                yield self._oversized(size, as_csv=as_csv)
                return
            facts = await workbook_facts(GIOSG, spool)
            yield self._made(spool.body(facts.remarks.sentences()), facts.rows, self._preview())

    async def _fetch_workbook(self, spool: Spool) -> int:
        """Spool the vendor's workbook unless it is too large; return its bytes.

        The download is over then: one that waits for another may wait for ever, as the places for
        downloads are few.
        """
        async with whole_file(self._giosg, self._plan, XLSX) as download:
            if download.length is not None and download.length > self._largest:
                return download.length
            async with self._transfer(download.length) as transfer:
                await spooled_to_the_end(spool, passing(download.chunks, transfer))
            return transfer.done

    @asynccontextmanager
    async def _compressed(self) -> AsyncIterator[Result]:
        plan, cleaner = self._plan, self._cleaner
        name = safe_filename(plan.workflow or "events", CSV)
        async with Spool(largest=self._largest) as spool:
            async with self._whole_csv() as csv, self._transfer(plan.size or None) as transfer:
                if not await zipped(spool, passing(csv.chunks, transfer), name=name):
                    raise UserError(STILL_TOO_LARGE)
            body = spool.body(cleaner.remarks.sentences())
            yield FileContent(body, ExportSummary(cleaner.rows, body.length, self._preview()))

    @asynccontextmanager
    async def _part(self) -> AsyncIterator[Result]:
        plan = self._plan
        async with Spool(largest=self._largest) as spool:
            async with self._whole_csv() as csv, self._transfer(None) as transfer:
                pieces = cut(csv.chunks, number=plan.number, count=plan.count, size=plan.size)
                if not await spool.fill(passing(pieces, transfer)):
                    # The vendor's data has grown since it was measured.
                    raise VendorError(GIOSG, Reason.TOO_LARGE)
            # Only the last part is read to the end, and so knows of all of them.
            is_last = plan.number + 1 == plan.count
            remarks = self._cleaner.remarks if is_last else Remarks()
            yield FileContent(spool.body(remarks.sentences()))

    def _whole_csv(self) -> AbstractAsyncContextManager[Download]:
        return whole_csv(self._giosg, self._plan, self._cleaner)

    async def _spool(self, spool: Spool) -> Result | None:
        """Spool the CSV; return what there is in place of a file, None where there is to be one.

        Of one that is too large for sure only the first rows are read.
        """
        cleaner = self._cleaner
        async with self._whole_csv() as csv:
            if csv.length is not None and csv.length > self._largest:
                await begun(csv, cleaner)
                return self._oversized(csv.length, as_csv=cleaner.expected(csv.length))
            async with self._transfer(csv.length) as transfer:
                whole = await spooled_to_the_end(spool, passing(csv.chunks, transfer))
        if not whole:
            return self._oversized(cleaner.size, as_csv=cleaner.size, rows=cleaner.rows)
        if not cleaner.rows:
            return self._no_events()
        return FewRows(self._preview()) if self._are_few(cleaner.rows) else None

    def _are_few(self, rows: int) -> bool:
        return rows <= TINY and not self._plan.question.always

    def _no_events(self) -> NoEvents:
        return NoEvents(doubtful=not self._cleaner.taken)

    def _made(self, body: Body, rows: int, preview: TextTable) -> Result:
        """Return a finished file, or that it is too large."""
        if body.length > self._largest:
            return self._oversized(body.length, as_csv=self._cleaner.size, rows=rows)
        return FileContent(body, ExportSummary(rows, body.length, preview))

    def _oversized(self, size: int, *, as_csv: int, rows: int | None = None) -> OversizedFile:
        return OversizedFile(ExportSummary(rows, size, self._preview()), as_csv)

    def _preview(self) -> TextTable:
        """Return the first rows of what passed."""
        return self._cleaner.preview(BEGINNING)
