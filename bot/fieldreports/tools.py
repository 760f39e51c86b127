"""What assistants may ask of field reports, in words for a model."""

from dataclasses import replace
from typing import Final

from bot.asking.core.declared.room_tools import (
    RoomTool,
    ToolArgument,
    as_typed,
    canonical_period,
    file,
    one_of,
    period,
    text,
)
from bot.asking.question import TABLE_FORMATS
from bot.fieldreports.core.command import DEFAULT_PERIOD, analytics_question, analytics_words
from bot.fieldreports.question import BY_FIELD, CHANNELS, FIELDS, FIGURES, AnalyticsQuestion

_CHANNEL: Final = ToolArgument(
    "channel",
    text(
        "The channel of field reports (a SaferMe channel, not one of Slack): its name, a part of "
        "the name, or its number. list_field_channels has all of them.",
        examples=("Site reports", "Hazards"),
    ),
    id_field="channel_id",
    needed=True,
)
_SUMMED: Final = tuple(each for each in FIGURES if each != BY_FIELD)
_as_typed = as_typed(analytics_words, analytics_question)


def _figures(asked: AnalyticsQuestion) -> AnalyticsQuestion:
    return _as_typed(replace(asked, period=canonical_period(asked.period)))


TOOLS: Final = (
    RoomTool(
        name="list_field_channels",
        title="List channels of field reports",
        description=(
            "Lists the channels in which people in the field send reports with SaferMe, such as "
            "hazards, incidents or site inspections. Use it to find the name of a channel."
        ),
        intent=AnalyticsQuestion,
        arguments=(file(TABLE_FORMATS),),
        fixed={"channel": "", "figure": CHANNELS},
        checked=_as_typed,
    ),
    RoomTool(
        name="list_field_channel_fields",
        title="List a field channel's form fields",
        description=(
            "Lists the fields of the form that reports in one SaferMe channel are filled in with, "
            "such as Severity or Location. Use it before count_field_reports_by_field."
        ),
        intent=AnalyticsQuestion,
        arguments=(_CHANNEL, file(TABLE_FORMATS)),
        fixed={"figure": FIELDS},
        checked=_as_typed,
    ),
    RoomTool(
        name="get_field_report_figures",
        title="Get figures of field reports",
        description=(
            "Answers how many field reports came in one SaferMe channel in a period, and how they "
            "are spread: summary (totals and what changed), over-time, by-state (such as open and "
            "resolved), by-user (who reports), by-hour, by-weekday, heatmap (hours and weekdays "
            "together), reads (how much was read), awareness (who was alerted) or images (the "
            "latest pictures). Use it for questions such as 'how many hazards were reported last "
            "month?' or 'who reports most?'. For a field such as severity use "
            "count_field_reports_by_field."
        ),
        intent=AnalyticsQuestion,
        arguments=(
            _CHANNEL,
            ToolArgument("figure", one_of("Which figure. Without it: summary.", _SUMMED)),
            period("the last 30 days"),
            file(TABLE_FORMATS),
        ),
        fixed={"period": DEFAULT_PERIOD},
        checked=_figures,
    ),
    RoomTool(
        name="count_field_reports_by_field",
        title="Count field reports by a form field",
        description=(
            "Counts the field reports of one SaferMe channel by the values of one field of their "
            "form, such as by Severity or by Type of hazard. list_field_channel_fields has the "
            "fields."
        ),
        intent=AnalyticsQuestion,
        arguments=(
            _CHANNEL,
            ToolArgument(
                "field",
                text("The field: its name, a part of it, or its number.", examples=("Severity",)),
                id_field="field_id",
                needed=True,
            ),
            period("the last 30 days"),
            file(TABLE_FORMATS),
        ),
        fixed={"figure": BY_FIELD, "period": DEFAULT_PERIOD},
        checked=_figures,
    ),
)
