"""Who came to an event and for how long, and how registrations grew before it. Pure sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.webinars.model import Registrant

MAX_POINTS = 20
"""As many days as a chart of Slack's holds."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """An event's guests in numbers; hosts are counted apart.

    `rate` is a percentage of 0-100, None when nobody registered. The minutes are of the guests
    whose presence can be told, None for none of them.
    """

    registered: int = 0
    attended: int = 0
    hosts: int = 0
    average_minutes: float | None = None
    median_minutes: float | None = None

    @property
    def no_shows(self) -> int:
        """How many guests registered and did not come."""
        return self.registered - self.attended

    @property
    def rate(self) -> float | None:
        """How many of the registered came, in percent."""
        return 100 * self.attended / self.registered if self.registered else None


class RegistrationCount(NamedTuple):
    """How many guests were registered at a moment, as Flowbot saw it; kept as a pair."""

    at: datetime
    registered: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How many guests were registered at the end of a day, and how many more than the day before.

    `new` is None for the first day, as nobody saw the one before it.
    """

    day: date
    registered: int
    new: int | None = None


def attendance(registrants: Iterable[Registrant]) -> Attendance:
    """Return the numbers of an event's list of registrants."""
    everybody = tuple(registrants)
    guests = [each for each in everybody if not each.is_host]
    minutes = [each.minutes for each in guests if each.attended and each.minutes is not None]
    return Attendance(
        registered=len(guests),
        attended=sum(each.attended for each in guests),
        hosts=len(everybody) - len(guests),
        average_minutes=round(fmean(minutes), 1) if minutes else None,
        median_minutes=round(median(minutes), 1) if minutes else None,
    )


def curve(
    observed: Sequence[RegistrationCount], zone: str, *, most: int | None = MAX_POINTS
) -> tuple[CurvePoint, ...]:
    """Return one point for each day from the first seen to the last, at most the last `most`.

    FLOW does not tell when somebody registered, so the curve begins with Flowbot's first look. A
    day without a look keeps the number of the day before. Days are those of the IANA zone.
    """
    last = {
        each.at.astimezone(ZoneInfo(zone)).date(): each.registered
        for each in sorted(observed, key=lambda each: each.at)
    }
    if not last:
        return ()
    points: list[CurvePoint] = []
    day = min(last)
    while day <= max(last):
        before = points[-1].registered if points else None
        now = last.get(day, before or 0)
        points.append(CurvePoint(day, now, None if before is None else now - before))
        day += timedelta(days=1)
    return tuple(points if most is None else points[-most:])
