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

from bot.training.model import COMPLETED, OVERDUE, STATUSES, Assignment

MAX_BUCKETS = 60
"""Older buckets are left out; a chart holds fewer still."""

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was assigned in one day, week, month, quarter or year, and how it stands now.

    `label` has at most 20 characters; `first` is the bucket's first day; `rate` is a percentage
    of 0-100 with one decimal, or None when nothing was assigned.
    """

    label: str
    first: date
    assigned: int = 0
    completed: int = 0
    overdue: int = 0
    rate: float | None = None


def completion_by(assignments: Iterable[Assignment], grain: str, zone: str) -> tuple[Bucket, ...]:
    """Return the buckets from the oldest to the newest, gaps filled, at most MAX_BUCKETS.

    `grain` is one of model.training.GRAINS; days begin at midnight in `zone` (IANA) and weeks on
    Monday. Assignments without a usable date are in no bucket: `undated` counts them.
    """
    rows: dict[date, Counter[str]] = {}
    for each in assignments:
        day = _local_day(each.assigned_at, zone)
        if day is not None:
            rows.setdefault(_first_day(day, grain), Counter())[each.status] += 1
    if not rows:
        return ()
    firsts = list(_backwards(min(rows), max(rows), grain))
    return tuple(_bucket(first, grain, rows.get(first, Counter())) for first in reversed(firsts))


def undated(assignments: Iterable[Assignment], zone: str) -> int:
    """Return how many assignments have no date that `completion_by` can use."""
    return sum(_local_day(each.assigned_at, zone) is None for each in assignments)


def status_counts(assignments: Iterable[Assignment]) -> tuple[tuple[str, int], ...]:
    """Return (status, count) of each status that occurs, most urgent first.

    Statuses that are not documented come last, by name.
    """
    counts = Counter(each.status for each in assignments)
    unknown = sorted(counts.keys() - set(STATUSES))
    return tuple((status, counts[status]) for status in (*STATUSES, *unknown) if counts[status])


def _local_day(moment: datetime | None, zone: str) -> date | None:
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


def _bucket(first: date, grain: str, counts: Counter[str]) -> Bucket:
    """Return one bucket with its label and its rate."""
    assigned = counts.total()
    completed = counts[COMPLETED]
    rate = round(100 * completed / assigned, 1) if assigned else None
    return Bucket(
        label=_label(first, grain),
        first=first,
        assigned=assigned,
        completed=completed,
        overdue=counts[OVERDUE],
        rate=rate,
    )


def _label(first: date, grain: str) -> str:
    """Return the bucket's name, such as 2026-11-02, W45 2026, 2026-11, Q4 2026 or 2026."""
    if grain == "week":
        year, week, _ = first.isocalendar()
        return f"W{week:02} {year}"
    labels = {
        "day": first.isoformat(),
        "month": f"{first.year}-{first.month:02}",
        "quarter": f"Q{(first.month + 2) // 3} {first.year}",
        "year": f"{first.year}",
    }
    return labels[grain]
