"""Tables as files, made anew from their question when they are sent: one way for all services."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.clients.spool import Body, body_of
from bot.clock import Clock
from bot.exports.columns import Notes, Sheet
from bot.exports.names import safe_filename
from bot.model.asking import Question, kind_of, question_of
from bot.model.messages import FileOffer, FileSource
from bot.rendering.questions import command_words
from bot.services.files import Opener
from bot.services.table_files import TableFiles

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


def table_opener(make: Making, tables: TableFiles, clock: Clock, *, vendor: str) -> Opener:
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
        async with tables.of_sheets([sheet], notes, arguments["question"]["export"]) as file:
            yield body_of(file)

    return opened
