"""Troubles kept: orders rest under them, owners are told once, and looks let the orders go on.

Events, other processes and people only say that it is time to look. What a look shows decides, so
that a lost event or one out of order does no harm.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot import log
from bot.clock import Clock
from bot.errors import DeniedError
from bot.jobs.access import consent_of, may_tell
from bot.jobs.outcome import NewJob, Outcome, Write, reply
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.directory import MOST_ADMINS, Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Place
from bot.store.database import MAIN, Database, Transaction
from bot.troubles.heirs import is_gone
from bot.troubles.intents import (
    LetOthersSee,
    LookAtOwner,
    LookAtPlace,
    LookAtTrouble,
    LookNow,
    TellTrouble,
)
from bot.troubles.model import (
    NO_EVIDENCE,
    PLACES,
    VENDORS,
    Evidence,
    Hindrance,
    OrderRoom,
    StandingOrder,
    Trouble,
    TroubleKind,
    hindrance_at,
    is_direct,
)
from bot.troubles.rendering import notices
from bot.troubles.store import (
    FIRST_LOOK,
    TroubleStore,
    by_owner,
    close_trouble,
    hurry,
    open_trouble,
    put_off,
    troubles_at,
)

LastAnswers = Callable[[], Mapping[str, datetime | None]]
"""Returns when each vendor gave its last good answer, by its name."""
ForgetPerson = Callable[[Transaction, str], object]
"""Deletes what is kept of a person."""
MOST_LOOKS = 20
"""So many troubles are looked at in one round."""


class Troubles:
    """The one place where orders are let rest and go on by themselves."""

    def __init__(
        self, database: Database, directory: Directory, clock: Clock, *, runs_it: str
    ) -> None:
        """Ask `directory` how places are now; `runs_it` hears of keys, where somebody is named."""
        self._runs_it = runs_it
        self.store = TroubleStore(database)
        self._database = database
        self._directory = directory
        self._clock = clock
        self.rooms: tuple[OrderRoom, ...] = ()
        self._answered: LastAnswers = dict
        self._forgetting: tuple[ForgetPerson, ...] = ()

    def serve(
        self,
        rooms: Sequence[OrderRoom],
        answered: LastAnswers,
        forgetting: Sequence[ForgetPerson] = (),
    ) -> None:
        """Know the rooms whose orders rest, and when vendors gave good answers last.

        `forgetting` lets go of what was somebody's alone, when they have left.
        """
        self.rooms = tuple(rooms)
        self._answered = answered
        self._forgetting = tuple(forgetting)

    def forget_person(self, tx: Transaction, person: str) -> None:
        """Let go of what was somebody's alone who has left."""
        for forget in self._forgetting:
            forget(tx, person)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(LookAtPlace, self.look_at_place),
            Task(LookAtTrouble, self.look_at_trouble),
            Task(TellTrouble, self.tell),
            Task(LookNow, self.look_now),
            Task(LetOthersSee, self.let_others_see),
        )

    def arises(
        self, tx: Transaction, cause: Hindrance, found: Evidence = NO_EVIDENCE
    ) -> frozenset[str]:
        """Let all that a cause concerns rest, and have each owner told once; return who is told."""
        now = self._clock.now()
        trouble = open_trouble(tx, cause, now=now)
        self.let_rest(tx, trouble, found)
        owners = by_owner(self.resting(tx, trouble.id))
        if not owners:
            close_trouble(tx, trouble.id)
        runs_it = {self._runs_it} if owners and self._runs_it and cause.kind in VENDORS else set()
        hearers = frozenset({*owners, *runs_it})
        for owner in hearers:
            key = f"trouble:{trouble.id}:{owner}"
            add_job(tx, key=key, wanted=TellTrouble(trouble.id, owner), now=now, queue=MAIN)
        return hearers

    def resting(self, tx: Transaction, trouble: int) -> list[StandingOrder]:
        """Return what rests under a trouble."""
        return [each for room in self.rooms for each in room.resting(tx, trouble)]

    def ordered_by(self, tx: Transaction, owner: str, channel: str = "") -> list[StandingOrder]:
        """Return what somebody ordered for a channel; without one, all that they ordered."""
        return [each for room in self.rooms for each in room.of(tx, owner, channel)]

    def owners(self, tx: Transaction) -> set[str]:
        """Return everybody who ordered anything."""
        return set[str]().union(*(room.owners(tx) for room in self.rooms))

    def let_rest(self, tx: Transaction, trouble: Trouble, found: Evidence = NO_EVIDENCE) -> None:
        """Let all that a trouble concerns rest."""
        for room in self.rooms:
            room.rest(tx, trouble, found)

    async def admins(self) -> tuple[str, ...]:
        """Return the few who are told what nobody else can be told: who runs this, and admins."""
        found = await self._directory.admins()
        return tuple(dict.fromkeys(filter(None, (self._runs_it, *found))))[:MOST_ADMINS]

    def close_empty(self, tx: Transaction, trouble: int) -> None:
        """Let go of a trouble under which nothing rests any more."""
        if not self.resting(tx, trouble):
            close_trouble(tx, trouble)

    def suspect(self, tx: Transaction, channel: str, *, key: str) -> None:
        """Have a conversation looked at, once for each key."""
        look = LookAtPlace(channel)
        add_job(tx, key=f"look:{key}", wanted=look, now=self._clock.now(), queue=MAIN)

    async def begin(self) -> None:
        """Have what other settings may have mended looked at, as this process has just begun."""
        now = self._clock.now()
        await self._database.transaction(lambda tx: hurry(tx, VENDORS, now=now))

    async def tick(self) -> int:
        """Accept looks at the troubles whose time has come; return how many."""
        now = self._clock.now()
        await self._heed(now)
        due = await self.store.due(now, limit=MOST_LOOKS)
        if due:
            await self._database.transaction(lambda tx: self._accept(tx, due, now))
        return len(due)

    async def _heed(self, now: datetime) -> None:
        """Look soon at a refused key whose vendor gave a good answer since the last look."""
        for look in await self.store.keys():
            answered = self._answered().get(look.vendor)
            soon = max(now, look.looked_at + FIRST_LOOK)
            if answered and answered > look.looked_at and soon < look.look_at:
                await self.store.look_soon(look.trouble, soon)

    async def look_at_place(self, job: Job[LookAtPlace]) -> Outcome:
        """Look at a conversation with orders. Raises NotKnownYetError."""
        channel = job.details.channel
        if not await self._database.transaction(lambda tx: self._has_orders(tx, channel)):
            return Outcome()
        place = await self._place(channel)
        return Outcome(writes=(self._as_it_is(place),))

    async def look_at_trouble(self, job: Job[LookAtTrouble]) -> Outcome:
        """Look whether a trouble is over. Raises NotKnownYetError."""
        trouble = await self.store.get(job.details.trouble)
        if trouble is None:
            return Outcome()
        if trouble.cause.kind is TroubleKind.OWNER:
            look = NewJob(f"{job.key}:owner", LookAtOwner(trouble.cause.subject))
            return Outcome(jobs=(look,))
        _, write = await self._looked(trouble)
        return Outcome(writes=(write,))

    async def look_now(self, job: Job[LookNow]) -> Outcome:
        """Look at once for somebody, and say what there is."""
        trouble = await self.store.get(job.details.trouble)
        if trouble is None:
            return Outcome((reply(job, Answer(notices.over()), private=True),))
        left, write = await self._looked(trouble)
        said = notices.still(left) if left else notices.over()
        return Outcome((reply(job, Answer(said), private=True),), (write,))

    async def let_others_see(self, job: Job[LetOthersSee]) -> Outcome:
        """Let an owner's orders go on for those who read the channel along at this moment."""
        wanted = job.details
        trouble = await self.store.get(wanted.trouble)
        if trouble is None:
            return Outcome((reply(job, Answer(notices.over()), private=True),))
        if job.request.channel != trouble.cause.channel:
            raise DeniedError(notices.IN_THE_CHANNEL)
        place = await self._place(trouble.cause.channel)

        def write(tx: Transaction) -> None:
            for room in self.rooms:
                room.agree(tx, trouble.id, wanted.owner, consent_of(place))

        said = reply(job, Answer(notices.seen()), private=True)
        return Outcome((said,), (write, self._as_it_is(place)))

    async def tell(self, job: Job[TellTrouble]) -> Outcome:
        """Tell one owner of a trouble, unless it is over already."""
        trouble, owner = await self.store.get(job.details.trouble), job.details.owner
        if trouble is None:
            return Outcome()
        orders = await self._database.transaction(lambda tx: self.resting(tx, trouble.id))
        theirs = [one for one in orders if one.owner == owner]
        if not theirs and owner != self._runs_it:
            return Outcome()
        said = notices.paused(trouble, theirs) if theirs else notices.for_admin(trouble, orders)
        told = [
            OutgoingAnswer(f"{job.key}:{each}" if each != owner else job.key, target, Answer(said))
            for each, target in (await self._hearers(trouble, owner, theirs)).items()
        ]
        return Outcome(tuple(told))

    async def _hearers(
        self, trouble: Trouble, owner: str, theirs: Sequence[StandingOrder]
    ) -> dict[str, Target]:
        """Return who hears of what rests: its owner; of one who left the channels, else admins."""
        if not is_gone(await self._directory.person(owner)):
            return {owner: Target(owner, user=owner)}
        is_open = trouble.cause.kind not in PLACES
        channels = {one.channel for one in theirs if is_open and not is_direct(one.channel)}
        if channels:
            return {each: Target(each) for each in sorted(channels)}
        return {each: Target(each, user=each) for each in await self.admins()}

    async def _looked(self, trouble: Trouble) -> tuple[Hindrance | None, Write]:
        """Return what is still in the way, and the write of what a look shows.

        Raises NotKnownYetError.
        """
        if trouble.cause.kind in PLACES:
            place = await self._place(trouble.cause.channel)
            return hindrance_at(place), self._as_it_is(place)
        for room in self.rooms:
            if not await room.is_mended(trouble):
                return trouble.cause, lambda tx: self.close_empty(tx, trouble.id)
        return None, lambda tx: self._over(tx, trouble)

    def _over(self, tx: Transaction, trouble: Trouble) -> None:
        self.go_on(tx, trouble)
        self.close_empty(tx, trouble.id)

    async def _place(self, channel: str) -> Place:
        """Return a conversation as it is now. Raises NotKnownYetError."""
        place = await self._directory.place_anew(channel)
        if place.again_at:
            may_tell(place).enforce()
        return place

    def _as_it_is(self, place: Place) -> Write:
        """Return the write that lets orders rest or go on as a place is now."""

        def write(tx: Transaction) -> None:
            subject = place.user or place.channel
            before = troubles_at(tx, subject)
            cause = hindrance_at(place)
            for trouble in before:
                if cause is None or cause.kind is TroubleKind.SHARED:
                    self.go_on(tx, trouble, place)
            if cause:
                self.arises(tx, cause, Evidence(place))
            for trouble in before:
                self.close_empty(tx, trouble.id)

        return write

    def go_on(self, tx: Transaction, trouble: Trouble, place: Place | None = None) -> None:
        """Let what rests go on where it may be told, with a word to each owner."""
        now = self._clock.now()
        back = [each for room in self.rooms for each in room.go_on(tx, trouble.id, place, now)]
        for owner, theirs in by_owner(back).items():
            key = f"trouble:{trouble.id}:{owner}:back:{now:%Y%m%dT%H%M%S}"
            target = Target(owner, user=owner)
            tell(tx, OutgoingAnswer(key, target, Answer(notices.back(theirs))), now=now)
        if back:
            log.get().info("orders_back", trouble=trouble.id, orders=len(back))

    def _has_orders(self, tx: Transaction, channel: str) -> bool:
        return any(room.at(tx, channel) for room in self.rooms)

    def _accept(self, tx: Transaction, due: Sequence[tuple[Trouble, str]], now: datetime) -> None:
        for trouble, word in due:
            look = LookAtTrouble(trouble.id)
            add_job(tx, key=f"look:{word}", wanted=look, now=now, queue=MAIN)
            put_off(tx, trouble.id, now=now)
