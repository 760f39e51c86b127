"""A made-up FLOW account: its webinars, and who registered, came and spoke.

Everything follows from the series and a seed; the clock only uncovers it. So events come nearer,
fill with registrants, run and end, and the same moment always shows the same.
"""

import base64
import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sandbox.vendors.flowapp.names import (
    FIRST_NAMES,
    LAST_NAMES,
    LINES,
    ODD,
    PLACES,
    SERIES,
    STAFF,
    Series,
)

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
FIRST = FIRST_NAMES.split()
LAST = LAST_NAMES.split()
PAST_WEEKS = 9
COMING_WEEKS = 5
REGISTRATION_DAYS = 21
GUEST_ROLE = 1
"""An invention: only the roles of hosts are documented."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who registers at a moment and may enter and leave."""

    id: int
    token: str
    first_name: str
    last_name: str
    email: str
    registered_at: datetime
    entered_at: datetime | None = None
    left_at: datetime | None = None
    phone: str = ""
    location: str = ""
    role: int = GUEST_ROLE


@dataclass(frozen=True, slots=True)
class Line:
    """A line of chat."""

    at: datetime
    name: str
    text: str


@dataclass(slots=True)
class Session:
    """One event. `joined` are those who registered through the API."""

    id: int
    token: str
    series: Series
    starts_at: datetime
    guests: tuple[Guest, ...]
    joined: list[Guest] = field(default_factory=list)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(hours=self.series.hours)

    def period(self, now: datetime) -> str:
        """Return "future", "current" or "past"."""
        if now < self.starts_at:
            return "future"
        return "current" if now < self.ends_at else "past"

    def registered(self, now: datetime) -> list[Guest]:
        """Return who has registered by then."""
        return [one for one in self.guests if one.registered_at <= now] + self.joined

    def chat(self, now: datetime, *, hosts: bool) -> list[Line]:
        """Return the lines said by then, among the hosts or by the guests."""
        chance = random.Random(f"{self.token}{hosts}")
        names = [f"{one[0]} {one[1]}" for one in STAFF[:2]] if hosts else _names(self.guests)
        count = 8 if hosts else len(self.guests) // 2
        lines = [
            Line(
                self.starts_at + timedelta(hours=chance.random() * self.series.hours),
                chance.choice(names),
                chance.choice(LINES),
            )
            for _ in range(count if names else 0)
        ]
        return sorted((one for one in lines if one.at <= now), key=lambda one: one.at)


class Account:
    """All events, around the moment the stand-in's clock began."""

    def __init__(self, start: datetime, *, odd: Callable[[], bool]) -> None:
        """Hold an event that is running at `start`, besides the series; the odd ones on demand."""
        self._start = start
        self._odd = odd
        self._made: list[Session] = [_office_hours(start)]
        self._known: dict[str, Session] = {}

    def sessions(self, now: datetime) -> list[Session]:
        """Return every event that can be seen at that moment, in the order of their starts."""
        for series in SERIES:
            for starts_at in _starts(series, self._start, now):
                token = token_of(series.key, f"{starts_at:%Y%m%d}")
                if token not in self._known:
                    self._known[token] = _session(series, token, starts_at)
        odd = self._odd()
        series_seen = [one for one in self._known.values() if odd or not one.series.odd]
        return sorted([*series_seen, *self._made], key=lambda one: (one.starts_at, one.token))

    def find(self, token: str, now: datetime) -> Session | None:
        """Return the event with that token."""
        return next((one for one in self.sessions(now) if one.token == token), None)

    def create(self, series: Series, starts_at: datetime) -> Session:
        """Add an event and return it."""
        made = Session(900 + len(self._made), token_of("made", f"{len(self._made)}"), series,
                       starts_at, ())  # fmt: skip
        self._made.append(made)
        return made


def token_of(*parts: str, length: int = 11) -> str:
    """Return letters and digits that look random and follow from `parts`."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    text = base64.b64encode(digest).decode()
    return "".join(letter for letter in text if letter.isalnum())[:length]


def _starts(series: Series, start: datetime, now: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(series.timezone)
    monday = (start.astimezone(zone) - DAY * start.astimezone(zone).weekday()).date()
    last = now + COMING_WEEKS * 7 * DAY
    for week in range(-PAST_WEEKS, 10_000):
        day = monday + (7 * week + series.weekday) * DAY
        at = datetime(
            day.year, day.month, day.day, series.hour, series.minute, tzinfo=zone
        )  # the local time stays the same over a change of the clocks
        if at > last:
            return
        if week % series.every_weeks == 0:
            yield at


@lru_cache(maxsize=512)
def _guests(series: Series, token: str, starts_at: datetime) -> tuple[Guest, ...]:
    return tuple(_invited(series, token, starts_at))


def _session(series: Series, token: str, starts_at: datetime) -> Session:
    number = int(hashlib.sha256(token.encode()).hexdigest()[:6], 16)
    return Session(number, token, series, starts_at, _guests(series, token, starts_at))


def _invited(series: Series, token: str, starts_at: datetime) -> Iterator[Guest]:
    chance = random.Random(token)
    for number in range(series.guests):
        first, last, email = _person(number, odd=series.odd)
        # Most come late: the square makes the curve steep towards the start.
        before = REGISTRATION_DAYS * chance.random() ** 2 * DAY
        entered = starts_at + chance.uniform(-5, 15) * MINUTE
        left = starts_at + chance.uniform(0.4, 1.05) * timedelta(hours=series.hours)
        came = chance.random() < 0.7 and left > entered
        yield Guest(
            id=20_000 + number,
            token=token_of(token, email, length=10),
            first_name=first,
            last_name=last,
            email=email,
            registered_at=starts_at - before,
            entered_at=entered if came else None,
            left_at=left if came else None,
            phone=f"+49 30 {chance.randint(100_000, 999_999)}" if chance.random() < 0.4 else "",
            location=chance.choice(PLACES),
        )


def _person(number: int, *, odd: bool) -> tuple[str, str, str]:
    known = (ODD if odd else ()) + STAFF[2:]
    if number < len(known):
        return known[number]
    first = FIRST[number % len(FIRST)]
    last = LAST[number // len(FIRST) % len(LAST)]
    return first, last, f"{first}.{last}{number}@example.com".lower()


def _names(guests: tuple[Guest, ...]) -> list[str]:
    return [f"{one.first_name} {one.last_name}" for one in guests]


def _office_hours(start: datetime) -> Session:
    local = start.astimezone(ZoneInfo("Europe/London")).replace(second=0, microsecond=0)
    series = Series(
        "office", "Open office hours", "Come and ask.",
        "Europe/London", 0, 0, 0, 4, 1, 18,
    )  # fmt: skip
    return _session(series, token_of("office", "hours"), local - 20 * MINUTE)
