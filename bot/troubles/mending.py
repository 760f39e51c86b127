"""What owners do about orders that rest: end them with a way back, move them, hand them over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot import log
from bot.asking.store import SnapshotStore, drop_snapshot, put_snapshot
from bot.clock import Clock
from bot.codec import loads
from bot.errors import DeniedError, NotKnownYetError, UserError
from bot.jobs.access import UNKNOWN_PERSON
from bot.jobs.outcome import Outcome, answer_key, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.store.database import Database, Transaction
from bot.troubles.heirs import check_heir, is_gone
from bot.troubles.intents import HandOverOrders, MoveOrders, PutBackOrders, StopOrders
from bot.troubles.keeper import Troubles
from bot.troubles.model import StandingOrder, is_direct
from bot.troubles.rendering import mending as words

UNDO = "undo:"
"""Keys that begin so hold orders that were ended."""
Chosen = StopOrders | HandOverOrders | MoveOrders


class WaysOut:
    """Raises UserError, DeniedError and NotKnownYetError."""

    def __init__(
        self, database: Database, troubles: Troubles, directory: Directory, clock: Clock
    ) -> None:
        """Find in `troubles` what rests, and ask `directory` who people are."""
        self._database = database
        self._snapshots = SnapshotStore(database)
        self._troubles = troubles
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(StopOrders, self.stop),
            Task(PutBackOrders, self.put_back),
            Task(MoveOrders, self.move),
            Task(HandOverOrders, self.hand_over),
        )

    async def stop(self, job: Job[StopOrders]) -> Outcome:
        """End orders; they can be had again as they were."""
        orders = await self._orders(job)
        kept, now = f"{UNDO}{job.key}", self._clock.now()

        def write(tx: Transaction) -> None:
            rows = {
                room.noun: list(room.take_out(tx, _numbers(orders, room.noun)))
                for room in self._troubles.rooms
            }
            put_snapshot(tx, kept, rows, now=now)
            log.get().info("orders_stopped", by=job.request.user, orders=len(orders))

        said = words.stopped(orders, PutBackOrders(kept, job.details.owner))
        return Outcome((reply(job, Answer(said)),), (write,))

    async def put_back(self, job: Job[PutBackOrders]) -> Outcome:
        """Have orders again that were ended."""
        kept, now = job.details.kept, self._clock.now()
        await self._check_may(job, job.details.owner)
        found = loads(await self._snapshots.get(kept) or "{}")
        if not found:
            raise UserError(words.TOO_LATE)
        channels = {row["channel"] for rows in found.values() for row in rows}

        def write(tx: Transaction) -> None:
            for room in self._troubles.rooms:
                room.put_back(tx, found.get(room.noun, ()), now)
            drop_snapshot(tx, kept)
            for channel in sorted(channels):
                self._troubles.suspect(tx, channel, key=f"{job.key}:{channel}")

        return Outcome((reply(job, Answer(words.there_again())),), (write,))

    async def move(self, job: Job[MoveOrders]) -> Outcome:
        """Let orders come to the channel that was chosen."""
        orders, now = await self._orders(job), self._clock.now()
        channel = job.request.channel

        def write(tx: Transaction) -> None:
            for room in self._troubles.rooms:
                room.move(tx, _numbers(orders, room.noun), channel, now)
            self._troubles.close_empty(tx, job.details.trouble)

        return Outcome((reply(job, Answer(words.moved(orders))),), (write,))

    async def hand_over(self, job: Job[HandOverOrders]) -> Outcome:
        """Let orders be somebody else's, who is told so."""
        orders, by = await self._orders(job), job.request.user
        heir = await self._directory.person(job.details.to or by)
        for channel in dict.fromkeys(one.channel for one in orders):
            there = "" if is_direct(channel) else channel
            await check_heir(self._directory, heir, there, now=self._clock.now())

        def write(tx: Transaction) -> None:
            for room in self._troubles.rooms:
                room.hand_over(tx, _numbers(orders, room.noun), heir.id)
            log.get().info("orders_handed_over", by=by, to=heir.id, orders=len(orders))

        if heir.id == by:
            taken = words.taken(orders, heir.name)
            return Outcome((reply(job, Answer(taken)),), (write,))
        trouble = await self._troubles.store.get(job.details.trouble)
        given = [replace(one, owner=heir.id) for one in orders]
        done = reply(job, Answer(words.handed_over(orders, heir.name)), private=True)
        told = OutgoingAnswer(
            f"{answer_key(job)}:{heir.id}",
            Target(heir.id, user=heir.id),
            Answer(words.inherited(given, job.asker.name, trouble)),
        )
        return Outcome((done, told), (write,))

    async def _orders(self, job: Job[Any]) -> Sequence[StandingOrder]:
        """Return the orders that are meant, if whoever asks may change them."""
        wanted: Chosen = job.details
        await self._check_may(job, wanted.owner)
        orders = await self._database.transaction(lambda tx: self._chosen(tx, wanted))
        if not orders:
            raise UserError(words.NONE_LEFT)
        return orders

    def _chosen(self, tx: Transaction, wanted: Chosen) -> list[StandingOrder]:
        if wanted.trouble:
            resting = self._troubles.resting(tx, wanted.trouble)
            return [one for one in resting if one.owner == wanted.owner]
        channel = "" if isinstance(wanted, MoveOrders) else wanted.channel
        found = self._troubles.ordered_by(tx, wanted.owner, channel)
        return [one for one in found if channel or not is_direct(one.channel)]

    async def _check_may(self, job: Job[Any], owner: str) -> None:
        """Let the owner and admins do it, and where the owner left whoever stays."""
        if job.asker.is_admin or job.request.user == owner:
            return
        person = await self._directory.person(owner)
        if person.again_at:
            raise NotKnownYetError(UNKNOWN_PERSON, again_at=person.again_at)
        if not is_gone(person):
            raise DeniedError(f"Only {person.name}, who ordered this, or an admin can do that.")


def _numbers(orders: Sequence[StandingOrder], noun: str) -> list[int]:
    return [one.id for one in orders if one.noun == noun]
