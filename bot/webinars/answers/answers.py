"""Answers about webinars: one question, one answer, the same for people and digests."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.core import ahead
from bot.asking.core.finder import NearError, PickError
from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import local_day
from bot.asking.terms import Measure, tally_of
from bot.errors import UserError
from bot.slack.messages import Answer
from bot.webinars.answers.files import EventFiles, offers
from bot.webinars.answers.one_event import AskedEvent, EventAnswer, OneEvent
from bot.webinars.client.client import FlowApp
from bot.webinars.core.measures import EVENTS, HOSTS, ROOMS
from bot.webinars.events import Events
from bot.webinars.model import Event, Operator, Room
from bot.webinars.question import EVENT_LISTS, OF_ONE_EVENT, EventsQuestion, is_personal
from bot.webinars.rendering import events as words
from bot.webinars.rendering import reports as event_reports
from bot.webinars.rendering import sheets as event_exports
from bot.webinars.rendering.event_words import of_a_series, title_of
from bot.webinars.store import EventNews, Looks, session_told

LIST_TITLES: Final = {
    "future": "Upcoming events",
    "current": "Events running now",
    "past": "Past events",
    "today": "Events today",
    "week": "Events in the next 7 days",
    "all": "All events",
}
TOKEN: Final = re.compile(r"[A-Za-z0-9]{10,11}")
"""What a session token looks like in the vendor's samples."""


class EventAnswers:
    """Composes answers about events. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        events: Events,
        files: EventFiles,
        looks: Looks,
        news: EventNews,
    ) -> None:
        """Find events with `events`."""
        self._events = events
        self._one = OneEvent(events, files, looks)
        self._news = news

    async def settled(self, question: EventsQuestion) -> SettledQuestion:
        """Return the question with the whole title, which the next session will have as well.

        One about people stays with its event: whoever reads about those of one session was not
        meant to read about those of the next.
        """
        if question.view not in OF_ONE_EVENT:
            return SettledQuestion(question)
        event = await self._events.find(
            question.event, view=question.view, nearest=True, token=question.token
        )
        named = _named(question, event)
        if is_personal(question):
            named = replace(named, token=event.token)
        is_series = await self._events.has_namesakes(event)
        remark = of_a_series(event, stays=bool(named.token)) if is_series else ""
        return SettledQuestion(named, remark)

    async def compose(self, question: EventsQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; files are asked for when they are uploaded."""
        subscription = occasion.subscription
        if question.export:
            occasion = replace(occasion, key="")  # a file offers no other file
        if question.view not in OF_ONE_EVENT:
            one = await self._listed(question, occasion)
            return ComposedAnswer(one.answer, kept(question, question), tally=one.tally)
        found = await self._found(question, occasion)
        phase = await self._events.phase(found)
        asked = AskedEvent(question, occasion, found, phase)
        one = await self._one.answer(asked)
        again = _named(question, found)
        meant = replace(question, event=found.token)
        told = session_told(subscription, question.view, found, phase)
        nothing = await self._news.nothing(subscription, question.view, found, phase)
        about = kept(again, meant)
        return ComposedAnswer(one.answer, about, one.writes, nothing, told, one.tally)

    async def _found(self, question: EventsQuestion, occasion: Occasion) -> Event:
        """Return the event meant; what everybody may see is asked for by any token, too."""
        digest = occasion.subscription is not None
        try:
            return await self._events.find(
                question.event,
                view=question.view,
                zone=occasion.zone,
                nearest=digest or question.view == "summary",
                token=question.token,
            )
        except UserError as error:
            several = isinstance(error, PickError) and not isinstance(error, NearError)
            if several or not question.public or not TOKEN.fullmatch(question.event):
                raise
            return await self._flowapp.public_event(question.event)

    @property
    def _flowapp(self) -> FlowApp:
        return self._events.flowapp

    async def _listed(self, question: EventsQuestion, occasion: Occasion) -> EventAnswer:
        if question.view in EVENT_LISTS:
            asked_at = occasion.asked_at
            listed = await self._events.listed(question, occasion.zone, asked_at=asked_at)
            found = [each for each in listed if occasion.counts(each.title)]
            return _counted(EVENTS, found, self._event_list(question, found, occasion))
        if question.view == "rooms":
            rooms = await self._events.rooms()
            return _counted(ROOMS, rooms, self._rooms(question, rooms, occasion))
        hosts = await self._flowapp.operators()
        return _counted(HOSTS, hosts, self._operators(question, hosts, occasion))

    def _event_list(
        self, question: EventsQuestion, found: Sequence[Event], occasion: Occasion
    ) -> Answer:
        on = _days(question, occasion)
        if not question.export:
            return words.event_list(found, occasion, which=question.view, on=on)
        title = f"{LIST_TITLES[question.view]}{on}"
        message = event_exports.rows_message(
            title, found, occasion, export=question.export, personal=False
        )
        return Answer(message, files=offers(question, occasion, title) if found else ())

    def _operators(
        self, question: EventsQuestion, operators: Sequence[Operator], occasion: Occasion
    ) -> Answer:
        personal = occasion.private
        if not question.export:
            return event_reports.operator_list(operators, occasion, personal=personal)
        message = event_exports.rows_message(
            "Hosts", operators, occasion, export=question.export, personal=personal
        )
        return Answer(message, files=offers(question, occasion, "Hosts") if operators else ())

    def _rooms(self, question: EventsQuestion, rooms: Sequence[Room], occasion: Occasion) -> Answer:
        if not question.export:
            return event_reports.room_list(rooms, occasion)
        message = event_exports.rows_message(
            "Rooms", rooms, occasion, export=question.export, personal=False
        )
        return Answer(message, files=offers(question, occasion, "Rooms") if rooms else ())


def _counted(
    measure: Measure, rows: Sequence[Event | Operator | Room], answer: Answer
) -> EventAnswer:
    """Return the answer of a list with how many there are, and which."""
    return EventAnswer(answer, tally=tally_of({measure.name: len(rows)}, rows))


def _days(question: EventsQuestion, occasion: Occasion) -> str:
    """Return the days of a list with a space before them, or an empty text."""
    if not question.days:
        return ""
    today = local_day(occasion.asked_at, occasion.zone)
    return f" {ahead.words_of(question.days, *ahead.nearest(question.days, today))}"


def _named(question: EventsQuestion, event: Event) -> EventsQuestion:
    """Return the question with the event's title, and its token where that was asked for."""
    by_token = question.token or question.event.strip() == event.token
    return replace(question, event=title_of(event), token=event.token if by_token else "")
