"""Training flows as MomoFlow reports them, free of its wire format."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import Vendor

_NAMED: Final = "`/flow-report names` lists the flows that have a name here."
MOMOFLOW: Final = Vendor(
    name="momoflow",
    title="MomoFlow",
    variables="MOMOFLOW_API_KEY",
    smaller="Ask for a shorter period, such as last-7d, or for a single status.",
    not_found={
        "": ("this flow", _NAMED),
        "flow": ("this flow", _NAMED),
        "person": ("this person", "MomoFlow goes by e-mail address; check it there."),
        "link": ("this file any more", "Ask for the export again: its link has ended."),
        "route": ("this address", "Your Flowbot admin can check MOMOFLOW_BASE_URL."),
    },
)

PENDING = "pending"
IN_PROGRESS = "in_progress"
COMPLETED = "completed"
OVERDUE = "overdue"
NOT_COMPLETED = "not_completed"
"""Every status but COMPLETED; no word of the vendor's."""
STATUSES = (OVERDUE, IN_PROGRESS, PENDING, COMPLETED)
"""The documented statuses, most urgent first. A status not listed is kept as the vendor sent it."""

PRIORITIES = ("low", "medium", "high")
GRAINS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module of one person's assignment; modules not begun are left out by the vendor."""

    name: str
    status: str
    started_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One flow given to one person."""

    id: str
    email: str
    status: str
    assigned_at: datetime | None = None
    completed_modules: int | None = None
    total_modules: int | None = None
    modules: tuple[ModuleProgress, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduledAssignment:
    """An assignment that the vendor will make in the future."""

    id: str
    email: str
    status: str
    scheduled_at: datetime | None = None
    recurrence: str = ""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What MomoFlow says about one flow.

    `total` and `completed` are never narrowed by a status filter; `assignments` is. `undated` are
    assignments in no period, as they have no date. `average_time` is its text with unit,
    such as "1.5 days", or empty. `aggregate` is the vendor's undocumented answer to an aggregation,
    as flattened (path, value) pairs, for showing only.
    """

    flow_id: str
    flow_name: str
    total: int
    completed: int
    average_time: str = ""
    assignments: tuple[Assignment, ...] = ()
    scheduled: tuple[ScheduledAssignment, ...] = ()
    aggregate: tuple[tuple[str, str], ...] = ()
    odd: tuple[str, ...] = ()
    """The paths of what could not be read in assignments, which are left out."""
    undated: int = 0


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What to ask MomoFlow for. `start` and `end` are aware instants, `end` exclusive."""

    flow_id: str
    start: datetime | None = None
    end: datetime | None = None
    status: str | None = None
    detailed: bool = False
    by: str | None = None
    """One of GRAINS, or None for no aggregation."""


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """An assignment to be made. `priority` is one of PRIORITIES or None."""

    flow_id: str
    email: str
    due_at: datetime | None = None
    priority: str | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentReceipt:
    """The vendor's confirmation of an assignment."""

    assignment_id: str
    flow_name: str
    email: str
    assigned_at: datetime | None = None
    module_count: int | None = None
    estimated_duration: str = ""
