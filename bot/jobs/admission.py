"""The door of every deed: who wants it, where, and whether they may, before anything is done."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import log
from bot.clock import Clock
from bot.errors import DeniedError, NotKeptError, NotKnownYetError
from bot.jobs.access import OTHERS, UNKNOWN_PERSON, UNKNOWN_PLACE, Right, decide
from bot.jobs.audit import AuditRow, denied
from bot.jobs.policies import Policies
from bot.jobs.policy import Policy, Thing
from bot.jobs.request import Job
from bot.jobs.trail.store import AuditTrail
from bot.slack.directory import Directory
from bot.slack.people import Membership, Person, Place, Reach

PATIENCE = timedelta(minutes=2)
"""So long a job waits for Slack to say who asks and who reads along."""
CLOCKS_PATIENCE = timedelta(minutes=15)
"""And one that nobody waits for."""
LISTENER_SECONDS = 1.0
"""So long a listener waits for that: Slack wants its acknowledgement after three."""
SOON = timedelta(seconds=5)
SHORTEST = timedelta(seconds=1)

NOT_THERE = "You are not in that channel. Choose one that you are in."


def next_try(job: Job[Any], again_at: datetime, *, now: datetime) -> datetime | None:
    """Return when a job that waits for Slack to tell is tried again; None where it's too late.

    The pauses grow, as long as there is patience left.
    """
    until = job.created_at + (PATIENCE if job.request.user else CLOCKS_PATIENCE)
    later = min(until, now + (now - job.created_at))
    return max(again_at, later) if max(again_at, now + SHORTEST) <= until else None


class Admission:
    """Raises DeniedError, and NotKnownYetError where Slack may tell in a moment."""

    def __init__(
        self, directory: Directory, policies: Policies, trail: AuditTrail, clock: Clock
    ) -> None:
        """Ask `directory` who and where, and `policies` what the rules say; note refusals."""
        self._trail = trail
        self._directory = directory
        self._policies = policies
        self._clock = clock

    async def admitted(self, job: Job[Any]) -> Job[Any]:
        """Return a job with who asks and where, if they may; what the clock wants as it is."""
        request = job.request
        if not request.user:
            return job
        person = await self._directory.person(request.user, name=request.user_name)
        place = await self._directory.place(request.channel)
        policy = await self._policies.current()
        right = job.details.needs
        decide(right, person, place, policy=policy, where=request.where).enforce()
        if request.chosen:
            await self._check_chosen(person, place)
        alone = request.privately or person.membership is Membership.GUEST
        now = self._clock.now()
        if place.again_at and not alone and next_try(job, place.again_at, now=now):
            raise NotKnownYetError(UNKNOWN_PLACE, again_at=place.again_at)
        return replace(job, asker=person, place=place, policy=policy)

    async def admit(self, right: Right, user: str, *, team: str = "", where: str = "") -> None:
        """Let somebody use a listener.

        `team` is that of their own workspace as Slack sent it, `where` the conversation, if any.
        """
        self.admit_team(team)
        person, policy = await self._quickly(user)
        decision = decide(right, person, policy=policy, where=where)
        if decision.words and not decision.again_at and right is not Right.HELP:
            await self._note(denied(right, person, where, self._clock.now(), decision.words))
        decision.enforce()

    async def may(self, user: str, *, where: str) -> Callable[[Right], bool]:
        """Return what says which rights somebody has in a conversation.

        Raises NotKnownYetError while Slack does not tell who that is.
        """
        person, policy = await self._quickly(user)
        known = decide(Right.HELP, person)
        if known.again_at:
            known.enforce()
        return lambda right: not decide(right, person, policy=policy, where=where).words

    async def offered(
        self, right: Right, user: str, options: Sequence[dict[str, Any]], *, where: str
    ) -> list[dict[str, Any]]:
        """Return the options of a pick list without the things that somebody may not do it to."""
        person, policy = await self._quickly(user)
        if not policy.is_about_things(right):
            return list(options)
        return [
            each
            for each in options
            if not decide(
                right,
                person,
                policy=policy,
                where=where,
                thing=Thing(str(each["value"]), str(each["text"]["text"])),
            ).words
        ]

    async def _note(self, row: AuditRow) -> None:
        """Note a refusal, unless that takes long: it is one all the same."""
        try:
            await self._trail.add(row, within=LISTENER_SECONDS)
        except NotKeptError as trouble:
            log.get().warning("refusal_not_noted", error=str(trouble))

    async def admitted_there(self, right: Right, person: Person, channel: str) -> Place:
        """Return a conversation that somebody chose, if they may do something there."""
        place, policy = await self._directory.place(channel), await self._policies.current()
        decide(right, person, place, policy=policy, where=place.channel).enforce()
        await self._check_chosen(person, place)
        return place

    def admit_team(self, team: str) -> None:
        """Raise DeniedError where a team is surely that of another organisation."""
        if self._directory.home.excludes(team):
            raise DeniedError(OTHERS)

    async def _quickly(self, user: str) -> tuple[Person, Policy]:
        try:
            async with asyncio.timeout(LISTENER_SECONDS):
                return await self._directory.person(user), await self._policies.current()
        except TimeoutError:
            raise NotKnownYetError(UNKNOWN_PERSON, again_at=self._clock.now() + SOON) from None

    async def _check_chosen(self, person: Person, place: Place) -> None:
        """Refuse a conversation that somebody chose in a form and is not in.

        Where nobody knows who reads along, only the asker will see an answer anyway.
        """
        if place.is_public or place.reach is Reach.UNKNOWN or place.user == person.id:
            return
        there = not place.user and await self._directory.has_member(place.channel, person.id)
        if there is None:
            raise NotKnownYetError(UNKNOWN_PLACE, again_at=self._clock.now() + SOON)
        if not there:
            raise DeniedError(NOT_THERE)
