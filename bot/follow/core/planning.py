"""When somebody is told: each morning by their own clocks, and between, once an hour at most."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.quiet import instant_at
from bot.follow.model import EVENING, NINE, Follower, MorningDays

HOUR: Final = timedelta(hours=1)
AFTER_MORNING: Final = timedelta(minutes=15)
MOST_ALARMS: Final = 3
"""So often a day somebody is told something at once."""
_DAY: Final = timedelta(days=1)
_WORKDAYS: Final = 5
_AHEAD: Final = 8
"""Of so many days one is a day on which people are told."""


def morning_of(one: Follower, day: date) -> datetime:
    """Return when somebody is told on a day: at the first moment their clocks show it, in UTC."""
    return instant_at(day, time.fromisoformat(one.at), one.zone, fold=0)


def next_morning(one: Follower, now: datetime) -> datetime:
    """Return the next time that somebody is told after a moment, and after their rest."""
    after = max(now, one.rests_until or now)
    days = (local_day(one, after) + _DAY * each for each in range(_AHEAD + 1))
    coming = (morning_of(one, day) for day in days if _counts(one, day))
    return next(each for each in coming if each > after)


def next_look(one: Follower, now: datetime) -> datetime | None:
    """Return the next full hour in which somebody is told what gets worse; None for none.

    Full hours are those of UTC, so that all who follow the same are looked at in the same minute.
    """
    after = max(now, one.rests_until or now).astimezone(UTC)
    hour = after.replace(minute=0, second=0, microsecond=0)
    coming = (hour + HOUR * each for each in range(1, 24 * _AHEAD))
    return next((each for each in coming if is_awake(one, each)), None)


def is_awake(one: Follower, now: datetime) -> bool:
    """Return whether somebody may be told something at once: between their morning and evening.

    Their morning comes first, which may wait a little for a service.
    """
    day = local_day(one, now)
    morning = one.at if one.at < EVENING else NINE
    begins, ends = (
        instant_at(day, time.fromisoformat(each), one.zone, fold=0) for each in (morning, EVENING)
    )
    return _counts(one, day) and begins + AFTER_MORNING < now <= ends and not one.rests(now)


def is_in_time(one: Follower, day: date, now: datetime) -> bool:
    """Return whether the morning of a day can still be told: on that day, before its evening."""
    evening = instant_at(day, time.fromisoformat(EVENING), one.zone, fold=0)
    return now <= max(evening, morning_of(one, day) + HOUR)


def planned(one: Follower, now: datetime, *, at_once: bool) -> Follower:
    """Return when somebody is told from a moment on; `at_once` says whether between, too."""
    look = next_look(one, now) if at_once else None
    return replace(one, next_at=next_morning(one, now), look_at=look)


def alarmed(one: Follower, now: datetime) -> Follower:
    """Return somebody who is told something at once now, one time more on this day."""
    day = local_day(one, now).isoformat()
    before = one.alarms if one.alarms_on == day else 0
    return replace(one, alarms=before + 1, alarms_on=day)


def has_heard_enough(one: Follower, now: datetime) -> bool:
    """Return whether somebody was told as much at once today as is bearable."""
    return one.alarms_on == local_day(one, now).isoformat() and one.alarms >= MOST_ALARMS


def local_day(one: Follower, moment: datetime) -> date:
    """Return the date of a moment where somebody is."""
    return moment.astimezone(ZoneInfo(one.zone)).date()


def _counts(one: Follower, day: date) -> bool:
    return one.days is MorningDays.DAILY or day.weekday() < _WORKDAYS
