"""The sandbox's own Slackbot: as strict as Slack says that it is."""

from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest

from sandbox.slack.slackbot.client import SlackbotAnswer, SlackbotError
from sandbox.slack.slackbot.rules import block_problems
from tests.mcp.assistants import while_working
from tests.stage import Stage, open_stage

T = TypeVar("T")
BUTTON = {
    "type": "button",
    "action_id": "tool:get",
    "text": {"type": "plain_text", "text": "Get"},
    "value": "{}",
}


async def done(stage: Stage, called: Coroutine[Any, Any, T]) -> T:
    return await while_working(stage, called)


async def test_a_question_from_the_list_of_tools_to_its_blocks(stage: Stage) -> None:
    slackbot = stage.slack.slackbot
    tools = await slackbot.tools()
    assert {each.reads for each in tools} == {True, False}

    asked = slackbot.call("get_training_report", {"flow": "onboarding"})
    answer = await done(stage, asked)

    assert answer.dropped == ()
    assert answer.blocks
    assert not answer.is_error


async def test_a_button_goes_on_with_the_call_of_its_tool(stage: Stage) -> None:
    slackbot = stage.slack.slackbot
    wanted = {"flow": "onboarding", "email": "grace@example.com"}
    shown = await done(stage, slackbot.call("assign_training", wanted))
    button = next(each for each in _buttons(shown) if "confirm" in each["action_id"])

    told = await done(stage, slackbot.press(shown, button["action_id"], value=button["value"]))

    assert not told.is_error
    assert told.dropped == ()
    assert "grace@example.com" in told.text


def _buttons(answer: SlackbotAnswer) -> list[dict[str, Any]]:
    rows = [each for each in answer.blocks if each["type"] == "actions"]
    return [one for each in rows for one in each["elements"]]


async def test_nothing_is_called_that_the_person_denied(stage: Stage) -> None:
    slackbot = stage.slack.slackbot

    with pytest.raises(SlackbotError, match="didn't allow"):
        await slackbot.call("get_training_report", {"flow": "onboarding"}, consent="deny")

    assert await stage.rows("SELECT * FROM jobs WHERE name = 'report'") == []


async def test_an_app_without_the_server_has_no_tools(tmp_path: Any) -> None:
    async with open_stage(tmp_path / "off.db") as stage:
        with pytest.raises(SlackbotError, match="no MCP server"):
            await stage.slack.slackbot.tools()


async def test_every_question_has_blocks_that_slackbot_shows(stage: Stage) -> None:
    slackbot = stage.slack.slackbot
    for each in await slackbot.tools():
        if each.reads and not each.schema.get("required"):
            answer = await done(stage, slackbot.call(each.name))
            assert answer.dropped == (), each.name
            stage.clock.advance(seconds=10)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([{"type": "plan", "title": "x"}], "unsupported type: plan"),
        ([{"type": "alert", "text": {"type": "plain_text", "text": "x"}}], "alert"),
        ([{"type": "divider"}] * 51, "no more than 50"),
        ([{"type": "actions", "elements": [{**BUTTON, "action_id": "do"}]}], "begins with tool:"),
        ([{"type": "actions", "elements": [{**BUTTON, "action_id": "tool:x"}]}], "no tool is"),
        ([{"type": "actions", "elements": [{**BUTTON, "value": "3"}]}], "a JSON object"),
        ([{"type": "actions", "elements": [BUTTON, BUTTON]}], "already exists"),
        ("blocks", "must provide an array"),
    ],
)
def test_one_fault_is_enough_to_drop_all_blocks(blocks: Any, said: str) -> None:
    assert said in " ".join(block_problems(blocks, {"get"}))


def test_what_has_no_fault_is_shown() -> None:
    assert block_problems([{"type": "actions", "elements": [BUTTON]}], {"get"}) == []


async def test_what_is_filled_in_beside_a_button_goes_with_its_call(stage: Stage) -> None:
    slackbot = stage.slack.slackbot
    await slackbot.tools()
    field = {"type": "plain_text_input", "action_id": "input:flow"}
    label = {"type": "plain_text", "text": "Flow"}
    button = {**BUTTON, "action_id": "tool:get_training_report"}
    rows = (
        {"type": "input", "label": label, "element": field},
        {"type": "actions", "elements": [button]},
    )
    shown = SlackbotAnswer("get_training_report", "Which flow?", rows)

    told = await done(
        stage,
        slackbot.press(shown, "tool:get_training_report", entered={"input:flow": "onboarding"}),
    )

    assert not told.is_error
    assert "onboarding" in told.text.lower()
