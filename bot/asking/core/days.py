"""Days, months, quarters and years as people write them; what is not sure is asked."""

import re
from datetime import date
from typing import Final

from bot.asking.core.arguments import quoted
from bot.asking.core.retyping import Correction, RetypeError
from bot.errors import UserError

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
SHORT_MONTHS: Final = tuple(each[:3].capitalize() for each in MONTHS)
_YEARS: Final = range(1970, 2101)
_LAST_MONTH: Final = 12
_SHORTEST: Final = 3  # letters of a month
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_OTHER: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_NUMBER: Final = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_DAY_FIRST: Final = re.compile(rf"(?:the )?{_NUMBER}(?: of)? ([a-z]{{3,9}}),?(?: ([0-9]{{4}}))?")
_MONTH_FIRST: Final = re.compile(rf"([a-z]{{3,9}}) (?:the )?{_NUMBER},?(?: ([0-9]{{4}}))?")
_MONTH: Final = re.compile(r"([a-z]{3,9}),?(?: of)?(?: ([0-9]{4}))?")
_YEAR_AND_MONTH: Final = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})| ([a-z]{3,9}))")
_MONTH_AND_YEAR: Final = re.compile(r"([0-9]{1,2})[/.]([0-9]{4})")
_QUARTER: Final = re.compile(r"q([1-4])(?: ?/?(?:of )?([0-9]{4}))?|([0-9]{4}) ?/?q([1-4])")


def day(text: str) -> date:
    """Return the day written as 2026-01-31, 31.1.2026 or 31 Jan 2026.

    Raises UserError for another form or no such day, and RetypeError where the day may be the
    month.
    """
    typed = " ".join(text.casefold().split())
    iso, other = _ISO.fullmatch(typed), _OTHER.fullmatch(typed)
    if iso:
        return _checked(text, *(int(each) for each in iso.groups()))
    if other:
        return _numbers(text, int(other[1]), int(other[3]), int(other[4]), dotted=other[2] == ".")
    number, month, year = day_of_year(typed) or (0, 0, 0)
    if year:
        return _checked(text, year, month, number)
    raise UserError(f"{quoted(text)} is not a date I can read. Write dates as 2026-01-31.")


def day_of_year(text: str) -> tuple[int, int, int] | None:
    """Return day, month and year of "1 nov", "November 1st" or "1 Nov 2026".

    The year is 0 where none was given, and the text is in lower case.
    """
    first, other = _DAY_FIRST.fullmatch(text), _MONTH_FIRST.fullmatch(text)
    if first:
        number, name, year = first.groups()
    elif other:
        name, number, year = other.groups()
    else:
        return None
    month = month_number(name)
    if not month or not 1 <= int(number) <= _longest(month):
        return None
    return int(number), month, int(year or 0)


def month_of_year(text: str) -> tuple[int, int] | None:
    """Return month and year of "november", "Nov 2026", "2026-11" or "11/2026", in lower case.

    The year is 0 where none was given.
    """
    named, last, first = (
        form.fullmatch(text) for form in (_MONTH, _MONTH_AND_YEAR, _YEAR_AND_MONTH)
    )
    if named:
        month, year = month_number(named[1]), int(named[2] or 0)
    elif last:
        month, year = int(last[1]), int(last[2])
    elif first:
        month, year = int(first[2] or 0) or month_number(first[3] or ""), int(first[1])
    else:
        return None
    fits = 1 <= month <= _LAST_MONTH and (not year or year in _YEARS)
    return (month, year) if fits else None


def quarter_of_year(text: str) -> tuple[int, int] | None:
    """Return quarter and year of "q4", "Q4 2026" or "2026-Q4", in lower case with spaces.

    The year is 0 where none was given.
    """
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    quarter, year = match[1] or match[4], int(match[2] or match[3] or 0)
    return (int(quarter), year) if not year or year in _YEARS else None


def year_of(text: str) -> int:
    """Return a year that stands alone, or 0."""
    return int(text) if re.fullmatch("[0-9]{4}", text) and int(text) in _YEARS else 0


def month_number(word: str) -> int:
    """Return the month, 1-12, by its name or at least three of its first letters; 0 for none."""
    if len(word) < _SHORTEST:
        return 0
    known = {"sept": 9, **{name[:_SHORTEST]: at for at, name in enumerate(MONTHS, 1)}}
    return known.get(word) or next((at for at, name in enumerate(MONTHS, 1) if name == word), 0)


def dates(first: date, last: date) -> str:
    """Return two days for people: 5 Jan 2026, 1 Jan to 31 Mar 2026."""
    start, end = (f"{each.day} {SHORT_MONTHS[each.month - 1]}" for each in (first, last))
    if first == last:
        return f"{end} {last.year}"
    if first.year == last.year:
        return f"{start} to {end} {last.year}"
    return f"{start} {first.year} to {end} {last.year}"


def _longest(month: int) -> int:
    """Return how many days the month has in a year that has the most."""
    return 29 if month == 2 else 30 + (month + month // 8) % 2  # noqa: PLR2004  # the calendar


def _numbers(text: str, one: int, other: int, year: int, *, dotted: bool) -> date:
    """Return the day of two numbers; with dots or where only one way is left, it is sure."""
    if dotted or one > _LAST_MONTH or one == other:
        return _checked(text, year, other, one)
    if other > _LAST_MONTH:
        return _checked(text, year, one, other)
    either = _checked(text, year, other, one), _checked(text, year, one, other)
    corrections = [
        Correction(f"{each.day} {SHORT_MONTHS[each.month - 1]} {year}", each.isoformat())
        for each in either
    ]
    raise RetypeError(
        f"{quoted(text)} could be {corrections[0].label} or {corrections[1].label}. Write dates as "
        "2026-01-31.",
        typed=text,
        corrections=corrections,
    )


def _checked(text: str, year: int, month: int, number: int) -> date:
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
