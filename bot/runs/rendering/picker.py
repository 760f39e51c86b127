"""How a look at the runs of Smart Flows is chosen in the form of a digest."""

from typing import Final

from bot.asking.question import Picker
from bot.runs.ids import RunAction
from bot.runs.intents import RenewFlows
from bot.runs.question import RunsQuestion

_ONE: Final = "one"
_ALL: Final = "all"
_LISTS: Final = (
    ("failed", "The latest runs that failed"),
    ("waiting", "Runs that wait for an answer"),
    ("running", "What is running then"),
    ("today", "The runs of the day"),
)


def _made(flow: str, figure: str, period: str) -> RunsQuestion:
    period = period or RunsQuestion().period
    if figure in {_ONE, _ALL}:
        return RunsQuestion(flow, flow_id=flow, period=period)
    return RunsQuestion(which=figure)


PICKER: Final = Picker(
    service="Smart Flows",
    thing="Flow",
    things=RunAction.FLOW_TO_RUN,
    names=("flow_id", "flow"),
    figures=((_ALL, "The runs of all flows"), (_ONE, "The runs of one flow"), *_LISTS),
    made=_made,
    alone=frozenset({_ALL, *(value for value, _ in _LISTS)}),
    period=RunsQuestion().period,
    renew=RenewFlows(),
)
