"""How a figure of field reports is chosen in the form of a digest."""

from typing import Final

from bot.asking.question import Picker
from bot.fieldreports.core.command import DEFAULT_PERIOD
from bot.fieldreports.ids import FieldReportAction
from bot.fieldreports.intents import RenewReportChannels
from bot.fieldreports.question import BY_FIELD, AnalyticsQuestion
from bot.fieldreports.rendering.forms import FIGURES_OFFERED


def _made(channel: str, figure: str, period: str) -> AnalyticsQuestion:
    return AnalyticsQuestion(channel, figure, period or DEFAULT_PERIOD)


PICKER: Final = Picker(
    service="Field reports",
    thing="Channel of reports",
    things=FieldReportAction.REPORT_CHANNEL,
    names=("channel_id", "channel"),
    figures=tuple(each for each in FIGURES_OFFERED if each[0] != BY_FIELD),
    made=_made,
    period=DEFAULT_PERIOD,
    renew=RenewReportChannels(),
)
