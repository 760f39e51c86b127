"""The first words of a figure of field reports: its headline and what stands out in it."""

from dataclasses import replace
from typing import Final

from bot.asking.core.periods import Period
from bot.asking.rendering.dates import period_words
from bot.fieldreports.core.figure_changes import busiest
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import (
    AWARENESS,
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    HEATMAP,
)
from bot.slack.blocks.blocks import bold, paragraph, plain
from bot.slack.blocks.charts import percent
from bot.slack.messages import Block

_SHARED: Final = (BY_STATE, BY_USER, BY_FIELD, BY_HOUR, BY_WEEKDAY)
"""Figures whose rows are parts of one whole."""


def lead(headline: str, figure: Figure, period: Period) -> Block:
    """Return the headline, what stands out in the figure, and the period."""
    lines = filter(None, (standing_out(figure), period_words(period)))
    return paragraph(bold(headline), plain("".join(f"\n{each}" for each in lines)))


def standing_out(figure: Figure) -> str:
    """Return the row with the highest count, such as "Most: Monday, 21 (20%)"; empty for none."""
    if figure.kind == AWARENESS:
        return opened_words(figure)
    if figure.kind == HEATMAP:
        return _of_both(figure)
    top = busiest(figure)
    if figure.kind not in _SHARED or not top or not figure.total or len(figure.rows) == 1:
        return ""
    return f"Most: {top[0]}, {top[1]:,} ({percent(100 * top[1] / figure.total)})"


def opened_words(figure: Figure) -> str:
    """Return how many of the alerts were opened; empty where there are none."""
    if not figure.total:
        return ""
    opened = sum(each for row in figure.rows if isinstance(each := row[3], int))
    share = f" ({percent(100 * opened / figure.total)})" if opened else ""
    return f"{opened:,} opened{share}"


def _of_both(figure: Figure) -> str:
    """Return the day and the hour that have the most, apart, as the figure has them."""
    halves = (
        replace(figure, rows=tuple(row[1:] for row in figure.rows if row[0] == by))
        for by in ("Day", "Hour")
    )
    tops = [top for half in halves if (top := busiest(half))]
    both = " and ".join(f"{name} ({count:,})" for name, count in tops)
    return f"Most: {both}" if both else ""
