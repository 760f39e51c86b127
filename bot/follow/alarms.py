"""What gets worse is told at once: looked at hourly, and whenever it was read for somebody."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot import log
from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.follow.core.planning import alarmed, has_heard_enough, is_awake
from bot.follow.intents import LookAtFigures
from bot.follow.model import FigureReading, Follow
from bot.follow.news import FollowNews, news_of, note_told
from bot.follow.readings import FigureReadings
from bot.follow.rendering.alarm import alarm
from bot.follow.seeing import FollowerRights, Stance
from bot.follow.store import FollowStore, note_alarm
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.directory import Directory
from bot.slack.messages import Target
from bot.slack.people import Membership, Person
from bot.store.database import Transaction
from bot.troubles.heirs import is_gone


class Alarms:
    """Tells bad news, each once: it counts against what somebody was told last."""

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
        return (Task(LookAtFigures, self.look),)

    async def look(self, job: Job[LookAtFigures]) -> Outcome:
        """Read a question once, and tell all who follow it what got worse."""
        follows = await self._follows.of_question(job.details.asked)
        awake = [each for each in follows if await self._is_awake(each.person)]
        if not awake:
            return Outcome()
        asked = awake[0].asked
        try:
            reading = await self._readings.of(asked)
        except (UserError, VendorError) as error:  # the morning says so
            log.get().info("figures_not_read", asked=asked.key, error=str(error))
            return Outcome()
        worse = news_of(awake, {asked.key: reading})
        concerned = [each.follow for each in worse if any(move.alarms for move in each.moves)]
        seen = [each for each in concerned if await self._sees(each)]
        people = dict.fromkeys(each.person for each in seen)
        numbers = frozenset(each.id for each in seen)

        def write(tx: Transaction) -> None:
            for person in people:
                self._tell(tx, person, numbers, {asked.key: reading}, job.key)

        return Outcome(writes=(write,) if people else ())

    def _tell(
        self,
        tx: Transaction,
        person: str,
        numbers: frozenset[int],
        readings: Mapping[str, FigureReading],
        key: str,
    ) -> None:
        """Compare with what is known inside the transaction, so that nothing is told twice."""
        now, one = self._clock.now(), self._follows.follower_now(tx, person)
        if one is None or not is_awake(one, now) or has_heard_enough(one, now):
            return
        follows = [each for each in self._follows.of_now(tx, person) if each.id in numbers]
        bad = _alarming(follows, readings)
        if not bad:
            return
        heard = alarmed(one, now)
        answer = alarm(bad, heard, now, was_last=has_heard_enough(heard, now))
        target = Target(channel=person, user=person)
        tell(tx, OutgoingAnswer(f"alarm:{person}:{key}", target, answer), now=now)
        note_alarm(tx, heard)
        for each in bad:
            note_told(tx, each, now=now)

    async def _is_awake(self, person: str) -> bool:
        """Return whether somebody wants to hear something now, as far as their own rows say."""
        one, now = await self._follows.follower(person), self._clock.now()
        return one is not None and is_awake(one, now) and not has_heard_enough(one, now)

    async def _sees(self, one: Follow) -> bool:
        """Return whether somebody may surely be told at this moment."""
        person = await self._directory.person(one.person)
        if not await self._may(person):
            return False
        found = await self._rights.standpoint(person, one, quiet_at=self._clock.now())
        return found.stance is Stance.SEES and not found.is_asked_anew

    async def _may(self, person: Person) -> bool:
        unsure = person.again_at or person.membership is Membership.UNKNOWN or is_gone(person)
        return not unsure and not (await self._rights.refusal(person)).words


def _alarming(follows: Sequence[Follow], readings: Mapping[str, FigureReading]) -> list[FollowNews]:
    """Return the bad news among what moved, and nothing else of it."""
    found = (
        FollowNews(each.follow, tuple(move for move in each.moves if move.alarms))
        for each in news_of(follows, readings)
    )
    return [each for each in found if each.moves]
