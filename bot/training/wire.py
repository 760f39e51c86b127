"""MomoFlow's JSON into our values. Pure; tolerant where its pages are silent."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.http.answers import Refusal, SaidNoError, vendor_message
from bot.http.fields import Fields, ShapeError, flattened
from bot.training.model import (
    Assignment,
    AssignmentReceipt,
    ModuleProgress,
    NewAssignment,
    ReportFilter,
    ScheduledAssignment,
    TrainingReport,
)

NOT_FOUND_STATUSES = (404, 410)
REPORT_MEMBERS = ("flowId", "flowName", "metrics", "schedules", "assignments")
NO_METRICS = {"totalAssignments": 0, "completedAssignments": 0}
QUOTED = re.compile(r"(['\"]).*\1")


@dataclass(frozen=True, slots=True)
class Export:
    """A link to a report as a file. It opens the file to whoever has it, so it is not shown."""

    url: str = field(repr=False)
    expires_at: datetime | None = None


def parse_report(payload: Any, *, asked: ReportFilter) -> TrainingReport:
    """Return the report; raises ShapeError for a field that we need and cannot read.

    An answer to an aggregation is undocumented: there nothing is needed, and all that is not part
    of a plain report goes flattened into `aggregate`.
    """
    return _aggregated(payload, asked) if asked.by else _report(payload, asked)


def parse_export(payload: Any) -> Export:
    """Return the link; raises ShapeError when there is none."""
    body = Fields(payload)
    return Export(url=body.text("downloadUrl"), expires_at=body.instant_or_none("expiresAt"))


def parse_assigned(payload: Any, *, asked: NewAssignment) -> AssignmentReceipt:
    """Return the confirmation; raises SaidNoError for `success: false`, ShapeError otherwise."""
    body = Fields(payload)
    if not body.boolean("success", default=True):
        raise SaidNoError(body.text_or_empty("message"))
    details = body.child_or_empty("details")
    return AssignmentReceipt(
        assignment_id=body.text("assignmentId"),
        flow_name=details.text_or_empty("flowName"),
        email=details.text_or_empty("assigneeEmail") or asked.email,
        assigned_at=details.instant_or_none("assignedAt"),
        module_count=details.integer_or_none("moduleCount"),
        estimated_duration=details.text_or_empty("estimatedDuration"),
    )


def refusal_text(refusal: Refusal) -> str:
    """Return the vendor's words; for something not found with a code before them.

    The codes are "flow: ", "person: ", "link: " (a download) and "route: " (nothing we know, so
    the base URL is probably wrong). The vendor itself tells flow and person apart by its wording
    alone, so what it quotes back from the question is not looked at.
    """
    words = vendor_message(refusal)
    if refusal.status not in NOT_FOUND_STATUSES:
        return words
    return f"{_missing(refusal.path, QUOTED.sub('', words).casefold())}: {words}".strip()


def _missing(path: str, words: str) -> str:
    if not path.endswith(("/flows/report", "/flows/assign")):
        return "link"
    if "user" in words or "email" in words:
        return "person"
    return "flow" if "flow" in words else "route"


def _assignment(item: Fields) -> Assignment:
    return Assignment(
        id=item.text("assignmentId"),
        email=item.text("assigneeEmail"),
        status=item.text("status"),
        assigned_at=item.instant_or_none("assignedAt"),
        completed_modules=item.integer_or_none("completedModules"),
        total_modules=item.integer_or_none("totalModules"),
        modules=tuple(map(_module, item.children_or_none("moduleProgress"))),
    )


def _module(item: Fields) -> ModuleProgress:
    return ModuleProgress(
        name=item.text_or_empty("moduleName") or item.text("moduleId"),
        status=item.text("status"),
        started_at=item.instant_or_none("startedAt"),
        completed_at=item.instant_or_none("completedAt"),
    )


def _scheduled(item: Fields) -> ScheduledAssignment:
    return ScheduledAssignment(
        id=item.text("scheduleId"),
        email=item.text_or_empty("assigneeEmail"),
        status=item.text_or_empty("status"),
        scheduled_at=item.instant_or_none("scheduledAt"),
        recurrence=item.text_or_empty("recurrence"),
    )


def _report(payload: Any, asked: ReportFilter) -> TrainingReport:
    body = Fields(payload)
    metrics = body.child("metrics")
    assignments = body.rows("assignments", _assignment)
    return TrainingReport(
        flow_id=body.text_or_empty("flowId") or asked.flow_id,
        flow_name=body.text("flowName"),
        total=metrics.integer("totalAssignments"),
        completed=metrics.integer("completedAssignments"),
        average_time=metrics.text_or_empty("averageCompletionTime"),
        assignments=assignments,
        scheduled=tuple(map(_scheduled, body.children_or_none("schedules"))),
        odd=assignments.odd,
    )


def _aggregated(payload: Any, asked: ReportFilter) -> TrainingReport:
    """Return what is readable as a report, and everything else as pairs."""
    if not isinstance(payload, dict | list):
        raise ShapeError("body")
    members = payload if isinstance(payload, dict) else {"answer": payload}
    blank = {"flowName": asked.flow_id, "metrics": NO_METRICS, "assignments": []}
    known = {name: members[name] for name in REPORT_MEMBERS if _fits(name, members.get(name))}
    try:
        report = _report({**blank, **known}, asked)
    except ShapeError:
        known = {}
        report = _report(blank, asked)
    rest = {name: value for name, value in members.items() if name not in known}
    return replace(report, aggregate=flattened(rest))


def _fits(name: str, value: Any) -> bool:
    if name in ("flowId", "flowName"):
        return isinstance(value, str) and bool(value.strip())
    if name == "metrics":
        return isinstance(value, dict) and value.keys() >= NO_METRICS.keys()
    return isinstance(value, list)
