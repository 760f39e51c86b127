"""Dates and moments in words, the same in every locale of the machine."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.periods import Period

_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


def day(when: date) -> str:
    """Return a date such as "12 Nov 2026"."""
    return f"{day_and_month(when)} {when.year}"


def day_and_month(when: date) -> str:
    """Return a date such as "12 Nov", for when the year goes without saying."""
    start = 3 * (when.month - 1)
    return f"{when.day} {_MONTHS[start : start + 3]}"


def days(first: date, last: date) -> str:
    """Return a range such as "24 Oct" to "22 Nov 2026" with a dash, or one day."""
    if first == last:
        return day(last)
    start = day_and_month(first) if first.year == last.year else day(first)
    return f"{start} \N{EN DASH} {day(last)}"


def period_words(period: Period) -> str:
    """Return a period with its dates and its zone, for people."""
    if period.label[0].isdigit():  # the label is the dates already
        return f"{period.label} ({period.zone})"
    return f"{period.label}: {days(period.first, period.last)} ({period.zone})"


def day_and_time(when: datetime, zone: str) -> str:
    """Return a moment such as "22 Nov 2026 14:05" in an IANA zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day(local)} {local:%H:%M}"


def local_day(when: datetime, zone: str) -> date:
    """Return the date of a moment in an IANA zone."""
    return when.astimezone(ZoneInfo(zone)).date()


def sortable_day(when: datetime | None, zone: str) -> str:
    """Return a date such as "2026-11-22", which sorts as text; empty where there is none."""
    return _sortable(when, zone)[:10]


def sortable_time(when: datetime | None, zone: str) -> str:
    """Return a moment such as "2026-11-22 14:05", which sorts as text; empty for none."""
    return _sortable(when, zone)


def _sortable(when: datetime | None, zone: str) -> str:
    try:
        return f"{when.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if when else ""
    except OverflowError:  # a vendor's date at the edge of the calendar
        return ""
