"""Figures of field reports as native charts and, for hours and weekdays together, as a picture."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.asking.rendering.dates import day_and_month, weekday_and_day
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
from bot.slack.blocks.hour_charts import hours_chart, weekdays_chart
from bot.slack.messages import Block

Rows = Sequence[tuple[Value, ...]]
"""Rows of a figure."""

_REPORTS: Final = "Reports"
_FEWEST: Final = 2  # points of a line
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
        return hours_chart("Reports by time of day", _numbered(figure), series=_REPORTS)
    if figure.kind == BY_WEEKDAY:
        return weekdays_chart(_TITLES[BY_WEEKDAY], _numbered(figure), series=_REPORTS)
    title = _TITLES.get(figure.kind, f"Reports by {figure.columns[0]}")
    return counts_chart(title, figure.counts, series=_SERIES.get(figure.kind, _REPORTS))


def spans_in_one(figure: Figure) -> int:
    """Return how many rows of a figure over time stand in one point of its chart."""
    return max(1, -(-len(_whole(figure)) // LIMITS.chart_points))


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
    """Return whole weeks, say, as a line, or what there is as bars where few of them are whole.

    What is counted only in part would look like a fall.
    """
    rows, size = _whole(figure), spans_in_one(figure)
    if len(rows) < _FEWEST:
        return counts_chart("Reports over time", _with_cut(figure), series=_REPORTS)
    rows = rows[len(rows) % size :]  # the last point is as whole as the others
    groups = [rows[at : at + size] for at in range(0, len(rows), size)]
    points = [(_named(each[0][0]), _sum(each)) for each in groups]
    axes = (figure.grain.capitalize() or "From", _REPORTS)
    return trend_chart("Reports over time", points, series=_REPORTS, axes=axes)


def _whole(figure: Figure) -> Rows:
    first, last = figure.cut
    return figure.rows[first : len(figure.rows) - last]


def _with_cut(figure: Figure) -> list[tuple[str, float]]:
    """Return all rows, those that are incomplete with a word."""
    first, last = figure.cut
    endings = ["" for _ in figure.rows]
    endings[0] = " (part)" if first else ""
    endings[-1] = " so far" if last else endings[-1]
    named = zip(figure.rows, endings, strict=True)
    return [(f"{_named(row[0])}{ending}", _sum((row,))) for row, ending in named]


def _named(first: Value) -> str:
    if isinstance(first, datetime):
        return f"{weekday_and_day(first.date())} {first:%H:%M}"
    return day_and_month(first) if isinstance(first, date) else f"{first}"


def _numbered(figure: Figure) -> dict[int, float]:
    """Return the counts of hours or days by their place."""
    return {number: count for number, (_, count) in enumerate(figure.counts)}


def _sum(rows: Rows) -> int:
    return sum(count for _, count in rows if isinstance(count, int))
