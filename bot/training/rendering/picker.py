"""How a training report is chosen in the form of a digest."""

from typing import Final

from bot.asking.question import Picker
from bot.asking.rendering.period_inputs import ALL_DATES
from bot.training.ids import TrainingAction
from bot.training.model import NOT_COMPLETED, STATUSES
from bot.training.question import ReportQuestion
from bot.training.rendering.statuses import status_title

_EVERYBODY: Final = "everybody"
_BY: Final = "by "
_FIGURES: Final = (
    (_EVERYBODY, "Who has completed it, and who has not"),
    *((status, f"Only those: {status_title(status)}") for status in (STATUSES[0], NOT_COMPLETED)),
    (f"{_BY}week", "How many, week by week"),
    (f"{_BY}month", "How many, month by month"),
)


def _made(flow: str, figure: str, period: str) -> ReportQuestion:
    if figure.startswith(_BY):
        return ReportQuestion(flow, period=period, by=figure.removeprefix(_BY))
    return ReportQuestion(flow, period=period, status="" if figure == _EVERYBODY else figure)


PICKER: Final = Picker(
    service="Training",
    thing="Flow",
    things=TrainingAction.FLOW,
    names=("flow_id", "flow"),
    figures=_FIGURES,
    made=_made,
    period=ALL_DATES,
)
