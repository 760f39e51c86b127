"""Each morning one message for one person, with what moved since they were told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot import log
from bot.clock import Clock
from bot.errors import PASSING, BotError, NotKnownYetError, UserError, VendorError
from bot.follow.claiming import morning_key
from bot.follow.core.planning import is_in_time, morning_of, planned
from bot.follow.intents import PlanMornings, TellFollower
from bot.follow.model import FigureReading, Follow, Follower
from bot.follow.news import MorningNews, UnreadFigures, news_of, note_told
from bot.follow.readings import FigureReadings
from bot.follow.rendering import ends
from bot.follow.rendering.morning import morning, nothing_moved, refused
from bot.follow.seeing import FollowerRights, Stance, Standpoint
from bot.follow.store import (
    FollowStore,
    ask_anew,
    drop_follow,
    forget_follower,
    plan_follower,
    refuse_follower,
    trouble_follow,
)
from bot.jobs.access import UNKNOWN_PERSON
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import DIGESTS_LATER, OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.blocks.problems import sentence, vendor_sentence
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Membership, Person
from bot.store.database import Transaction
from bot.troubles.heirs import is_gone

TRIES: Final = 3
PAUSE: Final = timedelta(minutes=5)
AT_ONCE: Final = 4
"""So many questions are read side by side."""


@dataclass(frozen=True, slots=True)
class _Read:
    """The readings of questions by their keys, and why others could not be read."""

    readings: dict[str, FigureReading] = field(default_factory=dict)
    troubles: dict[str, BotError] = field(default_factory=dict)

    @property
    def may_pass(self) -> bool:
        """Whether a service only does not answer well at the moment."""
        found = self.troubles.values()
        return any(isinstance(each, VendorError) and each.reason in PASSING for each in found)


class Mornings:
    """Tells them. Raises NotKnownYetError where Slack does not say now who somebody is."""

    def __init__(
        self,
        follows: FollowStore,
        readings: FigureReadings,
        rights: FollowerRights,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Ask `rights` anew each time what may be told."""
        self._follows = follows
        self._readings = readings
        self._rights = rights
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return Task(TellFollower, self.tell), Task(PlanMornings, self.plan)

    async def plan(self, job: Job[PlanMornings]) -> Outcome:
        """Let the mornings of somebody come by the clocks where they are now."""
        one, person = await self._both(job.details.person)
        if one is None or person.zone == one.zone or person.membership is Membership.UNKNOWN:
            return Outcome()
        return Outcome(writes=(self._moved(replace(one, zone=person.zone)),))

    async def tell(self, job: Job[TellFollower]) -> Outcome:
        """Tell somebody what moved, if it is their morning where they are now."""
        known, person = await self._both(job.details.person)
        if known is None or person.membership is Membership.UNKNOWN:
            return Outcome(error=person.refusal)
        if is_gone(person):
            return Outcome(writes=(lambda tx: _forget(tx, person.id),))
        one = replace(known, zone=person.zone)
        moved = (self._moved(one),) if one.zone != known.zone else ()
        not_now = self._not_now(one, date.fromisoformat(job.details.day), moved)
        return not_now or await self._if_allowed(job, one, person, moved)

    def _not_now(self, one: Follower, day: date, moved: tuple[Write, ...]) -> Outcome | None:
        """Return what comes of it where it is not their morning; None where it is.

        Who went west is told when it is morning there.
        """
        now = self._clock.now()
        if moved and now < morning_of(one, day):
            return Outcome(writes=moved, again_at=morning_of(one, day), begun=False)
        if one.rests(now) or not is_in_time(one, day, now):
            return Outcome(writes=moved)
        return None

    async def _if_allowed(
        self, job: Job[TellFollower], one: Follower, person: Person, moved: tuple[Write, ...]
    ) -> Outcome:
        decision = await self._rights.refusal(person)
        if decision.again_at:
            raise NotKnownYetError(decision.words, again_at=decision.again_at)
        if decision.words:
            return self._refused(one, decision.words, moved)
        return await self._told(job, person, moved)

    async def _told(
        self, job: Job[TellFollower], person: Person, writes: tuple[Write, ...]
    ) -> Outcome:
        follows = await self._follows.of(person.id)
        points = [await self._rights.standpoint(person, each) for each in follows]
        seen = [each.follow for each in points if each.stance is Stance.SEES]
        read = await self._read(seen)
        now = self._clock.now()
        if read.may_pass and job.attempts < TRIES:
            return Outcome(writes=writes, again_at=now + PAUSE)

        def write(tx: Transaction) -> None:
            self._write(tx, job.details, points, read, now)

        return Outcome(writes=(*writes, write))

    def _write(
        self,
        tx: Transaction,
        wanted: TellFollower,
        points: Sequence[Standpoint],
        read: _Read,
        now: datetime,
    ) -> None:
        """Compare with what is known inside the transaction, so that nothing is told twice."""
        one = self._follows.follower_now(tx, wanted.person)
        current = {each.id: each for each in self._follows.of_now(tx, wanted.person)}
        points = [each for each in points if each.follow.id in current]
        if one is None or not points:
            return
        seen = (each for each in points if each.stance is Stance.SEES)
        fresh = [_as_now(current[each.follow.id], each) for each in seen]
        news = MorningNews(
            follower=one,
            now=now,
            moved=news_of(fresh, read.readings),
            followed=len(fresh),
            unread=[
                UnreadFigures(each, _why(read.troubles[each.asked.key]))
                for each in fresh
                if each.asked.key in read.troubles
            ],
            ended=[ends.sentence_of(each.follow, each.stance) for each in _ended(points)],
        )
        if one.refused:
            refuse_follower(tx, one.person, "")
        self._note(tx, news, points, now)
        self._say(tx, wanted, news, now)

    def _note(
        self, tx: Transaction, news: MorningNews, points: Sequence[Standpoint], now: datetime
    ) -> None:
        """Note what is known from now on, and let go of what is over."""
        for each in points:
            if each.is_asked_anew and each.stance is Stance.SEES:
                ask_anew(tx, each.follow)
        for gone in _ended(points):
            drop_follow(tx, gone.follow.person, gone.follow.id)
        for moved in news.moved:
            note_told(tx, moved, now=now)
        for unread in news.unread:
            trouble_follow(tx, unread.follow.id, unread.why)

    def _say(self, tx: Transaction, wanted: TellFollower, news: MorningNews, now: datetime) -> None:
        one = news.follower
        if news.is_worth_telling:
            answer = morning(news)
        elif one.says_nothing and news.followed:
            answer = nothing_moved(news)
        else:
            log.get().info("nothing_moved", person=one.person)
            return
        key = morning_key(one.person, wanted.day)
        target = Target(channel=one.person, user=one.person)
        outgoing = OutgoingAnswer(key=key, target=target, answer=answer, priority=DIGESTS_LATER)
        tell(tx, outgoing, now=now)

    def _refused(self, one: Follower, words: str, writes: tuple[Write, ...]) -> Outcome:
        """Tell nothing of figures, and once why not."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            refuse_follower(tx, one.person, words)
            if not one.refused:
                key = f"not followed:{one.person}:{now.isoformat()}"
                target = Target(channel=one.person, user=one.person)
                tell(tx, OutgoingAnswer(key, target, Answer(refused(words))), now=now)

        return Outcome(writes=(*writes, write))

    async def _read(self, follows: Sequence[Follow]) -> _Read:
        """Read each question once, some side by side."""
        read, turns = _Read(), asyncio.Semaphore(AT_ONCE)

        async def of(one: Follow) -> None:
            async with turns:
                try:
                    read.readings[one.asked.key] = await self._readings.of(one.asked)
                except (UserError, VendorError) as error:
                    read.troubles[one.asked.key] = error

        await asyncio.gather(*map(of, {each.asked.key: each for each in follows}.values()))
        return read

    async def _both(self, user: str) -> tuple[Follower | None, Person]:
        """Return when somebody is told and who they are, as Slack says now."""
        person = await self._directory.person(user)
        if person.again_at:
            raise NotKnownYetError(UNKNOWN_PERSON, again_at=person.again_at)
        return await self._follows.follower(user), person

    def _moved(self, one: Follower) -> Write:
        """Return the write of somebody who is in another zone."""
        now = self._clock.now()
        later = planned(one, now, at_once=one.look_at is not None)
        return lambda tx: plan_follower(tx, later)


def _as_now(known: Follow, point: Standpoint) -> Follow:
    """Return one with what its digest asks now; of anything else than before nothing is known."""
    if not point.is_asked_anew:
        return known
    return replace(known, asked=point.follow.asked, told={}, told_at=None)


def _ended(points: Sequence[Standpoint]) -> list[Standpoint]:
    return [each for each in points if each.stance in {Stance.LEFT, Stance.STOPPED}]


def _forget(tx: Transaction, person: str) -> None:
    log.get().info("follower_left", person=person, follows=forget_follower(tx, person))


def _why(error: BotError) -> str:
    """Return why something could not be read; of what may pass no mend, as it is tried again."""
    if not isinstance(error, VendorError):
        return sentence(error)
    said = vendor_sentence(error)
    return f"{said.partition('. ')[0].rstrip('.')}." if error.reason in PASSING else said
