"""From the canonical words of a period to its first and last day, and to words for people."""

import re
from datetime import date, timedelta
from typing import Final

from bot.asking.core import weekdays
from bot.asking.core.days import (
    MONTHS,
    dates,
    day,
    day_of_year,
    month_of_year,
    quarter_of_year,
    year_of,
)
from bot.errors import UserError

SO_FAR: Final = {"wtd": "week", "mtd": "month", "qtd": "quarter", "ytd": "year"}
"""Words for a calendar unit up to today."""
SINCE: Final = "since-"
"""Begins the words for what has no end but today."""
UNITS: Final = {"month": 1, "quarter": 3, "year": 12}
"""Months of a calendar unit."""
_STORED: Final = re.compile(r"last-([0-9]+)([dm])")
_NAMED: Final = re.compile(r"today|yesterday|(this|last)-[a-z]+")
_DATED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def span(name: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of canonical words."""
    if name.startswith(SINCE):
        first = span(name.removeprefix(SINCE), today)[0]
        if first > today:
            raise UserError(f"{dates(first, first)} has not begun. Ask for days up to today.")
        return first, today
    first_words, parted, last_words = name.partition("..")
    if parted:
        last = span(last_words, today)[1]
        first = span(first_words, last)[0]
        if last < first:
            raise UserError(f"The end {last} is before the start {first}.")
        return first, last
    return _relative(name, today) or _fixed(name, today)


def is_relative(name: str) -> bool:
    """Return whether canonical words count from today, and name nothing of the calendar."""
    return name.startswith(SINCE) or _relative(name, date(2000, 1, 1)) is not None


def _relative(name: str, today: date) -> tuple[date, date] | None:
    """Return the days of what counts from today."""
    stored = _STORED.fullmatch(name)
    if stored and stored[2] == "d":
        return today - timedelta(days=int(stored[1]) - 1), today
    if stored:
        return _months_before(today, int(stored[1])) + timedelta(days=1), today
    if name in {"today", "yesterday"}:
        only = today - timedelta(days=name == "yesterday")
        return only, only
    if name in SO_FAR:
        return _unit(SO_FAR[name], today, 0)[0], today
    which, _, unit = name.partition("-")
    if unit == "week" or unit in UNITS:
        return _unit(unit, today, -1 if which == "last" else 0)
    return None


def _fixed(name: str, today: date) -> tuple[date, date]:
    """Return the days of the calendar's own; without a year the latest that has begun."""
    if name in weekdays.NAMES:
        back = (today.isoweekday() - weekdays.NAMES.index(name)) % 7
        return (today - timedelta(days=back),) * 2
    if _DATED.fullmatch(name):
        return (day(name),) * 2
    one = day_of_year(name.replace("-", " "))
    if one:
        return (_latest_day(one[1], one[0], today),) * 2
    quarter = quarter_of_year(name.replace("-", " "))
    if quarter:
        return _latest_unit((quarter[0] - 1) * 3 + 1, 3, quarter[1], today)
    month = month_of_year(name)
    if month:
        return _latest_unit(month[0], 1, month[1], today)
    return _latest_unit(1, 12, int(name), today)


def _latest_day(month: int, number: int, today: date) -> date:
    """Return the latest such day up to today; of 29 February in the latest leap year."""
    year = today.year
    while True:
        try:
            found = date(year, month, number)
        except ValueError:
            found = date.max
        if found <= today:
            return found
        year -= 1


def _latest_unit(month: int, size: int, year: int, today: date) -> tuple[date, date]:
    """Return the ends of `size` months from a month on; without a year the latest begun."""
    begun = today.year if month <= today.month else today.year - 1
    start = (year or begun) * 12 + month - 1
    first, after = (date(each // 12, each % 12 + 1, 1) for each in (start, start + size))
    return first, after - timedelta(days=1)


def _unit(unit: str, today: date, offset: int) -> tuple[date, date]:
    """Return the ends of the calendar unit that is `offset` units from today's."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() - 7 * offset)
        return monday, monday + timedelta(days=6)
    size = UNITS[unit]
    number = (today.year * 12 + today.month - 1) // size + offset
    first, after = (
        date(each * size // 12, each * size % 12 + 1, 1) for each in (number, number + 1)
    )
    return first, after - timedelta(days=1)


def _months_before(today: date, count: int) -> date:
    """Return the same day so many months ago, or that month's last."""
    first = today.year * 12 + today.month - 1 - count
    start = date(first // 12, first % 12 + 1, 1)
    longest = _latest_unit(start.month, 1, start.year, start)[1].day
    return start.replace(day=min(today.day, longest))


def label(name: str, first: date, last: date) -> str:
    """Return a period for people: "last 30 days", "November 2026", "since 1 Nov 2026"."""
    stored = _STORED.fullmatch(name)
    if stored:
        unit = "day" if stored[2] == "d" else "month"
        return f"last {stored[1]} {unit}{'s' * (stored[1] != '1')}"
    if name in SO_FAR:
        return f"this {SO_FAR[name]} so far"
    if _NAMED.fullmatch(name):
        return name.replace("-", " ")
    if name.startswith(SINCE):
        return f"since {dates(first, first)}"
    return _unit_label(name, first) or dates(first, last)


def spoken(name: str) -> str:
    """Return canonical words for people, whenever they are said: "last 7 days", "November"."""
    relative = _STORED.fullmatch(name) or name in SO_FAR or _NAMED.fullmatch(name)
    if relative:
        return label(name, date.min, date.min)
    since = name.removeprefix(SINCE)
    words = " to ".join(map(_spoken_end, since.split("..")))
    return words if since == name else f"since {words}"


def _spoken_end(name: str) -> str:
    """Return a day, a month, a quarter or a year for people; of what is another, its own word."""
    if _DATED.fullmatch(name):
        return dates(day(name), day(name))
    return " ".join(each.capitalize() for each in name.split("-"))


def _unit_label(name: str, first: date) -> str:
    """Return "November 2026", "Q4 2026" or "2026" for such a period, or an empty text."""
    if month_of_year(name):
        return f"{MONTHS[first.month - 1].capitalize()} {first.year}"
    if quarter_of_year(name.replace("-", " ")):
        return f"Q{(first.month + 2) // 3} {first.year}"
    return name if year_of(name) else ""
