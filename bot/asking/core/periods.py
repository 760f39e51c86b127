"""Spans of calendar days by the words people use for them, still relative until they are needed.

`canonical` gives words that a digest can store ("last-30d") and ask anew each time; `period` turns
them into days and instants. A "this-…" period is the whole calendar unit, including days to come;
"ytd" ends today.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import nearest, quoted
from bot.errors import UserError

NAMED = [
    "today",
    "yesterday",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "last-year",
    "ytd",
]
WORKS = (
    f"Periods that work: {', '.join(NAMED)}, last-30d (any number of days up to 366), one day "
    "such as 2026-01-31, or two with dots between them: 2026-01-01..2026-03-31."
)
MAX_DAYS = 366
_YEARS = range(1970, 2101)
_UNITS = {"month": 1, "quarter": 3, "year": 12}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SYNONYMS = {"year-to-date": "ytd", "current-week": "this-week", "current-month": "this-month"}

_DATE = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_BETWEEN = r"(?:\.{2,}|…|\u2013|\u2014|(?<=\s)-(?=\s)|\bto\b|\buntil\b)"
"""Between two dates; editors turn dots into an ellipsis and dashes into longer ones."""
_RANGE = re.compile(rf"(\S*?[0-9])\s*{_BETWEEN}\s*([0-9]\S*)")
_ATTEMPT = re.compile(rf"{_DATE}.*|[0-9].*(?:\.\.|…).*|.*(?:\.\.|…)[0-9].*|(?:last|this)[-_ ].*")
_COUNTED = re.compile(r"last-?([0-9]{1,4})-?(d|days?|w|weeks?)")
_UNIT_WORD = re.compile(r"day|week|month|quarter|year|[0-9]+(?:d|w|days?|weeks?)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole calendar days in one zone; `last` is included, `label` is for people."""

    first: date
    last: date
    zone: str
    label: str

    @property
    def start(self) -> datetime:
        """The first instant, in UTC."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first instant that is no longer part of it, in UTC."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    def previous(self) -> "Period":
        """Return the period of as many days that ends the day before this one begins."""
        last = self.first - timedelta(days=1)
        first = last - (self.last - self.first)
        return Period(first, last, self.zone, dates(first, last))


def leading(words: Sequence[str]) -> int:
    """Return how many of the first words are a period or an attempt at one, 0 for none.

    The words are in lower case; "last 30 days" and "2026-01-01 to 2026-03-31" are three.
    """
    if not words or not words[0]:
        return 0
    for count in (3, 2):
        if len(words) >= count and _RANGE.fullmatch(" ".join(words[:count])):
            return count
    if words[0] in {"last", "this"} and len(words) > 1 and _UNIT_WORD.fullmatch(words[1]):
        counted = words[1].isdigit() and bool(_UNIT_WORD.fullmatch("".join(words[1:3])))
        return 3 if counted and words[2:] else 2
    known = words[0] in NAMED or words[0] in _SYNONYMS
    return int(known or bool(_COUNTED.fullmatch(words[0]) or _ATTEMPT.fullmatch(words[0])))


def canonical(text: str) -> str:
    """Return the words that stand for the period: one of NAMED, last-Nd, a date, or A..B.

    Raises UserError, saying what works, for anything else: unknown words, dates that do not
    exist, an end before its start.
    """
    typed = " ".join(text.casefold().split())
    ends = _RANGE.fullmatch(typed)
    if ends:
        return _between(day(ends[1]), day(ends[2]))
    name = re.sub(r"[\s_]+", "-", typed)
    name = _SYNONYMS.get(name, name)
    counted = _COUNTED.fullmatch(name)
    if counted:
        return _last_days(int(counted[1]) * (7 if counted[2].startswith("w") else 1))
    if name in NAMED:
        return name
    if re.search(r"\.\.|…", name):
        raise UserError(f"{quoted(text)} lacks a day. Give both: 2026-01-01..2026-03-31.")
    if re.match(r"[0-9]", name):
        return day(name).isoformat()
    near = nearest(name, [*NAMED, "last-7d", "last-30d"])
    meant = f" Did you mean {quoted(near)}?" if near else ""
    raise UserError(f"I don't know the period {quoted(text)}.{meant} {WORKS}")


def day(text: str) -> date:
    """Return the day written as 2026-01-31; raises UserError for another form or no such day."""
    match = _ISO_DAY.fullmatch(text)
    if not match:
        raise UserError(f"{quoted(text)} is not a date I can read. Write dates as 2026-01-31.")
    year, month, number = (int(each) for each in match.groups())
    if year not in _YEARS:
        raise UserError(
            f"The year {year} is out of reach. Years from {_YEARS[0]} to {_YEARS[-1]} work, "
            "as in 2026-01-31."
        )
    try:
        return date(year, month, number)
    except ValueError:
        raise UserError(
            f"There is no day {quoted(text)}. Write dates as year-month-day, such as 2026-01-31."
        ) from None


def period(text: str, *, today: date, zone: str) -> Period:
    """Return the days that the words stand for today; `today` is the date in `zone` (IANA).

    Raises UserError as `canonical` does.
    """
    name = canonical(text)
    ends = name.split("..")
    if re.match(r"[0-9]", name):
        first, last = day(ends[0]), day(ends[-1])
        return Period(first, last, zone, dates(first, last))
    first, last = _span(name, today)
    labels = {"ytd": "this year so far"}
    counted = _COUNTED.fullmatch(name)
    label = (
        f"last {counted[1]} day{'s' * (counted[1] != '1')}" if counted else name.replace("-", " ")
    )
    return Period(first, last, zone, labels.get(name, label))


def _last_days(count: int) -> str:
    """Return the words for a number of days; raises UserError when it is out of range."""
    if not 1 <= count <= MAX_DAYS:
        raise UserError(
            f"A period of {count} days does not work: 1 to {MAX_DAYS} do, as in last-30d. "
            "For longer ones give two dates: 2024-01-01..2026-03-31."
        )
    return f"last-{count}d"


def _between(first: date, last: date) -> str:
    """Return the words for two days; raises UserError when they are in the wrong order."""
    if last < first:
        raise UserError(
            f"The end {last} is before the start {first}. The earlier day comes first: "
            f"{last}..{first}."
        )
    return f"{first}..{last}" if first != last else f"{first}"


def _span(name: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a relative period."""
    counted = _COUNTED.fullmatch(name)
    if counted:
        return today - timedelta(days=int(counted[1]) - 1), today
    if name == "ytd":
        return today.replace(month=1, day=1), today
    if name in {"today", "yesterday"}:
        only = today - timedelta(days=name == "yesterday")
        return only, only
    which, _, unit = name.partition("-")
    offset = -1 if which == "last" else 0
    if unit == "week":
        monday = today - timedelta(days=today.weekday() - 7 * offset)
        return monday, monday + timedelta(days=6)
    return _months(today, _UNITS[unit], offset)


def _months(today: date, size: int, offset: int) -> tuple[date, date]:
    """Return the ends of the calendar unit of `size` months, `offset` units from today's."""
    unit = (today.year * 12 + today.month - 1) // size + offset
    first, after = (date(each * size // 12, each * size % 12 + 1, 1) for each in (unit, unit + 1))
    return first, after - timedelta(days=1)


def _midnight(first: date, zone: str) -> datetime:
    """Return the day's first instant in UTC; where midnight is skipped, the moment of the skip."""
    return datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def dates(first: date, last: date) -> str:
    """Return two days for people: 5 Jan 2026, 1 Jan to 31 Mar 2026."""
    start, end = (f"{each.day} {_MONTHS[each.month - 1]}" for each in (first, last))
    if first == last:
        return f"{end} {last.year}"
    if first.year == last.year:
        return f"{start} to {end} {last.year}"
    return f"{start} {first.year} to {end} {last.year}"
