"""What time it is at a vendor, by the Date header of its answers (RFC 9110, 6.6.1).

Its moments can only be compared with each other: nobody promises that its clock is right, or ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.http.answers import http_date

MOST_APART = timedelta(days=7)
"""A Date further from our own time is no clock's, unless ours is wrong by as much: better none."""
REMEMBERED = timedelta(hours=1)
ALIKE = timedelta(seconds=5)
"""Clocks this near are the same: a Date has whole seconds, and an answer takes a while."""
STEADY = timedelta(seconds=5)
"""So far the wall clock and the monotonic one may differ over a while; else one was moved or both
have slept, and nobody knows how long ago the vendor said it."""


@dataclass(frozen=True, slots=True)
class _Said:
    date: datetime
    heard_at: datetime
    monotonic: float


class VendorClock:
    """The clock of one vendor, to the second."""

    def __init__(self, clock: Clock) -> None:
        """Know nothing yet."""
        self._clock = clock
        self._said: _Said | None = None

    def hear(self, headers: Mapping[str, str]) -> None:
        """Learn from the headers of an answer that has just begun to come."""
        date, now = http_date(headers.get("date", "")), self._clock.now()
        if date is None or "age" in headers or abs(date - now) > MOST_APART:
            return  # with an age it is a copy of an answer, as old as that
        self._said = _Said(date, now, self._clock.monotonic())

    def ahead(self) -> timedelta:
        """Return by how much the vendor's clock is ahead of ours: nothing where nobody knows.

        To be added to a moment of ours before it is compared with one of the vendor's.
        """
        now = self.now()
        found = timedelta(0) if now is None else now - self._clock.now()
        return found if abs(found) > ALIKE else timedelta(0)

    def now(self) -> datetime | None:
        """Return the vendor's present moment, or None where it has not said that of late."""
        if self._said is None:
            return None
        passed = timedelta(seconds=self._clock.monotonic() - self._said.monotonic)
        by_wall = self._clock.now() - self._said.heard_at
        if passed > REMEMBERED or abs(by_wall - passed) > STEADY:
            return None
        return self._said.date + passed
