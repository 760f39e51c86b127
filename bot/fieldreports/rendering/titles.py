"""What people call a question about field reports, to stand within a sentence. Pure."""

from bot.asking.core.spans import spoken
from bot.fieldreports.question import (
    BY_FIELD,
    CHANNELS,
    FIELDS,
    HEATMAP,
    OVER_TIME,
    SUMMARY,
    AnalyticsQuestion,
)
from bot.slack.blocks.wording import FORMATS


def analytics_title(question: AnalyticsQuestion) -> str:
    """Return a title such as "Site hazards by state, last 7 days"."""
    words = (_about(question), spoken(question.period))
    file = f"as {FORMATS[question.export]}" if question.export else ""
    return ", ".join(filter(None, (*words, file)))


def _about(question: AnalyticsQuestion) -> str:
    if question.figure == CHANNELS:
        return "all report channels"
    figures = {
        SUMMARY: question.channel,
        BY_FIELD: f"{question.channel} by {question.field}",
        FIELDS: f"the fields of {question.channel}",
        HEATMAP: f"heat map of {question.channel}",
        OVER_TIME: f"{question.channel} over time",
    }
    figure = question.figure.replace("by-user", "by person").replace("-", " ")
    joined = " " if figure.startswith("by ") else ": "
    return figures.get(question.figure, f"{question.channel}{joined}{figure}")
