"""What would be done to runs, shown before it is done: a start, a cancel, an answer."""

from typing import Any

from bot.asking.store import INPUT, put_snapshot
from bot.clock import Clock
from bot.errors import UserError
from bot.http.connection import Connection
from bot.jobs.access import Decision, Right
from bot.jobs.outcome import Outcome, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import StartFlow
from bot.runs.core.form_answers import AnswerValues, answers
from bot.runs.core.given_answers import given_of
from bot.runs.core.watching import RunState
from bot.runs.core.xml_input import checked_xml
from bot.runs.flows import Flows
from bot.runs.intents import (
    AnswerRun,
    CancelExecution,
    EnteredBatch,
    ListFlows,
    ProposeAnswer,
    ProposeCancel,
    ProposeRun,
    StartBatch,
)
from bot.runs.model import USER_INPUT, Flow, VendorRef
from bot.runs.orders.runs import Runs
from bot.runs.rendering import proposals as words
from bot.runs.store.questions import KeptQuestion, QuestionStore
from bot.slack.messages import Answer, Message

EITHER = "Give inputs or xml, not both."
NEEDS_XML = "{flow} needs XML as its input. Give it as xml."
NOTHING_ASKED = "That run doesn't wait for an answer."
ELSEWHERE = "Only Smart Flows itself can ask this. Answer it there."


class RunProposals:
    """Raises UserError, PickError, DeniedError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        flows: Flows,
        runs: Runs,
        questions: QuestionStore,
        clock: Clock,
    ) -> None:
        """Find flows among `flows`, and executions as `runs` does."""
        self._smartflows = smartflows
        self._flows = flows
        self._runs = runs
        self._questions = questions
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (
            Task(ListFlows, self.flows),
            Task(ProposeRun, self.run),
            Task(ProposeCancel, self.cancel),
            Task(ProposeAnswer, self.answer),
        )

    async def flows(self, job: Job[ListFlows]) -> Outcome:
        """List all flows."""
        self._smartflows.check()
        await self._flows.tick()
        return _told(job, words.flow_list(await self._flows.all()))

    async def run(self, job: Job[ProposeRun]) -> Outcome:
        """Show what would be started; what a run that asks nobody is given is kept meanwhile."""
        wanted = job.details
        self._smartflows.check()
        flow = await self._flows.resolve(wanted.flow, surely=True)
        decision = _decided(job, Right.RUN, VendorRef(flow.id, flow.name))
        if wanted.values:
            return self._batch(job, flow, decision)
        if not wanted.xml and flow.input == "user":
            raise UserError(NEEDS_XML.format(flow=flow.name))
        xml = checked_xml(wanted.xml).decode() if wanted.xml else ""
        facts = (("Input", xml),) if xml else ()
        return _told(job, words.run_proposed(flow, facts, StartFlow(flow.id, xml), decision))

    def _batch(self, job: Job[ProposeRun], flow: Flow, decision: Decision) -> Outcome:
        wanted, key, now = job.details, f"{INPUT}{job.key}", self._clock.now()
        if wanted.xml:
            raise UserError(EITHER)
        entered = EnteredBatch(job.request.user, flow.id, wanted.values)
        shown = words.run_proposed(
            flow, words.value_facts(wanted.values), StartBatch(flow.id, key), decision
        )
        outgoing = reply(job, Answer(shown), private=True)
        return Outcome((outgoing,), (lambda tx: put_snapshot(tx, key, entered, now=now),))

    async def cancel(self, job: Job[ProposeCancel]) -> Outcome:
        """Show what would be cancelled."""
        found = await self._runs.resolve(job.details.execution)
        decision = _decided(job, Right.CANCEL, found.flow)
        if not found.alive:
            raise UserError(words.over(found))
        wanted = CancelExecution(found.id)
        return _told(job, words.cancel_proposed(found, wanted, decision, zone=job.asker.zone))

    async def answer(self, job: Job[ProposeAnswer]) -> Outcome:
        """Show what a run asks, or what it would be answered."""
        found = await self._runs.resolve(job.details.execution)
        decision = _decided(job, Right.RUN, found.flow)
        asked = await self._asked(found)
        given = given_of(asked.question, job.details.values)
        if not job.details.values:
            return _told(job, words.question_shown(found, asked.question))
        valid = answers(asked.question, given)
        if not isinstance(valid, AnswerValues):
            raise UserError(words.mistakes(asked.question, valid))
        wanted = AnswerRun(found.id, asked.number, valid.values)
        return _told(job, words.answer_proposed(found, asked.question, wanted, decision))

    async def _asked(self, found: RunState) -> KeptQuestion:
        """Return the open question of a run, asked for anew. Raises UserError for none."""
        progress = await self._smartflows.client.progress(found.id)
        if progress.status != USER_INPUT or progress.question is None:
            raise UserError(NOTHING_ASKED)
        if not progress.question.askable:
            raise UserError(ELSEWHERE)
        kept = await self._questions.latest(found.id)
        return KeptQuestion(found.id, kept.number if kept else 1, progress.question)


def _decided(job: Job[Intent], right: Right, about: VendorRef) -> Decision:
    """Return whether somebody else has to agree. Raises DeniedError where the asker may not."""
    decision = job.decided(right, thing=Thing(about.id, about.name))
    decision.enforce()
    return decision


def _told(job: Job[Intent], shown: Message) -> Outcome:
    return Outcome((reply(job, Answer(shown), private=True),))
