"""Tables as files, made anew from their question when they are sent: one way for all services."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.model import Question, kind_of, question_of
from bot.asking.rendering.dates import day_and_time
from bot.asking.rendering.listed_files import table_message
from bot.asking.rendering.questions import command_words
from bot.clock import Clock
from bot.outbox.files import Opener
from bot.slack.filenames import safe_filename
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from bot.tables.columns import Notes, Sheet
from bot.tables.table_files import TableFiles

Making = Callable[[Any, str], Awaitable[Sheet]]
"""Asks anew for the rows of a question, its days read in an IANA zone."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows to be brought as a file. `source` is where it is opened, `vendor` who has them."""

    source: str
    vendor: str
    title: str
    rows: int


def table_answer(
    listed: Listed, question: Question, *, footer: str, zone: str, now: datetime
) -> Answer:
    """Return how many rows there are, with their file; none have no file.

    `question` has the format, `footer` tells who asked, or of the subscription.
    """
    form = str(getattr(question, "export", ""))
    small = f"{footer} · {day_and_time(now, zone)} {zone}"
    told = table_message(listed.title, listed.rows, form=form, source=listed.vendor, small=small)
    if not listed.rows:
        return Answer(told)
    offer = _offer(listed.source, question, title=listed.title, form=form, zone=zone, now=now)
    return Answer(told, files=(offer,))


def _offer(
    source: str, question: Question, *, title: str, form: str, zone: str, now: datetime
) -> FileOffer:
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
    """Return what opens the files of `table_answer`; `vendor` is who the notes name as source."""

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
        async with tables.of_sheets([sheet], notes, arguments["question"]["export"]) as body:
            yield body

    return opened
