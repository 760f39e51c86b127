"""Counts over time with their gaps filled with zeros, whatever width the vendor chose. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.asking.core.periods import Period
from bot.fieldreports.model import ReportBucket

HOUR = "hour"
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_SPANS = 4_000
_EASTERNMOST = timedelta(hours=13)
"""A stretch begins at midnight of a zone that is not told. So long after it, UTC has the same date
as that zone, from UTC+13 (the vendor's New Zealand in summer) to UTC-10, on every day of the year.
"""


def day_of(start: datetime) -> date:
    """Return the date on which a stretch of a day or more begins, in the zone it belongs to."""
    try:
        return (start.astimezone(UTC) + _EASTERNMOST).date()
    except OverflowError:  # a vendor's date at the end of the calendar
        return start.date()


def counts_by_day(
    buckets: Sequence[ReportBucket], period: Period, *, width: str, today: date
) -> list[tuple[date, int]]:
    """Return the first day and the count of each stretch that began by `today`, in their order.

    A width that is not known is not filled.
    """
    found: Counter[date] = Counter()
    for each in buckets:
        found[day_of(each.start)] += each.count
    for first in _first_days(min(found), period, width) if found else ():
        if first <= today:
            found[first] += 0
    return sorted(found.items())


def counts_by_hour(
    buckets: Sequence[ReportBucket], period: Period, *, now: datetime
) -> list[tuple[datetime, int]]:
    """Return each hour that began by `now` and its count; hours are instants, so no day has two."""
    found: Counter[datetime] = Counter()
    for each in buckets:
        found[each.start.astimezone(UTC)] += each.count
    hour = timedelta(hours=1)
    first = min(found, default=period.start)
    first -= -(-(first - period.start) // hour) * hour  # in step with the vendor's
    for number in range(min((min(period.end, now) - first) // hour, _MOST_SPANS)):
        found[first + number * hour] += 0
    return sorted(found.items()) if buckets else []


def reaches_before(first: date, period: Period) -> bool:
    """Return whether a first stretch begins before the period, which so has only a part of it."""
    return first < period.first


def reaches_beyond(last: date, period: Period, *, width: str, today: date) -> bool:
    """Return whether a last stretch ends after the period, or is not over yet."""
    if last.year == date.max.year:  # the calendar has no day after it
        return True
    if width in _MONTHS:
        number = _month(last) + _MONTHS[width]
        following = date(number // 12, number % 12 + 1, 1)
    else:
        following = last + timedelta(days=_DAYS.get(width, 1))
    return period.last + timedelta(days=1) < following or today < following


def _first_days(anchor: date, period: Period, width: str) -> Iterable[date]:
    """Yield the first days of all stretches with a part in the period, in step with the anchor."""
    if width in _MONTHS:
        months = _MONTHS[width]
        start = _month(anchor) - -(-(_month(anchor) - _month(period.first)) // months) * months
        numbers = range(start, _month(period.last) + 1, months)
        return (date(number // 12, number % 12 + 1, 1) for number in numbers[:_MOST_SPANS])
    days = _DAYS.get(width, 0)
    if not days:
        return ()
    first = anchor - -(-(anchor - period.first).days // days) * timedelta(days=days)
    count = min((period.last - first).days // days + 1, _MOST_SPANS)
    return (first + timedelta(days=days * number) for number in range(count))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
