"""A period that is longer than a vendor allows: asked for in parts, whose rows are joined."""

from collections.abc import Sequence
from datetime import timedelta

from bot.asking.core.days import dates
from bot.asking.core.periods import Period
from bot.tables.columns import TextTable
from bot.workflows.model import LONGEST_INTERVAL


def split(period: Period) -> tuple[Period, ...]:
    """Return a period in parts that the vendor answers, the oldest first; often just one."""
    return parts(period, LONGEST_INTERVAL)


def parts(period: Period, longest: timedelta) -> tuple[Period, ...]:
    """Return consecutive periods that make up the whole, the oldest first; often just one.

    Each has one day less than `longest` allows: a vendor that counts both ends in sees our
    exclusive end as one day more, and a day on which clocks go back has 25 hours.
    """
    size = timedelta(days=max(1, longest.days - 1))
    found: list[Period] = []
    first = period.first
    while first <= period.last:
        last = min(first + size - timedelta(days=1), period.last)
        found.append(Period(first, last, period.zone, dates(first, last)))
        first = last + timedelta(days=1)
    return tuple(found) if found[1:] else (period,)


def joined_rows(found: Sequence[TextTable], limit: int | None) -> TextTable:
    """Return the rows of all parts under the columns of all, at most `limit` of them."""
    columns = tuple(dict.fromkeys(name for part in found for name in part.columns))
    named = (dict(zip(part.columns, row, strict=False)) for part in found for row in part.rows)
    rows = tuple(tuple(one.get(name, "") for name in columns) for one in named)
    return TextTable(columns, rows[:limit])
