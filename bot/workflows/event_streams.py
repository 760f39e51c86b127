"""Events as giosg has them: rows in memory, and clean CSV on its way, joined, cut and compressed.

CSV is a stream of chunks here, and never whole in memory.
"""

import asyncio
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace

from bot.asking.core.periods import Period
from bot.errors import VendorError
from bot.http.streaming import Download, chained
from bot.http.vendor_files import cleaned
from bot.spool import Spool
from bot.tables.columns import TextTable
from bot.tables.csv_cleaning import CsvCleaner
from bot.tables.plain_rows import row_start
from bot.workflows.client import Giosg
from bot.workflows.core.period_parts import joined_rows
from bot.workflows.model import CSV, GIOSG
from bot.workflows.plans import Plan
from bot.workflows.question import CHART, SOURCE
from bot.workflows.wire import is_nothing


async def fetched_rows(giosg: Giosg, plan: Plan, limit: int | None) -> TextTable:
    """Return rows of all parts of the period, at most `limit`; of a chart all figures."""
    if plan.question.data == CHART:
        return await giosg.chart(plan.chart_question())
    found = []
    for period in plan.periods:
        try:
            found.append(await _rows_of_part(giosg, plan, period, limit))
        except VendorError as error:
            if not is_nothing(error):
                raise
    return joined_rows(found, limit)


async def _rows_of_part(giosg: Giosg, plan: Plan, period: Period, limit: int | None) -> TextTable:
    basic = plan.question.basic or None
    if plan.question.data == SOURCE:
        return await giosg.source_events(plan.source_question(period, limit), basic=basic)
    return await giosg.step_events(plan.step_question(period, limit), basic=basic)


def whole_file(giosg: Giosg, plan: Plan, form: str) -> AbstractAsyncContextManager[Download]:
    """Open the vendor's own file of a period that needs no splitting."""
    [period] = plan.periods
    return giosg.download_step(plan.step_question(period, plan.question.limit), form)


@asynccontextmanager
async def whole_csv(giosg: Giosg, plan: Plan, cleaner: CsvCleaner) -> AsyncIterator[Download]:
    """Open the CSV of the whole period as it leaves the cleaner; without events it has no bytes.

    The length is that of the vendor's file; that of one that is joined of parts is not known.
    """
    async with AsyncExitStack() as stack:
        if len(plan.periods) > 1:
            joined = await stack.enter_async_context(aclosing(_joined_csv(giosg, plan, cleaner)))
            yield Download(None, "", None, joined)
            return
        try:
            download = await stack.enter_async_context(whole_file(giosg, plan, CSV))
        except VendorError as error:
            if not is_nothing(error):
                raise
            download = Download(0, "", None, chained())
        yield replace(download, chunks=cleaned(GIOSG, download.chunks, cleaner))


async def csv_size(giosg: Giosg, plan: Plan) -> int:
    """Return how many bytes the CSV has, about; read to its end where the vendor does not say."""
    cleaner = CsvCleaner()
    async with whole_csv(giosg, plan, cleaner) as csv:
        await begun(csv, cleaner)
        if csv.length is not None:
            return cleaner.expected(csv.length)
        async for _ in csv.chunks:
            pass
        return cleaner.size


async def csv_rows(giosg: Giosg, plan: Plan) -> int:
    """Return how many rows the CSV has, read to its end."""
    cleaner = CsvCleaner()
    async with whole_csv(giosg, plan, cleaner) as csv:
        async for _ in csv.chunks:
            pass
    return cleaner.rows


async def begun(csv: Download, cleaner: CsvCleaner) -> None:
    """Read a CSV until the cleaner has seen its first rows."""
    async for _ in csv.chunks:
        if cleaner.rows:
            return


async def cut(
    pieces: AsyncIterator[bytes], *, number: int, count: int, size: int
) -> AsyncIterator[bytes]:
    """Yield one of `count` parts of a clean CSV of about `size` bytes: heading, then whole rows.

    A row belongs to the part in which it begins, so that the parts hold every row once.
    """
    share = max(1, -(-size // count))
    first, last = number * share, (number + 1) * share if number + 1 < count else None
    heading = await anext(pieces, b"")
    yield heading
    at = len(heading)
    async for piece in pieces:
        begins = _row_at(piece, first - at)
        ends = len(piece) if last is None else _row_at(piece, last - at)
        if begins < ends:
            yield piece[begins:ends]
        if ends < len(piece):
            return
        at += len(piece)


def _row_at(piece: bytes, at: int) -> int:
    """Return where the first row of a piece begins that begins at `at` or later, if not its end."""
    return 0 if at <= 0 else row_start(piece, at - 1) if at < len(piece) else len(piece)


async def spooled_to_the_end(spool: Spool, chunks: AsyncIterator[bytes]) -> bool:
    """Spool all chunks; return whether they are there, and not more than the spool takes.

    All of them are read in any case, so that whoever counts them knows how many there are.
    """
    if await spool.fill(chunks):
        return True
    await spool.clear()
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


async def _joined_csv(giosg: Giosg, plan: Plan, cleaner: CsvCleaner) -> AsyncGenerator[bytes, None]:
    """Yield the CSV of all parts of the period as one, its heading once.

    Raises VendorError MALFORMED when the parts have different columns.
    """
    for period in plan.periods:
        limit = plan.question.limit
        if limit is not None and cleaner.rows >= limit:
            return
        left = None if limit is None else limit - cleaner.rows
        async with aclosing(_part(giosg, plan, period, left)) as chunks:
            async for piece in cleaned(GIOSG, chunks, cleaner):
                yield piece


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
