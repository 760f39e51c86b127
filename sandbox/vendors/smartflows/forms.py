"""The forms that paused runs ask people to fill in: a schema, a layout and the defaults."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sandbox.vendors.smartflows.flows import LIVELY, identity
from sandbox.vendors.smartflows.runs import Run
from sandbox.vendors.smartflows.statuses import SELECT_FLOW

Form = dict[str, Any]
_DATASET = identity("dataset travel")


def _key(name: str) -> str:
    """Return a key as the vendor's own samples have them: two ids."""
    return f"{_DATASET}_{identity(f'field {name}')}"


PURPOSE, NIGHTS, BUDGET, CAR = _key("purpose"), _key("nights"), _key("budget"), _key("car")
CLASS, LEAVES, NOTES = _key("class"), _key("leaves"), identity("field notes")

_TRAVEL: Form = {
    "schema": {
        "type": "object",
        "title": "Your journey",
        "properties": {
            PURPOSE: {"type": "string", "title": "Purpose", "maxLength": 120},
            NIGHTS: {"type": "integer", "title": "Nights", "minimum": 0, "maximum": 30},
            BUDGET: {"type": "number", "title": "Budget", "minimum": 0},
            CAR: {"type": "boolean", "title": "Do you need a car?"},
            CLASS: {"type": "string", "title": "Class", "enum": ["1", "2"]},
            LEAVES: {"type": "string", "format": "date", "title": "First day"},
            NOTES: {"type": ["string", "null"], "title": "Notes"},
        },
        "required": [PURPOSE, NIGHTS, LEAVES],
    },
    "form": [
        {
            "type": "section",
            "title": "Journey",
            "items": [
                {"key": PURPOSE, "title": "What is the journey for?"},
                {"key": LEAVES, "type": "datepicker", "description": "As in the calendar"},
                {"key": NIGHTS},
            ],
        },
        {
            "type": "section",
            "title": "Costs",
            "items": [
                {"key": BUDGET},
                {"key": CAR},
                {
                    "key": CLASS,
                    "type": "select",
                    "titleMap": [
                        {"value": "1", "name": "First class"},
                        {"value": "2", "name": "Second class"},
                    ],
                },
                {"key": NOTES, "type": "textarea"},
            ],
        },
    ],
    "model": {
        PURPOSE: "",
        NIGHTS: 1,
        BUDGET: 500.0,
        CAR: False,
        CLASS: "2",
        LEAVES: "",
        NOTES: None,
    },
}
_INSPECTION: Form = {
    "schema": {
        "type": "object",
        "properties": {
            "site": {"type": "string", "title": "Site"},
            "findings": {"type": "array", "title": "Findings", "items": {"type": "object"}},
            "photo": {"type": "string", "format": "data-url", "title": "Photo"},
        },
        "required": ["site"],
    },
    "form": [{"key": "site"}, {"key": "findings", "items": []}, "photo"],
    "model": {"site": "Hall 1", "findings": [{"text": "Loose rail"}], "photo": None},
}
_HOSTILE: Form = {
    "schema": {
        "type": "object",
        "title": "<!here> *Sign* <script>",
        "properties": {
            "a": {"type": "string", "title": "<@U1> & _name_", "enum": ["<b>", "=1+1", "@here"]},
            "b": {"type": "string", "title": "x" * 400, "description": "y" * 4000},
        },
    },
    "form": ["*"],
    "model": {"a": "<b>", "b": "`code`"},
}


def form_of(run: Run) -> Form:
    """Return what a paused run asks."""
    if run.status == SELECT_FLOW:
        return _selection()
    name = run.plan.form if run.plan else ""
    return _FORMS.get(name, _TRAVEL)


def problem(form: Form, answer: object) -> str:
    """Return what is wrong with an answer, or ""."""
    if not isinstance(answer, dict):
        return "Body must be an object"
    schema = form["schema"]
    for key, value in answer.items():
        rule = schema["properties"].get(key)
        if rule is None:
            return f"Unknown property {key}"
        if not _fits(rule, value):
            return f"Invalid value for {key}"
    empty = [key for key in schema.get("required", ()) if answer.get(key) in (None, "")]
    return f"Missing property {empty[0]}" if empty else ""


def _selection() -> Form:
    flows = {plan.id: plan.name for plan in LIVELY}
    rule = {"type": "string", "title": "Flow", "enum": list(flows)}
    names = [{"value": key, "name": name} for key, name in flows.items()]
    return {
        "schema": {"type": "object", "properties": {"flow": rule}, "required": ["flow"]},
        "form": [{"key": "flow", "type": "select", "titleMap": names}],
        "model": {},
    }


def _fits(rule: dict[str, Any], value: object) -> bool:
    kinds = rule["type"] if isinstance(rule["type"], list) else [rule["type"]]
    if value is None or value == "":
        return True  # left empty; whether it may be is another question
    if not any(_CHECKS[kind](value) for kind in kinds):
        return False
    if "enum" in rule and value not in rule["enum"]:
        return False
    if isinstance(value, int | float) and not _in_range(rule, value):
        return False
    return rule.get("format") != "date" or _is_date(value)


def _in_range(rule: dict[str, Any], value: float) -> bool:
    return bool(rule.get("minimum", value) <= value <= rule.get("maximum", value))


def _is_date(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "number": lambda value: _is_integer(value) or isinstance(value, float),
    "array": lambda value: isinstance(value, list),
    "null": lambda value: value is None,
}
_FORMS = {"travel": _TRAVEL, "inspection": _INSPECTION, "hostile": _HOSTILE}
