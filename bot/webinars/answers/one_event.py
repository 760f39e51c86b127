"""Answers about one webinar: its card, who registers and comes, how it went, its reports."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot.asking.occasion import Occasion
from bot.asking.terms import NO_TALLY, Tally
from bot.errors import VendorError
from bot.jobs.outcome import Write
from bot.slack.messages import Answer, FileOffer
from bot.webinars.answers.files import EventFiles, offers
from bot.webinars.answers.summaries import EventSummaries
from bot.webinars.core.attendance import RegistrationCount, attendance, curve
from bot.webinars.core.measures import guest_figures
from bot.webinars.events import Events
from bot.webinars.model import COMPILED, SURVEY, Event, Phase
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering import events as words
from bot.webinars.rendering import registrants
from bot.webinars.rendering import reports as event_reports
from bot.webinars.rendering import sheets as event_exports
from bot.webinars.rendering.event_words import title_of
from bot.webinars.rendering.summary import summary_answer
from bot.webinars.store import Looks, keep_looks, with_look


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """A question with its event found, and the circumstances."""

    question: EventsQuestion
    occasion: Occasion
    event: Event
    phase: Phase

    @property
    def token(self) -> str:
        """What all calls ask for."""
        return self.event.token


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """An answer, what to remember once it is told, and its figures."""

    answer: Answer
    writes: tuple[Write, ...] = ()
    tally: Tally = NO_TALLY


EventView = Callable[[AskedEvent], Awaitable[EventAnswer]]


class OneEvent:
    """Answers each of OF_ONE_EVENT. Raises UserError, PickError and VendorError."""

    def __init__(self, events: Events, files: EventFiles, looks: Looks) -> None:
        """Ask `events`' client; how registrations grow is kept in `looks`."""
        self._events = events
        self._files = files
        self._looks = looks
        self._summaries = EventSummaries(events)
        self._views: dict[str, EventView] = {
            "info": self._info,
            "registrants": self._registrants,
            "registrations": self._registrations,
            "surveys": self._surveys,
            "summary": self._summary,
            "report": self._report,
        }

    async def answer(self, asked: AskedEvent) -> EventAnswer:
        """Return the answer, and what to remember once it is told."""
        return await self._views[asked.question.view](asked)

    async def _info(self, asked: AskedEvent) -> EventAnswer:
        if asked.question.public:
            event = await self._events.flowapp.public_event(asked.token)
            card = words.event_card(event, asked.occasion, phase=asked.phase, public=True)
            return EventAnswer(card)
        event = await self._events.flowapp.event(asked.token)
        if not event.analytics:
            event = replace(event, analytics=await self._figures(asked.token))
        return EventAnswer(words.event_card(event, asked.occasion, phase=asked.phase))

    async def _figures(self, token: str) -> tuple[tuple[str, str], ...]:
        """Return the vendor's own figures of an event, which only its list is said to have."""
        try:
            listed = await self._events.flowapp.events(analytics=True)
        except VendorError:
            return ()  # what they mean is documented nowhere, so a card is whole without them
        return next((each.analytics for each in listed if each.token == token), ())

    async def _registrants(self, asked: AskedEvent) -> EventAnswer:
        found = await self._events.flowapp.registrants(asked.token)
        sums = attendance(found)
        _, writes = await self._looked(asked, sums.registered)
        if not asked.question.export:
            answer = registrants.registrants_answer(
                asked.event,
                found,
                sums,
                asked.occasion,
                phase=asked.phase,
                personal=asked.occasion.private,
                odd=found.odd,
            )
            return EventAnswer(answer, writes, guest_figures(sums))
        title = f"{title_of(asked.event)}: registrants"
        message = event_exports.rows_message(
            title,
            found,
            asked.occasion,
            export=asked.question.export,
            personal=asked.occasion.private,
        )
        answer = Answer(message, files=self._offers(asked, title) if found else ())
        return EventAnswer(answer, writes, guest_figures(sums))

    async def _registrations(self, asked: AskedEvent) -> EventAnswer:
        sums = attendance(await self._events.flowapp.registrants(asked.token))
        looks, writes = await self._looked(asked, sums.registered)
        points = curve(looks, asked.occasion.zone)
        if not asked.question.export:
            answer = registrants.registrations_answer(
                asked.event, sums, points, asked.occasion, phase=asked.phase
            )
            return EventAnswer(answer, writes, guest_figures(sums))
        title = f"{title_of(asked.event)}: registrations by day"
        message = event_exports.rows_message(
            title, points, asked.occasion, export=asked.question.export, personal=False
        )
        answer = Answer(message, files=self._offers(asked, title))
        return EventAnswer(answer, writes, guest_figures(sums))

    async def _looked(
        self, asked: AskedEvent, registered: int
    ) -> tuple[Sequence[RegistrationCount], tuple[Write, ...]]:
        """Return all looks with this one, and the write that keeps them."""
        now = asked.occasion.now
        looks = with_look(await self._looks.before(asked.token), registered, now)
        return looks, (keep_looks(asked.token, looks, now),)

    async def _surveys(self, asked: AskedEvent) -> EventAnswer:
        surveys = await self._events.flowapp.surveys(asked.token)
        listed = event_reports.survey_list(asked.event, surveys, asked.occasion, phase=asked.phase)
        return EventAnswer(listed)

    async def _summary(self, asked: AskedEvent) -> EventAnswer:
        sums = attendance(await self._events.flowapp.registrants(asked.token))
        digest = asked.occasion.subscription is not None
        after = await self._summaries.aftermath(asked.token, asked.phase, with_file=digest)
        others = () if digest else await self._events.held_before(asked.event)
        answer = summary_answer(
            asked.event, sums, after, asked.occasion, phase=asked.phase, others=others
        )
        if not after.with_file:
            return EventAnswer(answer, tally=guest_figures(sums))
        report = EventsQuestion("report", asked.token, report=COMPILED, export="xlsx")
        title = f"{title_of(asked.event)}: {event_reports.REPORT_TITLES[COMPILED]}"
        answer = replace(answer, files=offers(report, asked.occasion, title))
        return EventAnswer(answer, tally=guest_figures(sums))

    async def _report(self, asked: AskedEvent) -> EventAnswer:
        question = asked.question
        if question.report == SURVEY:
            survey = await self._files.survey(asked.token, question.survey)
            question = replace(question, survey=f"{survey.id}")
        parts = await self._files.parts(replace(question, event=asked.token))
        message = event_reports.report_message(
            asked.event,
            parts,
            asked.occasion,
            report=question.report,
            export=question.export,
            personal=asked.occasion.private,
        )
        if not any(table.rows for table in parts.values()):
            return EventAnswer(Answer(message))
        title = f"{title_of(asked.event)}: {event_reports.REPORT_TITLES[question.report]}"
        files = self._offers(replace(asked, question=question), title, parts=tuple(parts))
        return EventAnswer(Answer(message, files=files))

    def _offers(
        self, asked: AskedEvent, title: str, parts: tuple[str, ...] = ()
    ) -> tuple[FileOffer, ...]:
        return offers(replace(asked.question, event=asked.token), asked.occasion, title, parts)
