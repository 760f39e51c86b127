"""Figures of field reports as native charts and, for hours and weekdays together, as a picture."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.asking.rendering.dates import day_and_month
from bot.fieldreports.core.figures import DAYS, Figure, Value
from bot.fieldreports.question import (
    AWARENESS,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    IMAGES,
    OVER_TIME,
    READS,
)
from bot.fieldreports.rendering.heatmaps import Heading, HeatCell, HeatGrid, heat_map
from bot.fieldreports.rendering.letters import FontFile
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.charts import counts_chart, trend_chart
from bot.slack.blocks.hour_charts import hours_chart
from bot.slack.messages import Block

_REPORTS: Final = "Reports"
_TITLES: Final = {
    BY_STATE: "Reports by state",
    BY_USER: "Reports by person",
    BY_WEEKDAY: "Reports by day of the week",
    READS: "Reads",
    AWARENESS: "Alerts by person",
}
_A_ROW: Final = 6  # hours in a row of the heat map
_SERIES: Final = {READS: "Count", AWARENESS: "Alerts"}


def figure_chart(figure: Figure) -> Block | None:
    """Return the chart of a figure; None for pictures, and for nothing but zeros."""
    if figure.kind == IMAGES or not any(count for _, count in figure.counts):
        return None
    if figure.kind == OVER_TIME:
        return _over_time(figure)
    if figure.kind == BY_HOUR:
        counts = {hour: count for hour, (_, count) in enumerate(figure.counts)}
        return hours_chart("Reports by time of day", counts, series=_REPORTS)
    title = _TITLES.get(figure.kind, f"Reports by {figure.columns[0]}")
    return counts_chart(title, figure.counts, series=_SERIES.get(figure.kind, _REPORTS))


def spans_in_one(figure: Figure) -> int:
    """Return how many rows of a figure over time stand in one point of its chart."""
    return -(-len(figure.rows) // LIMITS.chart_points)


def heat_map_picture(
    weekdays: Figure, hours: Figure, heading: Heading, *, fonts: Sequence[FontFile]
) -> bytes:
    """Return weekdays and hours, side by side, as a PNG picture; a row has a quarter of a day."""
    names = tuple(name[:3] for name in DAYS)
    days = tuple((HeatCell(count),) for _, count in weekdays.counts)
    cells = tuple(HeatCell(count, label) for label, count in hours.counts)
    quarters = tuple(cells[at : at + _A_ROW] for at in range(0, len(cells), _A_ROW))
    return heat_map(
        [
            HeatGrid("Reports by weekday", days, names, share=1),
            HeatGrid("Reports by hour", quarters, share=2),
        ],
        heading,
        fonts=fonts,
    )


def heat_map_words(weekdays: Figure, hours: Figure) -> str:
    """Return what the picture shows, for those who cannot see it."""
    days = ", ".join(f"{name} {count:,}" for name, count in weekdays.counts)
    times = ", ".join(f"{name} {count:,}" for name, count in hours.counts if count)
    return f"Reports by day of the week: {days}. By hour: {times or 'none'}."


def _over_time(figure: Figure) -> Block | None:
    size = spans_in_one(figure)
    groups = [figure.rows[at : at + size] for at in range(0, len(figure.rows), size)]
    points = [(_first_day(rows), _sum(rows)) for rows in groups]
    axes = (figure.grain.capitalize() or "From", _REPORTS)
    chart = trend_chart("Reports over time", points, series=_REPORTS, axes=axes)
    return chart or counts_chart("Reports over time", points, series=_REPORTS)


def _first_day(rows: Sequence[tuple[Value, ...]]) -> str:
    first = rows[0][0]
    return day_and_month(first) if isinstance(first, date) else f"{first}"


def _sum(rows: Sequence[tuple[Value, ...]]) -> int:
    return sum(count for _, count in rows if isinstance(count, int))
