"""The form of a training report, and the reading of what was submitted in it. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.asking.question import EXPORT_FORMATS
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
from bot.training.core.names import MAX_NAME, is_id
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.model import STATUSES
from bot.training.question import ReportQuestion
from bot.training.rendering.tables import status_title

_ANY: Final = "any"
_SHOW: Final = "show"
_DETAILED: Final = "detailed"
_LONGEST_ID: Final = 100


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
            *period_inputs(chosen="last-30d", with_all=True),
            field("Status", _status_select()),
            field("As", format_select(EXPORT_FORMATS, with_show=True)),
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
        status=chosen_of(values, TrainingAction.STATUS, STATUSES),
        detailed=is_ticked(values, TrainingAction.DETAILED),
        export=chosen_of(values, Action.FORMAT, EXPORT_FORMATS),
    )
    return ReportForm(question, text_of(values, Action.CONVERSATION))


def flow_options(names: Mapping[str, str], query: str) -> list[Element]:
    """Return the options for what was typed so far: names with it, or what looks like an id.

    `names` maps names to flow ids. Names that begin with the query come first.
    """
    wanted = clean(query).strip().casefold()
    found = sorted(
        (name for name in names if wanted in name.casefold()),
        key=lambda name: (not name.casefold().startswith(wanted), name.casefold()),
    )
    options = [option(name, name) for name in found if len(name) <= MAX_NAME]
    typed = query.strip()
    if not options and is_id(typed):
        options = [option(f"The flow with the id {typed}", typed)]
    return options[: LIMITS.options]


def _flow_inputs() -> tuple[Block, ...]:
    return (
        field(
            "Flow",
            searched_select(TrainingAction.FLOW, placeholder="Choose a named flow"),
            optional=True,
            hint="Names are given with /flow-report name onboarding flow_123abc",
        ),
        field(
            "Or a flow id",
            text_input(TrainingAction.FLOW_ID, placeholder="flow_123abc", longest=_LONGEST_ID),
            optional=True,
        ),
    )


def _status_select() -> Element:
    statuses = ((status, status_title(status)) for status in STATUSES)
    return select(TrainingAction.STATUS, ((_ANY, "Any status"), *statuses), chosen=_ANY)


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
