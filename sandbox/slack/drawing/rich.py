"""`rich_text` as lines."""

from collections.abc import Callable
from typing import Any

from sandbox.slack.drawing.words import Names, moment

Element = dict[str, Any]


def rich_text(block: Element, names: Names) -> list[str]:
    """Return the lines of a rich_text block."""
    lines: list[str] = []
    for part in block["elements"]:
        lines.extend(_part(part, names))
    return lines


def _part(part: Element, names: Names) -> list[str]:
    kind = part["type"]
    if kind == "rich_text_list":
        return _list(part, names)
    text = "".join(_inline(one, names) for one in part["elements"])
    lines = text.rstrip("\n").split("\n")
    if kind == "rich_text_quote":
        return [f"▌ {line}" for line in lines]
    if kind == "rich_text_preformatted":
        return [f"    {line}" for line in lines]
    return lines


def _list(part: Element, names: Names) -> list[str]:
    indent = "  " * part.get("indent", 0)
    first = part.get("offset", 0) + 1
    lines = []
    for number, section in enumerate(part["elements"], start=first):
        text = "".join(_inline(one, names) for one in section["elements"])
        mark = f"{number}." if part["style"] == "ordered" else "•"
        lines.append(f"{indent}{mark} {text}")
    return lines


def _inline(element: Element, names: Names) -> str:
    draw = _INLINE.get(element["type"])
    return draw(element, names) if draw else f"[{element['type']}]"


def _link(element: Element, _names: Names) -> str:
    label, address = element.get("text"), str(element["url"])
    return f"{label} ({address})" if label and label != address else address


def _date(element: Element, _names: Names) -> str:
    return str(element.get("fallback") or moment(f"!date^{element['timestamp']}"))


_INLINE: dict[str, Callable[[Element, Names], str]] = {
    "text": lambda one, _names: str(one["text"]),
    "link": _link,
    "emoji": lambda one, _names: f":{one['name']}:",
    "user": lambda one, names: f"@{names.user(one['user_id'])}",
    "usergroup": lambda one, _names: f"@{one['usergroup_id']}",
    "channel": lambda one, names: names.channel(one["channel_id"]),
    "broadcast": lambda one, _names: f"@{one['range']}",
    "color": lambda one, _names: str(one["value"]),
    "date": _date,
}
