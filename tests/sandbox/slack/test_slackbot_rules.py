"""The sandbox drops all blocks of a tool's answer for one fault, and names the fault."""

from typing import Any

import pytest

from sandbox.slack.slackbot.rules import block_problems

TOOLS = ("get_flow",)


def button(**more: Any) -> dict[str, Any]:
    text = {"type": "plain_text", "text": "Do"}
    return {"type": "button", "action_id": "tool:get_flow", "text": text, "value": "{}"} | more


def row(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": [*elements]}]


def asked(element: dict[str, Any]) -> list[dict[str, Any]]:
    label = {"type": "plain_text", "text": "Which?"}
    return [{"type": "input", "label": label, "element": element}]


def select(action: str) -> dict[str, Any]:
    choice = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
    return {"type": "static_select", "action_id": action, "options": [choice]}


def table(cell: str) -> dict[str, Any]:
    one = {"type": "raw_text", "text": cell}
    head = {"type": "raw_text", "text": "Head"}
    return {"type": "data_table", "caption": "x", "rows": [[head], *[[one]] * 90]}


GOOD: dict[str, list[dict[str, Any]]] = {
    "nothing": [],
    "a button": row(button()),
    "with arguments": row(button(value='{"flow":"x"}')),
    "an input": asked(select("input:flow")),
    "a picture": [{"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"}],
    "a table": [table("x" * 100)],
}
BAD: dict[str, tuple[list[dict[str, Any]], str]] = {
    "an alert": (
        [{"type": "context_actions", "elements": []}],
        "[json-pointer:/blocks/0/elements]",
    ),
    "a task": (
        [{"type": "task_card", "task_id": "1", "title": "x", "status": "complete"}],
        "unsupported type: task_card",
    ),
    "no tool": (row(button(action_id="do")), "begins with tool:"),
    "an unknown tool": (row(button(action_id="tool:other")), "no tool is called other"),
    "no JSON": (row(button(value="x")), "the value must be a JSON object"),
    "a list": (row(button(value="[]")), "the value must be a JSON object"),
    "twice": (row(button(), button()), "already exists"),
    "a link": (row(button(url="https://example.com")), "neither `confirm` nor `url`"),
    "a menu": (row(select("tool:get_flow")), "unsupported element: static_select"),
    "no argument": (asked(select("flow")), "an input is called input:<argument>"),
    "typed text": (
        asked({"type": "plain_text_input", "action_id": "input:flow"}),
        "unsupported type: plain_text_input",
    ),
    "a private picture": (
        [{"type": "image", "image_url": "https://10.0.0.1/x.png", "alt_text": "x"}],
        "only public https images are allowed",
    ),
    "a file of Slack's": (
        [{"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}],
        "only public https images are allowed",
    ),
    "too many": ([{"type": "divider"}] * 51, "no more than 50 items allowed"),
    "tables": ([table("x" * 120), table("x" * 120)], "characters"),
}


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD)
def test_what_is_allowed_is_shown(blocks: list[dict[str, Any]]) -> None:
    assert block_problems(blocks, TOOLS) == []


@pytest.mark.parametrize(("blocks", "why"), BAD.values(), ids=BAD)
def test_one_fault_drops_all(blocks: list[dict[str, Any]], why: str) -> None:
    found = block_problems([{"type": "divider"}, *blocks][1:], TOOLS)

    assert any(why in each for each in found), found
