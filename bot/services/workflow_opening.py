"""One file of workflow events being opened, in the way that its kind asks for."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from json import dumps
from typing import IO, Final
from zoneinfo import ZoneInfo

from bot.clients.giosg import Giosg
from bot.clients.spool import Body
from bot.clients.streaming import Download
from bot.clock import Clock
from bot.core.arguments import quoted
from bot.errors import UserError, VendorError
from bot.exports.columns import Notes
from bot.exports.csv_rows import CsvMeter, table
from bot.model.asking import COUNTS, SOURCE
from bot.model.messages import Message
from bot.model.workflows import CSV, XLSX, EventRows
from bot.rendering import workflow_exports as words
from bot.rendering.workflow_exports import Exported
from bot.services.files import Narrate, Opened
from bot.services.table_files import TableFiles
from bot.services.transfers import Transfer, passing
from bot.services.workflow_bytes import (
    body_of,
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

SMALL: Final = 1_000_000
"""Bytes. A file of no more is looked at before it is uploaded: it may be empty, or tiny."""
TINY: Final = 5
"""Rows. So few are shown in Slack and need no file."""
PART_OF_LARGEST: Final = 0.9
"""How much of the largest file a part may have, as the vendor's data grows."""
STILL_TOO_LARGE: Final = "It is too large even when compressed. Ask for it in parts."


