"""FLOW's times, whose forms and zones its pages leave open. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MILLISECONDS = 1e11
"""A Unix time above this counts milliseconds: in seconds it would be the year 5138."""
NOTHING = " 0:-"
"""What a time that never was is made of, as in "0000-00-00 00:00:00"."""
_DAY = timedelta(days=1)
_ANY_DAY = date(2000, 1, 1)


def is_said(text: str) -> bool:
    """Return whether there is a time at all."""
    return bool(text.strip(NOTHING)) or _clock(text) is not None


def moment(text: str) -> datetime | None:
    """Return a moment from ISO 8601 or a Unix time, or None; naive where no zone is named."""
    words = text.strip()
    if not words.strip(NOTHING):
        return None
    try:
        if not words.isdecimal():
            return datetime.fromisoformat(words)
        seconds = int(words)
        return datetime.fromtimestamp(seconds / (1000 if seconds > MILLISECONDS else 1), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def minutes(entered: str, left: str) -> float | None:
    """Return how long somebody was present, None where the two times do not tell it for sure.

    Two times of day without a date are less than a day apart, midnight perhaps between them.
    """
    start, end = moment(entered), moment(left)
    if start is None and end is None:
        return _between(_clock(entered), _clock(left))
    if start is None or end is None or (start.tzinfo is None) != (end.tzinfo is None):
        return None
    return None if end < start else _in_minutes(end - start)


def start(day: str, clock: str, zone: str) -> tuple[datetime | None, str]:
    """Return when an event starts, and the vendor's words for it; no UTC time is documented.

    Of a time that comes twice on the day when clocks go back it is the first.
    """
    words = f"{day} {clock}".strip()
    found = moment(words)
    if found is None or found.tzinfo is not None:
        return found, words
    try:
        return found.replace(tzinfo=ZoneInfo(zone)), words
    except (KeyError, ValueError, OSError):  # a name that is no zone, or none that a file can have
        return None, words


def _clock(text: str) -> time | None:
    """Return a time of day such as 23:50:00; midnight is one, a bare number is none."""
    words = text.strip()
    if ":" not in words or "-" in words:
        return None
    try:
        return time.fromisoformat(words)
    except ValueError:
        return None


def _between(entered: time | None, left: time | None) -> float | None:
    if entered is None or left is None or (entered.tzinfo is None) != (left.tzinfo is None):
        return None
    came, went = datetime.combine(_ANY_DAY, entered), datetime.combine(_ANY_DAY, left)
    return _in_minutes(went - came if went >= came else went + _DAY - came)


def _in_minutes(span: timedelta) -> float:
    return round(span.total_seconds() / 60, 1)
