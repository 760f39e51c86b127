"""Blocks for Slackbot: whatever an answer has, what comes out has no fault that drops them all."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.codec import dumps
from bot.mcp.rendering.calls import ToolCall, calls_in
from bot.mcp.rendering.kit import MORE, kit
from bot.slack.blocks.blocks import (
    actions,
    bullets,
    button,
    confirm,
    context,
    header,
    mention,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.charts import counts_chart
from bot.slack.blocks.inputs import chooser, menu, option
from bot.slack.blocks.tables import data_table, words
from bot.slack.messages import Block
from sandbox.slack.slackbot.rules import block_problems

TOOLS = ("get_flow", "list_flows")


def call_of(action: str, value: str) -> ToolCall | None:
    """Return the call of a button whose action is a tool's name; of any other none."""
    tool = action.partition(":")[0]
    return ToolCall(tool, {"flow": value}) if tool in TOOLS else None


def buttons(count: int, action: str = "get_flow") -> Block:
    made = (button(f"Flow {at}", action, value=f"f{at}") for at in range(count))
    return actions("row", *made)


def chart() -> Block:
    made = counts_chart("Runs", [("Mon", 3), ("Tue", 5)], series="Runs")
    assert made is not None
    return made


def table(rows: int, cell: str = "x") -> tuple[Block, ...]:
    made = ([words(f"{at}"), words(cell)] for at in range(rows))
    return data_table("People", columns=("Number", "Name"), rows=made, total=rows)


PLAN: Block = {
    "type": "plan",
    "title": "Steps",
    "tasks": [{"type": "task_card", "task_id": "1", "title": "Read", "status": "complete"}],
}
SELECT = chooser("get_flow", [option(f"Flow {at}", f"f{at}") for at in range(40)], placeholder="x")
ANSWERS: dict[str, tuple[Block, ...]] = {
    "words": (header("News"), paragraph(plain("x"), mention("UADA")), context("a", "b")),
    "a list": (bullets((plain("a"),), (plain("b"),)), {"type": "divider"}),
    "two tables": (*table(90), *table(90)),
    "tables without end": tuple(one for _ in range(12) for one in table(90, "y" * 50)),
    "four charts": (chart(), chart(), chart(), chart()),
    "eighty blocks": tuple(section(f"{at}") for at in range(80)),
    "buttons of one tool": (buttons(3),),
    "many of one tool": (buttons(12),),
    "a button of no tool": (buttons(2, "open_form"), header("x")),
    "a menu": (actions("menu", SELECT),),
    "two menus": (actions("menu", SELECT), actions("more", SELECT)),
    "three dots": ({**section("x"), "accessory": menu("get_flow", [("f1", "One")])},),
    "a question of Slack's": (
        actions(
            "x",
            button(
                "Do",
                "get_flow",
                value="f",
                asks=confirm(title="Sure?", text="x", yes="Yes", no="No"),
            ),
        ),
    ),
    "an accessory": ({**section("x"), "accessory": button("Do", "list_flows", value="f")},),
    "a plan": (PLAN,),
    "a picture": (
        {"type": "image", "image_url": "http://10.0.0.1/x.png", "alt_text": "Private"},
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A file"},
    ),
    "feedback": ({"type": "context_actions", "elements": []},),
    "nothing": (),
}


@pytest.mark.parametrize("blocks", ANSWERS.values(), ids=ANSWERS)
def test_slackbot_takes_whatever_comes_out(blocks: tuple[Block, ...]) -> None:
    assert block_problems(list(kit(blocks, call_of)), TOOLS) == []


def elements(blocks: tuple[Block, ...]) -> Iterator[Any]:
    for block in blocks:
        yield from block["elements"] if block["type"] == "actions" else ()


def test_a_button_calls_its_tool_with_its_arguments() -> None:
    [made] = elements(kit((buttons(1),), call_of))

    assert made["action_id"] == "tool:get_flow"
    assert made["value"] == dumps({"flow": "f0"})


def test_one_tool_has_one_button_a_row() -> None:
    made = kit((buttons(3),), call_of)

    assert [each["type"] for each in made] == ["actions"] * 3
    assert [one["text"]["text"] for one in elements(made)] == ["Flow 0", "Flow 1", "Flow 2"]


def test_many_choices_are_one_input_with_one_button() -> None:
    asked, does = kit((actions("menu", SELECT),), call_of)

    assert asked["element"]["action_id"] == "input:flow"
    assert len(asked["element"]["options"]) == 40
    [choose] = does["elements"]
    assert (choose["action_id"], choose["value"]) == ("tool:get_flow", "{}")


def test_what_no_tool_does_is_not_offered() -> None:
    assert kit((buttons(2, "open_form"),), call_of) == ()
    assert [*calls_in((buttons(2, "open_form"),), call_of)] == []


def test_what_does_not_fit_says_that_the_text_has_it() -> None:
    made = kit(ANSWERS["eighty blocks"], call_of)

    assert len(made) == 50
    assert MORE in str(made[-1])


def test_each_call_is_told_once() -> None:
    found = [*calls_in((buttons(2), buttons(2)), call_of)]

    assert [each.label for each in found] == ["Flow 0", "Flow 1"]
