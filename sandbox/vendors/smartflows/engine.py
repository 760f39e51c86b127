"""What happens to executions as time passes. Whoever asks settles first what became due.

Each change waits in a heap for its moment, so ten thousand running executions cost nothing until
one of them moves.
"""

import asyncio
import heapq
import itertools
import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows.arrivals import Arrivals
from sandbox.vendors.smartflows.courses import Course, drawn
from sandbox.vendors.smartflows.flows import FLOWS, ORDINARY, FlowPlan, User, identity
from sandbox.vendors.smartflows.index import RunIndex
from sandbox.vendors.smartflows.runs import Run, Stretch
from sandbox.vendors.smartflows.statuses import (
    CANCELED,
    FINISHED,
    INTERRUPTED,
    PAUSES,
    QUEUED,
    RUNNING,
)
from sandbox.vendors.switches import ODD_DATA, Switches

HISTORY = timedelta(hours=24)
ANY_VERSION = -1
"""Of what is due whatever happened to the run since it was planned."""
Kept = tuple[datetime, Run, int]
"""Since when, what, and its version at that moment."""
Due = tuple[datetime, int, Callable[[Run, datetime], None], Run, int]


class Engine:
    """All executions, on the sandbox's clock."""

    def __init__(self, clock: SandboxClock, switches: Switches, *, began: datetime) -> None:
        """Begin at a moment, with a day of what others did before it."""
        self.clock = clock
        self.index = RunIndex()
        self.documents: dict[str, tuple[Run, int]] = {}
        self.inputs: dict[str, Run] = {}
        self.deleted: set[str] = set()
        """The ids of flows that somebody deleted."""
        self._switches = switches
        self._chance = random.Random("smart flows")
        self._numbers = itertools.count(1)
        self._order = itertools.count()
        self._due: list[Due] = []
        self._ended: deque[Kept] = deque()
        self._kept: deque[Kept] = deque()
        self._paused: deque[Kept] = deque()
        self._waiters: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._arrivals = Arrivals(began - HISTORY)
        self._settle(began)

    @property
    def flows(self) -> dict[str, FlowPlan]:
        """The flows there are, by id."""
        return {plan.id: plan for plan in self._plans if plan.id not in self.deleted}

    @property
    def _plans(self) -> tuple[FlowPlan, ...]:
        return FLOWS if self._switches.on(ODD_DATA) else ORDINARY

    def settle(self) -> datetime:
        """Let everything happen that is due, in order, and return the present moment."""
        now = self.clock.now()
        self._settle(now)
        return now

    def launch(
        self,
        plan: FlowPlan | None,
        *,
        user: User,
        course: Course,
        at: datetime | None = None,
        mode: str = "interactive",
        given: bytes = b"",
    ) -> Run:
        """Start a run with a course of one's own choosing; without a flow it asks for one."""
        now = at or self.settle()
        run = Run(
            next(self._numbers), plan, course, user, created_at=now, changed_at=now, mode=mode
        )
        run.given = given
        if given:
            self.inputs[input_id(run)] = run
        self.index.add(run)
        if course.queued:
            self._plan(run, now + timedelta(seconds=course.queued), self._begin)
        else:
            self._begin(run, now)
        return run

    def start(self, plan: FlowPlan | None, *, user: User, mode: str, given: bytes) -> Run:
        """Start a run over the API, as the switches say."""
        course = drawn(plan or FLOWS[0], self._chance, alone=True)
        switches = self._switches
        if switches.number("run_seconds"):
            course = replace(course, working=switches.number("run_seconds"))
        if switches.choice("next_outcome") != "as usual":
            outcome = switches.choice("next_outcome")
            course = replace(course, outcome=outcome, ends_at=1.0 if outcome in FINISHED else 0.6)
        if switches.choice("next_pause") != "as usual":
            pause = switches.choice("next_pause")
            course = replace(course, pause=pause if pause != "none" else "")
        if plan is None:
            course = replace(course, pause="SelectFlow", pause_at=0.0, pause_for=None)
        if mode == "batch":
            course = replace(course, pause="")
        if switches.choice("start_answer") == QUEUED:
            course = replace(course, queued=3.0)
        return self.launch(plan, user=user, course=course, mode=mode, given=given)

    def resume(self, run: Run, answer: dict[str, Any]) -> None:
        """Let a paused run go on."""
        run.answer |= answer
        chosen = self.flows.get(str(answer.get("flow")))
        if chosen and run.plan is None:
            run.plan = chosen
            self.index.by_flow[chosen.id][run.id] = run
        self._work(run, self.clock.now())

    def cancel(self, run: Run) -> None:
        """Stop a run, at once or a little later as switched."""
        now = self.clock.now()
        lag = self._switches.number("cancel_seconds")
        if not lag:
            self._end(run, now, CANCELED)
        elif not run.canceled:
            run.canceled = True
            moment = now + timedelta(seconds=lag)
            run.due = min(run.due or moment, moment)
            heapq.heappush(self._due, (moment, next(self._order), self._cancel, run, ANY_VERSION))

    def next_move(self, run: Run) -> asyncio.Event:
        """Return an event that is set with the run's next change of status."""
        return self._waiters[run.id]

    def _settle(self, now: datetime) -> None:
        every = self._switches.number("others_every")
        while True:
            arrival = self._arrivals.next(every, now)
            unattended = self._first(self._paused, "unattended_hours")
            due = self._due[0][0] if self._due else None
            first = min(filter(None, (arrival, unattended, due)), default=None)
            if first is None or first > now:
                break
            if first == arrival:
                self._arrive(first, every)
            elif first == unattended:
                self._interrupt(first)
            else:
                self._happen()
        self._clean(now)

    def _arrive(self, at: datetime, every: float) -> None:
        plan, user = self._arrivals.take(at, every, self._plans)
        course = drawn(plan, self._chance, alone=False)
        given = given_by(user) if plan.input == "user" else b""
        self.launch(plan, user=user, course=course, at=at, given=given)

    def _interrupt(self, at: datetime) -> None:
        _, run, version = self._paused.popleft()
        if run.version == version and run.status in PAUSES:
            self._end(run, at, INTERRUPTED)

    def _happen(self) -> None:
        at, _, action, run, version = heapq.heappop(self._due)
        if version in (ANY_VERSION, run.version) and run.id in self.index.runs:
            action(run, at)

    def _cancel(self, run: Run, at: datetime) -> None:
        if not run.ended:
            self._end(run, at, CANCELED)

    def _begin(self, run: Run, at: datetime) -> None:
        if run.course.pause and run.course.pause_at <= 0 and not run.stretches:
            self._move(run, at, run.course.pause)
            self._pause(run, at)
        else:
            self._work(run, at)

    def _work(self, run: Run, at: datetime) -> None:
        self._move(run, at, RUNNING)
        run.stretches.append(Stretch(at, run.worked))
        # Exactly at the pause the work is no longer before it, so the next stop is the end.
        left = max(run.next_stop - run.worked, 0.0)
        self._plan(run, at + timedelta(seconds=left), self._stop)

    def _stop(self, run: Run, at: datetime) -> None:
        stop = run.next_stop
        pauses = stop < run.course.working * run.course.ends_at
        if not pauses:
            self._end(run, at, run.course.outcome, worked=stop)
            return
        self._move(run, at, run.course.pause, worked=stop)
        self._pause(run, at)

    def _pause(self, run: Run, at: datetime) -> None:
        self._paused.append((at, run, run.version))
        if run.course.pause_for is not None:
            self._plan(run, at + timedelta(seconds=run.course.pause_for), self._work)

    def _end(self, run: Run, at: datetime, status: str, *, worked: float | None = None) -> None:
        self._move(run, at, status, worked=worked)
        self._ended.append((at, run, run.version))
        if status in FINISHED:
            run.has_documents = True
            self._kept.append((at, run, run.version))
            for place, one in enumerate(document_ids(run)):
                self.documents[one] = run, place

    def _move(self, run: Run, at: datetime, status: str, *, worked: float | None = None) -> None:
        before, run.worked = run.status, run.worked_by(at) if worked is None else worked
        if run.stretches and run.stretches[-1].end is None:
            self._close(run.stretches[-1], run, at, status)
        run.status, run.changed_at, run.due = status, at, None
        run.version += 1
        self.index.moved(run, before=before)
        if run.id in self._waiters:
            self._waiters.pop(run.id).set()

    def _close(self, stretch: Stretch, run: Run, at: datetime, status: str) -> None:
        run.changed_at = at
        before, run.status = run.status, status
        stretch.end, stretch.status = at, status
        stretch.percentage, stretch.message = run.percentage(at), run.message(at)
        run.status = before

    def _plan(self, run: Run, at: datetime, action: Callable[[Run, datetime], None]) -> None:
        run.due = at
        heapq.heappush(self._due, (at, next(self._order), action, run, run.version))

    def _clean(self, now: datetime) -> None:
        """Do the vendor's housekeeping: 0 hours is never."""
        for run in self._older(self._kept, "documents_kept_hours", now):
            run.has_documents = False
            for one in document_ids(run):
                self.documents.pop(one, None)
        for run in self._older(self._ended, "executions_kept_hours", now):
            self.index.drop(run)
            self.inputs.pop(input_id(run), None)

    def _older(self, queue: deque[Kept], switch: str, now: datetime) -> Iterator[Run]:
        """Take out those that were kept for as many hours as the switch says."""
        while (moment := self._first(queue, switch)) and moment <= now:
            yield queue.popleft()[1]

    def _first(self, queue: deque[Kept], switch: str) -> datetime | None:
        """Return when the first of a queue has been in it for as long as the switch says."""
        hours = self._switches.number(switch)
        return queue[0][0] + timedelta(hours=hours) if hours and queue else None


def input_id(run: Run) -> str:
    """Return the id of what a run was started with."""
    return identity(f"input {run.number}")


def given_by(user: User) -> bytes:
    """Return what people start flows with that need input."""
    return f"<letter><to>{escape(user.name)}</to></letter>".encode()


def document_ids(run: Run) -> list[str]:
    """Return the ids of the documents that a run makes."""
    outputs = run.plan.outputs if run.plan else ("pdf",)
    return [identity(f"document {run.number} {place}") for place in range(len(outputs))]
