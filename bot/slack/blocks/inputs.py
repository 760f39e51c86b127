"""Inputs of modals, and reading their values back; the twins stand side by side.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.slack.blocks.blocks import Element, plain_text
from bot.slack.blocks.budget import LIMITS
from bot.slack.messages import Block

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""A view's state.values: by block id, then by action id."""


def option(label: str, value: str) -> Element:
    """Return one option. A value too long for Slack raises ValueError: cut, it would lie."""
    if not 0 < len(value) <= LIMITS.option_value:
        raise ValueError(f"an option's value has 1 to {LIMITS.option_value} characters")
    return {"text": plain_text(label, LIMITS.option_label), "value": value}


def field(
    label: str,
    element: Element,
    *,
    block_id: str = "",
    optional: bool = False,
    hint: str = "",
    tells: bool = False,
) -> Block:
    """Return an input with its label; its block has the id of its element unless another is given.

    With one id for both there is one name for an input, wherever Slack puts its value or an error.
    One that `tells` sends each choice at once, and not only on submitting.
    """
    made: Block = {
        "type": "input",
        "block_id": str(block_id or element["action_id"]),
        "label": plain_text(label, LIMITS.input_label),
        "element": element,
        "optional": optional,
    }
    made |= {"dispatch_action": True} if tells else {}
    return made | ({"hint": plain_text(hint, LIMITS.input_hint)} if hint else {})


def select(action_id: str, options: Iterable[tuple[str, str]], *, chosen: str) -> Element:
    """Return a select of (value, label) pairs with one chosen."""
    made = {value: option(label, value) for value, label in options}
    return {
        "type": "static_select",
        "action_id": str(action_id),
        "options": list(made.values()),
        "initial_option": made[chosen],
    }


def menu(action_id: str, options: Iterable[tuple[str, str]]) -> Element:
    """Return three dots that open a menu of (value, label) pairs, at most five."""
    made = [option(label, value) for value, label in options]
    if not 0 < len(made) <= LIMITS.overflow_options:
        raise ValueError(f"a menu has 1 to {LIMITS.overflow_options} options")
    return {"type": "overflow", "action_id": str(action_id), "options": made}


def chooser(action_id: str, options: Sequence[Element], *, placeholder: str) -> Element:
    """Return a select of a message, none chosen: choosing one of the options does something."""
    return {
        "type": "static_select",
        "action_id": str(action_id),
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
        "options": list(options[: LIMITS.options]),
    }


def searched_select(action_id: str, *, placeholder: str, chosen: Element | None = None) -> Element:
    """Return a select whose options Slack asks us for while the person types."""
    made: Element = {
        "type": "external_select",
        "action_id": str(action_id),
        "min_query_length": 0,
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
    }
    return made | ({"initial_option": chosen} if chosen else {})


def searched_selects(
    action_id: str, *, placeholder: str, chosen: Sequence[Element] = (), most: int
) -> Element:
    """Return a select of up to `most` options that Slack asks us for while the person types."""
    made = searched_select(action_id, placeholder=placeholder)
    made |= {"type": "multi_external_select", "max_selected_items": most}
    return made | ({"initial_options": list(chosen)} if chosen else {})


def text_input(
    action_id: str, *, placeholder: str, longest: int, typed: str = "", lines: bool = False
) -> Element:
    """Return free text of one line, or of several; `typed` stands in it already."""
    made: Element = {
        "type": "plain_text_input",
        "action_id": str(action_id),
        "max_length": min(longest, LIMITS.plain_text_input),
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
    }
    more = {"initial_value": typed, "multiline": lines}
    return made | {key: given for key, given in more.items() if given}


def file_input(action_id: str, *endings: str) -> Element:
    """Return the place for one file, whose name has one of these endings."""
    return {
        "type": "file_input",
        "action_id": str(action_id),
        "filetypes": list(endings),
        "max_files": 1,
    }


def date_input(action_id: str, *, chosen: str = "") -> Element:
    """Return a date picker; `chosen` is a date such as 2026-01-31, or empty."""
    made: Element = {"type": "datepicker", "action_id": str(action_id)}
    return made | ({"initial_date": chosen} if chosen else {})


def time_input(action_id: str, *, chosen: str = "") -> Element:
    """Return a time picker; `chosen` is a time such as 14:30, or empty."""
    made: Element = {"type": "timepicker", "action_id": str(action_id)}
    return made | ({"initial_time": chosen} if chosen else {})


