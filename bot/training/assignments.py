"""Assigning training: a preview to confirm, then one call that is never repeated blindly."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.codec import dumps, encode
from bot.errors import NotKnownYetError, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.slack.directory import Directory
from bot.slack.messages import Answer
from bot.slack.people import Membership, Person
from bot.training.client import MomoFlow
from bot.training.core.command import Assign, AssignFlow, CancelAssignment
from bot.training.core.due_dates import due_day
from bot.training.model import NewAssignment
from bot.training.names import TrainingNames
from bot.training.rendering import assignments as words

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
        clock: Clock,
    ) -> None:
        """Assign with `momoflow`; `directory` knows the addresses of people."""
        self._momoflow = momoflow
        self._names = names
        self._directory = directory
        self._clock = clock

    async def preview(self, job: Job[AssignFlow]) -> Outcome:
        """Show what would be assigned."""
        wanted, asker = job.details, job.asker
        self._momoflow.check()
        named = await self._names.resolve(wanted.flow)
        new = NewAssignment(
            flow_id=named.flow_id,
            email=wanted.email or await self._email(wanted.user),
            due_at=_due(wanted.due, asker, self._clock.now()),
            priority=wanted.priority or None,
            notes=wanted.notes,
        )
        shown = Assign(new.flow_id, named.name, new.email, new.due_at, new.priority, new.notes)
        value = dumps({"token": job.key, **encode(shown)})
        question = words.assign_question(new, flow=named.name, zone=asker.zone, value=value)
        return Outcome((reply(job, Answer(question), private=True),))

    async def assign(self, job: Job[Assign]) -> Outcome:
        """Assign what was confirmed."""
        wanted = job.details
        momoflow = self._momoflow.client
        new = NewAssignment(
            wanted.flow_id, wanted.email, wanted.due_at, wanted.priority, wanted.notes
        )
        if job.attempts > 1:  # a process died in the middle of this: the vendor may have done it
            return _uncertain(job)
        try:
            made = await momoflow.assign(new)
        except VendorError as error:
            if not error.uncertain:
                raise
            return _uncertain(job)
        message = words.assigned(made, asked_by=job.asker.name)
        return Outcome((reply(job, Answer(message), private=True),))

    async def cancel(self, job: Job[CancelAssignment]) -> Outcome:
        """Say that nothing was assigned."""
        message = words.assign_cancelled(flow=job.details.flow, email=job.details.email)
        return Outcome((reply(job, Answer(message), private=True),))

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


def _due(words_of_day: str, asker: Person, now: datetime) -> datetime | None:
    """Return the end of the due day in the asker's zone, as the whole day should count."""
    if not words_of_day:
        return None
    zone = ZoneInfo(asker.zone)
    day = due_day(words_of_day, today=now.astimezone(zone).date())
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(
        seconds=1
    )


def _uncertain(job: Job[Assign]) -> Outcome:
    message = words.assign_uncertain(flow=job.details.flow, email=job.details.email)
    return Outcome((reply(job, Answer(message), private=True),))
