"""Answers about webinars: one question, one answer, the same for people and digests."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clients.flowapp import FlowApp
from bot.clock import Clock
from bot.core.attendance import attendance, curve
from bot.core.surveys import Headline, headline
from bot.errors import VendorError
from bot.model.asking import EVENT_LISTS, OF_ONE_EVENT, EventsQuestion
from bot.model.messages import Answer, FileOffer
from bot.model.subscriptions import Subscription
from bot.model.webinars import COMPILED, SURVEY, CompiledReport, Event
from bot.rendering import event_exports, event_reports, registrants
from bot.rendering import events as words
from bot.rendering.events import EventAsking, title_of
from bot.services.composing import Composed, answered, kept
from bot.services.event_files import EventFiles, offers
from bot.services.event_lists import listed_events
from bot.services.events import Events
from bot.services.looks import Looks, keep_looks, with_look
from bot.services.outcome import Outcome, Write
from bot.services.people import People
from bot.store.jobs import Job


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its event found, and the circumstances."""

    question: EventsQuestion
    asking: EventAsking
    event: Event
    personal: bool

    @property
    def token(self) -> str:
        return self.event.token


Told = tuple[Answer, tuple[Write, ...]]
Answering = Callable[[_Asked], Awaitable[Told]]


class EventAnswers:
    """Composes answers about events. Raises UserError, PickError and VendorError."""

    def __init__(
        self, events: Events, files: EventFiles, looks: Looks, people: People, clock: Clock
    ) -> None:
        """Find events with `events`."""
        self._events = events
        self._files = files
        self._looks = looks
        self._people = people
        self._clock = clock
        self._of_one: dict[str, Answering] = {
            "info": self._info,
            "registrants": self._registrants,
            "registrations": self._registrations,
            "surveys": self._surveys,
            "summary": self._summary,
            "report": self._report,
        }

    async def answer(self, job: Job) -> Outcome:
        """Answer a person. Details: an EventsQuestion."""
        return await answered(job, self, self._people, self._clock)

    async def settled(self, question: EventsQuestion) -> EventsQuestion:
        """Return the question with the whole title, which the next session will have as well."""
        if question.view not in OF_ONE_EVENT:
            return question
        event = await self._events.find(question.event, view=question.view, nearest=True)
        return replace(question, event=event.title or event.token)

    async def compose(
        self,
        question: EventsQuestion,
        *,
        key: str,
        zone: str,
        asked_at: datetime,
        told_to: str,
        private: bool = False,
        asked_by: str = "",
        subscription: Subscription | None = None,
    ) -> Composed:
        """Return the answer; files are asked for when they are uploaded."""
        del asked_at, told_to
        asking = EventAsking(
            now=self._clock.now(),
            zone=zone,
            asked_by=asked_by,
            subscription=subscription,
            export_value="" if question.export else key,
        )
        if question.view not in OF_ONE_EVENT:
            answer = await self._listed(question, asking, personal=private)
            return Composed(answer, kept(question, question))
        found = await self._events.find(
            question.event, view=question.view, nearest=subscription is not None
        )
        asked = _Asked(question, asking, found, personal=private)
        answer, writes = await self._of_one[question.view](asked)
        again = replace(question, event=title_of(found))
        return Composed(answer, kept(again, replace(question, event=found.token)), writes)

    @property
    def _flowapp(self) -> FlowApp:
        return self._events.flowapp

    async def _listed(
        self, question: EventsQuestion, asking: EventAsking, *, personal: bool
    ) -> Answer:
        if question.view in EVENT_LISTS:
            found = await listed_events(self._flowapp, question.view, asking.now)
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

    async def _info(self, asked: _Asked) -> Told:
        if asked.question.public:
            event = await self._flowapp.public_event(asked.token)
            return words.event_card(event, asked.asking, public=True), ()
        return words.event_card(await self._flowapp.event(asked.token), asked.asking), ()

    async def _registrants(self, asked: _Asked) -> Told:
        found = await self._flowapp.registrants(asked.token)
        sums = attendance(found)
        writes = await self._looked(asked, sums.registered)
        if not asked.question.export:
            answer = registrants.registrants_answer(
                asked.event, found, sums, asked.asking, personal=asked.personal
            )
            return answer, writes
        title = f"{title_of(asked.event)}: registrants"
        told = event_exports.rows_message(
            title, found, asked.asking, export=asked.question.export, personal=asked.personal
        )
        return Answer(told, files=self._offers(asked, title) if found else ()), writes

    async def _registrations(self, asked: _Asked) -> Told:
        sums = attendance(await self._flowapp.registrants(asked.token))
        now = asked.asking.now
        looks = with_look(await self._looks.before(asked.token), sums.registered, now)
        points = curve(looks, asked.asking.zone)
        answer = registrants.registrations_answer(asked.event, sums, points, asked.asking)
        return answer, (keep_looks(asked.token, looks, now),)

    async def _looked(self, asked: _Asked, registered: int) -> tuple[Write, ...]:
        now = asked.asking.now
        looks = with_look(await self._looks.before(asked.token), registered, now)
        return (keep_looks(asked.token, looks, now),)

    async def _surveys(self, asked: _Asked) -> Told:
        surveys = await self._flowapp.surveys(asked.token)
        return Answer(event_reports.survey_list(asked.event, surveys, asked.asking)), ()

    async def _summary(self, asked: _Asked) -> Told:
        sums = attendance(await self._flowapp.registrants(asked.token))
        compiled = await self._compiled(asked.token)
        with_file = compiled is not None and asked.asking.subscription is not None
        answer = registrants.summary_answer(
            asked.event,
            sums,
            asked.asking,
            attendee_chat=len(compiled.attendee_chat.rows) if compiled else None,
            operator_chat=len(compiled.operator_chat.rows) if compiled else None,
            survey=await self._headline(asked.token, compiled),
            with_file=with_file,
        )
        if not with_file:
            return answer, ()
        report = EventsQuestion("report", asked.token, report=COMPILED, export="xlsx")
        title = f"{title_of(asked.event)}: {event_reports.REPORT_TITLES[COMPILED]}"
        return replace(answer, files=offers(report, asked.asking, title)), ()

    async def _compiled(self, token: str) -> CompiledReport | None:
        """Return the compiled report; before the end of an event there may be none."""
        try:
            return await self._flowapp.compiled_report(token)
        except VendorError:
            return None

    async def _headline(self, token: str, compiled: CompiledReport | None) -> Headline | None:
        if compiled and compiled.survey_results.rows:
            return headline(compiled.survey_results)
        try:
            surveys = await self._flowapp.surveys(token)
            table = await self._flowapp.survey_report(token, surveys[0].id) if surveys else None
        except VendorError:
            return None
        return headline(table) if table and table.rows else None

    async def _report(self, asked: _Asked) -> Told:
        question = asked.question
        if question.report == SURVEY:
            survey = await self._files.survey(asked.token, question.survey)
            question = replace(question, survey=f"{survey.id}")
        parts = await self._files.parts(replace(question, event=asked.token))
        told = event_reports.report_message(
            asked.event,
            parts,
            asked.asking,
            report=question.report,
            export=question.export,
            personal=asked.personal,
        )
        if not any(table.rows for table in parts.values()):
            return Answer(told), ()
        title = f"{title_of(asked.event)}: {event_reports.REPORT_TITLES[question.report]}"
        files = self._offers(replace(asked, question=question), title, parts=tuple(parts))
        return Answer(told, files=files), ()

    def _offers(
        self, asked: _Asked, title: str, parts: tuple[str, ...] = ()
    ) -> tuple[FileOffer, ...]:
        return offers(replace(asked.question, event=asked.token), asked.asking, title, parts)
