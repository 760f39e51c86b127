"""Quiet hours: how they are written, and until when they last at a moment."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core import weekdays
from bot.asking.core.arguments import keyword
from bot.asking.terms import QuietHours
from bot.digests.core.clock_times import ClockTime, times_at
from bot.errors import UserError

_SPAN: Final = re.compile(
    r"(?:from |between )?(?P<begins>.+?) ?(?:-|to|until|till|and) ?(?P<ends>.+?)"
    r"(?: on (?P<days>.+))?"
)
_SETS: Final = {
    "weekdays": (1, 2, 3, 4, 5),
    "weekends": (6, 0),
    "weekend": (6, 0),
    "every day": (),
    "all days": (),
}
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


def quiet_hours(typed: str) -> QuietHours | None:
    """Return what "22:00-07:00" or "from 10pm to 7am on weekdays" stands for; None for no hours.

    None, too, where something follows the days.

    Raises UserError for hours that are none, or of which the days cannot be read.
    """
    match = _SPAN.fullmatch(keyword(typed))
    begins, ends = (_time(match[each]) if match else None for each in ("begins", "ends"))
    if match is None or begins is None or ends is None:
        return None
    if begins == ends:
        raise UserError(f"Quiet hours from {begins} to {ends} are none. For example: quiet 22-7")
    days = _days(match["days"]) if match["days"] else ()
    return None if days is None else QuietHours(f"{begins}", f"{ends}", days)


def quiet_until(quiet: QuietHours, zone: str, moment: datetime) -> datetime | None:
    """Return when the quiet hours end in which a moment is, in UTC; None where it is in none.

    They begin the first time that the clocks in the IANA zone show their beginning, and end the
    last time that these show their end; an end that is skipped is when the clocks go on.
    """
    today = moment.astimezone(ZoneInfo(zone)).date()
    spans = (_span(quiet, zone, day) for day in (today - _DAY, today) if _is_of(quiet, day))
    return next((ends for begins, ends in spans if begins <= moment < ends), None)


def _span(quiet: QuietHours, zone: str, day: date) -> tuple[datetime, datetime]:
    begins, ends = time.fromisoformat(quiet.begins), time.fromisoformat(quiet.ends)
    last = day if begins < ends else day + _DAY
    return _instant(day, begins, zone, fold=0), _instant(last, ends, zone, fold=1)


def _instant(day: date, at: time, zone: str, *, fold: int) -> datetime:
    """Return the moment at which clocks show a time, that after a gap which swallows it."""
    local = datetime.combine(day, at, ZoneInfo(zone)).replace(fold=fold)
    while local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(
        tzinfo=None
    ):
        local += _MINUTE
    return local.astimezone(UTC)


def _is_of(quiet: QuietHours, day: date) -> bool:
    return not quiet.days or day.isoweekday() % 7 in quiet.days


def _time(typed: str) -> ClockTime | None:
    """Return one time of day; a bare hour is taken as it is, as both ends of a span are there."""
    if re.fullmatch(r"[0-9]|[01][0-9]|2[0-3]", typed):
        return ClockTime(int(typed))
    found = times_at(typed)
    if found is None or found[1] != len(typed) or len(found[0].times) != 1:
        return None
    return found[0].times[0]


def _days(typed: str) -> tuple[int, ...] | None:
    """Return the days that are written, None where they are followed by something else."""
    if typed in _SETS:
        return _SETS[typed]
    if typed.startswith(tuple(f"{each} " for each in _SETS)):
        return None
    words, used = weekdays.listed(typed.split())
    if used and used < len(typed.split()):
        return None
    days = weekdays.numbers(words)
    if not days:
        raise UserError("Quiet hours are on weekdays, weekends or days such as sat,sun.")
    return days
