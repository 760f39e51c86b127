"""Files about webinars: lists and FLOW's reports, asked for anew whenever one is opened."""

from collections.abc import Sequence
from typing import Final

from bot.asking.core.finder import Choice, Finder
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import local_day
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.errors import UserError
from bot.slack.messages import FileOffer
from bot.tables.columns import Sheet, TextTable
from bot.webinars.core.attendance import curve
from bot.webinars.events import Events
from bot.webinars.model import COMPILED, FLOW, SURVEY, Survey
from bot.webinars.question import EVENT_LISTS, EventsQuestion
from bot.webinars.rendering.reports import report_parts
from bot.webinars.rendering.sheets import (
    events_sheet,
    operators_sheet,
    registrants_sheet,
    registrations_sheet,
    report_sheets,
    rooms_sheet,
)
from bot.webinars.store import Looks

TABLES: Final = TableSource(FLOW.name, "FLOW", EventsQuestion)


class EventFiles:
    """What is in the files from FLOW. Raises UserError, PickError and VendorError."""

    def __init__(self, events: Events, looks: Looks) -> None:
        """Ask `events`' client; how registrations grew is in `looks`."""
        self._events = events
        self._looks = looks

    async def survey(self, token: str, typed: str) -> Survey:
        """Return the survey meant; without a name the only one there is."""
        surveys = await self._events.flowapp.surveys(token)
        if not surveys:
            raise UserError("FLOW has no survey for this event.")
        choices = tuple(Choice(f"{each.id}", each.name) for each in surveys)
        every = ("All surveys", EventsQuestion("surveys", token))
        finder = Finder(noun="survey", field="survey", ways=(every,))
        chosen = finder.find(typed, choices) if typed or choices[1:] else choices[0]
        return next(each for each in surveys if f"{each.id}" == chosen.id)

    async def parts(self, question: EventsQuestion) -> dict[str, TextTable]:
        """Return a report's tables by their titles; its event is a token, its survey a number."""
        flowapp, kind = self._events.flowapp, question.report
        if kind == COMPILED:
            tables = [*(await flowapp.compiled_report(question.event)).parts]
        elif kind == SURVEY:
            tables = [await flowapp.survey_report(question.event, int(question.survey))]
        else:
            tables = [await flowapp.csv_report(question.event, kind)]
        return report_parts(kind, tables)

    async def content(self, file: TableFile[EventsQuestion]) -> TableContent:
        """Return what a file holds; its event is a token, its survey a number."""
        question = file.question
        days = (("Days", question.days),) if question.days else ()
        token = (("FLOW token", question.event),) if question.event else ()
        return TableContent(await self._sheets(file), filters=days, facts=token)

    async def _sheets(self, file: TableFile[EventsQuestion]) -> Sequence[Sheet]:
        flowapp, question = self._events.flowapp, file.question
        if question.view in EVENT_LISTS:
            found = await self._events.listed(question, file.zone)
            return [events_sheet(found, title="Events")]
        if question.view == "operators":
            return [operators_sheet(await flowapp.operators())]
        if question.view == "rooms":
            return [rooms_sheet(await self._events.rooms())]
        if question.view == "registrants":
            found_people = await flowapp.registrants(question.event)
            return [registrants_sheet(found_people, title="Registrants")]
        if question.view == "registrations":
            seen = curve(await self._looks.before(question.event), file.zone, most=None)
            return [registrations_sheet(seen)]
        parts = await self.parts(question)
        return report_sheets({file.part: parts[file.part]} if file.part else parts)


def offers(
    question: EventsQuestion, occasion: Occasion, title: str, parts: tuple[str, ...] = ()
) -> tuple[FileOffer, ...]:
    """Return the file, or as CSV one for each of several parts; the event is a token."""
    several = question.export == "csv" and len(parts) > 1
    day = local_day(occasion.now, occasion.zone)
    files = (
        TableFile(question, f"{title}, {part}" if part else title, occasion.zone, part)
        for part in (parts if several else ("",))
    )
    return tuple(TABLES.offer(each, day=day) for each in files)
