"""The form of a training report, and the reading of what was submitted in it. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.asking.rendering.forms import chosen_of, format_select
from bot.asking.rendering.period_inputs import period_inputs, period_of
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.budget import LIMITS, clean
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
from bot.slack.messages import Block
from bot.training.core.names import ALL, MAX_NAME, is_id
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.model import NOT_COMPLETED, STATUSES
from bot.training.question import FILE_FORMATS, ReportQuestion, as_file
from bot.training.rendering.statuses import status_title

_ANY: Final = "any"
_SHOW: Final = "show"
_DETAILED: Final = "detailed"
_LONGEST_ID: Final = 100
_STATUSES: Final = (STATUSES[0], NOT_COMPLETED, *STATUSES[1:])
ALL_FLOWS: Final = "All named flows"


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A submitted report modal: the question, and the conversation for the answer."""

    question: ReportQuestion
    channel: str


def report_modal(*, metadata: str = "") -> View:
    """Return the modal "Get a training report"; `metadata` comes back on submitting it."""
    return modal(
        TrainingCallback.GET_REPORT,
        "Get a training report",
        (
            *_flow_inputs(),
            *period_inputs(chosen="any", with_all=True),
            field("Who", _status_select()),
            field("As", format_select(FILE_FORMATS, with_show=True)),
            field(
                "Detail",
                tick_box(TrainingAction.DETAILED, "With each person's modules", value=_DETAILED),
                optional=True,
            ),
            field(
                "Where",
                conversation_select(Action.CONVERSATION),
            ),
        ),
        submit="Get report",
        metadata=metadata,
    )


def report_form(values: Values) -> ReportForm | Errors:
    """Return what was asked for, or messages for the inputs that need another look."""
    flow, flow_errors = _flow(values)
    period, period_errors = period_of(values)
    errors = flow_errors | period_errors
    if errors:
        return errors
    question = ReportQuestion(
        flow=flow,
        period=period,
        status=chosen_of(values, TrainingAction.STATUS, _STATUSES),
        detailed=is_ticked(values, TrainingAction.DETAILED),
    )
    form = chosen_of(values, Action.FORMAT, FILE_FORMATS)
    asked = as_file(question, form) if form else question
    return ReportForm(asked, text_of(values, Action.CONVERSATION))


def flow_options(names: Mapping[str, str], query: str, *, with_all: bool = True) -> list[Element]:
    """Return the options for what was typed so far: names with it, or what looks like an id.

    `names` maps names to flow ids. Names that begin with the query come first, and
    `with_all` all flows before them.
    """
    wanted = clean(query).strip().casefold()
    found = sorted(
        (name for name in names if wanted in name.casefold()),
        key=lambda name: (not name.casefold().startswith(wanted), name.casefold()),
    )
    options = [option(name, name) for name in found if len(name) <= MAX_NAME]
    if with_all and options and wanted in ALL_FLOWS.casefold():
        options = [option(ALL_FLOWS, ALL), *options]
    typed = query.strip()
    if not options and is_id(typed):
        options = [option(f"The flow with the id {typed}", typed)]
    return options[: LIMITS.options]


def _flow_inputs() -> tuple[Block, ...]:
    return (
        field(
            "Flow",
            searched_select(TrainingAction.FLOW, placeholder="Choose a flow, or all of them"),
            optional=True,
        ),
        field(
            "Or a flow id",
            text_input(TrainingAction.FLOW_ID, placeholder="flow_123abc", longest=_LONGEST_ID),
            optional=True,
            hint="For a flow without a name here. /flow-report name gives it one.",
        ),
    )


def _status_select() -> Element:
    statuses = ((status, status_title(status)) for status in _STATUSES)
    return select(TrainingAction.STATUS, ((_ANY, "Everybody"), *statuses), chosen=_ANY)


def _flow(values: Values) -> tuple[str, Errors]:
    named = text_of(values, TrainingAction.FLOW)
    typed = text_of(values, TrainingAction.FLOW_ID)
    if named and typed:
        return "", {TrainingAction.FLOW_ID: "Choose a name or give an id, not both."}
    if typed and not is_id(typed):
        return "", {TrainingAction.FLOW_ID: "An id is one word, such as flow_123abc."}
    if not named and not typed:
        return "", {TrainingAction.FLOW: "Choose a flow here, or give its id below."}
    return named or typed, {}
