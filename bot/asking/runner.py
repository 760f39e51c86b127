"""How a job is carried out, whichever engine took it.

A job that was accepted is finished, also after a crash; one that keeps killing its process is given
up with a word to the asker. What a job brought forth is kept until it can be written down, unless
somebody else has taken the job over in the meantime.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot import log, metrics
from bot.asking.allowed import AllowedButtons
from bot.asking.core.finder import PickError
from bot.asking.elsewhere import with_word
from bot.asking.picking import picked, with_choice
from bot.asking.rendering.failures import failure
from bot.asking.waiting import WaitingWords, instead_of_waiting
from bot.asking.way_back import WayBack
from bot.clock import Clock
from bot.errors import BotError, DeniedError, NotKnownYetError, VendorError
from bot.jobs.admission import next_try
from bot.jobs.audit import audited
from bot.jobs.deeds import Deed, decided, with_thing
from bot.jobs.outcome import CameTo, Outcome, Write, reply
from bot.jobs.policy import AccessRule
from bot.jobs.request import Intent, Job
from bot.jobs.store import (
    JobRow,
    JobStore,
    TakenOverError,
    add_job,
    finish_job,
    free_key,
    retry_job,
)
from bot.jobs.tasks import Tasks
from bot.jobs.trail.store import add_audit
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.blocks import problems
from bot.slack.messages import Answer
from bot.store.database import Database, Transaction
from bot.store.persisting import persist

LONGEST_SECONDS = 300
MOST_CRASHES = 5
"""A job of which the process died this often is not begun again."""


Admit = Callable[[Job[Intent]], Awaitable[Job[Intent]]]
AskSecond = Callable[[Job[Intent], AccessRule, Deed[Any]], Awaitable[Outcome]]
AtHome = Callable[[Job[Intent], Outcome], Outcome]


def elsewhere(job: Job[Intent], outcome: Outcome) -> Outcome:
    """Return what a job brought forth as it is, where there is no Home tab."""
    del job
    return outcome


class JobRunner:
    """Carries out the jobs of one workspace."""

    def __init__(
        self,
        database: Database,
        jobs: JobStore,
        tasks: Tasks,
        clock: Clock,
        *,
        admitted: Admit,
        wake: Callable[[], None],
        waiting: WaitingWords,
        way_back: WayBack | None = None,
        allowed: AllowedButtons | None = None,
        at_home: AtHome = elsewhere,
        second: AskSecond | None = None,
    ) -> None:
        """`admitted` lets a job in, or raises why not.

        `wake` is called when a job left something in the outbox, `waiting` tells of long ones,
        `way_back` offers forms again of which nothing came, `allowed` takes away what the asker may
        not press, `at_home` shows in the Home tab what came of what was done there, `second` asks
        for a second person.
        """
        self._database = database
        self._jobs = jobs
        self._tasks = tasks
        self._clock = clock
        self._admitted = admitted
        self._wake = wake
        self._waiting = waiting
        self._way_back = way_back
        self._allowed = allowed
        self._at_home = at_home
        self._second = second

    @property
    def once(self) -> tuple[str, ...]:
        """The names of the work that must not look untouched once it was begun."""
        return self._tasks.once

    async def carry_out(self, row: JobRow) -> None:
        """Do a job that was taken, and write down what came of it; put it back if cancelled."""
        with log.about(request_id=row.request_id or log.id_of(row.key)):
            await self._carried_out(row)

    async def _carried_out(self, row: JobRow) -> None:
        job = self._tasks.job(row)
        try:
            outcome = await self._carry_out(job)
        except asyncio.CancelledError:
            await self._jobs.release(row, begun=job.details.once)
            raise
        if self._way_back:
            outcome = await self._way_back.offered(job, outcome)
        try:
            await self._keep(
                row, job, self._at_home(job, with_choice(job, with_word(job, outcome)))
            )
        except TakenOverError:
            metrics.FENCED.add("job")
            log.get().warning("job_was_taken_over", job=row.name, key=row.key)
            return
        self._wake()

    async def _keep(self, row: JobRow, job: Job[Intent], outcome: Outcome) -> None:
        """Write down what a job brought forth; where a bug prevents that, that it failed."""
        try:
            await self._persist(row, job, outcome)
        except TakenOverError:
            raise
        except Exception as error:  # noqa: BLE001  # a bug in a write, told by its reference
            await self._persist(row, job, self._with_audit(job, await self._broke(job, error)))

    async def _persist(self, row: JobRow, job: Job[Intent], outcome: Outcome) -> None:
        await persist(
            self._database,
            lambda tx: self._record(tx, row, job, outcome),
            self._clock,
            what=row.key,
        )
        metrics.JOBS.add(job.name, outcome.word)
        log.get().info("job_ended", job=job.name, outcome=outcome.word, attempts=job.attempts)

    async def _carry_out(self, job: Job[Intent]) -> Outcome:
        try:
            _check_crashes(job)
            async with asyncio.timeout(LONGEST_SECONDS):
                job = await self._admitted(job)
                job, asked = await self._checked(job)
                async with self._waiting.during(job):
                    outcome = asked or await self._tasks.carry_out(job)
            outcome = self._allowed.of(job, outcome) if self._allowed else outcome
        except BotError as error:
            outcome = await self._instead(job, error)
        except Exception as error:  # noqa: BLE001  # a bug, told to the asker by its reference
            outcome = await self._broke(job, error)
        return self._with_audit(job, outcome)

    async def _checked(self, job: Job[Intent]) -> tuple[Job[Intent], Outcome | None]:
        """Return a job with what it is done to, if its asker may do it to that.

        Where somebody else has to agree first, that they are asked comes of it.
        """
        deed = self._tasks.deed(job.name)
        if deed is None or not job.request.user:
            return job, None
        job = await with_thing(job, deed)
        decision = decided(job)
        decision.enforce()
        if not (decision.second and deed.words and self._second) or job.request.agreed_by:
            return job, None
        return job, await self._second(job, decision.second, deed)

    def _with_audit(self, job: Job[Intent], outcome: Outcome) -> Outcome:
        """Return what a job brought forth, with a row that says so."""
        row = audited(job, outcome, self._tasks.deed(job.name), self._clock.now())
        if row is None:
            return outcome
        return replace(outcome, writes=(*outcome.writes, lambda tx: add_audit(tx, row)))

    async def _instead(self, job: Job[Intent], error: BotError) -> Outcome:
        """Return what comes of a job that was not carried out."""
        if isinstance(error, NotKnownYetError):
            again_at = next_try(job, error.again_at, now=self._clock.now())
            if again_at:
                return Outcome(again_at=again_at, begun=False)
        if job.request.user and isinstance(error, PickError):
            return _several(job, error)
        log.get().info("job_refused", job=job.name, key=job.key, error=_logged(error))
        if not job.request.user:
            return await self._failed(job, error)
        if isinstance(error, DeniedError):
            return _denied(job, error)
        return _apology(job, Answer(failure(error, job.request)), str(error))

    async def _broke(self, job: Job[Intent], error: Exception) -> Outcome:
        """Return the words for a bug: its reference leads to the log."""
        with log.reference() as reference:
            log.get().exception("job_broke", job=job.name, key=job.key, exc_info=error)
        message = problems.bug(reference, may_be_done=self._tasks.deed(job.name) is not None)
        if not job.request.user:
            return await self._failed(job, BotError(f"{message.text}."))
        return _apology(job, Answer(message), type(error).__name__)

    async def _failed(self, job: Job[Intent], error: BotError) -> Outcome:
        """Return what comes of a failed job that nobody asked for in person, such as a digest."""
        try:
            return await self._tasks.failed(job, error)
        except Exception as second:  # noqa: BLE001  # the job must end all the same
            log.get().exception("failure_not_told", job=job.name, key=job.key)
            return Outcome(error=f"{error}; {type(second).__name__}")

    def _record(self, tx: Transaction, row: JobRow, job: Job[Intent], outcome: Outcome) -> None:
        """Write everything a job brought forth, and its end, in one transaction."""
        now = self._clock.now()
        for write in outcome.writes:
            write(tx)
        for outgoing in self._told(tx, job, outcome):
            tell(tx, outgoing, queue=self._jobs.queue, now=now)
        if outcome.again_at:
            retry_job(tx, row, at=outcome.again_at, begun=outcome.begun)
            return
        for new in outcome.jobs:
            add_job(tx, key=new.key, wanted=new.wanted, now=now, queue=self._jobs.queue)
        finish_job(tx, row, now=now, error=outcome.error)

    def _told(
        self, tx: Transaction, job: Job[Intent], outcome: Outcome
    ) -> tuple[OutgoingAnswer, ...]:
        """Return what is told in Slack; what somebody waits for outside of it is kept for them."""
        if not job.request.call:
            return instead_of_waiting(tx, job, outcome)
        from bot.jobs.calls.diverting import diverted  # noqa: PLC0415  # only where it is on

        changes = self._tasks.deed(job.name) is not None
        return diverted(tx, job, outcome, changes=changes, now=self._clock.now())


def _logged(error: BotError) -> str:
    """Return what may be logged of a failure: a sentence for a person may quote what was typed."""
    return str(error) if isinstance(error, VendorError) else type(error).__name__


def _check_crashes(job: Job[Intent]) -> None:
    if job.crashes >= MOST_CRASHES:
        raise RuntimeError("the process died of it too often")


def _denied(job: Job[Intent], error: DeniedError) -> Outcome:
    """Return why somebody may not; who comes next under the same key may be one who may."""
    told = reply(_where_asked(job), Answer(failure(error, job.request)), private=True)
    once = replace(told, key=f"{told.key}:denied:{job.request.user}")
    freed: Write = lambda tx: free_key(tx, job)  # noqa: E731
    return Outcome(
        (once,),
        (freed,),
        error=str(error),
        comes_back=True,
        came_to=CameTo.DENIED,
        reason=str(error),
    )


def _several(job: Job[Intent], several: PickError) -> Outcome:
    """Return the pick list; in words where no button holds it."""
    try:
        return replace(picked(job, several), came_to=CameTo.NOTHING)
    except PickError:
        return _apology(job, Answer(problems.problem(several)), str(several))


def _apology(job: Job[Intent], answer: Answer, error: str) -> Outcome:
    """Return the words for a failure."""
    told = reply(_where_asked(job), answer, private=True)
    return Outcome((told,), error=error, comes_back=True)


def _where_asked(job: Job[Intent]) -> Job[Intent]:
    """Return a job as if it was wanted where its form was opened: nothing went elsewhere."""
    return replace(job, request=job.request.where_asked())
