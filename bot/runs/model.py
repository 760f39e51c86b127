"""Smart Flows, their executions and documents, free of the vendor's wire format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.errors import Vendor
from bot.runs.core.user_input import UserInput

SMART_FLOWS: Final = Vendor(
    name="smartflows",
    title="Smart Flows",
    variables="SMARTFLOWS_API_KEY",
    smaller="Try again, or ask for one flow only.",
    not_found={
        "": (
            "this flow or run any more",
            "Its cleanup removes old runs. `/flow-run list today` lists those of today.",
        )
    },
)

QUEUED = "Queued"
RUNNING = "Running"
WAITING = "Waiting"
USER_INPUT = "UserInput"
SELECT_FLOW = "SelectFlow"
SUCCESS = "Success"
WARNING = "Warning"
ERROR = "Error"
CANCELED = "Canceled"
INTERRUPTED = "Interrupted"

NEEDS_PERSON = (USER_INPUT, SELECT_FLOW)
PAUSED = (*NEEDS_PERSON, WAITING)
ENDED = (SUCCESS, WARNING, ERROR, CANCELED, INTERRUPTED)
STATUSES = (QUEUED, RUNNING, *PAUSED, *ENDED)
"""The ten documented statuses, as they are sent. One not listed is kept as the vendor wrote it and
counts as running."""

STEP_ERROR = "Error"
"""The status of a step that failed; steps have statuses of their own."""

BATCH = "batch"

SEES_ALL = "read:flowExecutions"
SEES_OWN = "read:ownFlowExecutions"
STARTS = "execute:flows"


@dataclass(frozen=True, slots=True)
class VendorRef:
    """Something of the vendor's with an id and a name; either may be empty."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow that can be started. `input` is "none", "user" (XML), "plugin" or "" (not said)."""

    id: str
    name: str
    description: str = ""
    input: str = ""
    input_name: str = ""
    asks_first: bool = False
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document that an execution produced; `name` may be empty and has no sure extension."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What the vendor says of one document, its content aside.

    `content_type` may be empty, a MIME type or a short name. `expires_at` is when cleanup takes it.
    """

    id: str
    name: str = ""
    content_type: str = ""
    created_at: datetime | None = None
    expires_at: datetime | None = None
    execution_id: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an execution is. `percentage` is 0-100, None where the vendor does not say it.

    `question` is set while it needs a person and a form came along; `documents` once it ended.
    """

    id: str
    status: str
    percentage: int | None = None
    message: str = ""
    current: str = ""
    question: UserInput | None = None
    documents: tuple[DocumentRef, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of work between two pauses, with the last that was heard of it."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    last: Progress | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow's report. `status` is Output, Error, Waiting, UserInput or Skipped."""

    name: str
    status: str
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What an execution has done so far: the part that lists leave out.

    `steps` are in the order of the report's tree. `errors` and `warnings` are the vendor's own
    words; `caught` are the errors that the flow itself dealt with.
    """

    waiting_for: str = ""
    stages: tuple[Stage, ...] = ()
    steps: tuple[Step, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    question: UserInput | None = None
    documents: tuple[DocumentRef, ...] = ()
    input_id: str = ""

    @property
    def failed_step(self) -> Step | None:
        """The first step that failed."""
        return next((step for step in self.steps if step.status == STEP_ERROR), None)

    @property
    def reason(self) -> str:
        """Why it failed, in the vendor's words from the best place that has any."""
        last = self.stages[-1].last if self.stages else None
        said = (*self.errors, *self.caught, last.message if last else "")
        return next(filter(None, said), "")


@dataclass(frozen=True, slots=True)
class Execution:
    """One run of a flow. `flow` is empty until somebody selected one; `details` None in most lists.

    `modified_at` of an ended execution is taken as its end: the vendor has no field for that.
    """

    id: str
    status: str
    flow: VendorRef = VendorRef()
    created_at: datetime | None = None
    modified_at: datetime | None = None
    created_by: VendorRef = VendorRef()
    created_for: VendorRef = VendorRef()
    mode: str = ""
    priority: int | None = None
    details: Details | None = None
    outputs: tuple[DocumentRef, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class ExecutionPage:
    """One page of executions. `more` says whether the next page may hold any.

    `rows` may be fewer than the vendor sent, as what it cannot filter by is cut here.
    """

    rows: tuple[Execution, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class FlowPage:
    """One page of flows. `more` says whether the next page may hold any."""

    rows: tuple[Flow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ExecutionFilter:
    """Which executions to list; what is left empty does not narrow. `since` is of the creation."""

    statuses: tuple[str, ...] = ()
    since: datetime | None = None
    flow_id: str = ""


@dataclass(frozen=True, slots=True)
class TimeBucket:
    """Executions of one stretch of time, by status."""

    label: str
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """How many executions one flow or one person had; `percentage` is 0-100."""

    who: VendorRef
    count: int
    percentage: float | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The vendor's own counts of executions."""

    per_time: tuple[TimeBucket, ...] = ()
    per_flow: tuple[Share, ...] = ()
    per_person: tuple[Share, ...] = ()

    def by_status(self) -> dict[str, int]:
        """Return the counts over all time, which the vendor gives by bucket only."""
        totals: dict[str, int] = {}
        for bucket in self.per_time:
            for status, count in bucket.counts.items():
                totals[status] = totals.get(status, 0) + count
        return totals


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the key belongs to, and what it may do (empty where the vendor does not say)."""

    id: str
    name: str
    permissions: frozenset[str] = frozenset()

    @property
    def sees_only_own(self) -> bool | None:
        """Whether lists show this account's executions alone; None where that is not known."""
        if SEES_ALL in self.permissions:
            return False
        return True if SEES_OWN in self.permissions else None

    @property
    def lacks(self) -> tuple[str, ...]:
        """Sentences: what will not work with this key."""
        found = []
        if self.sees_only_own:
            found.append("The key sees only the runs of its own account.")
        if self.permissions and STARTS not in self.permissions:
            found.append("The key may start no flow.")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class License:
    """What the project is licensed for, in the vendor's own words, empty where it tells nothing."""

    edition: str = ""
    ends: str = ""
    is_over: bool = False

    @property
    def words(self) -> str:
        """The same in words."""
        return " ".join(filter(None, (self.edition, self.ends and f"until {self.ends}")))

    @property
    def lacks(self) -> tuple[str, ...]:
        """Sentences: what will not work with this license."""
        return ("The project's license has ended.",) if self.is_over else ()


@dataclass(frozen=True, slots=True)
class SystemInfo:
    """The vendor's installation. `role` is sandbox, development, testing or production."""

    name: str = ""
    version: str = ""
    role: str = ""
    project_id: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Where people go in a browser; the addresses are the vendor's word and may be empty."""

    executions_url: str = ""
    console_url: str = ""
