"""What people ask of executions: how one is, which there are, to cancel, to be told, to wait."""

from dataclasses import replace
from datetime import datetime

from bot.asking.core.arguments import quoted
from bot.asking.core.finder import Choice, Finder
from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import CameTo, Outcome, Write, reply
from bot.jobs.request import Intent, Job
from bot.jobs.store import JobRow, JobStore, add_job, free_key, job_of
from bot.outbox.editor import Editor
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import LATEST, CancelRun, ShowRun
from bot.runs.core.history import usual
from bot.runs.core.watching import Condition, RunState, merge
from bot.runs.intents import (
    CancelExecution,
    CancelTooLate,
    FollowRun,
    KeepWaiting,
)
from bot.runs.model import Execution
from bot.runs.rendering import runs
from bot.runs.rendering.status import Status, run_status
from bot.runs.rendering.words import facts, flow_name
from bot.runs.store.cards import CardRow, CardStore, follow_card
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import Observation, note
from bot.runs.summaries.answers import about_flow
from bot.runs.vendor import Project
from bot.slack.blocks.problems import problem
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Transaction

LISTED = 100
CANDIDATES = 5
RUNS = Finder(noun="run", field="execution")


def cancel_key(execution_id: str) -> str:
    """Return the key under which an execution is cancelled: whoever comes first has it."""
    return f"cancel:{execution_id}"


