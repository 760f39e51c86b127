"""Answers about webinars: one question, one answer, the same for people and digests."""

import re
from dataclasses import replace
from typing import Final

from bot.asking.composing import Composed, Occasion, kept
from bot.asking.core.finder import PickError
from bot.clock import Clock
from bot.errors import UserError
from bot.slack.messages import Answer
from bot.webinars.client import FlowApp
from bot.webinars.events import Events
from bot.webinars.files import EventFiles, offers
from bot.webinars.looks import Looks
from bot.webinars.model import Event
from bot.webinars.news import EventNews, keep_told
from bot.webinars.one_event import AskedEvent, OneEvent
from bot.webinars.question import EVENT_LISTS, OF_ONE_EVENT, EventsQuestion
from bot.webinars.rendering import events as words
from bot.webinars.rendering import reports as event_reports
from bot.webinars.rendering import sheets as event_exports
from bot.webinars.rendering.events import EventAsking, title_of

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
        clock: Clock,
    ) -> None:
        """Find events with `events`."""
        self._events = events
        self._one = OneEvent(events, files, looks)
        self._news = news
        self._clock = clock

    async def settled(self, question: EventsQuestion) -> EventsQuestion:
        """Return the question with the whole title, which the next session will have as well."""
        if question.view not in OF_ONE_EVENT:
            return question
        event = await self._events.find(question.event, view=question.view, nearest=True)
        return replace(question, event=title_of(event))

    async def compose(self, question: EventsQuestion, occasion: Occasion) -> Composed:
        """Return the answer; files are asked for when they are uploaded."""
        subscription = occasion.subscription
        asking = EventAsking(
            now=self._clock.now(),
            zone=occasion.zone,
            asked_by=occasion.asked_by,
            subscription=subscription,
            export_value="" if question.export else occasion.key,
        )
        if question.view not in OF_ONE_EVENT:
            answer = await self._listed(question, asking, personal=occasion.private)
            return Composed(answer, kept(question, question))
        found = await self._found(question, asking)
        phase = await self._events.phase(found)
        asked = AskedEvent(question, asking, found, phase, personal=occasion.private)
        answer, writes = await self._one.told(asked)
        again = replace(question, event=title_of(found))
        meant = replace(question, event=found.token)
        told = keep_told(subscription, question.view, found, phase, asking.now)
        news = await self._news.is_news(subscription, question.view, found, phase)
        return Composed(answer, kept(again, meant), (*writes, *told), news=news)

    async def _found(self, question: EventsQuestion, asking: EventAsking) -> Event:
        """Return the event meant; what everybody may see is asked for by any token, too."""
        digest = asking.subscription is not None
        try:
            return await self._events.find(
                question.event, view=question.view, zone=asking.zone, nearest=digest
            )
        except PickError:
            raise
        except UserError:
            if not question.public or not TOKEN.fullmatch(question.event):
                raise
            return await self._flowapp.public_event(question.event)

    @property
    def _flowapp(self) -> FlowApp:
        return self._events.flowapp

    async def _listed(
        self, question: EventsQuestion, asking: EventAsking, *, personal: bool
    ) -> Answer:
        if question.view in EVENT_LISTS:
            found = await self._events.listed(question.view, asking.zone)
            if question.export:
                title = f"Events, {question.view}"
                told = event_exports.rows_message(
                    title, found, asking, export=question.export, personal=False
                )
                return Answer(told, files=offers(question, asking, title) if found else ())
            return words.event_list(found, asking, which=question.view)
        if question.view == "rooms":
            return await self._rooms(question, asking)
        operators = await self._flowapp.operators()
        if not question.export:
            return event_reports.operator_list(operators, asking, personal=personal)
        told = event_exports.rows_message(
            "Operators", operators, asking, export=question.export, personal=personal
        )
        return Answer(told, files=offers(question, asking, "Operators") if operators else ())

    async def _rooms(self, question: EventsQuestion, asking: EventAsking) -> Answer:
        rooms = await self._events.rooms()
        if not question.export:
            return event_reports.room_list(rooms, asking)
        told = event_exports.rows_message(
            "Rooms", rooms, asking, export=question.export, personal=False
        )
        return Answer(told, files=offers(question, asking, "Rooms") if rooms else ())
