"""The bytes of workflow exports on their way from giosg: joined, counted, cut and compressed."""

import asyncio
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import BinaryIO

from bot.asking.core.periods import Period
from bot.errors import Reason, VendorError
from bot.http.streaming import Download, rejoined
from bot.spool import Spool
from bot.tables.columns import Sheet, text_columns
from bot.tables.conversion import typed_sheet
from bot.tables.csv_rows import HEAD, CsvMeter, row_start
from bot.tables.workbook_rows import OversizedWorkbookError, UnreadableWorkbookError, rows_in
from bot.workflows.client import Giosg
from bot.workflows.model import CSV, GIOSG, EventRows, Sidedata
from bot.workflows.plans import Plan

NO_DATA = "data"
"""How the detail of a NOT_FOUND begins where the step or the period has nothing."""


def is_nothing(error: VendorError) -> bool:
    """Return whether the vendor only says that there is no event."""
    return error.reason is Reason.NOT_FOUND and error.detail.startswith(NO_DATA)


async def joined(giosg: Giosg, plan: Plan, meter: CsvMeter) -> AsyncGenerator[bytes, None]:
    """Yield the CSV of all parts of the period as one, its heading once; counted by `meter`.

    Raises VendorError MALFORMED when the parts have different columns.
    """
    heading = b""
    for period in plan.periods:
        limit = plan.question.limit
        if limit is not None and meter.rows >= limit:
            return
        left = None if limit is None else limit - meter.rows
        async with aclosing(_part(giosg, plan, period, left)) as chunks:
            own, rest = await _heading(chunks)
            if heading and own and own.strip() != heading.strip():
                raise VendorError(GIOSG, Reason.MALFORMED, detail="columns")
            between = b"\r\n" if heading and rest and meter.ends_open else b""
            for first in (between, rest) if heading else (own, rest):
                meter.feed(first)
                yield first
            heading = heading or own
            async for chunk in chunks:
                meter.feed(chunk)
                yield chunk


async def _part(
    giosg: Giosg, plan: Plan, period: Period, limit: int | None
) -> AsyncGenerator[bytes, None]:
    try:
        async with giosg.download_step(plan.step_question(period, limit), CSV) as download:
            async for chunk in download.chunks:
                yield chunk
    except VendorError as error:
        if not is_nothing(error):
            raise


async def _heading(chunks: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    """Return the heading with its line end, and what came behind it already."""
    begun = b""
    async for chunk in chunks:
        begun += chunk
        end = row_start(begun, 0, quoted=False)
        if end is not None:
            return begun[:end], begun[end:]
        if len(begun) > HEAD:
            break
    return begun, b""


async def metered(download: Download, meter: CsvMeter) -> AsyncIterator[bytes]:
    """Yield a download's chunks, counted."""
    async for chunk in download.chunks:
        meter.feed(chunk)
        yield chunk


async def cut(
    chunks: AsyncIterator[bytes], *, number: int, count: int, size: int
) -> AsyncIterator[bytes]:
    """Yield one of `count` parts of a CSV file of `size` bytes: the heading, then whole rows.

    A row belongs to the part in which it begins, so that the parts hold every row once.
    """
    share = max(1, -(-size // count))
    first, last = number * share, (number + 1) * share if number + 1 < count else None
    heading, rest = await _heading(chunks)
    yield heading
    at, quoted, begun = len(heading), False, number == 0
    async for chunk in rejoined(rest, chunks):
        piece = chunk
        start, end = at, at + len(chunk)
        begins = 0 if begun else None
        if not begun and end >= first:
            begins = row_start(chunk, max(0, first - start - 1), quoted=quoted)
            begun = begins is not None
        ends = None
        if last is not None and end >= last:
            ends = row_start(chunk, max(0, last - start - 1), quoted=quoted)
        if begins is not None:
            piece = chunk[begins:ends]
            if piece:
                yield piece
        if ends is not None:
            return
        quoted ^= bool(chunk.count(b'"') & 1)
        at = end


async def spooled_to_the_end(spool: Spool, chunks: AsyncIterator[bytes]) -> bool:
    """Spool all chunks; return whether they are there, and not more than the spool takes.

    All of them are read in any case, so that whoever counts them knows how many there are.
    """
    if await spool.fill(chunks):
        return True
    spool.clear()
    async for _ in chunks:
        pass
    return False


async def zipped(spool: Spool, chunks: AsyncIterator[bytes], *, name: str) -> bool:
    """Spool a ZIP file of one file; return whether it is not more than the spool takes."""
    with zipfile.ZipFile(spool.file, "w", zipfile.ZIP_DEFLATED) as archive:
        inner = archive.open(name, "w", force_zip64=True)
        try:
            async for chunk in chunks:
                await asyncio.to_thread(inner.write, chunk)
                if spool.file.tell() > spool.largest:
                    break
        finally:
            await asyncio.to_thread(inner.close)
    return spool.length <= spool.largest


async def workbook_rows(file: BinaryIO) -> int:
    """Return the rows of the vendor's workbook; what nobody could open is not passed on."""
    try:
        return await asyncio.to_thread(rows_in, file)
    except OversizedWorkbookError:
        raise VendorError(GIOSG, Reason.TOO_LARGE) from None
    except UnreadableWorkbookError:
        raise VendorError(GIOSG, Reason.MALFORMED, detail="body: not a workbook") from None


def rows_sheet(rows: EventRows, form: str) -> Sheet:
    """Return rows that are in memory as a table: typed for a workbook, as they came for CSV."""
    if form == CSV:
        return Sheet("Events", text_columns(rows.columns), rows.rows)
    return typed_sheet("Events", rows.columns, rows.rows)


def joined_rows(parts: list[EventRows]) -> EventRows:
    """Return the rows of all parts under the columns of all."""
    columns = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    named = (dict(zip(part.columns, row, strict=False)) for part in parts for row in part.rows)
    return EventRows(columns, tuple(tuple(one.get(name, "") for name in columns) for one in named))


def count_rows(counts: Sidedata) -> EventRows:
    """Return the counts beside a chart as rows."""
    totals = (("Visitors", counts.visitors), ("Sessions", counts.sessions))
    rows = [
        *((name, "", f"{count}") for name, count in totals if count is not None),
        *(("Hour", f"{hour:02}:00", f"{count:g}") for hour, count in counts.by_hour),
        *(("Weekday", f"{day}", f"{count:g}") for day, count in counts.by_weekday),
        *((path, "", value) for path, value in counts.more),
    ]
    return EventRows(("Figure", "When", "Count"), tuple(rows))


def limited(rows: EventRows, limit: int | None) -> EventRows:
    """Return at most `limit` rows."""
    return rows if limit is None else replace(rows, rows=rows.rows[:limit])
