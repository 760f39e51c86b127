"""Dates and moments in words, the same in every locale of the machine."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.periods import Period

_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_WEEKDAYS: Final = "MonTueWedThuFriSatSun"


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


def short_days(first: date, last: date, *, this_year: int) -> str:
    """Return a range such as 1 to 30 Nov, or 24 Oct to 22 Nov, with a dash, or one day.

    Years are told where they are another than `this_year`.
    """
    end = day_and_month(last) if last.year == this_year else day(last)
    if first == last:
        return end
    if first.year != last.year:
        return f"{day(first)}\N{EN DASH}{day(last)}"
    start = f"{first.day}" if first.month == last.month else day_and_month(first)
    return f"{start}\N{EN DASH}{end}"


def period_words(period: Period, *, this_year: int | None = None) -> str:
    """Return a period with its dates, for people; with all years where no `this_year` is given."""
    if period.label[0].isdigit():  # the label is the dates already
        return period.label
    if this_year is None:
        return f"{period.label}: {days(period.first, period.last)}"
    return f"{period.label}: {short_days(period.first, period.last, this_year=this_year)}"


def day_and_time(when: datetime, zone: str) -> str:
    """Return a moment such as "22 Nov 2026 14:05" in an IANA zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{day(local)} {local:%H:%M}"


def weekday_and_day(when: date, *, this_year: int | None = None) -> str:
    """Return a date such as "Thu 3 Dec"; with its year where it is another than `this_year`."""
    start = 3 * when.weekday()
    words = day(when) if this_year not in {None, when.year} else day_and_month(when)
    return f"{_WEEKDAYS[start : start + 3]} {words}"


def weekday_and_time(when: datetime, zone: str, *, this_year: int | None = None) -> str:
    """Return a moment such as "Thu 3 Dec, 10:00" in an IANA zone; the year as of the day."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{weekday_and_day(local, this_year=this_year)}, {local:%H:%M}"


def soon(when: datetime, now: datetime, zone: str, *, at: str = "") -> str:
    """Return a moment to come, such as "today 09:00", "tomorrow 09:00" or "Wed 2 Dec 09:00".

    `at` is a word before the time of day; the year is told where it is another than that of `now`.
    """
    local, today = when.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    ahead = (local.date() - today).days
    named = {0: "today", 1: "tomorrow"}.get(ahead)
    words = named or weekday_and_day(local, this_year=today.year)
    return " ".join(filter(None, (words, at, f"{local:%H:%M}")))


def zone_words(zone: str) -> str:
    """Return an IANA zone as people say it, such as "Berlin time"; UTC stays UTC."""
    area, _, city = zone.rpartition("/")
    if not area or area == "Etc":  # such as UTC, GMT, EST5EDT, Etc/GMT-3
        return "UTC" if city in {"UTC", "UCT", "Zulu", "Universal"} else zone
    return f"{city.replace('_', ' ')} time"


def local_day(when: datetime, zone: str) -> date:
    """Return the date of a moment in an IANA zone."""
    return when.astimezone(ZoneInfo(zone)).date()


def sortable_time(when: datetime | None, zone: str) -> str:
    """Return a moment such as "2026-11-22 14:05", which sorts as text; empty for none."""
    try:
        return f"{when.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if when else ""
    except OverflowError:  # a vendor's date at the edge of the calendar
        return ""
