"""Tables as files, made anew from their question when they are sent: one way for all services."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import IO, Any
from zoneinfo import ZoneInfo

from bot.clients.spool import Body
from bot.clock import Clock
from bot.exports.columns import Notes, Sheet
from bot.exports.names import safe_filename
from bot.exports.tables import csv_chunks
from bot.exports.workbooks import write_workbook
from bot.model.asking import Question, kind_of, question_of
from bot.model.messages import FileOffer, FileSource
from bot.rendering.questions import command_words
from bot.services.files import Opener
from bot.services.workflow_bytes import body_of

Making = Callable[[Any, str], Awaitable[Sheet]]
"""Asks anew for the rows of a question, its days read in an IANA zone."""


def table_offer(
    source: str, question: Question, *, title: str, zone: str, now: datetime
) -> FileOffer:
    """Return the file of a question that has a format; `source` is where it is opened."""
    form = str(getattr(question, "export", ""))
    arguments = {
        "kind": kind_of(question),
        "question": asdict(question),
        "title": title,
        "zone": zone,
    }
    day = now.astimezone(ZoneInfo(zone)).date()
    return FileOffer(
        filename=safe_filename(f"{title} {day}", form),
        title=title,
        source=FileSource(source, arguments),
        alt_text=f"{title}, as a table",
    )


def table_opener(make: Making, clock: Clock, *, vendor: str) -> Opener:
    """Return what opens the files of `table_offer`; `vendor` is who the notes name as source."""

    @asynccontextmanager
    async def opened(arguments: dict[str, Any]) -> AsyncIterator[Body]:
        question = question_of(arguments["kind"], arguments["question"])
        sheet = await make(question, arguments["zone"])
        notes = Notes(
            title=arguments["title"],
            source=f"{vendor}, {command_words(question)}",
            made_at=clock.now(),
            zone=ZoneInfo(arguments["zone"]),
            zone_name=arguments["zone"],
        )
        form = arguments["question"]["export"]
        with await asyncio.to_thread(partial(written, [sheet], notes, form)) as file:
            yield body_of(file)

    return opened


def written(sheets: Sequence[Sheet], notes: Notes, form: str) -> IO[bytes]:
    """Return a temporary file with the tables, as CSV only the first; the caller closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    if form == "csv":
        for chunk in csv_chunks(sheets[0], zone=notes.zone, zone_name=notes.zone_name):
            file.write(chunk)
    else:
        write_workbook(file, sheets, notes)
    file.seek(0)
    return file
