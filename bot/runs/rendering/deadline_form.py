"""The window in which a flow's questions get a deadline."""

from typing import Final

from bot.runs.core.deadlines import AtTheEnd
from bot.runs.ids import RunAction, RunCallback
from bot.runs.model import Flow
from bot.runs.rendering.forms import flow_option
from bot.slack.blocks.blocks import context
from bot.slack.blocks.inputs import field, person_select, searched_select, select
from bot.slack.blocks.modals import View, modal

TITLE: Final = "Deadline of questions"
_TIMES: Final = (
    ("3600", "1 hour"),
    ("7200", "2 hours"),
    ("14400", "4 hours"),
    ("28800", "8 hours"),
    ("86400", "1 day"),
    ("172800", "2 days"),
    ("604800", "7 days"),
)
_FIRST: Final = "14400"
_ENDS: Final = (
    (AtTheEnd.WAIT.value, "It goes on waiting"),
    (AtTheEnd.CANCEL.value, "I cancel the run"),
)


def deadline_modal(*, chosen: Flow | None = None) -> View:
    """Return the window; `chosen` is the flow that is picked at first."""
    flow = searched_select(
        RunAction.FLOW_TO_RUN,
        placeholder="Type a part of its name",
        chosen=flow_option(chosen) if chosen else None,
    )
    return modal(
        RunCallback.DEADLINE,
        TITLE,
        (
            field("Flow", flow, optional=True, hint="Empty: all flows that have none of their own"),
            field("Answer within", select(RunAction.DEADLINE_TIME, _TIMES, chosen=_FIRST)),
            field(
                "Then ask",
                person_select(RunAction.DEADLINE_PERSON, placeholder="Choose a person"),
                optional=True,
                hint="Empty: whoever started the run is asked again",
            ),
            field(
                "And after as long again",
                select(RunAction.DEADLINE_END, _ENDS, chosen=AtTheEnd.WAIT.value),
            ),
            context("By night, at the weekend and on holidays nobody is asked."),
        ),
        submit="Set",
        metadata="",
    )
