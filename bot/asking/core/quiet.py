"""Until when quiet hours last at a moment, and when somebody may be written to at all. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.public_holidays import holiday_on
from bot.asking.terms import QuietHours

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
EVENING_AND_NIGHT: Final = QuietHours("18:00", "08:00")
"""Between these nobody is written to who did not ask for it."""
MORNING: Final = time(9)
_SATURDAY: Final = 6


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
    return instant_at(day, begins, zone, fold=0), instant_at(last, ends, zone, fold=1)


def instant_at(day: date, at: time, zone: str, *, fold: int) -> datetime:
    """Return the moment at which clocks show a time, that after a gap which swallows it."""
    local = datetime.combine(day, at, ZoneInfo(zone)).replace(fold=fold)
    while local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(
        tzinfo=None
    ):
        local += _MINUTE
    return local.astimezone(UTC)


def _is_of(quiet: QuietHours, day: date) -> bool:
    return not quiet.days or day.isoweekday() % 7 in quiet.days


def decent_time(now: datetime, zone: str, *, holidays: str = "") -> datetime:
    """Return from when on somebody may be written to who lives in an IANA zone, in UTC.

    That is `now` by day from Monday to Friday, else the next such morning. On the public holidays
    of a place (`holidays`, as "GB" or "DE-BY") nobody is written to.
    """
    day = now.astimezone(ZoneInfo(zone)).date()
    if _is_working_day(day, holidays) and quiet_until(EVENING_AND_NIGHT, zone, now) is None:
        return now
    while True:
        morning = instant_at(day, MORNING, zone, fold=0)
        if morning > now and _is_working_day(day, holidays):
            return morning
        day += _DAY


def _is_working_day(day: date, holidays: str) -> bool:
    return day.isoweekday() < _SATURDAY and not (holidays and holiday_on(holidays, day))
