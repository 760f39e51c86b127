"""Assigning training: a preview to confirm, then one call that is never repeated blindly."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.asking.form_filling import explained, show_view
from bot.asking.rendering.dates import local_day
from bot.asking.rendering.offers import offer, opening
from bot.clock import Clock
from bot.codec import dumps, encode
from bot.errors import BotError, NotKnownYetError, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import CameTo, Outcome, reply
from bot.jobs.request import Job
from bot.slack.blocks import problems
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.modals import View, notice, opened_in
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message
from bot.slack.people import Membership, Person
from bot.training.client import MomoFlow
from bot.training.core.command import Assign, AssignFlow, CancelAssignment, PreviewAssignment
from bot.training.core.due_dates import due_day
from bot.training.ids import TrainingCallback
from bot.training.model import NewAssignment
from bot.training.names import TrainingNames
from bot.training.question import ReportQuestion
from bot.training.rendering import assignments as words
from bot.training.rendering.assign_forms import TITLE, assign_modal, confirm_modal

UNKNOWN_ADDRESS = (
    "Slack does not tell me at the moment who that is, so nothing was assigned. Try again in a few "
    "minutes, or give the e-mail address."
)


class Assignments:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        momoflow: Connection[MomoFlow],
        names: TrainingNames,
        directory: Directory,
        slack: Slack,
        clock: Clock,
    ) -> None:
        """Assign with `momoflow`; `directory` knows the addresses of people."""
        self._momoflow = momoflow
        self._names = names
        self._directory = directory
        self._slack = slack
        self._clock = clock

    async def preview(self, job: Job[AssignFlow]) -> Outcome:
        """Show what would be assigned, as a message."""
        asker = job.asker
        new, flow = await self._new(job.details, asker)
        shown = _shown(new, flow)
        value = dumps({"token": job.key, **encode(shown)})
        today = local_day(self._clock.now(), asker.zone)
        question = words.assign_question(new, flow=flow, zone=asker.zone, today=today, value=value)
        return Outcome((reply(job, Answer(question), private=True),))

    async def preview_in_window(self, job: Job[PreviewAssignment]) -> Outcome:
        """Show what would be assigned in the place of the form; what is wrong, in the form."""
        wanted, asker = job.details, job.asker
        try:
            new, flow = await self._new(wanted.wanted, asker)
        except NotKnownYetError:
            raise
        except BotError as error:
            view = form_again(wanted.wanted, error, attempt=wanted.attempt)
        else:
            shown = replace(_shown(new, flow), attempt=wanted.attempt)
            today = local_day(self._clock.now(), asker.zone)
            kept = dumps(encode(shown))
            view = confirm_modal(new, flow=flow, zone=asker.zone, today=today, metadata=kept)
        await self._show(wanted.view_id, opened_in(view, job.request.asked_in))
        return Outcome()

    async def assign(self, job: Job[Assign]) -> Outcome:
        """Assign what was confirmed."""
        wanted = job.details
        momoflow = self._momoflow.client
        new = NewAssignment(
            wanted.flow_id, wanted.email, wanted.due_at, wanted.priority, wanted.notes
        )
        if job.attempts > 1:  # a process died in the middle of this: the vendor may have done it
            return _in_doubt(await self._told(job, _uncertain(wanted)))
        try:
            made = await momoflow.assign(new)
        except VendorError as error:
            if error.uncertain:
                return _in_doubt(await self._told(job, _uncertain(wanted)))
            again = form_again(_entered(wanted, job.asker), error, attempt=wanted.attempt)
            if wanted.view_id and await self._show(wanted.view_id, again):
                return Outcome(error=str(error))
            raise
        buttons = _next(wanted)
        name = "" if wanted.view_id else job.asker.name
        told = words.assigned(made, flow=wanted.flow, asked_by=name, buttons=buttons)
        return await self._told(job, told)

    async def cancel(self, job: Job[CancelAssignment]) -> Outcome:
        """Say that nothing was assigned."""
        message = words.assign_cancelled(flow=job.details.flow, email=job.details.email)
        return Outcome((reply(job, Answer(message), private=True),))

    async def _told(self, job: Job[Assign], message: Message) -> Outcome:
        """Tell what came of an assignment: in its window while that is open, else in a message."""
        window = job.details.view_id
        if window and await self._show(window, notice(TITLE, message.blocks)):
            return Outcome()
        return Outcome((reply(job, Answer(message), private=True),))

    async def _show(self, window: str, view: View) -> bool:
        return await show_view(self._slack, window, view, explained(TITLE))

    async def _new(self, wanted: AssignFlow, asker: Person) -> tuple[NewAssignment, str]:
        """Return what would be assigned, and the name of the flow."""
        self._momoflow.check()
        named = await self._names.resolve(wanted.flow)
        new = NewAssignment(
            flow_id=named.flow_id,
            email=wanted.email or await self._email(wanted.user),
            due_at=_due(wanted.due, asker, self._clock.now()),
            priority=wanted.priority or None,
            notes=wanted.notes,
        )
        return new, named.name

    async def _email(self, user: str) -> str:
        person = await self._directory.person(user)
        if person.membership is Membership.UNKNOWN and person.again_at:
            raise NotKnownYetError(UNKNOWN_ADDRESS, again_at=person.again_at)
        if not person.is_active:
            raise UserError(
                f"{person.name} is deactivated in Slack, so nothing was assigned. Name somebody "
                "else, or give an e-mail address."
            )
        if not person.email:
            raise UserError(
                "Slack does not tell me that person's e-mail address. Give the address instead: "
                "`/flow-report assign onboarding ada@example.com`"
            )
        return person.email


def form_again(entered: AssignFlow, error: BotError, *, attempt: int) -> View:
    """Return the form with what was entered in it, and why that did not work."""
    return assign_modal(
        entered, metadata=dumps({"attempt": attempt + 1}), problem=problems.sentence(error)
    )


def _shown(new: NewAssignment, flow: str) -> Assign:
    return Assign(new.flow_id, flow, new.email, new.due_at, new.priority, new.notes)


def _entered(wanted: Assign, asker: Person) -> AssignFlow:
    """Return what was entered for an assignment, as the form holds it."""
    due = f"{local_day(wanted.due_at, asker.zone)}" if wanted.due_at else ""
    return AssignFlow(
        flow=wanted.flow,
        email=wanted.email,
        due=due,
        priority=wanted.priority or "",
        notes=wanted.notes,
    )


def _due(words_of_day: str, asker: Person, now: datetime) -> datetime | None:
    """Return the end of the due day in the asker's zone, as the whole day should count."""
    if not words_of_day:
        return None
    zone = ZoneInfo(asker.zone)
    day = due_day(words_of_day, today=now.astimezone(zone).date())
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(
        seconds=1
    )


def _in_doubt(outcome: Outcome) -> Outcome:
    return replace(outcome, came_to=CameTo.IN_DOUBT)


def _uncertain(wanted: Assign) -> Message:
    return words.assign_uncertain(flow=wanted.flow, email=wanted.email, buttons=_next(wanted))


def _next(wanted: Assign) -> tuple[Element, ...]:
    """Return the buttons after an assignment; a window cannot open another one over itself."""
    asked = ReportQuestion(wanted.flow, flow_id=wanted.flow_id)
    shown = offer("Show report", asked, privately=True)
    if wanted.view_id:
        return shown
    return (*shown, *opening("Assign another", TrainingCallback.ASSIGN, about=wanted.flow))
