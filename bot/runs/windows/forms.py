"""The windows of Smart Flows, opened by the listener from local rows only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.asking.form import (
    Form,
    FormRequest,
    MessageRef,
    MessageShortcut,
    Options,
    Shortcut,
    Submission,
)
from bot.asking.store import INPUT, SnapshotStore, put_snapshot
from bot.clock import Clock
from bot.codec import decode, dumps, loads
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.store import JobRow, JobStore
from bot.runs.core.command import StartFlow
from bot.runs.core.form_answers import AnswerValues
from bot.runs.core.watching import RunState
from bot.runs.core.xml_input import checked_xml, typed_text
from bot.runs.flows import Flows
from bot.runs.ids import RunAction, RunCallback, which_run
from bot.runs.intents import (
    AnswerRun,
    FillQuestion,
    FillRun,
    RenewFlows,
)
from bot.runs.model import USER_INPUT, Flow
from bot.runs.rendering import forms as run_forms
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering.words import flow_name
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.questions import KeptQuestion, QuestionStore
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.modals import Errors, View, loading_modal, problem_view
from bot.store.database import Database

TITLE = "Smart Flows"
START_TITLE = "Run a Smart Flow"
FILE_KEPT = "The file you gave is taken again, unless you add another input here."
UNKNOWN_QUESTION = "I no longer know that question. `/flow-run list waiting` shows others."
NOTHING = "That message has no text and no XML file, so there is nothing to run a flow with."


@dataclass(frozen=True, slots=True)
class GivenInput:
    """The input that a window for a run begins with: Slack's id of a file, or the key of a text.

    Or it is the vendor's id of what an earlier run was given: `data`.
    """

    file: str = ""
    kept: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """Which question a window answers, and the channel where it stands."""

    execution: str
    number: int
    channel: str


def question_about(execution: str, channel: str) -> str:
    """Return what the form of a question is about; the question stands in `channel`."""
    return f"{execution} {channel}"


def answer_key(asked: KeptQuestion) -> str:
    """Return the key under which a question is answered: whoever comes first has it."""
    return f"answer:{asked.execution_id}:{asked.number}"


class RunForms:
    """Opens modals and answers their pick lists, from local rows only. Raises UserError."""

    def __init__(
        self,
        database: Database,
        flows: Flows,
        executions: ExecutionStore,
        questions: QuestionStore,
        jobs: JobStore,
        clock: Clock,
    ) -> None:
        """Look things up in local stores only."""
        self._database = database
        self._flows = flows
        self._executions = executions
        self._questions = questions
        self._jobs = jobs
        self._inputs = SnapshotStore(database)
        self._clock = clock

    async def view(self, about: str) -> View | None:
        """Return the form of a run, with a flow chosen where one is named by its id.

        None where it shall go as another run, which only the vendor knows.
        """
        if which_run(about):
            return None
        return run_forms.run_modal(chosen=await self.flow(about))

    async def flow(self, flow_id: str) -> Flow | None:
        """Return a flow that is kept here, by its id."""
        return next((flow for flow in await self._flows.all() if flow.id == flow_id), None)

    def blank(self, flow: Flow | None, note: str) -> View:
        """Return the form of a run without input, with a word on why."""
        return run_forms.run_modal(chosen=flow, note=note)

    def filled_again(
        self, flow: Flow | None, given: GivenInput, xml: str, *, is_shown: bool = True
    ) -> View:
        """Return the form of a run with input; what is long, or not to be shown, is only named."""
        if is_shown and len(xml) <= LIMITS.plain_text_input:
            return run_forms.run_modal(metadata=dumps(GivenInput()), chosen=flow, xml=xml)
        named = f"as before, {len(xml):,} characters"
        return run_forms.run_modal(metadata=dumps(given), chosen=flow, given=named)

    async def view_with(self, message: MessageRef) -> View:
        """Return the form of a run with the XML file or the text of a message as its input."""
        file = next(filter(_is_xml, message.files), None)
        if file:
            metadata = dumps(GivenInput(file=file["id"]))
            given = f"the file {file.get('name') or 'of that message'}"
            return run_forms.run_modal(metadata=metadata, given=given)
        return await self._with_text(typed_text(message.text), message)

    async def flows(self, query: str) -> Options:
        """Return the options of the flow pick list for what was typed so far."""
        return run_forms.flow_options(await self._flows.all(), query)

    async def start(self, submission: Submission) -> FormRequest | Errors:
        """Return the start that is wanted.

        A file is read by the job, so the window stays open until it was checked.
        """
        form, metadata = run_forms.run_form(submission.values), submission.metadata
        if not isinstance(form, run_forms.RunForm):
            return form
        given = decode(GivenInput, loads(metadata))
        xml = form.xml.decode() if form.xml else await self._inputs.get(given.kept)
        file = form.file or ("" if xml else given.file)
        if not file:
            data = "" if xml else given.data
            return FormRequest(StartFlow(form.flow, xml, data=data), form.channel)
        return FormRequest(
            StartFlow(form.flow, file=file, view_id=submission.view_id),
            form.channel,
            next_view=loading_modal(START_TITLE),
            way_back=await self._with_file(file, form),
        )

    async def _with_file(self, file: str, form: run_forms.RunForm) -> View:
        """Return the form with a file that was given before; Slack lets none stand in it."""
        return run_forms.run_modal(
            metadata=dumps(GivenInput(file=file)),
            chosen=await self.flow(form.flow),
            note=FILE_KEPT,
            channel=form.channel,
        )

    async def answer_view(self, about: str) -> View | None:
        """Return the form of an execution's question, or say that it was answered.

        It is `question_about` the execution. None where the vendor has to be asked for it.
        """
        execution_id, _, channel = about.partition(" ")
        asked = await self._questions.latest(execution_id)
        tracked = await self._executions.get(execution_id)
        if asked is None or tracked is None:
            return None
        where = QuestionPlace(execution_id, asked.number, channel)
        return await self._question_view(tracked, asked, where)

    async def _question_view(
        self, tracked: RunState, asked: KeptQuestion, where: QuestionPlace
    ) -> View:
        taken = await self._jobs.by_key(answer_key(asked))
        if tracked.status != USER_INPUT or taken:
            message = run_questions.already_answered(tracked, by=_name(taken))
            return problem_view(TITLE, message)
        name = flow_name(tracked.flow)
        view = run_forms.answer_modal(asked.question, flow=name, metadata=dumps(where))
        if view is None:
            raise UserError("Only Smart Flows itself can ask this. Answer it there.")
        return view

    async def answer(self, submission: Submission) -> FormRequest | Errors:
        """Return the valid answer; whoever comes second is told who was first."""
        where = decode(QuestionPlace, loads(submission.metadata))
        asked = await self._questions.get(where.execution, where.number)
        if asked is None:
            raise UserError(UNKNOWN_QUESTION)
        found = run_forms.answer_form(asked.question, submission.values)
        if not isinstance(found, AnswerValues):
            return found
        answer = AnswerRun(asked.execution_id, asked.number, found.values)
        key = answer_key(asked)
        taken = partial(self._taken_view, asked.execution_id, key)
        return FormRequest(answer, where.channel, key=key, taken=taken)

    async def _taken_view(self, execution_id: str, key: str) -> View:
        tracked = await self._executions.get(execution_id)
        assert tracked is not None
        by = _name(await self._jobs.by_key(key))
        return problem_view(TITLE, run_questions.already_answered(tracked, by=by))

    async def _with_text(self, text: str, message: MessageRef) -> View:
        """Return the form with a text as its input; a long one is kept here meanwhile."""
        if not text:
            raise UserError(NOTHING)
        if len(text) <= LIMITS.plain_text_input:
            return run_forms.run_modal(xml=text)
        checked = checked_xml(text).decode()
        key = f"{INPUT}{message.ts}:{len(text)}"
        now = self._clock.now()
        await self._database.transaction(lambda tx: put_snapshot(tx, key, checked, now=now))
        given = f"the text of that message, {len(text):,} characters"
        return run_forms.run_modal(metadata=dumps(GivenInput(kept=key)), given=given)


def _name(job: JobRow | None) -> str:
    return str(job.arguments.get("user_name") or "") if job else ""


def _is_xml(file: Mapping[str, Any]) -> bool:
    name, kind = str(file.get("name", "")).casefold(), str(file.get("mimetype", ""))
    return name.endswith(".xml") or "xml" in kind.partition(";")[0].rpartition("/")[2]


RUN_FORM = Form(
    callback=RunCallback.RUN_FLOW,
    title=START_TITLE,
    service=RunForms,
    view=RunForms.view,
    fill=FillRun,
    submit=RunForms.start,
    needs=Right.RUN,
    lists={RunAction.FLOW_TO_RUN: RunForms.flows},
    renew=RenewFlows(),
    shortcut=Shortcut(START_TITLE, "Choose a flow and its input, and where to report"),
    message_shortcut=MessageShortcut(
        RunCallback.RUN_WITH_THIS,
        "Run a Flow with this",
        "Run a Smart Flow with the XML file or the text of this message",
        RunForms.view_with,
    ),
)
ANSWER_FORM = Form(
    callback=RunCallback.ANSWER_RUN,
    title=TITLE,
    service=RunForms,
    view=RunForms.answer_view,
    fill=FillQuestion,
    submit=RunForms.answer,
    needs=Right.RUN,
)
