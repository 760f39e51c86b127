"""A window as it was submitted, made into one that opens with all that was entered in it."""

from collections.abc import Mapping
from typing import Any, Final

from bot.slack.blocks.blocks import context
from bot.slack.blocks.inputs import Values
from bot.slack.blocks.modals import View
from bot.slack.messages import Block

_KEPT: Final = (
    "type",
    "callback_id",
    "title",
    "submit",
    "close",
    "private_metadata",
    "clear_on_close",
)
"""What Slack takes of a view that it has sent; the rest is its own."""
_INITIAL: Final[Mapping[str, str]] = {
    "value": "initial_value",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
}
"""What an element holds, and where it stands when it opens with that."""


def filled_in(submitted: Mapping[str, Any]) -> View:
    """Return a submitted view as it can be opened again, with what was entered.

    Files that were chosen cannot stand in a window that opens: a line names them instead.
    """
    values: Values = submitted["state"]["values"]
    made = {name: submitted[name] for name in _KEPT if submitted.get(name)}
    blocks = [each for block in submitted["blocks"] for each in _filled(block, values)]
    return {**made, "blocks": blocks}


def _filled(block: Block, values: Values) -> tuple[Block, ...]:
    element = block.get("element")
    if block["type"] != "input" or not element:
        return (block,)
    state = values.get(block["block_id"], {}).get(element["action_id"], {})
    cleared = {name: each for name, each in element.items() if not name.startswith("initial_")}
    held = {_INITIAL[name]: each for name, each in state.items() if name in _INITIAL and each}
    known = {each["value"]: each for each in element.get("options", ())}
    if "initial_option" in held:
        held["initial_option"] = _same(held["initial_option"], known)
    if "initial_options" in held:
        held["initial_options"] = [_same(each, known) for each in held["initial_options"]]
    files = [str(each.get("name") or "a file") for each in state.get("files") or ()]
    named = (context(f"You had chosen {', '.join(files)}. Choose it again."),) if files else ()
    return ({**block, "element": {**cleared, **held}}, *named)


def _same(option: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    """Return an option as the element lists it: Slack wants it to be exactly that one."""
    return known.get(option["value"], option)
