"""Made-up channels, people and field reports: every day's follow from a seed, up to the present."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sandbox.vendors.switches import ODD_DATA, Switches

DAY = timedelta(days=1)
TEAM = 7
FOREIGN_CHANNEL = 599
"""A channel of somebody else's."""
DEPARTED = 48
"""A person who reported and is in the team no more."""

PEOPLE = {
    41: ("Ada", "Lovelace", "ada@example.com"),
    42: ("Grace", "Hopper", "grace@example.com"),
    43: ("Lin", "Lanying", "lin@example.com"),
    44: ("Guido", "Rossi", "guido@example.com"),
    45: ("=1+1", "<!channel> *x*", "o'hara+test@example.com"),
    46: ("Zoë", "Łukasz", "zoë@example.com"),
    47: ("", "", "nameless@example.com"),
    DEPARTED: ("Gone", "Person", "gone@example.com"),
}
ORDINARY = {
    45: ("Olga", "Novak", "olga.novak@example.com"),
    47: ("Karim", "Haas", "karim.haas@example.com"),
}
"""Who is in the place of people with odd names, or none, where there are no odd data."""
STATES = ("New Report", "In Progress", "Resolved")
AGES = (timedelta(days=2), timedelta(days=9))
"""How old a report is when it goes on to the next state, give or take."""


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """A channel: its number and name, its reports a day, and the form's fields with choices."""

    id: int
    name: str
    daily: float
    fields: tuple[tuple[int, str, str, tuple[str, ...]], ...] = ()
    description: str = ""
    odd: bool = False

    def kinds(self, *wanted: str) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
        """Yield the fields of these kinds."""
        return (each for each in self.fields if each[2] in wanted)

    def states(self) -> Iterator[tuple[int, str]]:
        """Yield the number and name of each state."""
        return ((self.id * 10 + number, name) for number, name in enumerate(STATES))


@dataclass(frozen=True, slots=True)
class Report:
    """One field report; `picks` are the choices by field, `patience` stretches its states."""

    id: int
    at: datetime
    user_id: int
    picks: dict[int, str]
    patience: float
    reads: int
    readers: tuple[int, ...]
    has_image: bool

    def state(self, now: datetime) -> int:
        """Return the index of the state at that moment."""
        return sum(now - self.at > age * self.patience for age in AGES)


SEVERITY = ("Low", "Medium", "High")
CHANNELS = (
    ChannelPlan(
        501, "Site hazards", 4,
        (
            (17, "Severity", "DropDown", SEVERITY),
            (18, "Kind", "Category", ("Trip", "Fall", "Fire", "Chemical")),
            (19, "Still there?", "Radio", ("Yes", "No")),
            (20, "What happened", "LongTextBox", ()),
        ),
        "Anything that could hurt somebody.",
    ),
    ChannelPlan(
        502, "Near misses", 1.5,
        ((21, "Severity", "DropDown", SEVERITY),),
        "It went well this time.",
    ),
    ChannelPlan(503, "Visitors", 0.3, ((22, "Purpose", "FreeText", ()),), "Who came, and why."),
    ChannelPlan(504, "Brand new channel", 0),
    ChannelPlan(
        505, "<!channel> *x* & <script>alert(1)</script>", 0.6,
        ((23, "=1+1", "DropDown", ("@here", "=HYPERLINK(1)", "<b>x</b>")),),
        odd=True,
    ),
)  # fmt: skip


def members(switches: Switches) -> dict[int, tuple[str, str, str]]:
    """Return everybody by number, some of the many with the same name."""
    more = range(max(0, int(switches.number("many_people")) - len(PEOPLE)))
    many = {2000 + n: (*_name(n), f"worker{n}@example.com") for n in more}
    named = PEOPLE if switches.on(ODD_DATA) else PEOPLE | ORDINARY
    return {**named, **many}


def _name(number: int) -> tuple[str, str]:
    return ("Sam", "Smith") if number % 50 == 0 else ("Worker", f"{number:04d}")


def channel_plans(switches: Switches) -> list[ChannelPlan]:
    """Return every channel, the odd ones where there are odd data."""
    return [one for one in CHANNELS if switches.on(ODD_DATA) or not one.odd]


def channel(channel_id: int, switches: Switches) -> ChannelPlan | None:
    """Return the channel with that number."""
    return next((one for one in channel_plans(switches) if one.id == channel_id), None)


def reports(plan: ChannelPlan, *, start: datetime, end: datetime) -> Iterator[Report]:
    """Yield the reports from `start` up to `end`, oldest first."""
    if not plan.daily or start >= end:
        return
    day = datetime.combine(start.astimezone(UTC).date(), time(), UTC)
    while day < end:
        yield from (one for one in _of_day(plan, day) if start <= one.at < end)
        day += DAY


def _of_day(plan: ChannelPlan, day: datetime) -> Iterator[Report]:
    chance = random.Random(f"{plan.id}{day:%Y%m%d}")
    weekend = 0.3 if day.weekday() >= 5 else 1.2
    count = int(plan.daily * weekend * chance.uniform(0.5, 1.5) + chance.random())
    seconds = sorted(int(chance.triangular(0, 86_399, 36_000)) for _ in range(count))
    ids = [*PEOPLE]
    for number, second in enumerate(seconds):
        readers = tuple(chance.sample(ids, chance.randrange(len(ids))))
        yield Report(
            id=(day.toordinal() % 100_000) * 100 + number,
            at=day + timedelta(seconds=second),
            user_id=ids[int(len(ids) * chance.random() ** 2)],
            picks={field: chance.choice(picks) for field, _, _, picks in plan.fields if picks},
            patience=chance.uniform(0.3, 2.5),
            reads=len(readers) + chance.randrange(5),
            readers=readers,
            has_image=chance.random() < 0.5,
        )
