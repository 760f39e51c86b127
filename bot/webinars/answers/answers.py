"""Answers about webinars: one question, one answer, the same for people and digests."""

import re
from dataclasses import replace
from typing import Final

from bot.asking.composing import ComposedAnswer, SettledQuestion, kept
from bot.asking.core.finder import NearError, PickError
from bot.asking.occasion import Occasion
from bot.errors import UserError
from bot.slack.messages import Answer
from bot.webinars.answers.files import EventFiles, offers
from bot.webinars.answers.one_event import AskedEvent, OneEvent
from bot.webinars.client.client import FlowApp
from bot.webinars.events import Events
from bot.webinars.model import Event
from bot.webinars.question import EVENT_LISTS, OF_ONE_EVENT, EventsQuestion
from bot.webinars.rendering import events as words
from bot.webinars.rendering import reports as event_reports
from bot.webinars.rendering import sheets as event_exports
from bot.webinars.rendering.event_words import title_of
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
        """Return the question with the whole title, which the next session will have as well."""
        if question.view not in OF_ONE_EVENT:
            return SettledQuestion(question)
        event = await self._events.find(
            question.event, view=question.view, nearest=True, token=question.token
        )
        return SettledQuestion(_named(question, event))

    async def compose(self, question: EventsQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer; files are asked for when they are uploaded."""
        subscription = occasion.subscription
        if question.export:
            occasion = replace(occasion, key="")  # a file offers no other file
        if question.view not in OF_ONE_EVENT:
            answer = await self._listed(question, occasion)
            return ComposedAnswer(answer, kept(question, question))
        found = await self._found(question, occasion)
        phase = await self._events.phase(found)
        asked = AskedEvent(question, occasion, found, phase)
        answer, writes = await self._one.answer(asked)
        again = _named(question, found)
        meant = replace(question, event=found.token)
        told = session_told(subscription, question.view, found, phase)
        news = await self._news.is_news(subscription, question.view, found, phase)
        return ComposedAnswer(answer, kept(again, meant), writes, news=news, told=told)

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

    async def _listed(self, question: EventsQuestion, occasion: Occasion) -> Answer:
        if question.view in EVENT_LISTS:
            asked_at = occasion.asked_at
            found = await self._events.listed(question.view, occasion.zone, asked_at=asked_at)
            if question.export:
                title = LIST_TITLES[question.view]
                message = event_exports.rows_message(
                    title, found, occasion, export=question.export, personal=False
                )
                return Answer(message, files=offers(question, occasion, title) if found else ())
            return words.event_list(found, occasion, which=question.view)
        if question.view == "rooms":
            return await self._rooms(question, occasion)
        operators, personal = await self._flowapp.operators(), occasion.private
        if not question.export:
            return event_reports.operator_list(operators, occasion, personal=personal)
        message = event_exports.rows_message(
            "Hosts", operators, occasion, export=question.export, personal=personal
        )
        return Answer(message, files=offers(question, occasion, "Hosts") if operators else ())

    async def _rooms(self, question: EventsQuestion, occasion: Occasion) -> Answer:
        rooms = await self._events.rooms()
        if not question.export:
            return event_reports.room_list(rooms, occasion)
        message = event_exports.rows_message(
            "Rooms", rooms, occasion, export=question.export, personal=False
        )
        return Answer(message, files=offers(question, occasion, "Rooms") if rooms else ())


def _named(question: EventsQuestion, event: Event) -> EventsQuestion:
    """Return the question with the event's title, and its token where that was asked for."""
    by_token = question.token or question.event.strip() == event.token
    return replace(question, event=title_of(event), token=event.token if by_token else "")
