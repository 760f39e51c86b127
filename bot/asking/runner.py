"""The in-process runner that carries out jobs.

A job that was accepted is finished, also after a crash: what a dead process left running is queued
again by the next leader, and a job that keeps killing its process is given up with a word to the
asker.
"""

import asyncio
import secrets
from collections.abc import Callable

from bot import log
from bot.asking.core.finder import PickError
from bot.asking.picking import picked
from bot.clock import Clock
from bot.errors import BotError, VendorError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Intent, Job
from bot.jobs.store import JobRow, JobStore, add_job, finish_job, retry_job
from bot.jobs.tasks import Tasks
from bot.outbox.store import tell
from bot.slack.blocks import problems
from bot.slack.messages import Answer
from bot.store.database import Database, Transaction
from bot.worker import GRACE_SECONDS, Batch, Worker

WIDTH = 8
LONGEST_SECONDS = 300
MOST_ATTEMPTS = 5
"""A job that was begun this often and never ended takes the process down with it."""


class JobRunner:
    """Carries out the jobs of one queue."""

    def __init__(
        self,
        database: Database,
        jobs: JobStore,
        tasks: Tasks,
        clock: Clock,
        *,
        told: Callable[[], None],
        grace: float = GRACE_SECONDS,
    ) -> None:
        """`told` is called when a job left something in the outbox; `grace` is as of a worker."""
        self._database = database
        self._jobs = jobs
        self._tasks = tasks
        self._clock = clock
        self._told = told
        self.worker = Worker("jobs", self._take, width=WIDTH, grace=grace)

    async def recover(self) -> None:
        """Queue again what a dead process left running."""
        await self._jobs.reclaim()
        self.worker.wake()

    async def _take(self, free: int) -> Batch:
        rows = await self._jobs.claim(now=self._clock.now(), limit=free)
        return Batch([self._run(row) for row in rows])

    async def _run(self, row: JobRow) -> None:
        job = self._tasks.job(row)
        try:
            outcome = await self._carry_out(job)
        except asyncio.CancelledError:
            await self._jobs.release(row, begun=job.details.once)
            raise
        await self._database.transaction(lambda tx: self._record(tx, row, outcome))
        self._told()

    async def _carry_out(self, job: Job[Intent]) -> Outcome:
        try:
            _check_attempts(job)
            async with asyncio.timeout(LONGEST_SECONDS):
                return await self._tasks.carry_out(job)
        except PickError as several:
            return _several(job, several)
        except BotError as error:
            log.get().info("job_refused", job=job.name, key=job.key, error=_logged(error))
            return _apology(job, Answer(problems.problem(error)), str(error))
        except Exception as error:  # noqa: BLE001  # a bug, told to the asker by its reference
            reference = secrets.token_hex(4)
            log.get().exception("job_broke", job=job.name, key=job.key, reference=reference)
            return _apology(job, Answer(problems.bug(reference)), type(error).__name__)

    def _record(self, tx: Transaction, row: JobRow, outcome: Outcome) -> None:
        """Write everything a job brought forth, and its end, in one transaction."""
        now = self._clock.now()
        for write in outcome.writes:
            write(tx)
        for telling in outcome.tellings:
            tell(tx, telling, queue=self._jobs.queue, now=now)
        if outcome.again_at:
            retry_job(tx, row, at=outcome.again_at)
            return
        for new in outcome.jobs:
            add_job(tx, key=new.key, wanted=new.wanted, now=now, queue=self._jobs.queue)
        finish_job(tx, row, now=now, error=outcome.error)


def _logged(error: BotError) -> str:
    """Return what may be logged of a failure: a sentence for a person may quote what was typed."""
    return str(error) if isinstance(error, VendorError) else type(error).__name__


def _check_attempts(job: Job[Intent]) -> None:
    if job.attempts > MOST_ATTEMPTS:
        raise RuntimeError("begun too often")


def _several(job: Job[Intent], several: PickError) -> Outcome:
    """Return the pick list; in words where nobody could pick or no button holds it."""
    try:
        return picked(job, several) if job.request.user else Outcome(error=str(several))
    except PickError:
        return _apology(job, Answer(problems.problem(several)), str(several))


def _apology(job: Job[Intent], answer: Answer, error: str) -> Outcome:
    """Return the words for a failure; a digest has its own way of telling."""
    if not job.request.user:
        return Outcome(error=error)
    return Outcome((reply(job, answer, private=True),), error=error)
