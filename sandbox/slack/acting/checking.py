"""What Slack's own modal refuses before the app is asked: empty, too long, not a number."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.slack import inputs
from sandbox.slack.workspace import Values

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def input_errors(blocks: Any, values: Values) -> dict[str, str]:
    """Return what the person reads beside each wrong input, by block_id; {} when all is well."""
    errors = {}
    for block in inputs.input_blocks(blocks):
        element = block["element"]
        held = values[block["block_id"]][element["action_id"]]
        words = _wrong(element, held, is_optional=bool(block.get("optional")))
        if words:
            errors[block["block_id"]] = words
    return errors


def _wrong(element: dict[str, Any], held: inputs.Entry, *, is_optional: bool) -> str:
    if inputs.is_empty(held):
        return "" if is_optional else "Please complete this required field."
    check = _CHECKS.get(element["type"], _count)
    return check(element, inputs.content(held))


def _length(element: dict[str, Any], value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3_000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter at most {most} characters." if len(value) > most else ""


def _number(element: dict[str, Any], value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


def _email(_element: dict[str, Any], value: str) -> str:
    return "" if _EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url(_element: dict[str, Any], value: str) -> str:
    return "" if _URL.fullmatch(value) else "Please enter a valid URL."


def _count(element: dict[str, Any], value: Any) -> str:
    most = element.get("max_selected_items") or element.get("max_files")
    too_many = most and isinstance(value, list) and len(value) > most
    return f"Please choose at most {most}." if too_many else ""


_CHECKS: dict[str, Callable[[dict[str, Any], Any], str]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
