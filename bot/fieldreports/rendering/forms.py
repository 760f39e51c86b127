"""The modal "Field analytics", and the reading of what was submitted in it."""

from dataclasses import dataclass
from typing import Final

from bot.asking.core.finder import Choice
from bot.asking.question import TABLE_FORMATS
from bot.asking.rendering.period_inputs import period_inputs, period_of
from bot.fieldreports.ids import FieldReportAction, FieldReportCallback
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    FIGURES,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    READS,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import (
    Values,
    conversation_select,
    field,
    option,
    searched_select,
    select,
    text_input,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import FORMATS

_SHOW: Final = "show"
_LONGEST: Final = 200
FIGURES_OFFERED: Final = (
    (SUMMARY, "Summary, and what changed"),
    (OVER_TIME, "Reports over time"),
    (BY_STATE, "Reports by state"),
    (BY_USER, "Reports by person"),
    (BY_FIELD, "Reports by a field of the form"),
    (BY_HOUR, "Reports by hour"),
    (BY_WEEKDAY, "Reports by day of the week"),
    (HEATMAP, "Hours and days as a heat map"),
    (READS, "How much was read"),
    (AWARENESS, "Who was alerted, and opened it"),
    (IMAGES, "Pictures"),
)


@dataclass(frozen=True, slots=True)
class AnalyticsForm:
    """A submitted "Field analytics": the question, and the conversation for the answer.

    The question's channel is the number that was chosen, as text.
    """

    question: AnalyticsQuestion
    channel: str


def analytics_modal(*, channel: Choice | None = None, metadata: str = "") -> View:
    """Return the modal "Field analytics", perhaps with its channel of reports chosen already."""
    chosen = option(channel.name, channel.id) if channel else None
    channels = searched_select(
        FieldReportAction.REPORT_CHANNEL, placeholder="Choose a channel of reports", chosen=chosen
    )
    by = text_input(FieldReportAction.REPORT_FIELD, placeholder="Severity", longest=_LONGEST)
    files = ((form, f"{FORMATS[form]} file") for form in TABLE_FORMATS)
    shown = select(Action.FORMAT, ((_SHOW, "A message in Slack"), *files), chosen=_SHOW)
    return modal(
        FieldReportCallback.FIELD_ANALYTICS,
        "Field analytics",
        (
            field("Channel of reports", channels),
            field("Figure", select(FieldReportAction.FIGURE, FIGURES_OFFERED, chosen=SUMMARY)),
            field(
                "Field",
                by,
                optional=True,
                hint="Only for reports by a field of the form.",
            ),
            *period_inputs(chosen="last-30d", with_all=False),
            field("As", shown),
            field("Where", conversation_select(Action.CONVERSATION)),
        ),
        submit="Get figure",
        metadata=metadata,
    )


def analytics_form(values: Values) -> AnalyticsForm | Errors:
    """Return what was asked for, or messages for the inputs that need another look."""
    channel = text_of(values, FieldReportAction.REPORT_CHANNEL)
    figure = text_of(values, FieldReportAction.FIGURE)
    by = text_of(values, FieldReportAction.REPORT_FIELD)
    period, errors = period_of(values)
    if not period and not errors:
        errors[Action.PERIOD] = "Choose a period."
    if not channel:
        errors[FieldReportAction.REPORT_CHANNEL] = "Choose a channel."
    if figure not in FIGURES:
        errors[FieldReportAction.FIGURE] = "Choose a figure."
    if figure == BY_FIELD and not by:
        errors[FieldReportAction.REPORT_FIELD] = "Say by which field."
    if errors:
        return errors
    chosen = text_of(values, Action.FORMAT)
    question = AnalyticsQuestion(
        channel=channel,
        figure=figure,
        period=period,
        field=by if figure == BY_FIELD else "",
        export=chosen if chosen in TABLE_FORMATS else "",
    )
    return AnalyticsForm(question, text_of(values, Action.CONVERSATION))
