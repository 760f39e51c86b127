"""Carrying out what was accepted: one small interface, and the engine of the embedded default.

Accepting is a row, written by `add_job` in whichever transaction it belongs to. What carries the
rows out is behind `Engine`: here the table itself, worked on by the one process that speaks for its
workspace.
"""

import asyncio
from typing import Final, Protocol

from bot import log
from bot.clock import Clock
from bot.jobs.store import JobRow, JobStore
from bot.worker import GRACE_SECONDS, Batch, Worker

WIDTH: Final = 8
MOST_THAT_WAIT: Final = 5
"""So many of those under way may be ones that can wait: the rest is there for people, however slow
the vendor of a digest is."""


class Runner(Protocol):
    """Who carries the jobs of one workspace out."""

    @property
    def once(self) -> tuple[str, ...]:
        """The names of the work that must not look untouched once it was begun."""
        ...

    async def carry_out(self, row: JobRow) -> None:
        """Do a job that was taken, and write down what came of it; put it back if cancelled."""
        ...


class Engine(Protocol):
    """Carries out what is due, with bounded width; what people asked for goes first."""

    def wake(self) -> None:
        """Say that something was accepted. It never waits, and it may be lost."""
        ...

    async def mend(self) -> int:
        """Queue again what nobody has in hand although it was begun; return how much that was."""
        ...

    async def run(self) -> None:
        """Work until cancelled; what is under way is then put back for the next."""
        ...


class TableEngine:
    """Works on the jobs of one queue by the table alone. Only for the one who leads that queue."""

    def __init__(
        self, jobs: JobStore, runner: Runner, clock: Clock, *, grace: float = GRACE_SECONDS
    ) -> None:
        """Take from `jobs` and give to `runner`; `grace` is as of a worker."""
        self._jobs = jobs
        self._clock = clock
        self._runner = runner
        self._in_hand: dict[int, JobRow] = {}
        self._claiming = asyncio.Lock()
        self.worker = Worker("jobs", self._take, width=WIDTH, grace=grace)

    def wake(self) -> None:
        """Look for jobs now."""
        self.worker.wake()

    async def recover(self) -> None:
        """Queue again what a dead process left running."""
        await self._jobs.reclaim(once=self._runner.once)
        self.wake()

    async def mend(self) -> int:
        """Queue again what is running in the table but not here; return how many."""
        async with self._claiming:
            here = {*self._in_hand}  # one of them may end while the table is read
            running = await self._jobs.running()
            lost = [row for row in running if row.id not in here]
            for row in lost:
                log.get().error("job_was_stuck", job=row.name, key=row.key)
                await self._jobs.release(row, begun=row.name in self._runner.once)
        return len(lost)

    async def run(self) -> None:
        """Work until cancelled."""
        await self.worker.run()

    async def _take(self, free: int) -> Batch:
        async with self._claiming:
            waiting = sum(row.can_wait for row in self._in_hand.values())
            rows = await self._jobs.claim(
                now=self._clock.now(), limit=free, most_that_wait=MOST_THAT_WAIT - waiting
            )
            self._in_hand.update((row.id, row) for row in rows)
        return Batch([self._run(row) for row in rows])

    async def _run(self, row: JobRow) -> None:
        try:
            await self._runner.carry_out(row)
        finally:
            del self._in_hand[row.id]
