"""What Slackbot shows of a tool's blocks: all of them, or none if anything is wrong with one.

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

SHOWN: Final = frozenset(
    {
        *("context", "divider", "header", "markdown", "rich_text", "section", "file", "image"),
        *("video", "actions", "carousel", "input", "data_table", "data_visualization", "table"),
        *("card", "container"),
    }
)
ENTERED: Final = frozenset({"static_select", "radio_buttons", "external_select"})
"""The elements of a form that Slack's page names."""
TOOL: Final = "tool:"
INPUT: Final = "input:"
_PRIVATE: Final = ("localhost", "127.", "10.", "192.168.", "0.0.0.0")  # noqa: S104  # not bound


def block_problems(blocks: Any, tools: Collection[str]) -> list[str]:
    """Return what is wrong with the blocks of an answer; `tools` are the names of those there are.

    One problem is enough, and nothing is shown.
    """
    if not isinstance(blocks, list):
        return [problem("must provide an array", "/blocks")]
    found = message_problems(blocks)
    if found:
        return found
    return [
        each
        for block, here in every_block(blocks)
        for each in (*_block_problems(block, here), *_element_problems(block, here, tools))
    ] + list(_tables(blocks))


def _block_problems(block: Mapping[str, Any], here: str) -> Iterator[str]:
    if block["type"] not in SHOWN:
        yield problem(f"unsupported type: {block['type']}", f"{here}/type")
    for address in _pictures(block):
        host = address.removeprefix("https://")
        if host == address or host.startswith(_PRIVATE) or "." not in host.partition("/")[0]:
            yield problem("only public https images are allowed", here)


def _element_problems(block: Mapping[str, Any], here: str, tools: Collection[str]) -> Iterator[str]:
    for each in elements(dict(block)):
        action = str(each.get("action_id", ""))
        if block["type"] == "input":
            if not action.removeprefix(INPUT) or not action.startswith(INPUT):
                yield problem("an input is called input:<argument>", f"{here}/element")
            if each["type"] not in ENTERED:
                yield problem(f"unsupported type: {each['type']}", f"{here}/element")
        elif each["type"] != "button":
            yield problem(f"unsupported element: {each['type']}", here)
        else:
            yield from _button_problems(each, here, tools)


def _button_problems(button: Mapping[str, Any], here: str, tools: Collection[str]) -> Iterator[str]:
    action = str(button.get("action_id", ""))
    if not action.startswith(TOOL):
        yield problem(f"must be a button whose action_id begins with {TOOL}", here)
    elif action.removeprefix(TOOL) not in tools:
        yield problem(f"no tool is called {action.removeprefix(TOOL)}", here)
    if "confirm" in button or "url" in button:
        yield problem("a tool's button has neither `confirm` nor `url`", here)
    value = button.get("value")
    try:
        arguments = json.loads(value) if isinstance(value, str) else None
    except ValueError:
        arguments = None
    if not isinstance(arguments, dict):
        yield problem("the value must be a JSON object, as text", here)


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
