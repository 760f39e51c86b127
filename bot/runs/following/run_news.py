"""What is told of one execution in the thread of its card: questions, delays, and the end."""

from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from bot.jobs.access import may_tell
from bot.jobs.admission import next_try
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.jobs.store import add_job
from bot.outbox.entries import Entry, OutgoingAnswer, State
from bot.outbox.store import OutboxStore
from bot.runs.client.client import SmartFlows
from bot.runs.core.history import usual
from bot.runs.core.user_input import UserInput
from bot.runs.core.watching import Condition, RunState
from bot.runs.intents import RemindOfQuestion, TellCard
from bot.runs.model import USER_INPUT, WARNING, Details
from bot.runs.orders.documents import Documents, unless_gone
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering import runs
from bot.runs.store.cards import CardRow, CardStore
from bot.runs.store.deadlines import begin_deadline_if_any
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import Observations
from bot.runs.store.questions import KeptQuestion, QuestionStore, put_question
from bot.runs.vendor import Project
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Reach
from bot.store.database import Transaction

REMIND_AFTER = timedelta(hours=1)
PATIENCE = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=8), timedelta(hours=1))
"""The pauses after which a vendor in trouble is asked again; then the end is told without more."""


class RunTeller:
    """Carries out the jobs that a look at an execution left."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        executions: ExecutionStore,
        cards: CardStore,
        questions: QuestionStore,
        outbox: OutboxStore,
        observations: Observations,
        documents: Documents,
        project: Project,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Ask `smartflows` for what a look leaves out, and `directory` who reads a thread."""
        self._smartflows = smartflows
        self._executions = executions
        self._cards = cards
        self._questions = questions
        self._outbox = outbox
        self._observations = observations
        self._documents = documents
        self._project = project
        self._directory = directory
        self._clock = clock

    async def tell(self, job: Job[TellCard]) -> Outcome:
        """Tell one thing."""
        tracked = await self._executions.get(job.details.execution)
        card = await self._cards.get(job.details.execution)
        if tracked is None or card is None or not self._smartflows.is_on:
            return Outcome()
        await self._check_readers(job, card)
        condition = job.details.condition
        try:
            if condition is Condition.STUCK:
                return await self._stuck(job, tracked, card)
            if condition is Condition.NEEDS_INPUT:
                return await self._asks(self._smartflows.client, job, tracked, card)
            return await self._ended(self._smartflows.client, job, tracked, card)
        except VendorError as error:
            if job.attempts > len(PATIENCE) or error.reason is Reason.AUTH:
                return await self._plainly(job, tracked, card)
            return Outcome(again_at=self._clock.now() + PATIENCE[job.attempts - 1])

    async def remind(self, job: Job[RemindOfQuestion]) -> Outcome:
        """Remind once of a question that is still open."""
        execution_id, number = job.details.execution, job.details.number
        tracked = await self._executions.get(execution_id)
        card = await self._cards.get(execution_id)
        asked = await self._questions.get(execution_id, number)
        if tracked is None or card is None or asked is None or not await self.is_open(asked):
            return Outcome()
        await self._check_readers(job, card)
        message = run_questions.reminder(
            tracked,
            asked.question,
            waited=REMIND_AFTER,
            panel_url=await self._project.panel_url(),
            mentions=card.user,
        )
        return Outcome((await self.in_thread(job.key, card, message),))

    async def is_open(self, asked: KeptQuestion) -> bool:
        """Return whether the question still waits, as far as the vendor can be asked."""
        tracked = await self._executions.get(asked.execution_id)
        if asked.answered_by or tracked is None or tracked.status != USER_INPUT:
            return False
        if await self._questions.get(asked.execution_id, asked.number + 1):
            return False
        try:
            progress = await self._smartflows.client.progress(asked.execution_id)
        except VendorError as error:
            return error.reason is not Reason.NOT_FOUND
        await self._observations.record([progress])
        return progress.status == USER_INPUT

    async def _stuck(self, job: Job[TellCard], tracked: RunState, card: CardRow) -> Outcome:
        known = usual(await self._executions.durations(tracked.flow.id))
        if not tracked.alive or known is None or tracked.created_at is None:
            return Outcome()
        message = runs.stuck_note(
            tracked,
            elapsed=self._project.now() - tracked.created_at,
            usual=known,
            mentions=card.user,
        )
        return Outcome((await self.in_thread(job.key, card, message),))

    async def _asks(
        self, client: SmartFlows, job: Job[TellCard], tracked: RunState, card: CardRow
    ) -> Outcome:
        progress = await client.progress(tracked.id)
        if progress.status != tracked.status:  # it went on before anybody was asked
            await self._observations.record([progress])
            return Outcome()
        panel_url = await self._project.panel_url()
        if progress.status != USER_INPUT:
            details = (await client.execution(tracked.id)).details or Details()
            message = run_questions.waiting_for(
                tracked, details.waiting_for, panel_url=panel_url, mentions=card.user
            )
            return Outcome((await self.in_thread(job.key, card, message),))
        message = run_questions.question_posted(
            tracked, progress.question, panel_url=panel_url, mentions=card.user
        )
        outgoing = await self.in_thread(job.key, card, message)
        number, now = job.details.number, self._clock.now()
        write = keeping(tracked.id, number, progress.question, now=now)
        return Outcome((outgoing,), (write,))

    async def _ended(
        self, client: SmartFlows, job: Job[TellCard], tracked: RunState, card: CardRow
    ) -> Outcome:
        execution = await unless_gone(client.execution(tracked.id))
        progress = await unless_gone(client.progress(tracked.id))
        details = (execution.details if execution else None) or Details()
        panel_url = await self._project.panel_url()
        offers, missing = await self._documents.offers(
            await self._documents.produced(execution, progress), panel_url=panel_url
        )
        message = runs.ended_reply(
            tracked,
            mentions=card.user,
            also=card.followers,
            warnings=(*details.warnings, *map(runs.not_to_be_had, missing)),
            reason=runs.reason_of(tracked, details) if tracked.status != WARNING else "",
            documents=len(offers),
        )
        outgoing = await self.in_thread(job.key, card, Answer(message, files=offers))
        return Outcome((outgoing,))

    async def _plainly(self, job: Job[TellCard], tracked: RunState, card: CardRow) -> Outcome:
        """Tell what is known without the vendor, when that has been in trouble for too long."""
        if tracked.alive:
            message = run_questions.waiting_for(
                tracked, "", panel_url=await self._project.panel_url(), mentions=card.user
            )
        else:
            reason = runs.reason_of(tracked, Details())
            message = runs.ended_reply(
                tracked, mentions=card.user, also=card.followers, reason=reason
            )
        return Outcome((await self.in_thread(job.key, card, message),))

    async def _check_readers(self, job: Job[Any], card: CardRow) -> None:
        """Raise NotKnownYetError while Slack may still tell who reads the card's thread."""
        decision = may_tell(await self._directory.place(card.channel))
        now = self._clock.now()
        if decision.again_at and next_try(job, decision.again_at, now=now):
            decision.enforce()

    async def in_thread(self, key: str, card: CardRow, said: Message | Answer) -> OutgoingAnswer:
        """Address words to the card's thread; to whoever started it where there is none.

        And where others read along, or nobody knows whether they do.
        """
        answer = said if isinstance(said, Answer) else Answer(said)
        parent = await self._outbox.by_key(card.outbox_key)
        place = await self._directory.place(card.channel)
        if _has_thread(parent) and place.reach is Reach.INTERNAL:
            target = Target(channel=card.channel, user=card.user)
            return OutgoingAnswer(key, target, answer, parent_key=card.outbox_key)
        about = parent.question if parent else {}
        return OutgoingAnswer(key, Target(channel=card.user, user=card.user), answer, about)


def keeping(execution_id: str, number: int, question: UserInput | None, *, now: datetime) -> Write:
    """Return the write that keeps a question, with the job that reminds of it."""

    def write(tx: Transaction) -> None:
        put_question(tx, KeptQuestion(execution_id, number, question or UserInput()), now=now)
        add_job(
            tx,
            key=f"run:{execution_id}:reminder:{number}",
            wanted=RemindOfQuestion(execution_id, number),
            now=now,
            at=now + REMIND_AFTER,
        )
        begin_deadline_if_any(tx, execution_id, number, now=now)

    return write


def _has_thread(parent: Entry | None) -> bool:
    return parent is not None and parent.state not in {State.FAILED, State.SKIPPED}
