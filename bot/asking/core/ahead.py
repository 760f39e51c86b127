"""Days that may be to come, as people say them: tomorrow, next week, december, until 15 January.

`core.periods` reads the words of reports, which look back. Here a month, a day or a weekday without
its year is the nearest one or the coming one, and there are words for what is ahead.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.asking.core import periods, spans, weekdays
from bot.asking.core.days import dates
from bot.asking.core.fillers import NUMBERS
from bot.asking.core.spans import is_relative, label, span
from bot.errors import UserError

NEXT: Final = "next-"
_MOST: Final = periods.MAX_DAYS
_LONGEST: Final = 8  # words, as in core.periods
_UNIT: Final = re.compile(r"(?:next|coming|following) (week|month|quarter|year)")
_COUNTED: Final = re.compile(
    rf"(?:next|coming|following) ([0-9]{{1,3}}|{'|'.join(NUMBERS)}|couple of) ?(d|day|week)s?"
)
_WEEKDAY: Final = re.compile(r"(?:next|coming|this) (\w+)")
_NUMBERED: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_STORED: Final = re.compile(r"next-([0-9]+)d")
_YEAR: Final = re.compile(r"[0-9]{4}")
_LONGEST_MONTH: Final = 31
_UNITS: Final = ("week", "month", "quarter", "year")


def leading(words: Sequence[str]) -> int:
    """Return how many of the first words, in lower case, say days; 0 for none."""
    counts = range(min(_LONGEST, len(words)), 0, -1)
    return next((count for count in counts if canonical(" ".join(words[:count]))), 0)


def canonical(text: str) -> str:
    """Return the words that stand for days, as they can be kept and typed; empty for none."""
    plain = " ".join(text.casefold().replace("-", " ").split()).removeprefix("the ")
    found = _ahead(plain)
    if found:
        return found
    try:
        return periods.canonical(text)
    except UserError:
        return ""


def nearest(name: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of canonical words, the nearest where no year is named.

    A weekday is the coming one. Raises UserError for days that there are not.
    """
    behind, ahead = _behind(name, today), _coming(name, today)
    if behind is None or ahead is None:
        return ahead or behind or (today, today)
    return min(behind, ahead, key=lambda days: max(days[0] - today, today - days[1]))


def coming(name: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of canonical words, those to come where no year is named.

    A weekday is not today. Raises UserError for days that there are not.
    """
    if name in weekdays.NAMES:
        return _next(name, today)
    behind, ahead = _behind(name, today), _coming(name, today)
    later = behind is not None and behind[0] > today
    return (behind if later else ahead or behind) or (today, today)


def words_of(name: str, first: date, last: date) -> str:
    """Return such days to stand after what is on them: "in December 2026", "next week"."""
    counted = _STORED.fullmatch(name)
    if counted:
        return f"in the next {counted[1]} days"
    which, _, unit = name.partition("-")
    if name == "tomorrow" or (which in {"next", "last"} and unit in _UNITS):
        return name.replace("-", " ")
    said = dates(first, last) if name.startswith(NEXT) else label(name, first, last)
    if said.startswith(("this ", "since ", "today", "yesterday")):
        return said
    if said.startswith("last "):
        return f"in the {said}"
    if first == last:
        return f"on {dates(first, first)}"
    return f"from {said}" if " to " in said else f"in {said}"


def spoken(name: str) -> str:
    """Return canonical words for people, whenever they are said: "next week", "in December"."""
    counted, number = _STORED.fullmatch(name), _NUMBERED.fullmatch(name)
    if counted:
        return f"in the next {counted[1]} days"
    if name == "tomorrow" or name.startswith(NEXT):
        return name.replace("-", " ")
    said = f"the {name}" if number else spans.spoken(name)
    if said.startswith(("this ", "since ", "today", "yesterday", "last ")):
        return said
    return f"on {said}" if number or name in weekdays.NAMES or said[0].isdigit() else f"in {said}"


def _ahead(plain: str) -> str:
    """Return the canonical words of what only lies ahead."""
    if plain == "tomorrow":
        return plain
    unit, some = _UNIT.fullmatch(plain), _COUNTED.fullmatch(plain)
    if unit:
        return f"{NEXT}{unit[1]}"
    if some:
        count = NUMBERS.get(some[1]) or (2 if some[1] == "couple of" else int(some[1]))
        days = count * (7 if some[2] == "week" else 1)
        return f"{NEXT}{days}d" if 1 <= days <= _MOST else ""
    day, number = _WEEKDAY.fullmatch(plain), _NUMBERED.fullmatch(plain)
    if number and 1 <= int(number[1]) <= _LONGEST_MONTH:
        return plain
    found = weekdays.numbers(day[1]) if day else ()
    if day and len(found) == 1:
        name = weekdays.NAMES[found[0]]
        return f"{NEXT}{name}" if plain.startswith("next") else name
    return ""


def _coming(name: str, today: date) -> tuple[date, date] | None:
    """Return the days where they can be ahead, or None."""
    counted, number = _STORED.fullmatch(name), _NUMBERED.fullmatch(name)
    if name == "tomorrow":
        return (today + timedelta(days=1),) * 2
    if counted:
        return today, today + timedelta(days=int(counted[1]) - 1)
    if number:
        return (_numbered(int(number[1]), today),) * 2
    if name.startswith(NEXT):
        return _next(name.removeprefix(NEXT), today)
    if is_relative(name) or _YEAR.search(name):
        return None
    window = 6 if name in weekdays.NAMES else 364
    return span(name, today + timedelta(days=window))


def _next(what: str, today: date) -> tuple[date, date]:
    """Return the days of the week, month and so on after this one, or of a weekday not today."""
    if what in weekdays.NAMES:
        return span(what, today + timedelta(days=7))
    return span(f"this-{what}", span(f"this-{what}", today)[1] + timedelta(days=1))


def _numbered(number: int, today: date) -> date:
    """Return the coming day of that number in its month."""
    days = (today + timedelta(days=ahead) for ahead in range(2 * _LONGEST_MONTH + 1))
    return next(each for each in days if each.day == number)


def _behind(name: str, today: date) -> tuple[date, date] | None:
    """Return the days where they can be behind, or be fixed, or None."""
    only_ahead = name in {"tomorrow", *weekdays.NAMES} or name.startswith(NEXT)
    return None if only_ahead or _NUMBERED.fullmatch(name) else span(name, today)
