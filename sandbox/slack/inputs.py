"""What elements hold: their first value, and the value a person gives, in Slack's shapes."""

from typing import Any

from sandbox.slack.blocks.texts import listed_options
from sandbox.slack.blocks.walking import Block, elements, every_block

Element = dict[str, Any]
Entry = dict[str, Any]
"""An element's value as in `state.values`: its type and one more field."""

FIELDS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
_OPTIONS = frozenset({"selected_option", "selected_options"})
_EXTERNAL = frozenset({"external_select", "multi_external_select"})


def is_external(element: Element) -> bool:
    """Tell whether an element's options come from the app."""
    return element.get("type") in _EXTERNAL


def first_values(blocks: Any, *, current_channel: str = "") -> dict[str, dict[str, Entry]]:
    """Return what a view's or message's elements hold before anybody touched them."""
    values: dict[str, dict[str, Entry]] = {}
    for block, _ in every_block(blocks):
        for element in elements(block):
            if element.get("type") in FIELDS:
                entry = _first(element, current_channel)
                values.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return values


def kept_values(
    blocks: Any, earlier: dict[str, dict[str, Entry]], *, current_channel: str = ""
) -> dict[str, dict[str, Entry]]:
    """Return the values of updated blocks: as entered where block, action and type are the same."""
    values = first_values(blocks, current_channel=current_channel)
    for block_id, actions in values.items():
        for action_id, entry in actions.items():
            old = earlier.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == entry["type"]:
                actions[action_id] = old
    return values


def entry(element: Element, value: Any, *, offered: list[dict[str, Any]]) -> Entry:
    """Return what an element holds once a person gave `value`.

    Options are given by value (or whole), `offered` are those an external select showed; several
    by a list; None clears. ValueError when the element has no such option.
    """
    kind = str(element["type"])
    field = FIELDS[kind]
    if field in _OPTIONS:
        chosen = _chosen(element, value, offered)
        single = chosen[0] if chosen else None
        held: Any = chosen if field == "selected_options" else single
    elif kind.startswith("multi_") or kind == "file_input":
        held = _listed(value)
    elif field == "selected_date_time":
        held = None if value is None else int(value)
    elif isinstance(value, str) and kind.endswith("_input"):
        held = value or None
    else:
        held = value
    return {"type": kind, field: held}


def is_empty(held: Entry) -> bool:
    """Tell whether an element holds nothing."""
    return not held.get(FIELDS[held["type"]])


def content(held: Entry) -> Any:
    """Return the bare value that an element holds."""
    return held.get(FIELDS[held["type"]])


def input_blocks(blocks: Any) -> list[Block]:
    """Return the input blocks, which are what a submission fills in."""
    return [block for block, _ in every_block(blocks) if block.get("type") == "input"]


def _first(element: Element, current_channel: str) -> Entry:
    kind = str(element["type"])
    field = FIELDS[kind]
    initial = element.get(f"initial_{field.removeprefix('selected_').removesuffix('_value')}")
    if kind == "file_input":
        initial = []
    if kind.endswith("conversations_select") and element.get("default_to_current_conversation"):
        current = [current_channel] if kind.startswith("multi_") else current_channel
        initial = initial or (current if current_channel else None)
    if field in {"selected_options", "selected_users"} or kind.startswith("multi_"):
        initial = initial or []
    return {"type": kind, field: initial}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _chosen(element: Element, value: Any, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = [*listed_options(element), *offered]
    known.extend(element.get("initial_options") or [])
    if element.get("initial_option"):
        known.append(element["initial_option"])
    by_value = {one["value"]: one for one in known}
    chosen = []
    for one in _listed(value):
        name = one["value"] if isinstance(one, dict) else one
        if name not in by_value:
            raise ValueError(f"{element.get('action_id')} offers no option {name!r}")
        chosen.append(by_value[name])
    return chosen
