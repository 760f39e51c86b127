"""The JSON of MomoFlow's report, as its page shows it, and the odd forms that switches ask for."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.vendors.momoflow.organisation import Enrolment, Flow, Step
from sandbox.vendors.momoflow.questions import ReportQuestion
from sandbox.vendors.switches import Switches

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def iso(moment: datetime) -> str:
    """Return a moment as the vendor writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def report(flow: Flow, asked: ReportQuestion, switches: Switches, now: datetime) -> dict[str, Any]:
    """Return the report's JSON. `status` narrows the assignments only, never the metrics."""
    enrolments = _repeated(_in_range(flow, asked, switches, now), switches.number("large_report"))
    chosen = [one for one in enrolments if asked.status in (None, one.status(now))]
    most = int(switches.number("most_listed")) or len(chosen)
    body: dict[str, Any] = {
        "flowId": flow.plan.id,
        "flowName": flow.plan.name,
        "metrics": _metrics(enrolments, switches, now),
        "schedules": [
            {
                "scheduleId": one.id,
                "assigneeEmail": one.email,
                "scheduledAt": iso(one.next_at(now)),
                "status": "pending",
                "recurrence": one.recurrence,
            }
            for one in flow.schedules
        ],
        "assignments": [_assignment(one, asked, now) for one in chosen[:most]],
    }
    if asked.by and switches.choice("aggregate") != "plain":
        # Nothing is documented about this answer: every name in it is an invention.
        body["aggregation"] = {"by": asked.by, "series": _series(enrolments, asked, now)}
    return _made_odd(body, switches)


def _in_range(
    flow: Flow, asked: ReportQuestion, switches: Switches, now: datetime
) -> list[Enrolment]:
    start = asked.start or datetime.min.replace(tzinfo=UTC)
    end = min(asked.end, now) if asked.end else now
    last = end + timedelta(microseconds=1) if switches.on("end_inclusive") else end
    return [one for one in flow.enrolments if start <= one.assigned_at < last]


def _repeated(enrolments: list[Enrolment], count: float) -> list[Enrolment]:
    if not enrolments or count <= len(enrolments):
        return enrolments
    rounds = (
        enrolments if n == 0 else [replace(one, id=f"{one.id}_{n}") for one in enrolments]
        for n in itertools.count()
    )
    return list(itertools.islice(itertools.chain.from_iterable(rounds), int(count)))


def _metrics(enrolments: list[Enrolment], switches: Switches, now: datetime) -> dict[str, Any]:
    completed = [one for one in enrolments if one.status(now) == "completed"]
    empty = None if switches.choice("empty_rate") == "null" else 0
    rate = round(100 * len(completed) / len(enrolments), 1) if enrolments else empty
    return {
        "totalAssignments": len(enrolments),
        "completedAssignments": len(completed),
        "averageCompletionTime": _average_text(_average(completed), switches),
        "completionRate": rate,
    }


def _average(completed: list[Enrolment]) -> timedelta:
    ends = ((one.steps[-1].completed_at or one.assigned_at) - one.assigned_at for one in completed)
    return sum(ends, timedelta()) / len(completed) if completed else timedelta()


def _average_text(average: timedelta, switches: Switches) -> str | None:
    forms: dict[str, str | None] = {
        "days": f"{average / DAY:.1f} days",
        "hours": f"{average / HOUR:.0f} hours",
        "zero": "0 days",
        "empty": "",
        "null": None,
    }
    return forms[switches.choice("average_time")]


def _assignment(one: Enrolment, asked: ReportQuestion, now: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {
        "assignmentId": one.id,
        "assigneeEmail": one.email,
        "assignedAt": iso(one.assigned_at),
        "status": one.status(now),
        "completedModules": one.done(now),
        "totalModules": len(one.steps),
    }
    if asked.detailed:
        begun = [step for step in one.steps if step.status(now) != "pending"]
        body["moduleProgress"] = [_module(step, now) for step in begun]
    return body


def _module(step: Step, now: datetime) -> dict[str, Any]:
    status = step.status(now)
    name, moment = (
        ("completedAt", step.completed_at)
        if status == "completed"
        else ("startedAt", step.started_at)
    )
    assert moment is not None
    return {"moduleId": step.id, "moduleName": step.name, "status": status, name: iso(moment)}


def _series(
    enrolments: list[Enrolment], asked: ReportQuestion, now: datetime
) -> list[dict[str, Any]]:
    buckets: dict[str, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        buckets[_LABELS[asked.by or "month"](one.assigned_at)].append(one)
    return [_point(label, buckets[label], asked, now) for label in sorted(buckets)]


def _point(
    label: str, enrolments: list[Enrolment], asked: ReportQuestion, now: datetime
) -> dict[str, Any]:
    completed = [one for one in enrolments if one.status(now) == "completed"]
    values = {
        "completion_rate": round(100 * len(completed) / len(enrolments), 1),
        "average_duration": f"{_average(completed) / DAY:.1f} days",
    }
    return {"period": label, **{name: values[name] for name in values if name in asked.metrics}}


_LABELS: dict[str, Callable[[datetime], str]] = {
    "day": lambda moment: f"{moment:%Y-%m-%d}",
    "week": lambda moment: f"{moment:%G-W%V}",
    "month": lambda moment: f"{moment:%Y-%m}",
    "quarter": lambda moment: f"{moment.year}-Q{(moment.month + 2) // 3}",
    "year": lambda moment: f"{moment:%Y}",
}


def _made_odd(body: dict[str, Any], switches: Switches) -> dict[str, Any]:
    if switches.on("missing_schedules"):
        del body["schedules"]
    _make_people_odd(body["assignments"], switches)
    if switches.on("extra_fields"):
        body |= {"apiVersion": "1.4", "links": [{"rel": "self"}]}
        body["metrics"]["skippedAssignments"] = 3
    if switches.choice("aggregate") == "series only" and "aggregation" in body:
        body = {"flowId": body["flowId"], "aggregation": body["aggregation"]}
    return _without(body, switches.choice("missing_field"))


def _make_people_odd(assignments: list[dict[str, Any]], switches: Switches) -> None:
    if switches.on("unknown_status"):
        for one in assignments[::4]:
            one["status"] = "awaiting_review"
    if switches.on("odd_dates"):
        for number, one in enumerate(assignments):
            one["assignedAt"] = None if number % 2 else one["assignedAt"].removesuffix("Z")
    if switches.on("odd_row") and assignments:
        assignments[0]["assigneeEmail"] = None


def _without(body: dict[str, Any], name: str) -> dict[str, Any]:
    for place in (body, body.get("metrics", {}), *body.get("assignments", [])):
        place.pop(name, None)
    return body
