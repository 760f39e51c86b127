"""Quiet hours: how they are written."""

import re
from typing import Final

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
