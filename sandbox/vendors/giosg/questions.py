"""Checking what is asked of giosg: 400 for what is malformed, 406 for a filter it does not know."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

PROPERTIES = ("action", "label", "country")
FORMATS = ("csv", "xlsx")


class InvalidError(ValueError):
    """The body is refused: with 400, naming the field, or with 406."""

    def __init__(self, field: str, words: str, *, status: int = 400) -> None:
        """Remember which field and what is wrong with it."""
        super().__init__(words)
        self.field = field
        self.status = status


@dataclass(frozen=True, slots=True)
class Question:
    """A body that passed the checks; `actions` are those of the asked step, None for any."""

    start: datetime
    end: datetime
    filters: dict[str, tuple[str, ...]]
    steps: tuple[tuple[str, ...], ...]
    target: str
    format: str
    limit: int | None

    def actions(self, step: int) -> tuple[str, ...]:
        """Return the actions that a step is narrowed to, none for any."""
        return self.steps[step] if step < len(self.steps) else ()


def question(body: object, *, targets: tuple[str, ...] = ()) -> Question:
    """Return the checked question; raises InvalidError."""
    data = _object(body, "non_field_errors")
    start, end = interval(data)
    target = data.get("target", targets[0] if targets else "")
    if targets and target not in targets:
        raise InvalidError("target", f'"{target}" is not a valid choice.')
    form = data.get("format", "csv")
    if form not in FORMATS:
        raise InvalidError("format", f'"{form}" is not a valid choice.')
    return Question(
        start=start,
        end=end,
        filters=_filters(data),
        steps=_steps(data),
        target=str(target),
        format=form,
        limit=_limit(data),
    )


def interval(data: dict[str, Any]) -> tuple[datetime, datetime]:
    """Return start and end; raises InvalidError."""
    if "interval" not in data:
        raise InvalidError("interval", "This field is required.")
    value = _object(data["interval"], "interval")
    start, end = _moment(value, "start"), _moment(value, "end")
    if start > end:
        raise InvalidError("interval", "start must be before end.")
    return start, end


def _filters(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    filters = data.get("filters")
    if not isinstance(filters, list):
        raise InvalidError("filters", "This field is required.")
    found = {}
    for item in filters:
        one = _object(item, "filters")
        values = one.get("values")
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise InvalidError("filters", "values must be a list of strings.")
        if one.get("property") not in PROPERTIES:
            raise InvalidError("filters", "Filtering with this is not implemented.", status=406)
        found[one["property"]] = tuple(values)
    return found


def _steps(data: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    steps = data.get("step_data") or []
    if not isinstance(steps, list):
        raise InvalidError("step_data", "Expected a list of items.")
    return tuple(tuple(_object(step, "step_data").get("actions", ())) for step in steps)


def _limit(data: dict[str, Any]) -> int | None:
    limit = data.get("limit")
    if limit is None:
        return None
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise InvalidError("limit", "Ensure this value is greater than or equal to 1.")
    return limit


def _moment(value: dict[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value[name])
    except (KeyError, TypeError, ValueError):
        raise InvalidError("interval", f"{name} is not an ISO 8601 time.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _object(value: object, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidError(field, "Expected an object.")
    return value
