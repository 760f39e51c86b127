"""Counts by hour of the day and by day of the week as native charts.

A chart of Slack's holds 20 points, so the 24 hours are drawn in pairs; the exact hours stand in a
table beside it.
"""

from collections.abc import Mapping
from typing import Final

from bot.slack.blocks.charts import counts_chart
from bot.slack.blocks.tables import Cell, data_table, number, words
from bot.slack.messages import Block

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""In the order in which they are shown; the index is date.weekday()."""
HOURS: Final = 24


def hours_chart(title: str, counts: Mapping[int, float], *, series: str) -> Block | None:
    """Return bars of two hours each, from the counts by hour 0-23; None for nothing."""
    points = [
        (f"{hour:02}\N{EN DASH}{hour + 2:02}", counts.get(hour, 0) + counts.get(hour + 1, 0))
        for hour in range(0, HOURS, 2)
    ]
    return counts_chart(title, points, series=series)


def weekdays_chart(title: str, counts: Mapping[int, float], *, series: str) -> Block | None:
    """Return a bar for each day, from the counts by date.weekday(); None for nothing."""
    points = [(name, counts.get(day, 0)) for day, name in enumerate(WEEKDAYS)]
    return counts_chart(title, points, series=series)


def hours_table(caption: str, counts: Mapping[int, float], *, series: str) -> tuple[Block, ...]:
    """Return the 24 exact hours; nothing when no hour has anything."""
    if not any(counts.values()):
        return ()
    rows = (_hour(hour, counts.get(hour, 0)) for hour in range(HOURS))
    return data_table(caption, columns=("Hour", series), rows=rows, total=HOURS, page_size=HOURS)


def _hour(hour: int, count: float) -> tuple[Cell, Cell]:
    return words(f"{hour:02}:00"), number(count, f"{count:,g}")
