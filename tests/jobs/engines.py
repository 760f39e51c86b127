"""Both engines as tests use them: accepting, carrying out by a service of the test, and the end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.asking.runner import JobRunner
from bot.asking.services import SendFileAgain
from bot.asking.waiting import WaitingWords
from bot.clock import Clock
from bot.digests.intents import SendDigest
from bot.jobs.engine import Engine, TableEngine
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.store import JobStore, add_job
from bot.jobs.tasks import Task, Tasks
from bot.store.addresses import open_at
from bot.store.database import Database
from bot.store.leases import Leases
from sandbox.clock import SandboxClock

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WORKSPACE = "T0001"
OTHER = "T0002"
LONGEST = 20.0
"""Real seconds for anything awaited; only a failure waits so long."""

Work = Callable[[Job[Intent]], Awaitable[Outcome]]


async def everybody(job: Job[Intent]) -> Job[Intent]:
    """Let anybody do anything."""
    return job


def runner_of(database: Database, work: Work, clock: Clock) -> JobRunner:
    """Return who carries the jobs of a workspace out, all by the same service."""
    return JobRunner(
        database,
        JobStore(database),
        Tasks([Task(SendFileAgain, work), Task(SendDigest, work)]),
        clock,
        admitted=everybody,
        wake=lambda: None,
        waiting=WaitingWords(database, clock, {}, queue="main", wake=lambda: None),
    )


@dataclass(eq=False)
class Desk:
    """A database in which jobs are accepted, and the engine that the test asks for."""

    database: Database
    clock: SandboxClock
    engine: Callable[[Work], AbstractAsyncContextManager[Engine]]
    wakes: list[Engine] = field(default_factory=list)

    def jobs(self, workspace: str = WORKSPACE) -> JobStore:
        """Return the jobs of a workspace."""
        return JobStore(self.database.of(workspace))

    async def ask(self, *keys: str, workspace: str = WORKSPACE) -> None:
        """Accept what people asked for."""
        for key in keys:
            await self.jobs(workspace).add(key=key, wanted=SendFileAgain(key), now=self.clock.now())
        self._wake()

    async def plan(self, *keys: str, together: str = "", workspace: str = WORKSPACE) -> None:
        """Accept what can wait."""
        now = self.clock.now()
        await self.database.of(workspace).transaction(
            lambda tx: [
                add_job(tx, key=key, wanted=SendDigest(1, planned=now), now=now, together=together)
                for key in keys
            ]
        )
        self._wake()

    @asynccontextmanager
    async def working(self, work: Work) -> AsyncIterator[Engine]:
        """Have jobs carried out while this context lasts."""
        async with self.engine(work) as engine:
            running = asyncio.create_task(engine.run())
            self.wakes.append(engine)
            self._wake()
            try:
                yield engine
            finally:
                self.wakes.remove(engine)
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)

    async def idle(self, workspace: str = WORKSPACE) -> None:
        """Return once nothing waits in a workspace any more."""
        async with asyncio.timeout(LONGEST):
            while await self.jobs(workspace).waiting():  # noqa: ASYNC110  # another's rows
                await asyncio.sleep(0.01)

    def _wake(self) -> None:
        for engine in self.wakes:
            engine.wake()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Yield the database at a URL."""
    database = await open_at(url)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def table_desk(database: Database) -> AsyncIterator[Desk]:
    """Yield a desk whose jobs are carried out by the table alone."""
    clock = SandboxClock(NOW)

    @asynccontextmanager
    async def engine(work: Work) -> AsyncIterator[Engine]:
        seen = database.of(WORKSPACE)
        table = TableEngine(JobStore(seen), runner_of(seen, work, clock), clock, grace=0)
        await table.recover()
        yield table

    yield Desk(database, clock, engine)


@asynccontextmanager
async def dispatched_desk(database: Database, url: str) -> AsyncIterator[Desk]:
    """Yield a desk on Postgres whose jobs are dispatched to whoever works."""
    from bot.jobs.dispatch.dispatcher import Dispatcher  # noqa: PLC0415  # an extra
    from bot.jobs.dispatch.engine import DispatchEngine  # noqa: PLC0415
    from bot.jobs.dispatch.schema import install  # noqa: PLC0415
    from bot.jobs.dispatch.taking import JobTaker  # noqa: PLC0415

    await install(url)
    clock = SandboxClock(NOW)

    @asynccontextmanager
    async def engine(work: Work) -> AsyncIterator[Engine]:
        @asynccontextmanager
        async def assembled(workspace: str) -> AsyncIterator[JobRunner]:
            yield runner_of(database.of(workspace), work, clock)

        async with Leases(database) as leases:
            await leases.join()
            taking, dispatcher = JobTaker(database, leases.owner, clock), Dispatcher(url, clock)
            made = DispatchEngine(url, taking, dispatcher, assembled, grace=0)
            handing = asyncio.create_task(dispatcher.run())
            yield made
            handing.cancel()
            await asyncio.gather(handing, return_exceptions=True)

    yield Desk(database, clock, engine)
