"""The time before a period that it is fairly compared with.

Months are compared with months, and what is not over yet with the same part of the one before.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.days import MONTHS, SHORT_MONTHS
from bot.asking.core.periods import Period, canonical

_MONTHS_OF: Final = {"mtd": 1, "qtd": 3, "ytd": 12}
_COUNTED: Final = re.compile(r"last-([0-9]+)([dm])")
_WEEK: Final = re.compile(r"(this|last)-week|wtd")
_QUARTER: Final = 3
_YEAR: Final = 12
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a period is compared with: its days, of which only what is before `end` counts.

    `end` is an instant; `words` stand after "than", such as "the 30 days before".
    """

    period: Period
    end: datetime
    words: str


def earlier(text: str, period: Period, *, now: datetime) -> Earlier | None:
    """Return what the period of these words is compared with; None while it has not begun."""
    if now <= period.start:
        return None
    name = canonical(text)
    months = _months(name, period)
    past = _past(period, months, to_its_start=bool(_COUNTED.fullmatch(name)))
    if now >= period.end:
        return Earlier(past, past.end, _whole_words(name, period, past, months))
    same = _same_moment(period, months, now)
    words = _part_words(name, period, past, same.date())
    return Earlier(past, min(same.astimezone(UTC), past.end), words)


def _months(name: str, period: Period) -> int:
    """Return how many months a period stands for; 0 for one that is counted in days."""
    counted = _COUNTED.fullmatch(name)
    if counted:
        return int(counted[1]) if counted[2] == "m" else 0
    if name in _MONTHS_OF:
        return _MONTHS_OF[name]
    if _WEEK.fullmatch(name) or period.first.day != 1 or period.first == period.last:
        return 0
    return _number(period.last) - _number(period.first) + 1


def _past(period: Period, months: int, *, to_its_start: bool) -> Period:
    if not months:
        return period.previous()
    first = _back(period.first, months)
    last = _back(period.last, months)
    if to_its_start:
        last = period.first - _DAY
    elif (period.last + _DAY).day == 1:
        last = _back(period.last + _DAY, months) - _DAY
    return Period(first, last, period.zone, _days(first, last, period.first.year))


def _same_moment(period: Period, months: int, now: datetime) -> datetime:
    """Return the moment at which as much of the earlier period was over, by the clock there."""
    local = now.astimezone(ZoneInfo(period.zone))
    length = (period.last - period.first) + _DAY
    day = _back(local.date(), months) if months else local.date() - length
    return datetime.combine(day, local.time(), ZoneInfo(period.zone))


def _part_words(name: str, period: Period, past: Period, reached: date) -> str:
    if name == "today":
        return "the same part of yesterday"
    if _WEEK.fullmatch(name):
        return "the same part of last week"
    if past.first.day == 1 and not _COUNTED.fullmatch(name):
        return _days(past.first, min(reached, past.last), period.first.year)
    return _length_words(name, period)


def _whole_words(name: str, period: Period, past: Period, months: int) -> str:
    if _WEEK.fullmatch(name):
        return "the week before"
    if not months or _COUNTED.fullmatch(name):
        return _length_words(name, period)
    return _unit(past, months, period.first.year) if (past.last + _DAY).day == 1 else past.label


def _unit(past: Period, months: int, this_year: int) -> str:
    """Return "October", "Q3" or "2025" for such months, or their days."""
    first = past.first
    year = "" if first.year == this_year else f" {first.year}"
    if months == 1:
        return f"{MONTHS[first.month - 1].capitalize()}{year}"
    if months == _QUARTER and first.month % _QUARTER == 1:
        return f"Q{(first.month + 2) // _QUARTER}{year}"
    return f"{first.year}" if months == _YEAR and first.month == 1 else past.label


def _length_words(name: str, period: Period) -> str:
    counted = _COUNTED.fullmatch(name)
    if counted and counted[2] == "m":
        return f"the {counted[1]} months before" if counted[1] != "1" else "the month before"
    length = (period.last - period.first).days + 1
    return f"the {length:,} days before" if length > 1 else "the day before"


def _days(first: date, last: date, this_year: int) -> str:
    """Return days such as "1 Sep - 10 Oct", with a dash; the month once where it is one."""
    year = "" if last.year == this_year else f" {last.year}"
    end = f"{last.day} {SHORT_MONTHS[last.month - 1]}{year}"
    if first == last:
        return end
    if _number(first) == _number(last):
        return f"{first.day}\N{EN DASH}{end}"
    other = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {SHORT_MONTHS[first.month - 1]}{other} \N{EN DASH} {end}"


def _back(day: date, months: int) -> date:
    """Return the same day so many months ago, or that month's last."""
    number = _number(day) - months
    start = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return start.replace(day=min(day.day, (following - _DAY).day))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
