"""Completion over time, computed here because the vendor's own aggregate is undocumented.

MomoFlow's report has no completion date for an assignment as a whole, only the date it was
assigned. So a bucket answers "of what was assigned in this week, how much is completed by now?",
and not "how much was completed in this week?"; whoever shows it has to say so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.training.model import COMPLETED, OVERDUE, Assignment

MAX_BUCKETS = 60
"""Older buckets are left out; a chart holds fewer still."""

STILL_OPEN = 0.25
"""A larger share of people who are neither done nor late makes a bucket young, not bad."""
MONTHS = 12
_MONTHS_IN = {"month": 1, "quarter": 3, "year": MONTHS}


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was assigned in one day, week, month, quarter or year, and how it stands now.

    `first` and `last` are its days in the calendar; `rate` is as of `completion_rate`, or None when
    nothing was assigned. `whole` says that all of its days were asked for and are over.
    """

    first: date
    last: date
    assigned: int = 0
    completed: int = 0
    overdue: int = 0
    rate: float | None = None
    whole: bool = True

    @property
    def under_way(self) -> bool:
        """Whether too many are neither done nor late for its rate to say how it went."""
        return self.assigned - self.completed - self.overdue > self.assigned * STILL_OPEN


@dataclass(frozen=True, slots=True)
class Days:
    """The days that were asked for, as far as they are known; today is not over yet."""

    today: date
    first: date = date.min
    last: date = date.max

    def cover(self, first: date, last: date) -> bool:
        """Return whether all days of a range were asked for and are over."""
        return self.first <= first and last <= self.last and last < self.today


def completion_rate(completed: int, total: int) -> float | None:
    """Return a percentage of 0-100 with one decimal, or None of nothing.

    Nearly all is not all, and hardly any is not none: only all is 100, and only none is 0.
    """
    if not total:
        return None
    exact = 100 * completed / total
    return min(max(round(exact, 1), 0.1), 99.9) if 0 < completed < total else exact


def completion_by(
    assignments: Iterable[Assignment], grain: str, zone: str, *, asked: Days
) -> tuple[Bucket, ...]:
    """Return the buckets from the oldest to the newest, gaps filled, at most MAX_BUCKETS.

    `grain` is one of model.training.GRAINS; days begin at midnight in `zone` (IANA) and weeks on
    Monday. Assignments without a usable date are in no bucket: `undated` counts them.
    """
    rows: dict[date, Counter[str]] = {}
    for each in assignments:
        day = local_day_of(each.assigned_at, zone)
        if day is not None:
            rows.setdefault(_first_day(day, grain), Counter())[each.status] += 1
    if not rows:
        return ()
    firsts = list(_backwards(min(rows), max(rows), grain))
    return tuple(
        _bucket(first, grain, rows.get(first, Counter()), asked) for first in reversed(firsts)
    )


def undated(assignments: Iterable[Assignment], zone: str) -> int:
    """Return how many assignments have no date that `completion_by` can use."""
    return sum(local_day_of(each.assigned_at, zone) is None for each in assignments)


def local_day_of(moment: datetime | None, zone: str) -> date | None:
    """Return the calendar day in the zone; None for no date, or one at the edge of the calendar."""
    try:
        return moment.astimezone(ZoneInfo(zone)).date() if moment else None
    except OverflowError:
        return None


def _first_day(day: date, grain: str) -> date:
    """Return the first day of the bucket that holds the day."""
    if grain == "day":
        return day
    if grain == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    size = _MONTHS_IN[grain]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def _backwards(oldest: date, newest: date, grain: str) -> Iterator[date]:
    """Yield first days from the newest back to the oldest, no more than a chart can use."""
    first = newest
    for _ in range(MAX_BUCKETS):
        yield first
        if first <= oldest:
            return
        first = _first_day(first - timedelta(days=1), grain)


def _last_day(first: date, grain: str) -> date:
    """Return the last day of the bucket that begins with the day."""
    if grain == "day":
        return first
    if grain == "week":
        return date.fromordinal(min(date.max.toordinal(), first.toordinal() + 6))
    months = first.month - 1 + _MONTHS_IN[grain]
    if first.year == date.max.year and months > MONTHS - 1:
        return date.max
    return date(first.year + months // MONTHS, months % MONTHS + 1, 1) - timedelta(days=1)


def _bucket(first: date, grain: str, counts: Counter[str], asked: Days) -> Bucket:
    """Return one bucket with its rate."""
    assigned, completed = counts.total(), counts[COMPLETED]
    last = _last_day(first, grain)
    return Bucket(
        first=first,
        last=last,
        assigned=assigned,
        completed=completed,
        overdue=counts[OVERDUE],
        rate=completion_rate(completed, assigned),
        whole=asked.cover(first, last),
    )
