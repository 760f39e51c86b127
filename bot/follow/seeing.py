"""Whether somebody may still be told what they follow: asked anew each time, and never guessed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.asking.core.quiet import quiet_until
from bot.asking.subscription import ACTIVE, Subscription
from bot.follow.model import Follow, FollowedQuestion
from bot.jobs.access import Decision, Right, decide
from bot.jobs.policies import Policies
from bot.slack.directory import Directory
from bot.slack.people import Person
from bot.troubles.model import is_direct

FindDigest = Callable[[int], Awaitable[Subscription | None]]
"""Returns a digest by its number, or None where it was stopped."""


class Stance(StrEnum):
    """How somebody stands to one thing that they follow."""

    SEES = "sees"
    RESTS = "rests"
    """They see it, but it is paused."""
    QUIET = "quiet"
    """They see it, and nothing is told of it in these hours."""
    NOT_NOW = "not now"
    """They may not see it at present, or Slack does not say who is in its channel."""
    LEFT = "left"
    """They are not in the channel of that digest any more."""
    STOPPED = "stopped"
    """There is no such digest any more."""


MAY_SEE: Final = frozenset({Stance.SEES, Stance.RESTS, Stance.QUIET})
"""Whoever stands so may see its figures, though nothing may be told of it by itself."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """One thing that is followed, as it is now, and how who follows it stands to it."""

    follow: Follow
    stance: Stance = Stance.SEES
    is_asked_anew: bool = False
    """Whether the digest asks something else than it did."""


class FollowerRights:
    """Asks Slack and the rules. Nothing here raises."""

    def __init__(self, directory: Directory, policies: Policies, find: FindDigest) -> None:
        """Look digests up by `find`."""
        self._directory = directory
        self._policies = policies
        self._find = find

    async def refusal(self, person: Person) -> Decision:
        """Return whether somebody may follow figures and see any where nobody else reads along."""
        policy = await self._policies.current()
        for right in (Right.FOLLOW, Right.ASK):
            decision = decide(right, person, policy=policy, where=person.id)
            if decision.words:
                return decision
        return Decision()

    async def standpoint(
        self, person: Person, one: Follow, *, quiet_at: datetime | None = None
    ) -> Standpoint:
        """Return how somebody stands to what they follow.

        With `quiet_at` the quiet hours of a digest count, of what would be told at that moment.
        """
        if not one.digest:
            return Standpoint(one)
        digest = await self._find(one.digest)
        if digest is None:
            return Standpoint(one, Stance.STOPPED)
        asked = FollowedQuestion(digest.kind, digest.question, digest.zone)
        now = replace(one, asked=asked)
        stance = await self.stance(person, digest)
        if stance is Stance.SEES and quiet_at and _is_quiet(digest, quiet_at):
            stance = Stance.QUIET
        return Standpoint(now, stance, is_asked_anew=asked.key != one.asked.key)

    async def stance(self, person: Person, digest: Subscription) -> Stance:
        """Return how somebody stands to a digest: they have to be in its channel."""
        if is_direct(digest.channel):
            there: bool | None = digest.creator == person.id
        else:
            there = await self._is_there(person, digest.channel)
        if not there:
            return Stance.NOT_NOW if there is None else Stance.LEFT
        return Stance.SEES if digest.state == ACTIVE else Stance.RESTS

    async def _is_there(self, person: Person, channel: str) -> bool | None:
        """Return whether somebody is in a channel; None where nobody knows, or a rule forbids."""
        place = await self._directory.place(channel)
        policy = await self._policies.current()
        may = decide(Right.ASK, person, policy=policy, where=channel)
        if place.obstacle or place.again_at or may.words:
            return None
        return await self._directory.has_member(channel, person.id)


def _is_quiet(digest: Subscription, moment: datetime) -> bool:
    quiet = digest.terms.quiet
    return quiet is not None and quiet_until(quiet, digest.zone, moment) is not None
