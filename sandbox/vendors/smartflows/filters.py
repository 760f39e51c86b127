"""The vendor's two ways to filter, and its paging and sorting, as questions to the index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.vendors.faults import ahead
from sandbox.vendors.smartflows.refusals import RefusedError
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import STATUSES
from sandbox.vendors.switches import Switches

DEFAULT_SIZE = 20
DEEPEST = 10
DAY = len("2026-01-01")
Test = Callable[[Run], bool]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows, in which order. `key` is "" where no sort was asked for."""

    offset: int
    size: int
    key: str = ""
    newest: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; `statuses` are those that all that is kept must be among, None for any."""

    keeps: Test
    statuses: frozenset[str] | None = None


def everything(_: Run) -> bool:
    """Keep every run."""
    return True


def paging(query: Mapping[str, str], switches: Switches) -> Paging:
    """Return the checked paging; raises RefusedError."""
    try:
        page, size = int(query.get("page", "0")), int(query.get("size", str(DEFAULT_SIZE)))
    except ValueError:
        raise RefusedError(400, "page and size must be numbers") from None
    if page < 0 or size < 1:
        raise RefusedError(400, "page or size is out of range")
    size = min(size, int(switches.number("largest_page")))
    key, _, order = query.get("sort", "").partition(",")
    if order not in ("", "asc", "desc"):
        raise RefusedError(400, "Unknown sort order")
    if not key:
        newest = switches.choice("default_order") == "newest first"
        return Paging(page * size, size, newest=newest)
    return Paging(page * size, size, key, newest=order == "desc")


def simple(text: str, allowed: Mapping[str, Callable[[Any], str]]) -> Callable[[Any], bool]:
    """Return the test of `field:text,field:text`, where each text is part of its field."""
    terms = []
    for term in filter(None, text.split(",")):
        key, colon, wanted = term.partition(":")
        if not colon or key not in allowed:
            raise RefusedError(400, f"Cannot filter by {key}")
        terms.append((allowed[key], wanted.casefold()))
    return lambda one: all(wanted in read(one).casefold() for read, wanted in terms)


def complex_filter(node: object, switches: Switches) -> Filter:
    """Return what a FilterGroupNode keeps; raises RefusedError for what cannot be read."""
    if node in (None, {}):
        return Filter(everything)
    return _node(node, switches, 0)


def _node(node: object, switches: Switches, depth: int) -> Filter:
    if not isinstance(node, dict) or depth > DEEPEST:
        raise RefusedError(400, "Malformed filter")
    group, condition = node.get("group"), node.get("condition")
    if isinstance(condition, dict):
        return _condition(condition, switches)
    if not isinstance(group, dict) or not isinstance(group.get("nodes", []), list):
        raise RefusedError(400, "A node needs a group or a condition")
    inner = [_node(one, switches, depth + 1) for one in group.get("nodes", [])]
    tests = [one.keeps for one in inner]
    if group.get("type") == "or":
        return Filter(lambda run: any(test(run) for test in tests))
    statuses = [one.statuses for one in inner if one.statuses is not None]
    common = frozenset.intersection(*statuses) if statuses else None
    return Filter(lambda run: all(test(run) for test in tests), common)


def _condition(condition: dict[str, Any], switches: Switches) -> Filter:
    key, operator = str(condition.get("key")), str(condition.get("operator"))
    given = condition.get("values", [])
    if key not in {*_READ, *_DATES} or (key in _UNDOCUMENTED and not switches.on("more_keys")):
        raise RefusedError(400, f"Cannot filter by {key}")
    if operator == "equals" and not switches.on("refuse_equals"):
        operator = "equalTo"
    if operator not in _OPERATORS or not isinstance(given, list):
        raise RefusedError(400, f"Unknown operator {operator}")
    values = [str(value) for value in given]
    if key in _DATES:
        _check_dates(values, switches)
    if key == "status" and not set(values) <= set(STATUSES):
        raise RefusedError(400, f"No such status among {', '.join(values)}")
    holds, width = _OPERATORS[operator], _width(key, values)
    read = _date(_DATES[key], switches) if key in _DATES else _READ[key]
    fixed = key == "status" and operator in ("in", "equalTo")
    return Filter(
        lambda run: holds(read(run)[:width], values), frozenset(values) if fixed else None
    )


def _date(read: Callable[[Run], datetime], switches: Switches) -> Callable[[Run], str]:
    """Return what a date is compared as: the moment on the vendor's own clock."""
    return lambda run: (read(run) + ahead(switches)).isoformat()


def _width(key: str, values: list[str]) -> int | None:
    """Return how much of a date is compared: the day only where only days were given."""
    return DAY if key in _DATES and all(len(value) == DAY for value in values) else None


def _check_dates(values: list[str], switches: Switches) -> None:
    for value in values:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise RefusedError(400, f"{value} is no date") from None
        if len(value) != DAY and not switches.on("date_times"):
            raise RefusedError(400, "A date has the form yyyy-MM-dd")


_READ: dict[str, Callable[[Run], str]] = {
    "status": lambda run: run.status,
    "displayName": lambda run: run.plan.name if run.plan else "",
    "flow.id": lambda run: run.plan.id if run.plan else "",
    "createdBy.id": lambda run: run.user.id,
}
_DATES: dict[str, Callable[[Run], datetime]] = {
    "createdAt": lambda run: run.created_at,
    "modifiedAt": lambda run: run.changed_at,
}
_UNDOCUMENTED = ("modifiedAt", "flow.id", "createdBy.id")
_OPERATORS: dict[str, Callable[[str, list[str]], bool]] = {
    "equalTo": lambda found, values: found in values[:1],
    "notEqualTo": lambda found, values: found not in values[:1],
    "in": lambda found, values: found in values,
    "like": lambda found, values: any(value.casefold() in found.casefold() for value in values),
    "notLike": lambda found, values: not any(v.casefold() in found.casefold() for v in values),
    "greaterThan": lambda found, values: all(found > value for value in values),
    "lessThan": lambda found, values: all(found < value for value in values),
    "greaterThanOrEqualTo": lambda found, values: all(found >= value for value in values),
    "lessThanOrEqualTo": lambda found, values: all(found <= value for value in values),
    "between": lambda found, values: bool(values) and values[0] <= found <= values[-1],
    "notBetween": lambda found, values: not (values and values[0] <= found <= values[-1]),
    "isBlank": lambda found, _: not found.strip(),
    "notIsBlank": lambda found, _: bool(found.strip()),
    "isNull": lambda found, _: not found,
    "isNotNull": lambda found, _: bool(found),
}
