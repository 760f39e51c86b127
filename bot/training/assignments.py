"""Assigning training: a preview to confirm, then one call that is never repeated blindly."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.asking.core.access import Policy, may_assign
from bot.asking.people import People
from bot.asking.people_model import Person
from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, reply, request_of
from bot.jobs.store import Job
from bot.slack.messages import Answer
from bot.training.client import MomoFlow
from bot.training.core.due_dates import due_day
from bot.training.model import NewAssignment
from bot.training.names import TrainingNames
from bot.training.rendering import assignments as words


class Assignments:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        momoflow: Connection[MomoFlow],
        names: TrainingNames,
        people: People,
        clock: Clock,
        *,
        policy: Policy,
    ) -> None:
        """Assign with `momoflow`, as far as `policy` allows."""
        self._momoflow = momoflow
        self._names = names
        self._people = people
        self._clock = clock
        self._policy = policy

    async def preview(self, job: Job) -> Outcome:
        """Show what would be assigned. Details: flow, user or email, due, priority."""
        request = request_of(job)
        asker = await self._people.person(request.user, name=request.user_name)
        may_assign(asker, self._policy)
        self._momoflow.check()
        details = request.details
        named = await self._names.resolve(details["flow"])
        new = NewAssignment(
            flow_id=named.flow_id,
            email=details["email"] or await self._email(details["user"]),
            due_at=_due(details["due"], asker, self._clock.now()),
            priority=details["priority"] or None,
        )
        value = json.dumps({"token": job.key, **_values(new, named.name)})
        question = words.assign_question(new, flow=named.name, zone=asker.zone, value=value)
        return Outcome((reply(job, Answer(question), private=True),))

    async def assign(self, job: Job) -> Outcome:
        """Assign what was confirmed. Details: flow_id, flow, email, due_at, priority."""
        request = request_of(job)
        asker = await self._people.person(request.user, name=request.user_name)
        may_assign(asker, self._policy)
        momoflow = self._momoflow.client
        new = _new(request.details)
        if job.attempts > 1:  # a process died in the middle of this: the vendor may have done it
            return _uncertain(job)
        try:
            made = await momoflow.assign(new)
        except VendorError as error:
            if not error.uncertain:
                raise
            return _uncertain(job)
        told = words.assigned(made, asked_by=asker.name)
        return Outcome((reply(job, Answer(told), private=True),))

    async def cancel(self, job: Job) -> Outcome:
        """Say that nothing was assigned. Details as of assign."""
        details = request_of(job).details
        told = words.assign_cancelled(flow=details["flow"], email=details["email"])
        return Outcome((reply(job, Answer(told), private=True),))

    async def _email(self, user: str) -> str:
        person = await self._people.person(user)
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


def _uncertain(job: Job) -> Outcome:
    details = request_of(job).details
    told = words.assign_uncertain(flow=details["flow"], email=details["email"])
    return Outcome((reply(job, Answer(told), private=True),))


def _values(new: NewAssignment, flow: str) -> dict[str, str]:
    return {
        "flow_id": new.flow_id,
        "flow": flow,
        "email": new.email,
        "due_at": new.due_at.isoformat() if new.due_at else "",
        "priority": new.priority or "",
    }


def _new(details: dict[str, str]) -> NewAssignment:
    return NewAssignment(
        flow_id=details["flow_id"],
        email=details["email"],
        due_at=datetime.fromisoformat(details["due_at"]) if details["due_at"] else None,
        priority=details["priority"] or None,
    )
