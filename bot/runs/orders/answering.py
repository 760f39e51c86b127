"""Answering the question of an execution: the first one to send an answer is the one."""

from bot.clock import Clock
from bot.errors import UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.outbox.editor import Editor
from bot.outbox.entries import OutgoingAnswer
from bot.runs.client.client import SmartFlows
from bot.runs.core.watching import Condition, RunState
from bot.runs.intents import AnswerRun
from bot.runs.model import USER_INPUT, Progress
from bot.runs.rendering import questions as run_questions
from bot.runs.store.cards import CardStore
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import note
from bot.runs.store.questions import answer_question
from bot.slack.blocks.problems import problem
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Transaction


class QuestionAnswerer:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        executions: ExecutionStore,
        cards: CardStore,
        editor: Editor,
        clock: Clock,
    ) -> None:
        """Answer with `smartflows`."""
        self._smartflows = smartflows
        self._executions = executions
        self._cards = cards
        self._editor = editor
        self._clock = clock

    async def answer(self, job: Job[AnswerRun]) -> Outcome:
        """Send an answer."""
        execution_id, number = job.details.execution, job.details.number
        tracked = await self._executions.get(execution_id)
        if tracked is None:
            raise UserError("I no longer know that run. `/flow-run list waiting` shows others.")
        client = self._smartflows.client
        try:
            progress = await client.answer(execution_id, job.details.values)
        except VendorError as error:
            return await self._refused(client, job, tracked, error)
        message = run_questions.answered(tracked, by=job.asker.name)
        return await self._answered(job, progress, message, number=number)

    async def _answered(
        self, job: Job[AnswerRun], progress: Progress, message: Message, *, number: int
    ) -> Outcome:
        now, user = self._clock.now(), job.request.user

        def write(tx: Transaction) -> None:
            answer_question(tx, progress.id, number, user=user)
            note(tx, (progress,), now=now)

        key = f"run:{progress.id}:{Condition.NEEDS_INPUT}:{number}"
        if (await self._editor.edit(key, message)).done:
            return Outcome(writes=(write,))
        return Outcome((await self._in_thread(job, progress.id, message),), (write,))

    async def _in_thread(
        self, job: Job[AnswerRun], execution_id: str, message: Message
    ) -> OutgoingAnswer:
        card = await self._cards.get(execution_id)
        if card is None:
            return reply(job, Answer(message))
        target = Target(channel=card.channel, user=job.request.user)
        return OutgoingAnswer(
            f"answer:{job.key}", target, Answer(message), parent_key=card.outbox_key
        )

    async def _refused(
        self, client: SmartFlows, job: Job[AnswerRun], tracked: RunState, error: VendorError
    ) -> Outcome:
        """Find out what became of an answer that the vendor did not confirm."""
        now = self._clock.now()
        try:
            progress = await client.progress(tracked.id)
        except VendorError:
            progress = None
        if progress is None or progress.status == USER_INPUT:
            told = reply(job, Answer(problem(error)), private=True)
            return Outcome((told,), error=str(error), comes_back=True)
        elsewhere = run_questions.already_answered(tracked)
        seen = progress

        def write(tx: Transaction) -> None:
            note(tx, (seen,), now=now)

        if error.uncertain:  # most likely it was our answer that came through
            message = run_questions.answered(tracked, by=job.asker.name)
            number = job.details.number
            return await self._answered(job, seen, message, number=number)
        return Outcome((reply(job, Answer(elsewhere), private=True),), (write,))
