"""Events as giosg sends them: rows in memory, and CSV on its way, joined, cut and compressed.

CSV is a stream of chunks here, and never whole in memory.
"""

import asyncio
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace

from bot.asking.core.periods import Period
from bot.errors import Reason, VendorError
from bot.http.streaming import Download, chained, rejoined
from bot.spool import Spool
from bot.tables.columns import TextTable
from bot.tables.csv_rows import HEAD, CsvMeter, row_start
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
async def whole_csv(giosg: Giosg, plan: Plan, meter: CsvMeter) -> AsyncIterator[Download]:
    """Open the CSV of the whole period, counted by `meter`; without events it has no bytes.

    The length of one that is joined of parts is not known.
    """
    async with AsyncExitStack() as stack:
        if len(plan.periods) > 1:
            joined = await stack.enter_async_context(aclosing(_joined_csv(giosg, plan, meter)))
            yield Download(None, "", None, joined)
            return
        try:
            download = await stack.enter_async_context(whole_file(giosg, plan, CSV))
        except VendorError as error:
            if not is_nothing(error):
                raise
            download = Download(0, "", None, chained())
        yield replace(download, chunks=_metered(download.chunks, meter))


async def csv_size(giosg: Giosg, plan: Plan) -> int:
    """Return how many bytes the vendor's CSV has; read to its end where it does not say."""
    async with whole_file(giosg, plan, CSV) as download:
        if download.length is not None:
            return download.length
        size = 0
        async for chunk in download.chunks:
            size += len(chunk)
        return size


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


async def _joined_csv(giosg: Giosg, plan: Plan, meter: CsvMeter) -> AsyncGenerator[bytes, None]:
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
            async for chunk in _metered(chunks, meter):
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


async def _metered(chunks: AsyncIterator[bytes], meter: CsvMeter) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        meter.feed(chunk)
        yield chunk
