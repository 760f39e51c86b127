"""The engine of Postgres: any worker carries out the jobs of any workspace, as PgQueuer says."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import timedelta
from typing import Final

from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job

from bot import log
from bot.errors import BotError
from bot.http.coalescing import asked_together
from bot.jobs.dispatch.connections import ListeningDriver, listening
from bot.jobs.dispatch.dispatcher import Dispatcher
from bot.jobs.dispatch.entries import ASKED, CAN_WAIT, JobEntry
from bot.jobs.dispatch.taking import JobTaker
from bot.jobs.engine import MOST_THAT_WAIT, WIDTH, Runner
from bot.jobs.store import JobRow
from bot.worker import GRACE_SECONDS

HEARTBEAT: Final = timedelta(seconds=8)
LATER: Final = timedelta(seconds=1)
"""So soon a job comes again that cannot be carried out now."""
AFTER_REFUSAL: Final = timedelta(seconds=10)
"""And so soon one of a workspace that cannot be worked for now."""
LOOK: Final = timedelta(seconds=5)
WIDTHS: Final = {ASKED: WIDTH, CAN_WAIT: MOST_THAT_WAIT}
"""So many of each at once. They are counted apart, so that nobody waits for a digest."""
AFTER_TROUBLE: Final = 1.0

LendRunner = Callable[[str], AbstractAsyncContextManager[Runner]]
"""Lends the runner of a workspace. Raises what keeps it from being put together."""


class DispatchEngine:
    """Carries out what is handed on: so many jobs at once of people, and so many that can wait."""

    def __init__(
        self,
        url: str,
        taking: JobTaker,
        dispatcher: Dispatcher,
        lend: LendRunner,
        *,
        grace: float = GRACE_SECONDS,
        heartbeat: timedelta = HEARTBEAT,
    ) -> None:
        """Take by `taking` at the database at `url`; `grace` is as of a worker.

        After `heartbeat` without a sign of life an entry is given to somebody else.
        """
        self._url = url
        self._taking = taking
        self._dispatcher = dispatcher
        self._lend = lend
        self._once: tuple[str, ...] = ()
        self._grace = grace
        self._heartbeat = heartbeat
        self._under_way: set[asyncio.Task[timedelta | None]] = set()
        self._in_hand: set[int] = set()
        self._one_by_one = asyncio.Lock()
        self._waiting = asyncio.Semaphore(MOST_THAT_WAIT)
        self._stopping = False

    def wake(self) -> None:
        """Hand on what was accepted."""
        self._dispatcher.wake()

    async def mend(self) -> int:
        """Hand on again what no entry and no living worker stands for; return how much that was."""
        for holder, workspace in await self._taking.left_running():
            with suppress(BotError, LookupError):  # of one that cannot be worked for now: later
                async with self._lend(workspace) as runner:
                    await self._taking.take_away(holder, once=runner.once)
        lost = await self._taking.hand_back()
        if lost:
            log.get().error("jobs_were_stuck", count=lost)
            self.wake()
        return lost

    async def run(self) -> None:
        """Work until cancelled, through every trouble of the connection."""
        logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)  # what matters is told here
        self._stopping = False
        looking = asyncio.create_task(self._put_back_for_ever())
        try:
            while True:
                await self._serve_or_tell()
                await asyncio.sleep(AFTER_TROUBLE)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
            await self._stop()

    async def _serve_or_tell(self) -> None:
        try:
            async with listening(self._url) as driver:
                await self._serve(driver)
        except Exception as error:  # noqa: BLE001  # it may come back, whatever it is
            log.get().warning("engine_cut_off", error=str(error))

    async def _serve(self, driver: ListeningDriver) -> None:
        """Carry out what comes over one connection, until it breaks.

        Jobs that are under way go on then; their entries come again and find out.
        """
        managers = [self._manager(driver, name) for name in WIDTHS]
        widths = zip(managers, WIDTHS.values(), strict=True)
        running = [asyncio.create_task(_run(*each, self._heartbeat)) for each in widths]
        watching = asyncio.create_task(driver.broken())
        try:
            ended, _ = await asyncio.wait([watching, *running], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._stopping = True
            for manager in managers:
                manager.shutdown.set()
            await self._stop()
            await asyncio.wait(running, timeout=self._grace)
            raise
        finally:
            for task in (watching, *running):
                task.cancel()
            await asyncio.gather(watching, *running, return_exceptions=True)
        why = [repr(task.exception() or "a connection is closed") for task in ended]
        raise ConnectionError(", ".join(why))

    async def _stop(self) -> None:
        """Let what is under way end by itself for a while, then put it back."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._grace)
        left = set(self._under_way)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _manager(self, driver: ListeningDriver, name: str) -> QueueManager:
        manager = QueueManager(Queries(driver))
        manager.entrypoint(name)(self._handle)
        return manager

    async def _handle(self, job: Job) -> None:
        """Carry out the job of an entry, or have the entry come again."""
        if self._stopping:
            raise RetryRequested
        try:
            entry = JobEntry.of(job.payload)
        except ValueError as error:
            log.get().error("entry_unreadable", error=str(error))
            return
        task = asyncio.create_task(self._carried_out(entry))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        pause = await asyncio.shield(task)
        if pause is not None:
            raise RetryRequested(pause)

    async def _carried_out(self, entry: JobEntry) -> timedelta | None:
        """Return in how long an entry is to come again; None where it is done with."""
        try:
            async with self._lend(entry.workspace) as runner:
                with asked_together() if entry.together else nullcontext():
                    return await self._carry_all_out(entry, runner)
        except (BotError, LookupError) as error:  # Slack is away, or Flowbot is not there any more
            why = {"workspace": entry.workspace, "error": str(error)}
            log.get().warning("jobs_not_carried_out", **why)
            return AFTER_REFUSAL
        except Exception:  # noqa: BLE001  # what a job itself raises is told in it
            log.get().exception("jobs_not_carried_out", workspace=entry.workspace)
            return AFTER_REFUSAL

    async def _carry_all_out(self, entry: JobEntry, runner: Runner) -> timedelta | None:
        while True:
            rows = await self._take(entry, runner)
            if rows is None:
                return LATER
            await asyncio.gather(*(self._carry_out(row, runner) for row in rows))
            if not (rows and entry.together):
                return None

    async def _take(self, entry: JobEntry, runner: Runner) -> list[JobRow] | None:
        async with self._one_by_one:
            self._once = runner.once
            rows = await self._taking.take(entry, most=MOST_THAT_WAIT, once=runner.once)
            self._in_hand.update(row.id for row in rows or ())
            return rows

    async def _carry_out(self, row: JobRow, runner: Runner) -> None:
        try:
            async with self._waiting if row.can_wait else nullcontext():
                await runner.carry_out(row)
        finally:
            self._in_hand.discard(row.id)
            self._dispatcher.wake()

    async def _put_back_for_ever(self) -> None:
        """Put back what is running by the table but not here, as after a commit that failed."""
        while True:
            await asyncio.sleep(LOOK.total_seconds())
            try:
                async with self._one_by_one:
                    lost = await self._taking.put_back_but(self._in_hand, once=self._once)
            except Exception as error:  # noqa: BLE001  # a database in trouble may come back
                log.get().warning("stuck_jobs_not_looked_for", error=str(error))
                continue
            if lost:
                log.get().error("jobs_were_stuck", count=lost)
                self.wake()


async def _run(manager: QueueManager, width: int, heartbeat: timedelta) -> None:
    await manager.run(
        dequeue_timeout=LOOK,
        batch_size=width // 2,
        max_concurrent_tasks=width,
        shutdown_on_listener_failure=True,
        heartbeat_timeout=heartbeat,
    )
