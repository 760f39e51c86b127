"""Which events begin today, on other days, and within the next seven days. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.webinars.model import Event

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_ISO_DAY = len("2026-12-01")


def begins_within_a_week(event: Event, now: datetime, zone: str) -> bool:
    """Return whether an event to come begins until this time of day in a week, in an IANA zone.

    A start whose zone cannot be read is somewhere on its day or a day beside it; one that cannot be
    read at all may be any time. Both are better shown than left out.
    """
    until = now.astimezone(ZoneInfo(zone)) + WEEK  # the time of day stays over a change of clocks
    if event.starts_at is not None:
        return event.starts_at <= until.astimezone(UTC)
    day = _day(event.when)
    return day is None or day - _DAY <= until.date()


def begins_in_week(event: Event, since: datetime, zone: str) -> bool:
    """Return whether an event began, or begins, in the week from a moment on."""
    starts = event.starts_at
    return starts is not None and starts >= since and begins_within_a_week(event, since, zone)


def begins_today(event: Event, now: datetime, zone: str) -> bool:
    """Return whether an event begins on the day that it is now in an IANA zone."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return begins_on(event, today, today, zone)


def begins_on(event: Event, first: date, last: date, zone: str) -> bool:
    """Return whether an event begins on one of some days in an IANA zone."""
    day = event.starts_at.astimezone(ZoneInfo(zone)).date() if event.starts_at else None
    day = day or _day(event.when)
    return day is not None and first <= day <= last


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:_ISO_DAY])
    except ValueError:
        return None
