"""Files about webinars: lists and FLOW's reports, asked for anew whenever one is opened."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.core.finder import Choice, Finder
from bot.asking.model import EVENT_LISTS, EventsQuestion
from bot.clock import Clock
from bot.errors import UserError
from bot.slack.filenames import safe_filename
from bot.slack.messages import FileOffer, FileSource
from bot.spool import Body
from bot.tables.columns import Notes, Sheet
from bot.tables.table_files import TableFiles
from bot.webinars.core.attendance import curve
from bot.webinars.core.command import events_words
from bot.webinars.events import Events
from bot.webinars.lists import listed_events
from bot.webinars.looks import Looks
from bot.webinars.model import COMPILED, FLOW, SURVEY, Survey, Table
from bot.webinars.rendering.events import EventAsking
from bot.webinars.rendering.reports import report_parts
from bot.webinars.rendering.sheets import (
    events_sheet,
    operators_sheet,
    registrants_sheet,
    registrations_sheet,
    report_sheets,
    rooms_sheet,
)

SURVEYS = Finder(noun="survey", field="survey", works="To see all: /flow-events surveys")


class EventFiles:
    """The source of files from FLOW."""

    def __init__(self, events: Events, looks: Looks, tables: TableFiles, clock: Clock) -> None:
        """Ask `events`' client; how registrations grew is in `looks`."""
        self._events = events
        self._looks = looks
        self._tables = tables
        self._clock = clock

    def open(self, arguments: dict[str, Any]) -> AbstractAsyncContextManager[Body]:
        """Open a file."""
        return self._open(arguments)

    async def survey(self, token: str, typed: str) -> Survey:
        """Return the survey meant; without a name the only one there is."""
        surveys = await self._events.flowapp.surveys(token)
        if not surveys:
            raise UserError("FLOW has no survey for this event.")
        choices = tuple(Choice(f"{each.id}", each.name) for each in surveys)
        chosen = SURVEYS.find(typed, choices) if typed else SURVEYS.one_of("survey", choices)
        return next(each for each in surveys if f"{each.id}" == chosen.id)

    async def parts(self, question: EventsQuestion) -> dict[str, Table]:
        """Return a report's tables by their titles; its event is a token, its survey a number."""
        flowapp, kind = self._events.flowapp, question.report
        if kind == COMPILED:
            tables = [*(await flowapp.compiled_report(question.event)).parts]
        elif kind == SURVEY:
            tables = [await flowapp.survey_report(question.event, int(question.survey))]
        else:
            tables = [await flowapp.csv_report(question.event, kind)]
        return report_parts(kind, tables)

    @asynccontextmanager
    async def _open(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        question = EventsQuestion(**arguments["question"])
        now = self._clock.now()
        sheets = await self._sheets(question, arguments, now)
        notes = Notes(
            title=arguments["title"],
            source=f"FLOW, /flow-events {events_words(question)}",
            made_at=now,
            filters=_filters(question),
            zone=ZoneInfo(arguments["zone"]),
            zone_name=arguments["zone"],
        )
        async with self._tables.of_sheets(sheets, notes, question.export) as body:
            yield body

    async def _sheets(
        self, question: EventsQuestion, arguments: dict[str, Any], now: datetime
    ) -> Sequence[Sheet]:
        flowapp = self._events.flowapp
        if question.view in EVENT_LISTS:
            found = await listed_events(flowapp, question.view, now, arguments["zone"])
            return [events_sheet(found, title="Events")]
        if question.view == "operators":
            return [operators_sheet(await flowapp.operators())]
        if question.view == "rooms":
            return [rooms_sheet(await self._events.rooms())]
        if question.view == "registrants":
            found_people = await flowapp.registrants(question.event)
            return [registrants_sheet(found_people, title="Registrants")]
        if question.view == "registrations":
            seen = curve(await self._looks.before(question.event), arguments["zone"], most=None)
            return [registrations_sheet(seen)]
        parts = await self.parts(question)
        wanted = arguments["part"]
        return report_sheets({wanted: parts[wanted]} if wanted else parts)


def _filters(question: EventsQuestion) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Events", question.view if question.view in EVENT_LISTS else ""),
        ("Event", question.event),
        ("Report", question.report),
        ("Survey", question.survey),
    )
    return tuple((name, value) for name, value in pairs if value)


def offers(
    question: EventsQuestion, asking: EventAsking, title: str, parts: tuple[str, ...] = ()
) -> tuple[FileOffer, ...]:
    """Return the file, or as CSV one for each of several parts; the event is a token."""
    several = question.export == "csv" and len(parts) > 1
    return tuple(_offer(question, asking, title, part) for part in (parts if several else ("",)))


def _offer(question: EventsQuestion, asking: EventAsking, title: str, part: str) -> FileOffer:
    whole = f"{title}, {part}" if part else title
    day = asking.now.astimezone(ZoneInfo(asking.zone)).date()
    arguments = {
        "question": asdict(question),
        "title": whole,
        "zone": asking.zone,
        "part": part,
    }
    return FileOffer(
        filename=safe_filename(f"{whole} {day}", question.export),
        title=whole,
        source=FileSource(FLOW.name, arguments),
        alt_text=whole,
    )
