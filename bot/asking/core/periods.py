"""Spans of calendar days by the words people use for them, still relative until they are needed.

`canonical` gives words that a digest can store ("last-30d", "november") and ask anew each time;
`period` turns them into days and instants. A "this-…" period is the whole calendar unit, including
days to come; "ytd" and the like end today. What names no year is the latest that has begun.

The grammar is our own: libraries that guess dates (dateparser, parsedatetime) give an instant for
any text, where a report needs both ends, words that can be stored, and a refusal to guess.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core import weekdays
from bot.asking.core.arguments import keyword, nearest, quoted
from bot.asking.core.days import (
    MONTHS,
    dates,
    day,
    day_of_year,
    month_of_year,
    quarter_of_year,
    year_of,
)
from bot.asking.core.fillers import NUMBERS
from bot.asking.core.spans import SINCE, SO_FAR, UNITS, label, span
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
    f"Periods that work: {', '.join(NAMED)}, last-30d (any number of days up to 366), november, "
    "Q4, since monday, one day such as 2026-01-31, or two with dots between them: "
    "2026-01-01..2026-03-31."
)
MAX_DAYS = 366
MAX_MONTHS = 120
_LONGEST: Final = 8  # words: "from 1 nov 2026 to 20 nov 2026"
_COUNTS: Final = NUMBERS | {"couple": 2, "couple of": 2, "a couple of": 2}
_DAYS_OF: Final = {"d": 1, "day": 1, "w": 7, "week": 7, "fortnight": 14}
_MONTHS_OF: Final = {"m": 1, **UNITS, "y": 12, "yr": 12}
_BACK: Final = "last|past|previous|prev|recent"
_COUNTED: Final = re.compile(
    rf"(?P<back>(?:{_BACK}) ?)?(?P<number>[0-9]{{1,4}}|{'|'.join(_COUNTS)})?"
    r" ?(?P<unit>d|day|w|week|fortnight|m|month|quarter|year|y|yr)?s?"
)
_RANGE: Final = re.compile(
    r"(?:from |between )?(\S.*?)\s*(?:\.{2,}|…|(?<=\s)-(?=\s)|\b(?:to|until|till|through|and)\b)"
    r"\s*(\S.*)"
)
_ISO: Final = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_ISO_RANGE: Final = re.compile(rf"({_ISO})-({_ISO})")
_IN_ONE_MONTH: Final = re.compile(
    r"(?:from |between )?([0-9]{1,2}) ?(?:-|to|until|and) ?([0-9]{1,2})(?: of)? "
    r"([a-z]{3,9}(?: [0-9]{4})?)"
)
_MONTH_RANGE: Final = re.compile(r"([a-z]{3,9})-([a-z]{3,9}(?: [0-9]{4})?)")
_FROM: Final = re.compile(
    r"since[\s-]+(.+)|from (.+?)(?: on| onwards?)?|(.+) (?:so far|to date|until now|onwards?)"
)
_JOINED: Final = (_ISO_RANGE, _MONTH_RANGE, _RANGE)
_DATE: Final = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_ATTEMPT: Final = re.compile(
    rf"{_DATE}.*|[0-9].*(?:\.\.|…).*|.*(?:\.\.|…)[0-9].*|(?:last|this)[-_ ].*"
)


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
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if all(words[:count]) and _is_meant(" ".join(words[:count])):
            return count
    return int(bool(_ATTEMPT.fullmatch(words[0])))


def may_be_a_name(text: str) -> bool:
    """Return whether a period's words may as well be part of a name: a month, a weekday, 30 days.

    They are a period only at the end, or before another option.
    """
    words = keyword(text).split()
    ends = re.split(r"[\s-]", words[0])[0] if words else ""
    sure = ends in {"last", "this", "since", "past", "from", "between", "today", "yesterday"}
    iso = re.match(r"[0-9]{4}-[0-9]|.*\.\.", text)
    return not sure and not iso and text not in NAMED


def canonical(text: str) -> str:
    """Return the words that stand for the period: one of NAMED, last-Nd, november, A..B and so on.

    Raises UserError, saying what works, for anything else: unknown words, dates that do not
    exist, an end before its start.
    """
    typed = " ".join(keyword(text).split())
    found = _read(typed)
    if found:
        return found
    if re.search(r"\.\.|…", typed):
        raise UserError(f"{quoted(text)} lacks a day. Give both: 2026-01-01..2026-03-31.")
    if re.match(r"[0-9]", typed):
        return day(typed).isoformat()
    near = nearest(re.sub(r"[\s_]+", "-", typed), [*NAMED, "last-7d", "last-30d"])
    meant = f" Did you mean {quoted(near)}?" if near else ""
    raise UserError(f"I can't read {quoted(text)} as a period.{meant} {WORKS}")


def period(text: str, *, today: date, zone: str) -> Period:
    """Return the days that the words stand for today; `today` is the date in `zone` (IANA).

    Raises UserError as `canonical` does, and for a period that has not begun.
    """
    name = canonical(text)
    first, last = span(name, today)
    return Period(first, last, zone, label(name, first, last))


def _is_meant(text: str) -> bool:
    """Return whether a text is a period, or one that cannot be, such as 30 February."""
    try:
        return bool(_read(text))
    except UserError:
        return True


@lru_cache(maxsize=4_096)
def _read(typed: str) -> str:
    """Return the canonical words of a text in lower case, or an empty text.

    Raises UserError for what is surely meant as a period and cannot be one.
    """
    found = _atom(typed)
    if found:
        return found
    since = _FROM.fullmatch(typed)
    start = _atom(since[1] or since[2] or since[3]) if since else ""
    if start:
        return start if start.endswith("td") else f"{SINCE}{start}"
    return _range(typed)


def _range(typed: str) -> str:
    """Return the words of two days or months, such as "1 to 20 nov" or "2026-01-01..2026-03-31"."""
    first, last = (_atom(each) for each in _ends(typed))
    if not first or not last or "td" in first + last or first.startswith("last"):
        return ""
    return _between(first, last)


def _ends(typed: str) -> tuple[str, str]:
    """Return the words before and after what joins two ends, or empty texts."""
    within = _IN_ONE_MONTH.fullmatch(typed)
    if within:
        return f"{within[1]} {within[3]}", f"{within[2]} {within[3]}"
    joined = next(filter(None, (form.fullmatch(typed) for form in _JOINED)), None)
    return (joined[1], joined[2]) if joined else ("", "")


def _between(first: str, last: str) -> str:
    """Return the words for two ends; raises UserError when they are in the wrong order."""
    dated = all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", each) for each in (first, last))
    if dated and last < first:
        raise UserError(
            f"The end {last} is before the start {first}. The earlier day comes first: "
            f"{last}..{first}."
        )
    return f"{first}..{last}" if first != last else first


def _atom(typed: str) -> str:
    """Return the canonical words of a period without two ends, or an empty text."""
    plain = re.sub(r"[\s_-]+", " ", typed).removeprefix("the ")
    hyphened = plain.replace(" ", "-")
    if hyphened in NAMED or plain in SO_FAR:
        return hyphened
    return _so_far(plain) or _counted(plain) or _calendar(plain) or _dated(typed, plain)


def _so_far(plain: str) -> str:
    match = re.fullmatch(
        r"(?:this |current )?(week|month|quarter|year) (?:so far|to date|till today|until now)",
        plain,
    )
    return next((name for name, unit in SO_FAR.items() if match and match[1] == unit), "")


def _calendar(plain: str) -> str:
    """Return "last-week" and the like for "previous week" or "current week"."""
    match = re.fullmatch(r"(this|current|last|previous|prev) (week|month|quarter|year)", plain)
    if not match:
        return ""
    return f"{'this' if match[1] in {'this', 'current'} else 'last'}-{match[2]}"


def _counted(plain: str) -> str:
    """Return "last-30d" or "last-3m" for a number of days, weeks, months, quarters or years."""
    match = _COUNTED.fullmatch(plain)
    if not match or not (match["number"] or match["back"]) or not (match["unit"] or match["back"]):
        return ""
    unit, back = match["unit"] or "day", (match["back"] or "").strip()
    if not match["number"] and (back not in {"past", "recent"} or not match["unit"]):
        return _last_days(14) if unit == "fortnight" else ""  # "last week" is the calendar's
    number = match["number"] or "1"
    count = _COUNTS.get(number) or int(number)
    if unit in _DAYS_OF:
        return _last_days(count * _DAYS_OF[unit])
    return _last_months(count * _MONTHS_OF[unit])


def _last_days(count: int) -> str:
    """Return the words for a number of days; raises UserError when it is out of range."""
    if not 1 <= count <= MAX_DAYS:
        raise UserError(
            f"A period of {count} days does not work: 1 to {MAX_DAYS} do, as in last-30d. "
            "For longer ones give two dates: 2024-01-01..2026-03-31."
        )
    return f"last-{count}d"


def _last_months(count: int) -> str:
    if not 1 <= count <= MAX_MONTHS:
        raise UserError(
            f"A period of {count} months does not work: 1 to {MAX_MONTHS} do, as in last 6 months."
        )
    return f"last-{count}m"


def _dated(typed: str, plain: str) -> str:
    """Return the words for a day, a month, a quarter, a year or a weekday of the calendar."""
    if re.fullmatch(_DATE, typed):
        return day(typed).isoformat()
    one = day_of_year(plain)
    if one:
        number, month, year = one
        return day(plain).isoformat() if year else f"{number}-{MONTHS[month - 1][:3]}"
    found = month_of_year(typed) or month_of_year(plain)
    if found:
        month, year = found
        return f"{year}-{month:02}" if year else MONTHS[month - 1]
    quarter = quarter_of_year(plain)
    if quarter:
        return f"{quarter[1]}-q{quarter[0]}" if quarter[1] else f"q{quarter[0]}"
    weekday = weekdays.numbers(plain)
    if len(weekday) == 1 and "," not in plain and "-" not in plain:
        return weekdays.NAMES[weekday[0]]
    return f"{year_of(plain)}" if year_of(plain) else ""


def _midnight(first: date, zone: str) -> datetime:
    """Return the day's first instant in UTC; where midnight is skipped, the moment of the skip."""
    return datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
