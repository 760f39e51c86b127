"""Checking what is asked of MomoFlow, with the refusals of its pages."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

STATUSES = ("pending", "in_progress", "completed", "overdue")
FORMATS = ("csv", "excel", "pdf")
GRAINS = ("day", "week", "month", "quarter", "year")
PRIORITIES = ("low", "medium", "high")


class InvalidError(ValueError):
    """The question is refused with 400; its text is the message."""


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A report request that passed the checks."""

    flow_id: str
    start: datetime | None
    end: datetime | None
    status: str | None
    detailed: bool
    format: str | None
    by: str | None
    metrics: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class AssignQuestion:
    """An assignment request that passed the checks."""

    flow_id: str
    email: str
    due: datetime | None
    priority: str | None
    notes: str


def report_question(body: object) -> ReportQuestion:
    """Return the checked question; raises InvalidError."""
    data = _object(body, "Request body")
    aggregate = _object(data.get("aggregate") or {}, "aggregate")
    question = ReportQuestion(
        flow_id=_text(data, "flowId"),
        start=_moment(data, "startDate"),
        end=_moment(data, "endDate"),
        status=_one_of(data, "status", STATUSES),
        detailed=_boolean(data, "detailed"),
        format=_one_of(data, "format", FORMATS),
        by=_one_of(aggregate, "by", GRAINS),
        metrics=_texts(aggregate, "metrics"),
    )
    if aggregate and question.by is None:
        raise InvalidError("aggregate.by is required")
    if question.start and question.end and question.end <= question.start:
        raise InvalidError("End date must be after start date")
    return question


def assign_question(body: object) -> AssignQuestion:
    """Return the checked question; raises InvalidError."""
    data = _object(body, "Request body")
    return AssignQuestion(
        flow_id=_text(data, "flowId"),
        email=_text(data, "userEmail"),
        due=_moment(data, "dueDate"),
        priority=_one_of(data, "priority", PRIORITIES),
        notes=str(data.get("notes") or ""),
    )


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidError(f"{what} must be a JSON object")
    return value


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidError(f"{name} is required")
    return value


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidError(f"{name} must be a list of strings")
    return tuple(value)


def _boolean(data: dict[str, Any], name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise InvalidError(f"{name} must be true or false")
    return value


def _one_of(data: dict[str, Any], name: str, choices: tuple[str, ...]) -> str | None:
    value = data.get(name)
    if value is not None and value not in choices:
        raise InvalidError(f"{name} must be one of: {', '.join(choices)}")
    return value


def _moment(data: dict[str, Any], name: str) -> datetime | None:
    value = data.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidError(f"{name} must be an ISO 8601 date") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
