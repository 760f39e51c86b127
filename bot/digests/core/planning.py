"""When a digest comes: the times of its schedule, as its quiet hours and holidays leave them.

A time within quiet hours is moved to their end, unless the schedule has another time up to then,
which stands for it. Then a time on a public holiday is left out.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.public_holidays import holiday_on, place_words
from bot.asking.core.quiet import quiet_until
from bot.asking.subscription import Subscription
from bot.digests.core import recurrence
from bot.digests.core.outcomes import DigestState
from bot.errors import UserError

LONGEST_QUIET: Final = timedelta(days=1, hours=2)
"""Quiet hours are shorter than a day, which may have an hour more."""
MOST_SKIPPED: Final = 400
"""Of a schedule that has so many times in a row left out none ever comes."""
FARTHEST: Final = timedelta(days=30 * 365)
"""Nor of one whose times are left out for so long: holidays are known up to 2100 only."""


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A time of a digest, in UTC; `meant` is that of the schedule, before it was moved.

    One that is left out is `skipped` as a state of the record, with the reason in words.
    """

    at: datetime
    meant: datetime
    skipped: DigestState | None = None
    why: str = ""


def planned_times(one: Subscription, after: datetime) -> Iterator[PlannedTime]:
    """Yield the times after a moment in order, those that are left out too.

    Raises ValueError or LookupError for a schedule or a zone that nobody can read.
    """
    begin = after - LONGEST_QUIET if one.terms.quiet else after
    found = _all_times(one, begin)
    return (each for each in found if each.at > after)


def next_times(one: Subscription, after: datetime, *, count: int = 3) -> tuple[datetime, ...]:
    """Return when it comes next; nothing where it never does."""
    return tuple(islice(_coming(one, after), count))


def next_time(one: Subscription, after: datetime) -> datetime:
    """Return when it comes next. Raises UserError where it never does."""
    for each in _coming(one, after):
        return each
    recurrence.next_run(one.cron, one.zone, after)
    where = f" in {place_words(one.terms.holidays)}" if one.terms.holidays else ""
    raise UserError(f"It would never come: all its times fall on holidays{where}.")


def next_skip(one: Subscription, after: datetime) -> datetime | None:
    """Return the next time that is left out, if that is before it comes next."""
    if not one.terms.quiet and not one.terms.holidays:
        return None
    first = next(planned_times(one, after), None)
    return first.at if first and first.skipped else None


def times_between(one: Subscription, after: datetime, until: datetime) -> tuple[PlannedTime, ...]:
    """Return the times after a moment and up to another, the latest MAX_MISSED of them."""
    due = takewhile(lambda each: each.at <= until, planned_times(one, after))
    return tuple(deque(due, maxlen=recurrence.MAX_MISSED))


def meant_for(one: Subscription, planned: datetime) -> datetime:
    """Return the time of the schedule for which a planned time stands.

    What is told of "today" after a quiet night is told of the day before.
    """
    if one.terms.quiet is None:
        return planned
    just_before = planned - timedelta(seconds=1)
    first = next(planned_times(one, just_before), None)
    return first.meant if first and first.at == planned else planned


def _coming(one: Subscription, after: datetime) -> Iterator[datetime]:
    skipped = 0
    for each in planned_times(one, after):
        skipped = skipped + 1 if each.skipped else 0
        if skipped > MOST_SKIPPED or (skipped and each.at - after > FARTHEST):
            return
        if not each.skipped:
            yield each.at


def _all_times(one: Subscription, after: datetime) -> Iterator[PlannedTime]:
    runs = recurrence.runs(one.cron, one.zone, after)
    if one.terms.quiet is None:
        return (_unless_holiday(one, run, run) for run in runs)
    return _around_quiet(one, runs)


def _around_quiet(one: Subscription, runs: Iterator[datetime]) -> Iterator[PlannedTime]:
    quiet = one.terms.quiet
    assert quiet is not None
    for run, later in pairwise(_and_none(runs)):
        assert run is not None
        ends = quiet_until(quiet, one.zone, run)
        if ends is None:
            yield _unless_holiday(one, run, run)
        elif later is not None and later <= ends:
            at = f"{later.astimezone(ZoneInfo(one.zone)):%H:%M}"
            why = f"It fell into quiet hours; the one of {at} stands for it."
            yield PlannedTime(run, run, DigestState.QUIET, why)
        else:
            yield _unless_holiday(one, ends, run)


def _and_none(runs: Iterator[datetime]) -> Iterator[datetime | None]:
    yield from runs
    yield None


def _unless_holiday(one: Subscription, at: datetime, meant: datetime) -> PlannedTime:
    place = one.terms.holidays
    day = at.astimezone(ZoneInfo(one.zone)).date()
    name = holiday_on(place, day) if place else ""
    if not name:
        return PlannedTime(at, meant)
    return PlannedTime(at, meant, DigestState.HOLIDAY, f"{name} in {place_words(place)}.")
