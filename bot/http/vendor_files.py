"""Tables that a vendor sends as files: cleaned or looked through before anybody gets them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import Reason, Vendor, VendorError
from bot.http.streaming import Download
from bot.spool import Body, Spool
from bot.tables.csv_cleaning import ColumnsDifferError, CsvCleaner
from bot.tables.csv_rows import UnreadableCsvError
from bot.tables.workbook_facts import (
    OversizedWorkbookError,
    UnreadableWorkbookError,
    WorkbookFacts,
    facts_of,
)


async def cleaned(
    vendor: Vendor, chunks: AsyncIterator[bytes], cleaner: CsvCleaner
) -> AsyncIterator[bytes]:
    """Yield a CSV as it leaves the cleaner.

    Raises VendorError MALFORMED for what is no CSV, or has other columns than one before.
    """
    try:
        async for chunk in chunks:
            for piece in cleaner.feed(chunk):
                yield piece
        for piece in cleaner.end():
            yield piece
    except UnreadableCsvError:
        raise VendorError(vendor, Reason.MALFORMED, detail="body: not CSV") from None
    except ColumnsDifferError:
        raise VendorError(vendor, Reason.MALFORMED, detail="columns") from None


@asynccontextmanager
async def csv_body(vendor: Vendor, download: Download) -> AsyncIterator[Body]:
    """Yield a CSV, cleaned. Raises VendorError, TOO_LARGE beyond the spool's cap."""
    cleaner = CsvCleaner()
    async with Spool() as spool:
        if not await spool.fill(cleaned(vendor, download.chunks, cleaner)):
            raise VendorError(vendor, Reason.TOO_LARGE)
        yield spool.body(cleaner.remarks.sentences())


@asynccontextmanager
async def workbook_body(vendor: Vendor, download: Download) -> AsyncIterator[Body]:
    """Yield a workbook as it came, with what was seen in it.

    Raises VendorError, TOO_LARGE beyond the spool's cap and MALFORMED for what nobody could open.
    """
    async with Spool() as spool:
        if not await spool.fill(download.chunks):
            raise VendorError(vendor, Reason.TOO_LARGE)
        facts = await workbook_facts(vendor, spool)
        yield spool.body(facts.remarks.sentences())


async def workbook_facts(vendor: Vendor, spool: Spool) -> WorkbookFacts:
    """Return what is in a vendor's workbook. Raises VendorError TOO_LARGE and MALFORMED."""
    try:
        return await asyncio.to_thread(facts_of, spool.file)
    except OversizedWorkbookError:
        raise VendorError(vendor, Reason.TOO_LARGE) from None
    except UnreadableWorkbookError:
        raise VendorError(vendor, Reason.MALFORMED, detail="body: not a workbook") from None
