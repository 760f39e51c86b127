"""One execution: where it is on its course, at any moment."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.vendors.smartflows.courses import Course
from sandbox.vendors.smartflows.flows import FlowPlan, User, identity
from sandbox.vendors.smartflows.statuses import (
    ASKING,
    CANCELED,
    ENDED,
    ERROR,
    FINISHED,
    INTERRUPTED,
    QUEUED,
    RUNNING,
    SELECT_FLOW,
    SUCCESS,
    USER_INPUT,
    WAITING,
)

MOST_UNFINISHED = 99
_MESSAGES = {
    QUEUED: "Queued",
    USER_INPUT: "Waiting for user input",
    SELECT_FLOW: "Select a flow",
    CANCELED: "Canceled",
    INTERRUPTED: "Interrupted",
    SUCCESS: "Finished",
}


@dataclass(slots=True)
class Stretch:
    """Work between two pauses; `worked` is how many seconds were behind it when it began."""

    start: datetime
    worked: float
    end: datetime | None = None
    percentage: int = 0
    message: str = ""
    status: str = RUNNING


@dataclass(slots=True, eq=False)
class Run:
    """One execution. `version` grows with each change of status, so that old plans are dropped."""

    number: int
    plan: FlowPlan | None
    course: Course
    user: User
    created_at: datetime
    changed_at: datetime
    mode: str = "interactive"
    status: str = QUEUED
    version: int = 0
    worked: float = 0.0
    due: datetime | None = None
    canceled: bool = False
    has_documents: bool = False
    given: bytes = b""
    answer: dict[str, Any] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    id: str = ""

    def __post_init__(self) -> None:
        """Name it so that a new sandbox repeats no id: the bot's database remembers the old."""
        self.id = identity(f"run {self.number} of {self.created_at.isoformat()}")

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of its steps."""
        return self.plan.steps if self.plan else ("Selecting a flow",)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.status in ENDED

    @property
    def asks(self) -> bool:
        """Whether it waits for a person."""
        return self.status in ASKING

    @property
    def next_stop(self) -> float:
        """After how many seconds of work it stops next, for the pause or for good."""
        course = self.course
        pauses = course.pause and self.worked < course.working * course.pause_at
        return course.working * (course.pause_at if pauses else course.ends_at)

    def worked_by(self, now: datetime) -> float:
        """Return the seconds of work done at that moment."""
        if self.status != RUNNING:
            return self.worked
        return min(self.worked + (now - self.changed_at).total_seconds(), self.course.working)

    def percentage(self, now: datetime) -> int:
        """Return the share of work done; only what finished has all of it."""
        if self.status in FINISHED:
            return 100
        return min(int(100 * self.worked_by(now) / self.course.working), MOST_UNFINISHED)

    def step(self, now: datetime) -> int:
        """Return the index of the step that is being worked on."""
        share = self.worked_by(now) / self.course.working
        return min(int(share * len(self.steps)), len(self.steps) - 1)

    def message(self, now: datetime) -> str:
        """Return what it is doing, in words."""
        if self.status == RUNNING:
            return self.steps[self.step(now)]
        if self.status == ERROR:
            return f"Step '{self.steps[self.step(now)]}' failed"
        if self.status == WAITING:
            return self.waiting_for
        return _MESSAGES.get(self.status, "Finished with warnings")

    @property
    def waiting_for(self) -> str:
        """What an outsider has to do, while it waits for one."""
        return (self.plan.waiting_for if self.plan else "") or "An answer from outside"

    def look(self, now: datetime) -> tuple[str, int, str]:
        """Return what a progress shows, to be compared with a later look."""
        return self.status, self.percentage(now), self.message(now)

    def next_change(self, now: datetime) -> datetime | None:
        """Return when its status or percentage changes next by itself, or None for never."""
        if self.status != RUNNING:
            return self.due
        percent = self.course.working / 100
        ahead = percent - self.worked_by(now) % percent
        # A hair later, as a moment is cut to microseconds.
        tick = now + timedelta(seconds=ahead, microseconds=2)
        return min(tick, self.due) if self.due else tick

    def moment_of(self, worked: float) -> datetime | None:
        """Return when that much work was done, or None where it never was."""
        for stretch in reversed(self.stretches):
            if stretch.worked <= worked:
                moment = stretch.start + timedelta(seconds=worked - stretch.worked)
                return min(moment, stretch.end) if stretch.end else moment
        return None
