"""Owners who left: their channels are asked who takes what they ordered, and at last the admins.

What comes to a channel goes on meanwhile, as the channel wants it. What came to them alone rests.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from bot import log
from bot.clock import Clock
from bot.errors import NotKnownYetError
from bot.jobs.access import UNKNOWN_PERSON
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Person
from bot.store.database import MAIN, Database, Transaction
from bot.troubles.heirs import is_gone
from bot.troubles.intents import LookAtOwner
from bot.troubles.keeper import Troubles
from bot.troubles.model import (
    Hindrance,
    StandingOrder,
    Trouble,
    TroubleKind,
    hindrance_at,
    is_direct,
)
from bot.troubles.rendering import owners as words
from bot.troubles.store import by_channel, close_trouble, open_trouble, trouble_of

A_CHANNELS_TIME = timedelta(days=7)
"""So long a channel has to say who takes what is left; then the admins are asked."""
A_ROUND = 2
"""So many owners are looked at in one round: an event that told of one may have been lost."""


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of somebody, and which of its channels cannot be asked."""

    person: Person
    orders: Sequence[StandingOrder]
    closed: frozenset[str]


class Owners:
    """Raises NotKnownYetError where Slack does not say at the moment who somebody is."""

    def __init__(
        self, database: Database, troubles: Troubles, directory: Directory, clock: Clock
    ) -> None:
        """Ask `directory` who is still here, and which channels can be asked."""
        self._database = database
        self._troubles = troubles
        self._directory = directory
        self._clock = clock
        self._day = date.min
        self._unseen: deque[str] = deque()

    def tasks(self) -> tuple[Task[LookAtOwner], ...]:
        """Return the work that is done here."""
        return (Task(LookAtOwner, self.look),)

    async def tick(self) -> int:
        """Accept looks at a few owners, at each of them once a day; return how many."""
        now = self._clock.now()
        if now.date() != self._day:
            everybody = await self._database.transaction(self._troubles.owners)
            self._day, self._unseen = now.date(), deque(sorted(filter(None, everybody)))
        some = [self._unseen.popleft() for _ in range(min(A_ROUND, len(self._unseen)))]
        if some:
            day = f"{now:%Y-%m-%d}"
            await self._database.transaction(lambda tx: self._accept(tx, some, day))
        return len(some)

    async def look(self, job: Job[LookAtOwner]) -> Outcome:
        """Look whether somebody is still here, and ask who takes over where they are not."""
        owner = job.details.owner
        person = await self._directory.person(owner)
        if person.again_at:
            raise NotKnownYetError(UNKNOWN_PERSON, again_at=person.again_at)
        if not is_gone(person):
            return Outcome(writes=(lambda tx: self._is_back(tx, owner),))
        orders = await self._database.transaction(lambda tx: self._troubles.ordered_by(tx, owner))
        forget = partial(self._troubles.forget_person, person=owner)
        if not orders:
            return Outcome(writes=(forget, lambda tx: self._is_back(tx, owner)))
        left = _Left(person, orders, await self._closed(orders))
        admins = await self._troubles.admins()
        return Outcome(writes=(forget, lambda tx: self._has_left(tx, left, admins)))

    def _has_left(self, tx: Transaction, left: _Left, admins: Sequence[str]) -> None:
        """Ask each channel once, and the admins for what no channel can say or says in time."""
        now = self._clock.now()
        cause = Hindrance(TroubleKind.OWNER, left.person.id, words.reason(left.person.name))
        trouble = open_trouble(tx, cause, now=now)
        self._troubles.let_rest(tx, trouble)
        late = now - trouble.began_at >= A_CHANNELS_TIME
        unasked: list[StandingOrder] = []
        for channel, orders in by_channel(left.orders).items():
            if is_direct(channel):
                continue
            if late or channel in left.closed:
                unasked += orders
            else:
                self._ask(tx, trouble, channel, words.asked(left.person, orders, channel))
        if unasked:
            for admin in admins:
                told = words.asked_admin(left.person, unasked)
                self._ask(tx, trouble, admin, told, again="late" if late else "closed")
        log.get().info("owner_left", owner=left.person.id, orders=len(left.orders))

    def _ask(
        self, tx: Transaction, trouble: Trouble, where: str, said: Message, *, again: str = ""
    ) -> None:
        """Ask once; `again` names another occasion on which the same are asked."""
        target = Target(where, user=where if is_direct(where) else "")
        key = f"trouble:{trouble.id}:{where}:{again}".rstrip(":")
        outgoing = OutgoingAnswer(key, target, Answer(said))
        tell(tx, outgoing, now=self._clock.now())

    def _is_back(self, tx: Transaction, owner: str) -> None:
        """Let what rests for somebody go on, or let go of a trouble of which nothing is left."""
        trouble = trouble_of(tx, TroubleKind.OWNER, owner)
        if trouble:
            self._troubles.go_on(tx, trouble)
            close_trouble(tx, trouble.id)

    async def _closed(self, orders: Sequence[StandingOrder]) -> frozenset[str]:
        """Return the channels among those of orders in which nothing of ours may be asked now."""
        channels = {one.channel for one in orders if not is_direct(one.channel)}
        places = [await self._directory.place(each) for each in sorted(channels)]
        return frozenset(each.channel for each in places if hindrance_at(each))

    def _accept(self, tx: Transaction, owners: Sequence[str], day: str) -> None:
        for owner in owners:
            key = f"look:owner:{owner}:{day}"
            add_job(tx, key=key, wanted=LookAtOwner(owner), now=self._clock.now(), queue=MAIN)
