"""Which values fit which type of a function's input or output."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

MOST_TEXT: Final = 75
MOST_OPTIONS: Final = 100
"""Of a pick list and its words, as of any select: https://docs.slack.dev/reference/block-kit"""


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(form: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(form, value) is not None


def _is_user(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"id", "secret"}


def _is_interactivity(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    return set(value) == {"interactor", "interactivity_pointer"} and _is_user(value["interactor"])


def _is_option(value: Any) -> bool:
    text = value.get("text") if isinstance(value, Mapping) else None
    if not isinstance(text, Mapping) or text.get("type") != "plain_text":
        return False
    words = text.get("text")
    known = set(value) <= {"text", "value", "description"} and isinstance(value.get("value"), str)
    return known and isinstance(words, str) and 0 < len(words) <= MOST_TEXT


def _is_select(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_OPTIONS and all(map(_is_option, value))


TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "integer": _is_whole,
    "number": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list),
    "slack#/types/user_id": _text(r"[UW][A-Z0-9]+"),
    "slack#/types/channel_id": _text(r"[CGD][A-Z0-9]+"),
    "slack#/types/user_context": _is_user,
    "slack#/types/interactivity": _is_interactivity,
    "slack#/types/timestamp": _is_whole,
    "slack#/types/date": _text(r"\d{4}-\d\d-\d\d"),
    "slack#/types/options_select": _is_select,
}
"""Those that an app like this one has, each with what tells whether a value is of it.

A file is none of them: https://docs.slack.dev/workflows/workflow-steps
"""


def fits(value: Any, kind: str, items: str = "") -> bool:
    """Return whether a value is of a type; all `items` of a list as well."""
    if not TYPES[kind](value):
        return False
    return kind != "array" or all(TYPES[items](each) for each in value)
