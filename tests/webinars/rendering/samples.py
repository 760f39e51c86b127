"""Values that the tests of webinars share."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.tables.columns import TextTable
from bot.webinars.core.attendance import RegistrationCount
from bot.webinars.model import (
    ORGANIZER,
    PRESENTER,
    Event,
    Host,
    NewEvent,
    NewHost,
    Operator,
    Registrant,
    Registration,
    Room,
    Survey,
)
from tests.training.rendering.samples import NOW

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EVENT = Event(
    token="aB3dE6gH9jK",
    title="Quarterly update",
    starts_at=datetime(2026, 12, 4, 15, tzinfo=AMSTERDAM),
    when="2026-12-04 15:00:00",
    timezone="Europe/Amsterdam",
    description="Figures, plans and your questions",
    duration=1.0,
    early_access_minutes=15.0,
    published=True,
    recorded=True,
    replays=False,
    hosts=(
        Host("Ada Lovelace", "ada@example.com", 1, ORGANIZER),
        Host("Bob Example", "bob@example.com", 2, PRESENTER),
        Host("Cy", role=7),
    ),
    analytics=(("registrants", "42"),),
    questions=("How did you like it?",),
)
PAST = Event(
    token="zY8xW5vU2tS",
    title="Spring talk",
    starts_at=datetime(2026, 11, 20, 10, tzinfo=AMSTERDAM),
)
ODD = Event(token="oDdOdDoDd12", title=" ", when="soon, perhaps", published=False)
REGISTRANTS = (
    Registrant(
        "guest@example.com",
        "Gus",
        "Guest",
        phone="+49 30 1234",
        role=1,
        attended=True,
        entered_at=datetime(2026, 11, 20, 10, 2),  # noqa: DTZ001 - the vendor names no zone
        left_at=datetime(2026, 11, 20, 10, 42),  # noqa: DTZ001 - the vendor names no zone
        minutes=40.0,
    ),
    Registrant("late@example.com", "Lea", attended=True, minutes=11.0),
    Registrant("ghost@example.com", "Gil", "Ghost"),
    Registrant("ada@example.com", "Ada", "Lovelace", role=ORGANIZER, attended=True, minutes=60.0),
)
OPERATORS = (
    Operator(2, "Bob Example", "bob@example.com", title="Trainer", company="Example Ltd"),
    Operator(1, "Ada Lovelace", "ada@example.com"),
)
SURVEYS = (Survey(12, "Feedback", "Two minutes", anonymous=True), Survey(13, "Second"))
ROOMS = (Room(7, "Open office", "Every day"), Room(8, "Lounge"))
CHAT = TextTable(("Name", "Message"), (("Gus", "Hello <!channel>"), ("Lea", "=1+1")))
NO_ROWS = TextTable(("Name", "Message"), ())
NEW_EVENT = NewEvent(
    creator_id=1,
    title="Winter talk",
    description="What we learnt",
    date=date(2026, 12, 18),
    time=time(15, 30),
    timezone="Europe/Berlin",
    hosts=(NewHost(1, ORGANIZER), NewHost(2, PRESENTER, camera=False, screen_sharing=False)),
    published=False,
    duration=1.5,
    early_access_minutes=15,
    recorded=True,
    replays=False,
)
NAMES = {1: "Ada Lovelace", 2: "Bob Example"}
REGISTRATION = Registration(
    "https://prod.flowapp.com/s/AbCdEfGh1j/KlMnOpQr2s/314159", is_new=True, pass_code="1234"
)
HOSTS = ("prod.flowapp.com",)
LOOKS = tuple(
    RegistrationCount(NOW - timedelta(days=ago), count) for ago, count in ((9, 3), (8, 5), (0, 21))
)
