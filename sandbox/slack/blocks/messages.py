"""What is wrong with the blocks of a message, and how much text they hold."""

from collections.abc import Iterator
from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.layout import MESSAGE
from sandbox.slack.blocks.rules import items, problem, variant
from sandbox.slack.blocks.tables import characters
from sandbox.slack.blocks.walking import elements, every_block

_SHOWN = frozenset(
    {"text", "title", "subtitle", "body", "subtext", "caption", "label", "description", "alt_text"}
)
_APART = frozenset({"table", "data_table", "data_visualization"})  # these have their own budgets

_BLOCKS = items(variant(MESSAGE), least=0, most=limits.MESSAGE_BLOCKS)


def message_problems(blocks: Any) -> list[str]:
    """Return what Slack would refuse in a message's blocks, worded as Slack does; [] when good."""
    problems: list[str] = []
    _BLOCKS(blocks, "/blocks", problems)
    # What follows relies on sound shapes.
    return problems or [*duplicates(blocks, "/blocks"), *_totals(blocks)]


def duplicates(blocks: Any, pointer: str) -> Iterator[str]:
    """Yield a problem for every block_id used twice, and action_id used twice in one block."""
    seen: set[str] = set()
    for block, here in every_block(blocks, pointer):
        block_id = block.get("block_id")
        if isinstance(block_id, str):
            if block_id in seen:
                yield problem(f"`block_id` {block_id} already exists", f"{here}/block_id")
            seen.add(block_id)
        used: set[str] = set()
        for element in elements(block):
            action_id = element.get("action_id")
            if isinstance(action_id, str) and action_id in used:
                yield problem(f"`action_id` {action_id} already exists", here)
            used.add(str(action_id))


def text_length(blocks: Any) -> int:
    """Return the characters shown by all blocks together; tables and charts count apart."""
    members = blocks if isinstance(blocks, list) else []
    return sum(
        _shown(block)
        for block in members
        if isinstance(block, dict) and block.get("type") not in _APART
    )


def _shown(value: Any) -> int:
    if isinstance(value, list):
        return sum(_shown(member) for member in value)
    if not isinstance(value, dict):
        return 0
    own = sum(len(v) for k, v in value.items() if k in _SHOWN and isinstance(v, str))
    return own + sum(_shown(v) for v in value.values() if isinstance(v, dict | list))


def _totals(blocks: Any) -> Iterator[str]:
    every = [block for block, _ in every_block(blocks)]
    if sum(block.get("type") == "data_visualization" for block in every) > limits.CHARTS:
        yield problem(f"no more than {limits.CHARTS} data_visualization blocks allowed", "/blocks")
    for kind, most in (
        ("table", limits.TABLE_CHARACTERS),
        ("data_table", limits.DATA_TABLE_CHARACTERS),
    ):
        if sum(characters(one.get("rows")) for one in every if one.get("type") == kind) > most:
            yield problem(f"all {kind} blocks must be less than {most + 1} characters", "/blocks")
    markdown = [one.get("text") for one in every if one.get("type") == "markdown"]
    if sum(len(text) for text in markdown if isinstance(text, str)) > limits.MARKDOWN_TEXT:
        yield problem(
            f"all markdown blocks must be less than {limits.MARKDOWN_TEXT + 1} characters",
            "/blocks",
        )
