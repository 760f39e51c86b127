"""The modal for the long form of an export, and the reading of what was submitted in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.core.finder import Choice
from bot.asking.question import TABLE_FORMATS
from bot.asking.rendering.period_inputs import period_inputs, period_of
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import (
    Values,
    conversation_select,
    field,
    is_ticked,
    option,
    searched_select,
    select,
    text_input,
    text_of,
    tick_box,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import FORMATS
from bot.slack.messages import Block
from bot.workflows.core.command import MAX_LIMIT, MAX_STEP
from bot.workflows.ids import WorkflowAction, WorkflowCallback
from bot.workflows.question import CHART, COUNTS, SOURCE, STEP, WORKFLOW_DATA, ExportQuestion

_SHOW: Final = "show"
_DATA: Final = (
    (STEP, "The events of a step"),
    (SOURCE, "Events outside the steps (goals)"),
    (COUNTS, "Visitors, sessions and when they came"),
    (CHART, "The chart's figures, as giosg sends them"),
)
_LONGEST: Final = 2_000
_MOST_VALUES: Final = 100


@dataclass(frozen=True, slots=True)
class ExportForm:
    """A submitted export modal: the question, and the conversation for the answer.

    The question's workflow is the id that was chosen.
    """

    question: ExportQuestion
    channel: str


def export_step_modal(*, workflow: Choice | None = None, metadata: str = "") -> View:
    """Return the modal "Export a workflow step", perhaps with its workflow chosen already."""
    return modal(
        WorkflowCallback.EXPORT_STEP,
        "Export a workflow step",
        (
            field("Workflow", _workflow_select(workflow)),
            field(
                "Data",
                select(WorkflowAction.WORKFLOW_DATA, _DATA, chosen=STEP),
            ),
            *_step_inputs(),
            *period_inputs(chosen="last-7d", with_all=False),
            field("As", _format_select()),
            *_narrowing_inputs(),
            field("Where", conversation_select(Action.CONVERSATION)),
        ),
        submit="Export",
        metadata=metadata,
    )


def export_step_form(values: Values) -> ExportForm | Errors:
    """Return what was asked for, or messages for the inputs that need another look."""
    workflow = text_of(values, WorkflowAction.WORKFLOW)
    data = text_of(values, WorkflowAction.WORKFLOW_DATA)
    step, step_errors = _number(values, WorkflowAction.STEP, most=MAX_STEP)
    limit, limit_errors = _number(values, WorkflowAction.LIMIT, most=MAX_LIMIT)
    period, period_errors = period_of(values)
    errors = step_errors | limit_errors | period_errors
    if not workflow:
        errors[WorkflowAction.WORKFLOW] = "Choose a workflow."
    if data not in WORKFLOW_DATA:
        errors[WorkflowAction.WORKFLOW_DATA] = "Choose which data."
    if data == STEP and not step and WorkflowAction.STEP not in errors:
        errors[WorkflowAction.STEP] = "Which step? Type its number."
    if not period and not period_errors:
        errors[Action.PERIOD] = "Choose a period."
    if errors:
        return errors
    question = _question(values, workflow, data, period)
    stepped = step if data == STEP else 0
    asked = _narrowed(question, values, step=stepped, limit=limit)
    return ExportForm(asked, text_of(values, Action.CONVERSATION))


def _question(values: Values, workflow: str, data: str, period: str) -> ExportQuestion:
    chosen = text_of(values, Action.FORMAT)
    export = chosen if chosen in TABLE_FORMATS and data != COUNTS else ""
    return ExportQuestion(workflow=workflow, data=data, period=period, export=export)


def _narrowed(question: ExportQuestion, values: Values, *, step: int, limit: int) -> ExportQuestion:
    """Return the question with the inputs that its kind of data knows; the counts know none."""
    if question.data == COUNTS:
        return question
    is_step = question.data == STEP
    path = tuple(_split(line) for line in _lines(values, WorkflowAction.PATH))
    return ExportQuestion(
        workflow=question.workflow,
        data=question.data,
        step=step,
        period=question.period,
        export=question.export,
        limit=None if question.data == CHART else limit or None,
        goal=is_step and is_ticked(values, WorkflowAction.GOAL),
        actions=_lines(values, WorkflowAction.EVENT_ACTIONS),
        labels=_lines(values, WorkflowAction.LABELS),
        path=path if is_step else (),
    )


def _workflow_select(workflow: Choice | None) -> Element:
    chosen = option(workflow.name, workflow.id) if workflow else None
    return searched_select(WorkflowAction.WORKFLOW, placeholder="Choose a workflow", chosen=chosen)


def _step_inputs() -> Sequence[Block]:
    return (
        field(
            "Step number",
            text_input(WorkflowAction.STEP, placeholder="2", longest=3),
            optional=True,
            hint="As in giosg's chart, where the first is 1",
        ),
        field(
            "Goals",
            tick_box(WorkflowAction.GOAL, "Only events that reached a goal", value="goal"),
            optional=True,
        ),
    )


def _narrowing_inputs() -> Sequence[Block]:
    return (
        field(
            "Row limit",
            text_input(WorkflowAction.LIMIT, placeholder="5000", longest=12),
            optional=True,
        ),
        _values_field(
            "Only these actions",
            WorkflowAction.EVENT_ACTIONS,
            placeholder="element-ab12cd34",
            hint="One per line: a page address or an element id",
        ),
        _values_field(
            "Only these labels",
            WorkflowAction.LABELS,
            placeholder="the id of a goal",
            hint="One per line",
        ),
        _values_field(
            "Only along this path of the chart",
            WorkflowAction.PATH,
            placeholder="element-ab12cd34 element-ef56gh78",
            hint="One line per step, actions separated by spaces; any stands for all",
        ),
    )


def _values_field(label: str, input_id: WorkflowAction, *, placeholder: str, hint: str) -> Block:
    entry = text_input(input_id, placeholder=placeholder, longest=_LONGEST, lines=True)
    return field(label, entry, optional=True, hint=hint)


def _format_select() -> Element:
    files = ((form, f"{FORMATS[form]} file") for form in TABLE_FORMATS)
    return select(Action.FORMAT, (*files, (_SHOW, "A table in Slack")), chosen="xlsx")


def _number(values: Values, input_id: str, *, most: int) -> tuple[int, Errors]:
    """Return the number that was typed, 0 for none, or a message."""
    text = text_of(values, input_id).replace(",", "").replace(" ", "")
    if not text:
        return 0, {}
    number = int(text) if text.isascii() and text.isdigit() else 0
    if 1 <= number <= most:
        return number, {}
    return 0, {input_id: f"A number from 1 to {most:,}."}


def _lines(values: Values, input_id: str) -> tuple[str, ...]:
    lines = text_of(values, input_id).splitlines()
    return tuple(line.strip() for line in lines if line.strip())[:_MOST_VALUES]


def _split(line: str) -> tuple[str, ...]:
    return () if line.casefold() == "any" else tuple(line.split())
