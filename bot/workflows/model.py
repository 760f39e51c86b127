"""Website workflows and their events as giosg reports them, free of its wire format."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import Vendor

_LISTED: Final = "`/flow-export workflows` lists them."
GIOSG: Final = Vendor(
    name="giosg",
    title="giosg",
    variables="GIOSG_API_TOKEN",
    smaller="Ask for a shorter period, or set a lower limit.",
    not_found={
        "": ("this workflow", _LISTED),
        "workflow": ("this workflow", _LISTED),
        "data": (
            "such data",
            (
                "Either the workflow has no such step, or the step has no event in this period; "
                "try a longer one."
            ),
        ),
        "route": ("this address", "Your Flowbot admin can check GIOSG_BASE_URL."),
    },
    refused={
        "subscription": "giosg has no active subscription for this. An admin of the giosg account "
        "can renew it.",
        "organization": "giosg's token has no access to this organization. Your Flowbot "
        "admin needs to set GIOSG_API_TOKEN to one of a user who belongs to it.",
        "permission": "giosg's token lacks the reporting permission. An admin of the giosg account "
        "can give it to the user whose token it is.",
        "forbidden": "giosg does not allow this. The subscription may have ended, the organization "
        "may be another one, or the user whose token it is may lack the reporting permission; an "
        "admin of the giosg account can look.",
        "filter": "giosg cannot filter by this yet. Leave out action or label, and filter in the "
        "file.",
    },
)

DEFAULT = "default"
TRIGGERED_GOAL = "triggered_goal"

AFFECTED_GOAL = "affected_goal"
AFFECTED_GOAL_TOTAL = "affected_goal_total"

CSV = "csv"
XLSX = "xlsx"

LONGEST_INTERVAL = timedelta(days=180)
"""The vendor's usual bound of a period (its page "General"); whether it holds for workflows nobody
says, so longer periods are better asked for in parts."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose token we use, and the organization that all workflows are asked of."""

    organization_id: str
    organization: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow of the list."""

    id: str
    name: str
    description: str = ""
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkflowInfo:
    """A workflow with its kind and the moments of its first and last event.

    `kind` is the vendor's: giosg-default, interaction, user-generated or one not documented.
    """

    id: str
    name: str
    kind: str = ""
    description: str = ""
    published: bool | None = None
    modified_at: datetime | None = None
    first_event_at: datetime | None = None
    last_event_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Events must have one of `values` in the vendor's `name`, such as action or label."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepQuestion:
    """The events of one step. `start` and `end` are aware instants, `end` exclusive.

    `step` counts from 1. `actions` narrows the events to what the chart shows: one entry for each
    step from the first on, empty for any action. `target` is DEFAULT or TRIGGERED_GOAL.
    """

    workflow_id: str
    step: int
    start: datetime
    end: datetime
    filters: tuple[Filter, ...] = ()
    actions: tuple[tuple[str, ...], ...] = ()
    target: str = DEFAULT
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SourceQuestion:
    """The events of a workflow that belong to no step.

    `target` is AFFECTED_GOAL or AFFECTED_GOAL_TOTAL.
    """

    workflow_id: str
    start: datetime
    end: datetime
    filters: tuple[Filter, ...] = ()
    target: str = AFFECTED_GOAL
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ChartQuestion:
    """The figures of a workflow's chart. `start` and `end` are aware instants, `end` exclusive."""

    workflow_id: str
    start: datetime
    end: datetime
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Sidedata:
    """The counts beside a workflow's chart.

    `by_hour` is (hour 0-23, count), `by_weekday` is (1-7, count), where 1 is probably Monday. What
    else the vendor sends, as for interactions, is in `more` as flattened pairs, for showing only.
    """

    visitors: int | None = None
    sessions: int | None = None
    by_hour: tuple[tuple[int, float], ...] = ()
    by_weekday: tuple[tuple[int, float], ...] = ()
    more: tuple[tuple[str, str], ...] = ()
