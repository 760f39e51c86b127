"""The bot of one workspace: everything that is made for it alone."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from slack_bolt.async_app import AsyncApp

from bot.asking.cleanup import Cleanup
from bot.asking.runner import JobRunner
from bot.assembly.orders import Healers
from bot.digests.claiming import DigestClaims
from bot.digests.digests import Digests
from bot.feature import Parts, Wiring
from bot.jobs.engine import TableEngine
from bot.outbox.delivery import Delivery
from bot.slack_app import Identity, Services
from bot.store.database import Database
from bot.store.leases import NotSpeakingError
from bot.store.timekeeping import Timekeeper
from bot.talk.room import Talk
from bot.worker import Wakeable, Worker

if TYPE_CHECKING:
    from bot.assembly.process import Process

NAMES_APART = 3.0
"""Seconds between two lists of names that are fetched anew."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that was put together for one workspace."""

    process: "Process"
    workspace: str
    parts: Parts
    runner: JobRunner
    engine: TableEngine
    delivery: Delivery
    digests: Digests
    claims: DigestClaims
    healers: Healers
    talk: Talk
    wirings: tuple[Wiring, ...]
    ticks: tuple[Callable[[], Awaitable[int]], ...]
    woken: tuple[Wakeable, ...]
    tidying: Cleanup
    timekeeper: Timekeeper
    services: Services
    identity: Identity

    @property
    def app(self) -> AsyncApp:
        """What takes requests of Slack, for all workspaces of the process."""
        return self.process.app

    @property
    def database(self) -> Database:
        """Where everything is kept, that of other workspaces too."""
        return self.process.resources.database

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All that takes due work: jobs, then messages, then what features add."""
        return (self.engine.worker, *self._speakers)

    @property
    def _speakers(self) -> tuple[Worker, ...]:
        """Those that are one process's alone, wherever jobs are carried out."""
        return (self.delivery.worker, *chain.from_iterable(each.workers for each in self.wirings))

    @property
    def _dispatched(self) -> bool:
        """Whether jobs are carried out by all workers, and not by who speaks here."""
        return self.process.resources.dispatch is not None

    def wake(self) -> None:
        """Say that there may be something to do."""
        for each in (*self.workers, *self.woken):
            each.wake()

    def others_wrote(self) -> None:
        """Hear that another process wrote something: work, or a note of what it heard."""
        self.parts.directory.notes.others_wrote()
        self.parts.policies.others_wrote()
        self.wake()

    async def settle(self) -> None:
        """Carry out all that is due now, until nothing is left to do. Raises NotSpeakingError."""
        if not await self.parts.speaks.take():
            raise NotSpeakingError
        for worker in self.workers:
            await worker.settle()

    async def begin(self) -> None:
        """Take up what a process left that spoke for this workspace before."""
        if not self._dispatched:
            await self.engine.recover()
        await self.delivery.recover()
        await self.parts.troubles.begin()

    async def tick(self) -> int:
        """Put what the clock asks for into the jobs; return how many."""
        if await self.timekeeper.look():
            self.wake()
        count = await self.claims.tick() + await self.healers.tick()
        count += sum([await tick() for tick in self.ticks])
        if count:
            self.parts.wake()
        return count

    async def learn_names(self) -> int:
        """Have the lists of names brought up to date, one after the other; return how many."""
        return await self.talk.learn_names(apart=NAMES_APART)

    async def note_health(self) -> int:
        """Write down how the services answered; return of how many that is new."""
        return await self.talk.health.note()

    async def tidy(self) -> int:
        """Let go of what is past keeping; return how many rows."""
        return await self.tidying.tidy()

    async def speak(self) -> None:
        """Do what one process alone does for this workspace, until cancelled."""
        await self.begin()
        may_speak = self.parts.speaks.is_held
        async with asyncio.TaskGroup() as group:
            for worker in self._speakers if self._dispatched else self.workers:
                group.create_task(worker.run(only_while=may_speak))

    async def mend(self) -> int:
        """Find what got stuck while this process leads; return how much that was."""
        jobs = 0 if self._dispatched else await self.engine.mend()
        return jobs + await self.delivery.mend()

    async def poll(self) -> int:
        """Let features look at what they watch, if it is time; return how much had news."""
        return sum([await poll() for each in self.wirings for poll in each.polls])