class Opening:
    """One file being opened."""

    def __init__(
        self,
        giosg: Giosg,
        plan: Plan,
        clock: Clock,
        narrate: Narrate,
        *,
        tables: TableFiles,
        key: str,
        largest: int,
    ) -> None:
        self._giosg = giosg
        self._plan = plan
        self._asking = plan.asking
        self._clock = clock
        self._narrate = narrate
        self._tables = tables
        self._key = key
        self._largest = largest
        self._meter = CsvMeter()

    def opened(self) -> AbstractAsyncContextManager[Opened]:
        """Open the file in the way that its kind asks for."""
        plan = self._plan
        if plan.question.data == COUNTS:
            return self._counts()
        if plan.question.data == SOURCE:
            return self._source()
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
        [period] = self._plan.periods
        try:
            asked = self._plan.step_question(period, self._plan.question.limit)
            async with self._giosg.download_step(asked, CSV) as download:
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
            yield self._too_large(length)
            return
        chunks = metered(download, self._meter)
        async with self._transfer(length) as transfer:
            yield Opened(Body(length, passing(chunks, transfer)), self._done)

    @asynccontextmanager
    async def _joined_csv(self) -> AsyncIterator[Opened]:
        chunks = joined(self._giosg, self._plan, self._meter)
        async with self._looked_at(chunks) as opened:
            yield opened

    @asynccontextmanager
    async def _looked_at(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[Opened]:
        """Spool a CSV, and decide by its rows what becomes of it."""
        async with self._transfer(None) as transfer, spool(passing(chunks, transfer)) as file:
            if not self._meter.rows:
                yield await self._empty()
            elif self._meter.rows <= TINY and not self._plan.question.always:
                yield Opened(None, self._shown)
            elif self._meter.size > self._largest:
                yield self._too_large(self._meter.size)
            else:
                yield Opened(body_of(file), self._done)

    @asynccontextmanager
    async def _workbook(self) -> AsyncIterator[Opened]:
        """Bring the vendor's own workbook; its rows are counted, its beginning is asked as CSV."""
        [period] = self._plan.periods
        asked = self._plan.step_question(period, self._plan.question.limit)
        beginning = await self._beginning()
        if not self._meter.rows:
            yield await self._empty()
            return
        async with (
            self._giosg.download_step(asked, XLSX) as download,
            self._transfer(download.length) as transfer,
            spool(passing(download.chunks, transfer)) as file,
        ):
            rows = await workbook_rows(file)
            body = body_of(file)
            few = rows <= TINY and not self._plan.question.always
            if few or body.length > self._largest:
                yield self._too_large(body.length) if not few else Opened(None, self._shown)
                return
            told = words.export_done(self._asking, Exported(rows, body.length, beginning))
            yield Opened(body, lambda: told)

    async def _beginning(self) -> EventRows:
        """Return the first rows, from a CSV of no more."""
        asked = self._plan.question
        most = min(asked.limit or words.PREVIEW_ROWS, words.PREVIEW_ROWS)
        short = replace(
            self._plan, asking=replace(self._asking, question=replace(asked, limit=most))
        )
        async for _ in joined(self._giosg, short, self._meter):
            pass
        return self._preview()

    @asynccontextmanager
    async def _joined_workbook(self) -> AsyncIterator[Opened]:
        """Make one typed workbook of the CSV of all parts, as workbooks cannot be joined."""
        chunks = joined(self._giosg, self._plan, self._meter)
        async with self._transfer(None) as transfer, spool(passing(chunks, transfer)) as file:
            rows, size = self._meter.rows, self._meter.size
            if not rows:
                yield await self._empty()
                return
            if rows <= TINY and not self._plan.question.always:
                yield Opened(None, self._shown)
                return
            making = self._tables.workbook_of_csv(VENDOR, file, self._notes(), size=size)
            async with making as made:
                large = body_of(made).length > self._largest
                yield self._too_large(size) if large else self._made(made, rows, self._preview())

    @asynccontextmanager
    async def _counts(self) -> AsyncIterator[Opened]:
        period = self._asking.period
        found = await self._giosg.sidedata(
            self._plan.workflow_id, start=period.start, end=period.end
        )
        rows = count_rows(found)
        async with self._file_of(rows) as made:
            yield self._made(made, len(rows.rows), rows)

    @asynccontextmanager
    async def _source(self) -> AsyncIterator[Opened]:
        """Make a file of the events that belong to no step, which the vendor has as JSON alone."""
        found = await self.source_rows(self._giosg, self._plan)
        question = self._plan.question
        if not found.rows:
            yield await self._empty()
        elif len(found.rows) <= TINY and not question.always:
            yield Opened(None, lambda: words.export_shown(self._asking, found))
        else:
            async with self._file_of(found) as made:
                yield self._made(made, len(found.rows), found)

    @staticmethod
    async def source_rows(giosg: Giosg, plan: Plan) -> EventRows:
        """Return the events of no step, of all parts of the period."""
        limit = plan.question.limit
        asked = [plan.source_question(period, limit) for period in plan.periods]
        return limited(joined_rows([await giosg.source_events(one) for one in asked]), limit)

    @asynccontextmanager
    async def _compressed(self) -> AsyncIterator[Opened]:
        chunks = joined(self._giosg, self._plan, self._meter)
        name = f"{self._asking.workflow or 'events'}.csv".replace("/", "-")
        async with (
            self._transfer(self._plan.size or None) as transfer,
            zipped(passing(chunks, transfer), name=name) as file,
        ):
            body = body_of(file)
            if body.length > self._largest:
                raise UserError(STILL_TOO_LARGE)
            yield self._made(file, self._meter.rows, self._preview())

    @asynccontextmanager
    async def _part(self) -> AsyncIterator[Opened]:
        plan = self._plan
        whole = joined(self._giosg, plan, self._meter)
        chunks = cut(whole, number=plan.number, count=plan.count, size=plan.size)
        async with self._transfer(None) as transfer, spool(passing(chunks, transfer)) as file:
            yield Opened(body_of(file))

    def _file_of(self, rows: EventRows) -> AbstractAsyncContextManager[IO[bytes]]:
        form = self._plan.question.export
        return self._tables.of_sheets([rows_sheet(rows, form)], self._notes(), form)

    def _made(self, file: IO[bytes], rows: int, preview: EventRows) -> Opened:
        body = body_of(file)
        told = words.export_done(self._asking, Exported(rows, body.length, preview))
        return Opened(body, lambda: told)

    def _done(self) -> Message:
        found = Exported(self._meter.rows, self._meter.size, self._preview())
        return words.export_done(self._asking, found)

    def _shown(self) -> Message:
        return words.export_shown(self._asking, self._preview(), export_value=self._parent_key)

    @property
    def _parent_key(self) -> str:
        return self._key.rpartition("#")[0]

    def _preview(self) -> EventRows:
        return EventRows(*table(bytes(self._meter.head), most=words.PREVIEW_ROWS))

    def _too_large(self, size: int) -> Opened:
        count = max(2, -(-size // int(self._largest * PART_OF_LARGEST)))
        value = dumps({"key": self._key, "count": count, "size": size})
        found = Exported(None, size, self._preview())
        told = words.export_too_large(
            self._asking, found, most=self._largest, parts=count, value=value
        )
        return Opened(None, lambda: told)

    async def _empty(self) -> Opened:
        last = None
        with suppress(VendorError):
            last = (await self._giosg.info(self._plan.workflow_id)).last_event_at
        told = words.export_empty(self._asking, last_event_at=last)
        return Opened(None, lambda: told)

    def _transfer(self, total: int | None) -> Transfer:
        return Transfer(
            total,
            self._clock,
            narrate=self._narrate,
            words=partial(words.export_progress, self._asking),
        )

    def _notes(self) -> Notes:
        asking = self._asking
        return Notes(
            title=f"{asking.workflow}: {words.what_words(asking.question)}",
            source=f"giosg, workflow {quoted(asking.workflow)}",
            made_at=asking.now,
            period=f"{asking.period.label} ({asking.period.first} to {asking.period.last})",
            filters=words.export_filters(asking.question),
            zone=ZoneInfo(asking.zone),
            zone_name=asking.zone,
        )