def tick_boxes(
    action_id: str, options: Iterable[tuple[str, str]], *, ticked: Iterable[str] = ()
) -> Element:
    """Return boxes of (value, label) pairs, some of them ticked."""
    made = {value: option(label, value) for value, label in options}
    chosen = [made[value] for value in ticked]
    boxes: Element = {
        "type": "checkboxes",
        "action_id": str(action_id),
        "options": list(made.values()),
    }
    return boxes | ({"initial_options": chosen} if chosen else {})


def tick_box(action_id: str, label: str, *, value: str) -> Element:
    """Return one box to tick."""
    return tick_boxes(action_id, [(value, label)])


def conversation_select(action_id: str, *, chosen: str = "") -> Element:
    """Return a choice of conversation that gives us a response_url; the current one is chosen.

    `chosen` is the id of another one, or empty.
    """
    made: Element = {
        "type": "conversations_select",
        "action_id": str(action_id),
        "default_to_current_conversation": True,
        "response_url_enabled": True,
    }
    return made | ({"initial_conversation": chosen} if chosen else {})


def conversation_selects(action_id: str, *, chosen: Sequence[str], most: int) -> Element:
    """Return a choice of up to `most` channels and people; with none `chosen` the current one."""
    made: Element = {
        "type": "multi_conversations_select",
        "action_id": str(action_id),
        "max_selected_items": most,
        "filter": {"include": ["public", "private", "im"], "exclude_bot_users": True},
    }
    if chosen:
        return made | {"initial_conversations": [*chosen]}
    return made | {"default_to_current_conversation": True}


def channel_selects(action_id: str, *, placeholder: str, most: int) -> Element:
    """Return a choice of up to `most` channels, none of them chosen."""
    return {
        "type": "multi_conversations_select",
        "action_id": str(action_id),
        "max_selected_items": most,
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }


def people_select(action_id: str, *, placeholder: str, most: int) -> Element:
    """Return a choice of up to `most` people of the workspace."""
    return {
        "type": "multi_users_select",
        "action_id": str(action_id),
        "max_selected_items": most,
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
    }


def person_select(action_id: str, *, placeholder: str, chosen: str = "") -> Element:
    """Return a choice of one person of the workspace; `chosen` is the id of one, or empty."""
    made: Element = {
        "type": "users_select",
        "action_id": str(action_id),
        "placeholder": plain_text(placeholder, LIMITS.placeholder),
    }
    return made | ({"initial_user": chosen} if chosen else {})


def text_of(values: Values, block_id: str, action_id: str = "") -> str:
    """Return what was typed, picked or selected in an input, stripped; empty for nothing."""
    state = values.get(block_id, {}).get(action_id or block_id, {})
    selected = state.get("selected_option") or {}
    found = (
        state.get("value")
        or state.get("selected_date")
        or state.get("selected_time")
        or state.get("selected_conversation")
        or state.get("selected_user")
        or selected.get("value")
    )
    return str(found or "").strip()


def file_of(values: Values, input_id: str) -> str:
    """Return Slack's id of the file that was chosen in an input; empty for none."""
    files = values.get(input_id, {}).get(input_id, {}).get("files") or ()
    return next((str(each["id"]) for each in files), "")


def label_of(values: Values, block_id: str) -> str:
    """Return what the option that is selected in an input is called; empty for none."""
    state = values.get(block_id, {}).get(block_id, {})
    selected = state.get("selected_option") or {}
    return str((selected.get("text") or {}).get("text") or "")


def texts_of(values: Values, input_id: str) -> tuple[str, ...]:
    """Return the values of all options that are selected or ticked in an input."""
    state = values.get(input_id, {}).get(input_id, {})
    return tuple(str(each["value"]) for each in state.get("selected_options") or ())


def conversations_of(values: Values, input_id: str) -> tuple[str, ...]:
    """Return the conversations that are chosen in an input, each once."""
    state = values.get(input_id, {}).get(input_id, {})
    return tuple(dict.fromkeys(map(str, state.get("selected_conversations") or ())))


def people_of(values: Values, input_id: str) -> tuple[str, ...]:
    """Return the people that are chosen in an input, each once."""
    state = values.get(input_id, {}).get(input_id, {})
    return tuple(dict.fromkeys(map(str, state.get("selected_users") or ())))


def is_ticked(values: Values, input_id: str) -> bool:
    """Return whether any box of an input is ticked."""
    return bool(texts_of(values, input_id))
