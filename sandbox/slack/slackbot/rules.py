"""What Slackbot shows of a tool's blocks: all of them, or none if anything is wrong with one.

https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses
"""

import json
from collections.abc import Collection, Iterator
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
ENTERED: Final = frozenset(
    {"static_select", "radio_buttons", "external_select", "plain_text_input"}
)
"""What may be filled in; of the last Slack's page does not say so."""
TOOL: Final = "tool:"
INPUT: Final = "input:"


def block_problems(blocks: Any, tools: Collection[str]) -> list[str]:
    """Return what is wrong with the blocks of an answer; `tools` are the names of those there are.

    One problem is enough, and nothing is shown.
    """
    if not isinstance(blocks, list):
        return [problem("must provide an array", "/blocks")]
    return [*message_problems(blocks), *_of_slackbot(blocks, tools)]


def _of_slackbot(blocks: list[Any], tools: Collection[str]) -> Iterator[str]:
    every = list(every_block(blocks))
    for block, here in every:
        if block.get("type") not in SHOWN:
            yield problem(f"unsupported type: {block.get('type')}", f"{here}/type")
        for one in elements(block):
            yield from _of_element(one, block, here, tools)
        for address in _pictures(block):
            if not address.startswith("https://"):
                yield problem("must be a public https address", here)
    tables = (one.get("rows") for one, _ in every if one.get("type") in {"table", "data_table"})
    if sum(map(characters, tables)) > limits.DATA_TABLE_CHARACTERS:
        yield problem("all tables together are too long", "/blocks")


def _of_element(
    one: dict[str, Any], block: dict[str, Any], here: str, tools: Collection[str]
) -> Iterator[str]:
    action = str(one.get("action_id", ""))
    if block.get("type") == "input":
        if one.get("type") not in ENTERED or not action.removeprefix(INPUT) or INPUT not in action:
            yield problem(f"must be an element whose action_id begins with {INPUT}", here)
        return
    if one.get("type") != "button" or not action.startswith(TOOL):
        yield problem(f"must be a button whose action_id begins with {TOOL}", here)
    elif action.removeprefix(TOOL) not in tools:
        yield problem(f"no tool is called {action.removeprefix(TOOL)}", here)
    elif not _is_object(one.get("value")):
        yield problem("the value must be a JSON object, as text", here)


def _is_object(value: Any) -> bool:
    try:
        return isinstance(json.loads(value), dict)
    except (TypeError, ValueError):
        return False


def _pictures(block: dict[str, Any]) -> Iterator[str]:
    for one in (block, block.get("accessory"), *(block.get("elements") or ())):
        if isinstance(one, dict) and isinstance(one.get("image_url"), str):
            yield one["image_url"]
