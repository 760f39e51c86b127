"""Buttons, menus and inputs in one line."""

from typing import Any

from sandbox.slack.drawing.words import Names

Element = dict[str, Any]


def control(element: Element, names: Names) -> str:
    """Return an element as a person could recognise it: `[Button]`, `[Menu ▾]`, `[____]`."""
    kind = element["type"]
    if kind == "image":
        return f"[{element['alt_text']}]"
    if kind in {"checkboxes", "radio_buttons"}:
        return _choices(element, names)
    if kind == "feedback_buttons":
        pair = (element["positive_button"], element["negative_button"])
        return " ".join(f"[{names.text(one['text'])}]" for one in pair)
    if kind == "overflow":
        return "[⋯]"
    if "text" in element:
        return f"[{names.text(element['text'])}]"
    return _field(element, names)


def labelled(alert: Element) -> str:
    """Return what an alert block is called."""
    level = str(alert.get("level") or "default")
    return "Note" if level == "default" else level.capitalize()


def _choices(element: Element, names: Names) -> str:
    initial = element.get("initial_options") or [element.get("initial_option")]
    chosen = {one["value"] for one in initial if one}
    on, off = ("◉", "○") if element["type"] == "radio_buttons" else ("☑", "☐")
    return "  ".join(
        f"{on if one['value'] in chosen else off} {names.text(one['text'])}"
        for one in element["options"]
    )


def _field(element: Element, names: Names) -> str:
    placeholder = names.text(element["placeholder"]) if element.get("placeholder") else ""
    if "select" in element["type"]:
        initial = element.get("initial_option")
        shown = names.text(initial["text"]) if initial else placeholder
        return f"[{shown or 'Choose'} ▾]"
    known = [value for name, value in element.items() if name.startswith("initial_")]
    shown = str(known[0]) if known and not isinstance(known[0], dict) else placeholder
    return f"[{shown or '____'}]"
