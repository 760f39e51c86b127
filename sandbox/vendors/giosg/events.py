"""Made-up workflows and their events: every day's events follow from a seed, up to the present."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
DAYS_KEPT = 128
"""Days of a step that are not made up again when they are asked for again: more than a quarter."""
SPACE = uuid.UUID("5d2f5e0a-77f1-4f0b-8a0e-3a2f6cf0b111")
COUNTRIES = ("FI", "DE", "SE", "GB", "US")
PAGES = ("/", "/pricing", "/contact?from=ad,1", "/blog/äänekoski", "/checkout")
HOSTILE = (
    '=HYPERLINK("http://example.com";"click")',
    '@SUM(1+1)*cmd|"/C calc"!A0',
    'He said "no", then\r\nleft; really',
    "<!channel> <script>alert(1)</script>",
    "\u202eabc žluťoučký",
    "-2+3",
)
NOTES = ("Asked for a quote", "Call back", "Came from a newsletter", "Has an account", "", "")
ORDINARY = dict(zip(HOSTILE, NOTES, strict=True))
"""What is noted in place of what is hostile where there are no odd data."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A workflow: its kind and name, its steps (numbers may be missing), its events a day."""

    key: str
    kind: str
    name: str
    description: str
    steps: tuple[int, ...]
    daily: int
    age_days: int
    published: bool = True
    odd: bool = False

    @property
    def id(self) -> str:
        """The workflow's UUID."""
        return str(uuid.uuid5(SPACE, self.key))


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a step."""

    id: str
    at: datetime
    action: str
    session_id: str
    visitor_id: str
    country: str
    page_url: str
    value: float
    goal: bool
    note: str


PLANS = (
    Plan("spring", "interaction", "Spring campaign", "Lead form", (1, 2, 3), 60, 300),
    Plan("chat", "giosg-default", "Chat", "Chats of all rooms", (1, 2), 150, 900),
    Plan("nav", "giosg-default", "Web navigation", "", (1, 2, 3, 4), 400, 900),
    Plan("quiz", "user-generated", "Product quiz", "Steps with a gap", (1, 2, 4), 25, 120),
    Plan(
        "evil", "interaction", "<!channel> *x* & <script>alert(1)</script>", "=1+1", (1,), 8, 90,
        odd=True,
    ),
    Plan("new", "interaction", "Autumn campaign", "Not public", (1, 2), 0, 0, published=False),
)  # fmt: skip


def actions(plan: Plan, step: int) -> tuple[str, ...]:
    """Return the actions that occur in a step."""
    if plan.key == "nav":
        return PAGES
    return tuple(f"element-{uuid.uuid5(SPACE, f'{plan.key}{step}{n}').hex[:16]}" for n in range(3))


def events(plan: Plan, step: int, *, start: datetime, end: datetime) -> Iterator[Event]:
    """Yield the events from `start` up to `end`, oldest first."""
    if not plan.daily or start >= end:
        return
    day = datetime.combine(start.astimezone(UTC).date(), time(), UTC)
    while day < end:
        for event in _of_day(plan, step, day):
            if start <= event.at < end:
                yield event
        day += DAY


def first_event_at(plan: Plan, begun: datetime) -> datetime | None:
    """Return when a workflow's events begin, seen from the day on which the stand-in began."""
    if not plan.daily:
        return None
    return datetime.combine(begun.date(), time(), UTC) - plan.age_days * DAY


@lru_cache(DAYS_KEPT)
def _of_day(plan: Plan, step: int, day: datetime) -> tuple[Event, ...]:
    chance = random.Random(f"{plan.key}{step}{day:%Y%m%d}")
    weekend = 0.4 if day.weekday() >= 5 else 1.0
    count = int(plan.daily * weekend * chance.uniform(0.7, 1.3) / step)
    seconds = sorted(int(chance.triangular(0, 86_399, 50_000)) for _ in range(count))
    known = actions(plan, step)
    return tuple(
        Event(
            id=f"{day:%Y%m%d}-{step}-{number:05d}",
            at=day + timedelta(seconds=second, milliseconds=chance.randrange(1000)),
            action=chance.choice(known),
            session_id=f"s{chance.getrandbits(40):010x}",
            visitor_id=f"v{chance.getrandbits(32) % 5000:05d}",
            country=chance.choice(COUNTRIES),
            page_url=chance.choice(PAGES),
            value=round(chance.uniform(0, 90), 2),
            goal=chance.random() < 0.15,
            note=chance.choice(HOSTILE) if chance.random() < 0.05 else "",
        )
        for number, second in enumerate(seconds)
    )
