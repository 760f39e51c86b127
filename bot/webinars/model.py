"""Webinars as FLOW knows them, free of its wire format."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from bot.errors import Vendor
from bot.tables.columns import TextTable

FLOW: Final = Vendor(
    name="flowapp",
    title="FLOW",
    variables="FLOWAPP_API_SECRET",
    smaller="Ask for a single event, or for one report at a time.",
    not_found={"": ("this event", "`/flow-events future` lists the events to come.")},
)

CURRENT = "current"
PAST = "past"
FUTURE = "future"
PERIODS = (CURRENT, PAST, FUTURE)

PRESENTER = 5
ORGANIZER = 10
ROLES = {PRESENTER: "presenter", ORGANIZER: "organizer"}
"""The documented roles; what an attendee's is called nobody says."""

COMPILED = "compiled"
REGISTRANTS = "registrants"
ATTENDEE_CHAT = "attendee-chat"
OPERATOR_CHAT = "operator-chat"
SURVEY = "survey"
REPORTS = (COMPILED, REGISTRANTS, ATTENDEE_CHAT, OPERATOR_CHAT, SURVEY)


class Phase(StrEnum):
    """Where an event is in its life."""

    TO_COME = "to come"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who runs an event. `role` is a key of ROLES, another number, or None."""

    name: str
    email: str = ""
    id: int | None = None
    role: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One session of a webinar; `token` is what all calls ask for.

    `starts_at` is aware and in the event's own zone, None where date, time or zone cannot be read;
    `when` is the vendor's text of it. `duration` is what the vendor says, in a unit that it does
    not state: hours are only documented for creating an event. The vendor's undocumented
    `analytics` are flattened (path, value) pairs, for showing only.
    """

    token: str
    title: str
    starts_at: datetime | None = None
    when: str = ""
    timezone: str = ""
    event_token: str = ""
    description: str = ""
    duration: float | None = None
    early_access_minutes: float | None = None
    access_status: int | None = None
    published: bool | None = None
    recorded: bool | None = None
    replays: bool | None = None
    created: str = ""
    creator: str = ""
    hosts: tuple[Host, ...] = ()
    analytics: tuple[tuple[str, str], ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registrant:
    """Somebody who is registered for an event, perhaps one of its hosts.

    `entered` and `left` are the vendor's own words; `entered_at` and `left_at` are None where those
    cannot be read, and naive where they name no zone. `minutes` is how long the person was present,
    None for a no-show and where it cannot be told.
    """

    email: str
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    location: str = ""
    token: str = field(default="", repr=False)
    user_id: int | None = None
    role: int | None = None
    attended: bool = False
    entered: str = ""
    left: str = ""
    entered_at: datetime | None = None
    left_at: datetime | None = None
    minutes: float | None = None
    microphone: bool | None = None
    camera: bool | None = None
    screen_sharing: bool | None = None

    @property
    def is_host(self) -> bool:
        """Whether this is a presenter or organizer and no guest."""
        return self.role in ROLES


@dataclass(frozen=True, slots=True)
class NewRegistration:
    """A person to be registered for the event with this token."""

    token: str
    email: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Registration:
    """The vendor's confirmation. `url` lets whoever has it into the room, so it is not shown.

    `is_new` is false for somebody who was registered already, None where the vendor does not say.
    """

    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    is_new: bool | None = None
    pass_code: str = field(default="", repr=False)
    id: int | None = None
    starts_at: datetime | None = None
    when: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class NewHost:
    """An operator of an event to be created. `role` is PRESENTER or ORGANIZER."""

    id: int
    role: int
    microphone: bool = True
    camera: bool = True
    screen_sharing: bool = True


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be created; `duration` is in hours, `timezone` an IANA name.

    What is None is left to the vendor.
    """

    creator_id: int
    title: str
    description: str
    date: date
    time: time
    timezone: str
    hosts: tuple[NewHost, ...]
    published: bool | None = None
    duration: float | None = None
    early_access_minutes: int | None = None
    recorded: bool | None = None
    replays: bool | None = None


@dataclass(frozen=True, slots=True)
class CreatedEvent:
    """What the vendor says of a created event; its answer is undocumented, so all may be empty."""

    token: str = ""
    event_token: str = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who may run events. `id` is what an event's hosts are named by."""

    id: int
    name: str
    email: str = ""
    user_id: int | None = None
    title: str = ""
    company: str = ""
    permission: int | None = None
    account_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey of an event; `id` is what its answers are asked for by."""

    id: int
    name: str
    text: str = ""
    anonymous: bool | None = None


@dataclass(frozen=True, slots=True)
class CompiledReport:
    """The four parts of the compiled report; a part that the vendor left out is empty."""

    registrants: TextTable
    attendee_chat: TextTable
    operator_chat: TextTable
    survey_results: TextTable

    @property
    def parts(self) -> tuple[TextTable, ...]:
        """All four, in the vendor's order."""
        return self.registrants, self.attendee_chat, self.operator_chat, self.survey_results


@dataclass(frozen=True, slots=True)
class Room:
    """An always-open room.

    Nobody says whether a sign-on link is asked for by `room_id` or by `id`; by its name the former.
    """

    room_id: int
    title: str
    description: str = ""
    id: int | None = None
