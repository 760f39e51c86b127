"""Windows that only Smart Flows can fill: a question not kept here, and a run as another one."""

from typing import Any

from bot.asking.form_filling import filled
from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.runs.client.client import SmartFlows
from bot.runs.core.xml_input import LARGEST, XmlInputError, checked_xml
from bot.runs.ids import which_run
from bot.runs.intents import FillQuestion, FillRun
from bot.runs.model import USER_INPUT, Flow
from bot.runs.orders.documents import unless_gone
from bot.runs.rendering import questions as run_questions
from bot.runs.store.cards import CardStore
from bot.runs.store.executions import ExecutionStore, get_execution
from bot.runs.store.observations import note
from bot.runs.store.questions import KeptQuestion, put_question
from bot.runs.windows.forms import START_TITLE, TITLE, GivenInput, RunForms
from bot.slack.blocks.modals import View, problem_view
from bot.slack.client import Slack
from bot.store.database import Database, Transaction

GONE = "Smart Flows no longer has that run, so I can't tell what it was started with."


class FormFiller:
    """Raises nothing: what is wrong is said in the window."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        slack: Slack,
        database: Database,
        forms: RunForms,
        executions: ExecutionStore,
        cards: CardStore,
        clock: Clock,
    ) -> None:
        """Fill the windows of `forms`."""
        self._smartflows = smartflows
        self._slack = slack
        self._database = database
        self._forms = forms
        self._executions = executions
        self._cards = cards
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return Task(FillQuestion, self.fill_question), Task(FillRun, self.fill_run)

    async def fill_question(self, job: Job[FillQuestion]) -> Outcome:
        """Ask the vendor what a run asks, and show it."""
        view = self._question(job.details.typed)
        return await filled(job, self._slack, view, title=TITLE)

    async def fill_run(self, job: Job[FillRun]) -> Outcome:
        """Show the form of a run with the flow and the input of another."""
        view = self._run(which_run(job.details.typed), user=job.request.user)
        return await filled(job, self._slack, view, title=START_TITLE)

    async def _question(self, about: str) -> View:
        execution_id, _, _ = about.partition(" ")
        client, now = self._smartflows.client, self._clock.now()
        execution = await client.execution(execution_id)
        progress = await client.progress(execution_id)
        question = progress.question

        def write(tx: Transaction) -> None:
            note(tx, (execution, progress), now=now, ahead=client.vendor_clock.ahead())
            known = get_execution(tx, execution_id)
            if progress.status == USER_INPUT and question and known:
                asked = KeptQuestion(execution_id, max(1, known[1]), question)
                put_question(tx, asked, now=now)

        await self._database.transaction(write)
        tracked = await self._executions.get(execution_id)
        if tracked and progress.status != USER_INPUT:
            return problem_view(TITLE, run_questions.already_answered(tracked))
        view = await self._forms.answer_view(about)
        if view is None:
            raise UserError("Only Smart Flows itself can ask this. Answer it there.")
        return view

    async def _run(self, execution_id: str, *, user: str) -> View:
        client = self._smartflows.client
        execution = await unless_gone(client.execution(execution_id))
        tracked = await self._executions.get(execution_id)
        flow_id = (execution or tracked).flow.id if execution or tracked else ""  # type: ignore[union-attr]
        flow = await self._forms.flow(flow_id)
        if execution is None or flow is None or not execution.details:
            return self._forms.blank(flow, GONE if execution is None else "")
        card = await self._cards.get(execution_id)
        is_own = card is not None and card.user == user
        return await self._as_it_was(client, flow, execution.details.input_id, is_own=is_own)

    async def _as_it_was(
        self, client: SmartFlows, flow: Flow, data_id: str, *, is_own: bool
    ) -> View:
        """Return the form with that input: to be seen by whoever gave it, for others as it was."""
        if not data_id:
            return self._forms.blank(flow, "")
        try:
            content = await client.input_data(data_id, largest=LARGEST)
            xml = checked_xml(content).decode()
        except XmlInputError:
            note_it = "That run's input was no XML, so it can't be used again from here."
            return self._forms.blank(flow, note_it)
        except VendorError as error:
            if error.reason is not Reason.NOT_FOUND:
                raise
            return self._forms.blank(flow, "Smart Flows no longer has that run's input.")
        return self._forms.filled_again(flow, GivenInput(data=data_id), xml, is_shown=is_own)
