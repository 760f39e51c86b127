"""What goes out to Slack, put together: the outbox's delivery, and where files come from."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.assembly.digests import lateness_of
from bot.feature import Parts, Wiring
from bot.jobs.readers import Readers
from bot.outbox.claims import Claims
from bot.outbox.delivery import Delivery
from bot.outbox.files import FileSources, Opener
from bot.outbox.recording import FateListener, SettledListener
from bot.outbox.uploading import Uploader
from bot.slack.blocks.fallbacks import ROWS
from bot.spool import Body, in_memory
from bot.tables.tables import csv_bytes


def delivery_of(
    parts: Parts,
    openers: Mapping[str, Opener],
    wirings: list[Wiring],
    settled: SettledListener,
    became: FateListener,
) -> Delivery:
    """Return what sends the outbox; `openers` are of files that belong to no feature."""
    sources = FileSources(
        {ROWS: _rows, **openers}
        | {name: one for each in wirings for name, one in each.openers.items()},
        {name: one for each in wirings for name, one in each.narrated.items()},
        {name: one for each in wirings for name, one in each.refusals.items()},
    )
    claims = Claims(parts.database, parts.speaks, queue=parts.outbox.queue)
    may_tell = Readers(parts.directory).check
    return Delivery(
        parts.database,
        parts.outbox,
        claims,
        parts.slack,
        Uploader(
            parts.slack,
            sources,
            parts.outbox,
            claims,
            parts.editor,
            parts.clock,
            parts.database,
            may_tell=may_tell,
        ),
        parts.clock,
        may_tell=may_tell,
        going_out=lateness_of(parts).as_it_goes_out,
        resend_in_doubt=parts.general.in_doubt == "resend",
        owner=parts.general.owner,
        settled=settled,
        became=became,
    )


@asynccontextmanager
async def _rows(arguments: dict[str, list[list[str]]]) -> AsyncIterator[Body]:
    yield in_memory(csv_bytes(arguments["rows"]))
