"""The dispatch of one process: it hands on where jobs are accepted, and takes where they are done.

A process that only accepts jobs hands them on; a worker carries them out as well, and looks for
those of others that nobody handed on or that nobody has in hand any more.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.clock import Clock
from bot.jobs.dispatch.dispatcher import Dispatcher
from bot.jobs.dispatch.engine import DispatchEngine, LendRunner
from bot.jobs.dispatch.schema import prune
from bot.jobs.dispatch.taking import JobTaker
from bot.scheduler import Round, repeating
from bot.store.database import Database


class JobDispatch:
    """Hands jobs on, and in a worker carries them out."""

    def __init__(self, url: str, database: Database, me: str, clock: Clock) -> None:
        """Work on the database at `url`, opened as `database`; `me` is the process as a member."""
        self._url = url
        self._database = database
        self._taker = JobTaker(database, me, clock)
        self._dispatcher = Dispatcher(url, clock)

    def wake(self) -> None:
        """Hand on what was accepted. It never waits, and it may be lost."""
        self._dispatcher.wake()

    @asynccontextmanager
    async def handing_on(self) -> AsyncIterator[None]:
        """Hand on what this process accepts for as long as this context lasts."""
        task = asyncio.create_task(self._dispatcher.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def working(self, lend: LendRunner) -> AsyncIterator[None]:
        """Carry out what is handed on, too, with the runners of workspaces that are lent."""
        engine = DispatchEngine(self._url, self._taker, self._dispatcher, lend)
        rounds = (
            Round("hand_on", self._hand_on, every=1.0),
            Round("mend_jobs", engine.mend, every=5.0),
            Round("prune", partial(prune, self._database), every=6 * 3600.0, after=60.0),
        )
        async with self.handing_on(), repeating(*rounds):
            task = asyncio.create_task(engine.run())
            try:
                yield
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def _hand_on(self) -> None:
        self.wake()  # it tells of its own troubles, and it has a connection for this alone
