"""What is wrong with the blocks that a tool answers Slackbot with: one fault drops all of them.

https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses
"""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from sandbox.slack import limits
from sandbox.slack.blocks.messages import message_problems
from sandbox.slack.blocks.rules import problem
from sandbox.slack.blocks.tables import characters
from sandbox.slack.blocks.walking import elements, every_block

ALLOWED: Final = frozenset(
    {
        *("context", "divider", "header", "markdown", "rich_text", "section", "file", "image"),
        *("video", "actions", "carousel", "input", "data_table", "data_visualization", "table"),
        *("card", "container"),
    }
)
_ASKS: Final = frozenset({"static_select", "radio_buttons", "external_select"})
"""The elements of a form that Slack's page names."""
_TOOL: Final = "tool:"
_INPUT: Final = "input:"
_PRIVATE: Final = ("localhost", "127.", "10.", "192.168.", "0.0.0.0")  # noqa: S104  # not bound


def tool_result_problems(blocks: Any, tools: Collection[str]) -> list[str]:
    """Return what is wrong, worded as Slack words it; [] when good. `tools` are their names."""
    found = message_problems(blocks)
    if found:
        return found
    return [
        each
        for block, here in every_block(blocks)
        for each in (*_block_problems(block, here), *_element_problems(block, here, tools))
    ] + list(_tables(blocks))


def _block_problems(block: Mapping[str, Any], here: str) -> Iterator[str]:
    if block["type"] not in ALLOWED:
        yield problem(f"unsupported type: {block['type']}", f"{here}/type")
    for address in _pictures(block):
        host = address.removeprefix("https://")
        if host == address or host.startswith(_PRIVATE) or "." not in host.partition("/")[0]:
            yield problem("only public https images are allowed", here)


def _element_problems(block: Mapping[str, Any], here: str, tools: Collection[str]) -> Iterator[str]:
    for each in elements(dict(block)):
        action = str(each.get("action_id", ""))
        if block["type"] == "input":
            if not action.removeprefix(_INPUT) or not action.startswith(_INPUT):
                yield problem("an input is called input:<argument>", f"{here}/element")
            if each["type"] not in _ASKS:
                yield problem(f"unsupported type: {each['type']}", f"{here}/element")
        elif each["type"] != "button":
            yield problem(f"unsupported element: {each['type']}", here)
        else:
            yield from _button_problems(each, here, tools)


def _button_problems(button: Mapping[str, Any], here: str, tools: Collection[str]) -> Iterator[str]:
    action = str(button.get("action_id", ""))
    if not action.startswith(_TOOL) or action.removeprefix(_TOOL) not in tools:
        yield problem(f"no such tool: {action}", here)
    if "confirm" in button or "url" in button:
        yield problem("a tool's button has neither `confirm` nor `url`", here)
    value = button.get("value")
    try:
        arguments = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        arguments = None
    if not isinstance(arguments, dict):
        yield problem("`value` must be the arguments as a JSON string", here)


def _pictures(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _pictures(inner)
    elif isinstance(value, Mapping):
        if "slack_file" in value:
            yield "a file of Slack's"
        if "image_url" in value:
            yield str(value["image_url"])
        for inner in value.values():
            yield from _pictures(inner)


def _tables(blocks: Any) -> Iterator[str]:
    tables = [each for each, _ in every_block(blocks) if each["type"] in {"table", "data_table"}]
    if sum(characters(each.get("rows")) for each in tables) > limits.DATA_TABLE_CHARACTERS:
        most = limits.DATA_TABLE_CHARACTERS
        yield problem(f"all tables must be less than {most + 1} characters", "/blocks")
