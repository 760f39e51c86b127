"""Field reports and their analytics as SaferMe gives them, free of its wire format."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.errors import Vendor

SAFERME: Final = Vendor(
    name="saferme",
    title="SaferMe",
    variables="SAFERME_EMAIL and SAFERME_PASSWORD (or SAFERME_ACCESS_TOKEN)",
    smaller="Ask for a shorter period, such as last-7d.",
    not_found={"": ("this channel of reports", "`/flow-analytics channels` lists them.")},
    refused={
        "locked": "SaferMe has locked the account that Flowbot uses. Its owner can unlock it at "
        "SaferMe.",
        "forbidden": "SaferMe does not let Flowbot's account see this. A manager of the channel "
        "can make that account an operator of it.",
    },
)

SELECTABLE = frozenset({"category", "dropdown", "radio", "radiobutton"})
"""The kinds of form field that reports can be counted by, in lower case. The vendor's pages have
two names for radio buttons."""

TOTAL_READS = "total_reads"
READ_FIGURES = (TOTAL_READS, "unique_reads", "report_readers", "reports_seen")
AWARENESS_FIGURES = ("total_alerts", "alert_source_reports", "unique_alerts", "alerts_opened")


@dataclass(frozen=True, slots=True)
class ReportSpan:
    """The reports of one channel from `start` to `end`, aware instants; `end` is exclusive.

    Whether the vendor counts the very instant `end` in is not documented. `team_id` is the
    channel's team, where it is known.
    """

    channel_id: int
    start: datetime
    end: datetime
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """A team of the account."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of field reports."""

    id: int
    name: str
    team_id: int | None = None
    description: str = ""
    reports_count: int | None = None
    manageable: bool | None = None
    operable: bool | None = None
    anonymous: bool | None = None
    hazard: bool | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a form field; `value` is what the counts name it by."""

    label: str
    value: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a channel's reports: choices of a Category field are not in the form."""

    id: int
    name: str
    label: str = ""
    parent_id: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form; `kind` is the vendor's name of it, such as DropDown."""

    id: int
    label: str
    kind: str
    key: str = ""
    options: tuple[Option, ...] = ()

    @property
    def selectable(self) -> bool:
        """Whether reports can be counted by this field's choices."""
        return self.kind.casefold() in SELECTABLE

    @property
    def of_categories(self) -> bool:
        """Whether its choices are the channel's categories."""
        return self.kind.casefold() == "category" and not self.options


@dataclass(frozen=True, slots=True)
class FieldForm:
    """The form of a channel's reports; its number is probably the channel's."""

    id: int
    name: str
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportState:
    """A state that reports of a channel can be in."""

    id: int
    name: str
    channel_id: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of a team; `user_id` is what the counts name people by."""

    user_id: int
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        """The full name, or the address where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


@dataclass(frozen=True, slots=True)
class ReportBucket:
    """How many reports began in a stretch of time; `width` is the vendor's word, such as week."""

    start: datetime
    width: str
    count: int


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many reports have one choice in a form field."""

    name: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many reports are in a state."""

    state_id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class UserCount:
    """How many reports a person made; `user_id` is None for anonymous ones."""

    user_id: int | None
    count: int


@dataclass(frozen=True, slots=True)
class HourCount:
    """How many reports were made in an hour of the day, 0-23; of which zone nobody says."""

    hour: int
    count: int


@dataclass(frozen=True, slots=True)
class WeekdayCount:
    """How many reports were made on a weekday, 1 (Monday) to 7 (Sunday)."""

    weekday: int
    count: int


@dataclass(frozen=True, slots=True)
class ReadFigures:
    """How much the reports were read; None for what was not asked for or not answered."""

    total_reads: int | None = None
    unique_reads: int | None = None
    report_readers: int | None = None
    reports_seen: int | None = None


@dataclass(frozen=True, slots=True)
class Awareness:
    """What a person was alerted to; None for what was not asked for or not answered."""

    user_id: int | None
    first_name: str = ""
    last_name: str = ""
    total_alerts: int | None = None
    alert_source_reports: int | None = None
    unique_alerts: int | None = None
    alerts_opened: int | None = None


@dataclass(frozen=True, slots=True)
class ReportImage:
    """A picture of a report. Its addresses are signed and expire, so they are not shown or kept."""

    id: int
    report_id: int | None = None
    created_at: datetime | None = None
    thumbnail_url: str = field(default="", repr=False)
    medium_url: str = field(default="", repr=False)
