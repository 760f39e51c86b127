"""A made-up organisation in training: who was given which flow, and how far each is at any moment.

Everything is decided once, from a seed; time only uncovers it. So a report of the next day differs
from today's, and the same moment always gives the same report.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sandbox.vendors.momoflow.names import FLOWS, STAFF, FlowPlan, people

DAY = timedelta(days=1)
HISTORY_DAYS = 90


@dataclass(frozen=True, slots=True)
class Step:
    """One module of one person: when it is begun and done; None is never."""

    id: str
    name: str
    started_at: datetime | None
    completed_at: datetime | None

    def status(self, now: datetime) -> str:
        """Return "completed", "in_progress" or "pending" at that moment."""
        if self.completed_at and self.completed_at <= now:
            return "completed"
        return "in_progress" if self.started_at and self.started_at <= now else "pending"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One flow given to one person."""

    id: str
    email: str
    assigned_at: datetime
    due_at: datetime
    steps: tuple[Step, ...]
    notes: str = ""

    def status(self, now: datetime) -> str:
        """Return one of the vendor's four statuses at that moment."""
        done = {step.status(now) for step in self.steps}
        if done == {"completed"}:
            return "completed"
        if now > self.due_at:
            return "overdue"
        return "pending" if done == {"pending"} else "in_progress"

    def done(self, now: datetime) -> int:
        """Return how many modules are completed at that moment."""
        return sum(step.status(now) == "completed" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Schedule:
    """An assignment to come, every `days` days."""

    id: str
    email: str
    first: datetime
    recurrence: str
    days: int

    def next_at(self, now: datetime) -> datetime:
        """Return the first time that is after that moment."""
        return self.first + max(0, (now - self.first) // (self.days * DAY) + 1) * self.days * DAY


@dataclass(slots=True)
class Flow:
    """A flow with everybody who has it."""

    plan: FlowPlan
    enrolments: list[Enrolment]
    schedules: tuple[Schedule, ...]


class Organisation:
    """All flows and people of the stand-in, around the moment its clock began."""

    def __init__(self, start: datetime) -> None:
        """Lay out about 90 days before `start` and a month after it."""
        self._start = start.replace(minute=0, second=0, microsecond=0)
        self.flows = {plan.id: self._flow(plan) for plan in FLOWS}
        listed = {one.email for flow in self.flows.values() for one in flow.enrolments}
        self._emails = {email.casefold() for email in (*STAFF, *listed)}

    def has(self, email: str) -> bool:
        """Return whether a person of that address belongs to the organisation."""
        return email.casefold() in self._emails

    def assign(
        self, flow_id: str, email: str, *, now: datetime, due: datetime | None, notes: str = ""
    ) -> Enrolment:
        """Give a flow to a person once more and return the enrolment."""
        flow = self.flows[flow_id]
        enrolment = Enrolment(
            id=f"asgn_{flow.plan.short}{len(flow.enrolments) + 1:04d}",
            email=email,
            assigned_at=now,
            due_at=due or now + 30 * DAY,
            steps=tuple(_steps(flow.plan, [None] * len(flow.plan.modules), now)),
            notes=notes,
        )
        flow.enrolments.append(enrolment)
        return enrolment

    def _flow(self, plan: FlowPlan) -> Flow:
        schedules = tuple(self._schedules(plan)) if plan.size else ()
        return Flow(plan, list(_enrolments(plan, self._start)), schedules)

    def _schedules(self, plan: FlowPlan) -> Iterator[Schedule]:
        nine = self._start.replace(hour=9) + DAY
        for number, (recurrence, days) in enumerate((("weekly", 7), ("monthly", 30)), start=1):
            yield Schedule(
                id=f"sched_{plan.short}{number:02d}",
                email=STAFF[number % len(STAFF)],
                first=nine + number * DAY,
                recurrence=recurrence,
                days=days,
            )


@lru_cache(maxsize=16)
def _enrolments(plan: FlowPlan, start: datetime) -> tuple[Enrolment, ...]:
    """Return everybody's training; kept, as every test begins with the same organisation."""
    chance = random.Random(plan.id)
    emails = people(plan.size, odd=plan.odd)
    return tuple(_enrolment(plan, n, email, chance, start) for n, email in enumerate(emails))


def _enrolment(
    plan: FlowPlan, index: int, email: str, chance: random.Random, start: datetime
) -> Enrolment:
    days = chance.uniform(1, HISTORY_DAYS if index % 10 > 1 else 20)
    assigned = start - timedelta(minutes=round(days * 1440))
    due = assigned + chance.randint(14, 30) * DAY
    pace = _pace(len(plan.modules), chance)
    if index % 10 == 0:  # finishes on the first day
        last = start - assigned + timedelta(hours=chance.uniform(2, 20))
        pace = [last * (n + 1) / len(plan.modules) for n in range(len(plan.modules))]
        due = max(due, start + 2 * DAY)
    elif index % 10 == 1:  # is late from the first day on
        pace = [*pace[:1], *[None] * (len(plan.modules) - 1)]
        due = start + timedelta(hours=chance.uniform(2, 20))
    return Enrolment(
        id=f"asgn_{plan.short}{index + 1:04d}",
        email=email,
        assigned_at=assigned,
        due_at=due,
        steps=tuple(_steps(plan, pace, assigned)),
    )


def _pace(modules: int, chance: random.Random) -> list[timedelta | None]:
    """Return when after the assignment each module is done; None for those never done."""
    whole = chance.uniform(1, 21) * DAY
    kind = chance.random()
    reached = modules if kind < 0.8 else chance.randint(0, modules - 1)
    return [whole * (n + 1) / modules if n < reached else None for n in range(modules)]


def _steps(plan: FlowPlan, pace: list[timedelta | None], assigned: datetime) -> Iterator[Step]:
    before: datetime | None = assigned + timedelta(hours=3) if pace[0] else None
    for number, (name, after) in enumerate(zip(plan.modules, pace, strict=True), start=1):
        done = assigned + after if after else None
        yield Step(
            f"mod_{number:03d}", name, min(before, done) if before and done else before, done
        )
        before = done
