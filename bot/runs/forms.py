"""The windows of Smart Flows, opened by the listener from local rows only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.asking.rendering import forms
from bot.asking.store import INPUT, SnapshotStore, put_snapshot
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.store import JobRow, JobStore
from bot.runs.core.command import StartFlow
from bot.runs.core.form_answers import AnswerValues
from bot.runs.core.xml_input import checked_xml, typed_text
from bot.runs.flows import Flows
from bot.runs.intents import AnswerRun
from bot.runs.model import USER_INPUT
from bot.runs.rendering import forms as run_forms
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering.words import flow_name
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.questions import KeptQuestion, QuestionStore
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.inputs import Values
from bot.slack.blocks.modals import Errors
from bot.slack.client import Slack
from bot.store.database import Database

TITLE = "Smart Flows"
NOTHING = "That message has no text and no XML file, so there is nothing to run a flow with."


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """A submitted answer: the key that only the first one gets, and where the question stands."""

    key: str
    channel: str
    answer: AnswerRun


def answer_key(asked: KeptQuestion) -> str:
    """Return the key under which a question is answered: whoever comes first has it."""
    return f"answer:{asked.execution_id}:{asked.number}"


class RunForms:
    """Opens modals and answers their pick lists. Raises UserError and SlackError."""

    def __init__(
        self,
        slack: Slack,
        database: Database,
        flows: Flows,
        executions: ExecutionStore,
        questions: QuestionStore,
        jobs: JobStore,
        clock: Clock,
    ) -> None:
        """Look things up in local stores only."""
        self._slack = slack
        self._database = database
        self._flows = flows
        self._executions = executions
        self._questions = questions
        self._jobs = jobs
        self._inputs = SnapshotStore(database)
        self._clock = clock

    async def open_run(self, trigger_id: str, *, flow_id: str = "") -> None:
        """Open the form of a run, with a flow chosen where one is named."""
        known = {flow.id: flow for flow in await self._flows.all()}
        await self._open(trigger_id, run_forms.run_modal(chosen=known.get(flow_id)))

    async def open_run_with(self, trigger_id: str, message: Mapping[str, Any]) -> None:
        """Open the form of a run with the XML file or the text of a message as its input."""
        file = next(filter(_is_xml, message.get("files") or ()), None)
        if file:
            metadata = json.dumps({"file": file["id"]})
            given = f"the file {file.get('name') or 'of that message'}"
            view = run_forms.run_modal(metadata=metadata, given=given)
        else:
            view = await self._with_text(typed_text(message.get("text") or ""), message)
        await self._open(trigger_id, view)

    async def options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the flow pick list for what was typed so far."""
        return run_forms.flow_options(await self._flows.all(), query)

    async def start_of(self, form: run_forms.RunForm, metadata: str) -> StartFlow:
        """Return the start of what the form says."""
        kept = json.loads(metadata) if metadata else {}
        xml = form.xml.decode() if form.xml else await self._inputs.get(kept.get("kept", ""))
        file = form.file.id if form.file else kept.get("file", "")
        return StartFlow(form.flow, xml, file)

    async def open_answer(self, trigger_id: str, execution_id: str, *, channel: str) -> None:
        """Open the form of an execution's question, or say that it was answered.

        `channel` is where the question stands.
        """
        tracked = await self._executions.get(execution_id)
        asked = await self._questions.latest(execution_id)
        if tracked is None or asked is None:
            raise UserError("I no longer know that question. `/flow-run list waiting` shows more.")
        taken = await self._jobs.by_key(answer_key(asked))
        if tracked.status != USER_INPUT or taken:
            message = run_questions.already_answered(tracked, by=_name(taken))
            await self._open(trigger_id, forms.problem_view(TITLE, message))
            return
        metadata = json.dumps(
            {"execution": execution_id, "number": asked.number, "channel": channel}
        )
        view = run_forms.answer_modal(
            asked.question, flow=flow_name(tracked.flow), metadata=metadata
        )
        if view is None:
            raise UserError("Slack cannot ask this. Answer it in the panel of Smart Flows.")
        await self._open(trigger_id, view)

    async def answer(self, values: Values, metadata: str) -> AnswerTo | Errors:
        """Return the valid answer, or messages for the inputs that need another look."""
        where = json.loads(metadata)
        asked = await self._questions.get(where["execution"], where["number"])
        if asked is None:
            raise UserError("I no longer know that question. `/flow-run list waiting` shows more.")
        found = run_forms.answer_form(asked.question, values)
        if not isinstance(found, AnswerValues):
            return found
        answer = AnswerRun(asked.execution_id, asked.number, found.values)
        return AnswerTo(answer_key(asked), where["channel"], answer)

    async def already_answered(self, given: AnswerTo) -> dict[str, Any]:
        """Return the window that tells the second of two who was first."""
        tracked = await self._executions.get(given.answer.execution)
        taken = await self._jobs.by_key(given.key)
        assert tracked is not None
        message = run_questions.already_answered(tracked, by=_name(taken))
        return forms.problem_view(TITLE, message)

    async def _with_text(self, text: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Return the form with a text as its input; a long one is kept here meanwhile."""
        if not text:
            raise UserError(NOTHING)
        if len(text) <= LIMITS.plain_text_input:
            return run_forms.run_modal(xml=text)
        checked = checked_xml(text).decode()
        key = f"{INPUT}{message.get('ts', '')}:{len(text)}"
        now = self._clock.now()
        await self._database.transaction(lambda tx: put_snapshot(tx, key, checked, now=now))
        given = f"the text of that message, {len(text):,} characters"
        return run_forms.run_modal(metadata=json.dumps({"kept": key}), given=given)

    async def _open(self, trigger_id: str, view: Mapping[str, Any]) -> None:
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)


def _name(job: JobRow | None) -> str:
    return str(job.arguments.get("user_name") or "") if job else ""


def _is_xml(file: Mapping[str, Any]) -> bool:
    name, kind = str(file.get("name", "")).casefold(), str(file.get("mimetype", ""))
    return name.endswith(".xml") or "xml" in kind.partition(";")[0].rpartition("/")[2]