class Runs:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        executions: ExecutionStore,
        cards: CardStore,
        jobs: JobStore,
        editor: Editor,
        project: Project,
        clock: Clock,
    ) -> None:
        """Ask `smartflows`."""
        self._smartflows = smartflows
        self._executions = executions
        self._cards = cards
        self._jobs = jobs
        self._editor = editor
        self._project = project
        self._clock = clock

    async def show(self, job: Job[ShowRun]) -> Outcome:
        """Show one execution in detail."""
        zone = job.asker.zone
        tracked = await self.resolve(job.details.execution)
        seen: Execution | None = None
        if tracked.alive or not tracked.gone:
            seen = await self._look(tracked.id)
        now = self._clock.now()
        latest = merge(tracked, seen, now, self._project.ahead()) if seen else tracked
        card = await self._cards.get(tracked.id)
        by_vendor = seen.created_by.name if seen else ""
        status = Status(
            execution=latest,
            now=now,
            zone=zone,
            started_by=card.user_name if card else by_vendor,
            usual=usual(await self._executions.durations(latest.flow.id)),
            details=seen.details if seen else None,
            panel_url=await self._project.panel_url(),
        )
        writes: tuple[Write, ...] = (lambda tx: self._note(tx, seen, now),) if seen and card else ()
        about = about_flow(tracked.flow, now=now, zone=zone)
        outgoing = reply(job, run_status(status), private=job.is_private, question=about)
        return Outcome((outgoing,), writes)

    async def ask_cancel(self, job: Job[CancelRun]) -> Outcome:
        """Accept a cancel that was typed."""
        request = job.request
        tracked = await self.resolve(job.details.execution)
        wanted = request.turned_into(CancelExecution(tracked.id))
        now, queue = self._clock.now(), self._jobs.queue

        def write(tx: Transaction) -> None:
            key = cancel_key(tracked.id)
            if not add_job(tx, key=key, wanted=wanted, now=now, queue=queue):
                late = Answer(_taken(tracked, job_of(tx, key)))
                tell(tx, reply(job, late, private=True), now=now, queue=queue)

        return Outcome(writes=(write,))

    async def cancel(self, job: Job[CancelExecution]) -> Outcome:
        """Cancel an execution."""
        tracked = await self.resolve(job.details.execution)
        if not tracked.alive:
            too_late = _privately(job, runs.cancel_too_late(tracked))
            return replace(too_late, came_to=CameTo.NOTHING)
        try:
            progress = await self._smartflows.client.cancel(tracked.id)
        except VendorError as error:
            return await self._not_cancelled(job, tracked, error)
        now = self._clock.now()
        message = runs.cancel_asked(tracked, by=job.asker.name)
        outgoing = self._publicly(job, await self._cards.get(tracked.id), message)
        return Outcome((outgoing,), (lambda tx: self._note(tx, progress, now),))

    async def cancel_too_late(self, job: Job[CancelTooLate]) -> Outcome:
        """Tell the second of two who pressed Cancel."""
        execution_id = job.details.execution
        tracked = await self.resolve(execution_id)
        first = await self._jobs.by_key(cancel_key(execution_id))
        return _privately(job, _taken(tracked, first))

    async def follow(self, job: Job[FollowRun]) -> Outcome:
        """Tell somebody of the end as well."""
        request = job.request
        tracked = await self.resolve(job.details.execution)
        if not tracked.alive:
            return _privately(job, runs.ended_already(tracked))
        if await self._cards.get(tracked.id) is None:
            return _privately(job, runs.has_no_thread(tracked))
        outgoing = reply(job, Answer(runs.watches_for(tracked)), private=True)

        def write(tx: Transaction) -> None:
            follow_card(tx, tracked.id, request.user)

        return Outcome((outgoing,), (write,))

    async def keep_waiting(self, job: Job[KeepWaiting]) -> Outcome:
        """Take the question whether to wait away."""
        tracked = await self.resolve(job.details.execution)
        message = runs.keeps_waiting(tracked, by=job.asker.name)
        await self._editor.edit(f"run:{tracked.id}:{Condition.STUCK}:1", message)
        return Outcome()

    async def _not_cancelled(
        self, job: Job[Intent], tracked: RunState, error: VendorError
    ) -> Outcome:
        """Say why nothing was cancelled; the next who presses is the first again."""
        now = self._clock.now()
        if error.reason is Reason.NOT_FOUND:
            raise error
        try:
            progress = await self._smartflows.client.progress(tracked.id)
        except VendorError:
            return _came_to_nothing(job, error)
        if progress.ended:
            latest = merge(tracked, progress, now)
            outgoing = reply(job, Answer(runs.cancel_too_late(latest)), private=True)
            noted: Write = lambda tx: self._note(tx, progress, now)  # noqa: E731
            return Outcome((outgoing,), (noted,), came_to=CameTo.NOTHING)
        return _came_to_nothing(job, error)

    def _publicly(self, job: Job[Intent], card: CardRow | None, message: Message) -> OutgoingAnswer:
        """Say it in the run's thread where it has one."""
        if card is None:
            return reply(job, Answer(message))
        target = Target(channel=card.channel, user=job.request.user)
        key = f"answer:{job.key}:{job.id}"
        return OutgoingAnswer(key, target, Answer(message), parent_key=card.outbox_key)

    def _note(self, tx: Transaction, seen: Observation, now: datetime) -> None:
        note(tx, (seen,), now=now, ahead=self._project.ahead())

    async def resolve(self, typed: str) -> RunState:
        """Return the execution of an id or a unique beginning of one, ours or the vendor's."""
        found = await self._executions.beginning(typed, limit=CANDIDATES)
        if not found and self._smartflows.is_on:
            now = self._clock.now()
            found = [merge(None, one, now) for one in await self._at_vendor(typed)]
        exact = [one for one in found if one.id == typed] or found
        if exact:
            choices = [Choice(one.id, flow_name(one.flow), facts(one)) for one in exact]
            chosen = RUNS.one_of(typed, choices)
            return next(one for one in exact if one.id == chosen.id)
        self._smartflows.check()
        error = UserError(f"I can't find a run whose id begins with {quoted(typed)}.")
        error.ways = (LATEST,)
        raise error

    async def _at_vendor(self, typed: str) -> list[Execution]:
        page = await self._smartflows.client.executions(size=LISTED)
        wanted = typed.lower()
        found = [one for one in page.rows if one.id.lower().startswith(wanted)]
        if found:
            return found
        exact = await self._look(typed)
        return [exact] if exact else []

    async def _look(self, execution_id: str) -> Execution | None:
        try:
            return await self._smartflows.client.execution(execution_id)
        except VendorError as error:
            if error.reason in {Reason.NOT_FOUND, Reason.REJECTED}:
                return None
            raise


def _privately(job: Job[Intent], message: Message) -> Outcome:
    return Outcome((reply(job, Answer(message), private=True),))


def _taken(tracked: RunState, first: JobRow | None) -> Message:
    """Return who was first; an execution that ended meanwhile says so instead."""
    if not tracked.alive or first is None:
        return runs.cancel_too_late(tracked)
    return runs.cancel_taken(tracked, by=str(first.arguments.get("user_name") or "somebody"))


def _refusal(job: Job[Intent], error: VendorError) -> OutgoingAnswer:
    return reply(job, Answer(problem(error)), private=True)


def _came_to_nothing(job: Job[Intent], error: VendorError) -> Outcome:
    """Return why nothing was cancelled, so that whoever presses next is the first again."""
    freed: Write = lambda tx: free_key(tx, job)  # noqa: E731
    return Outcome((_refusal(job, error),), (freed,), came_to=CameTo.FAILED)
