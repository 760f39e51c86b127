"""Whatever Slack can send because of what Flowbot declares or shows, Flowbot handles."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assembly.features import ROOMS
from bot.slack.blocks.ids import Action
from bot.training.ids import TrainingAction
from sandbox.slack import Message, View
from tests.asking.answers import answered
from tests.asking.seeing import interactive
from tests.examples import examples
from tests.stage import Stage

FEATURES = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text(encoding="utf-8"))[
    "features"
]
COMMANDS = [each["command"] for each in FEATURES["slash_commands"]]
SHORTCUTS = {each["callback_id"]: each["type"] for each in FEATURES["shortcuts"]}


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_command_of_the_manifest_answers_help(stage: Stage, command: str) -> None:
    outcome = await stage.command(f"{command} help")

    assert (outcome.status, outcome.error) == (200, "")
    assert command in outcome.text


@pytest.mark.parametrize(("callback_id", "kind"), SHORTCUTS.items(), ids=SHORTCUTS)
async def test_every_shortcut_of_the_manifest_opens_a_form_that_can_be_sent(
    stage: Stage, callback_id: str, kind: str
) -> None:
    await stage.command("/flow-report onboarding last-7d")
    await stage.bot.poll()
    if kind == "global":
        outcome = await stage.slack.shortcut(callback_id)
    else:
        outcome = await stage.slack.message_shortcut(callback_id, message=stage.said()[-1])
    form = stage.slack.view_of("UADA")
    assert (outcome.status, outcome.error) == (200, "")
    assert form is not None

    await stage.settle()  # what a list offers is learned when its form opens
    values: dict[str, dict[str, Any]] = {}
    if asks_where(form):
        values["conversation"] = {"conversation": "CTRAIN"}
    elif "digest_places" in {block["block_id"] for block in form.blocks}:
        values["digest_places"] = {"digest_places": ["CTRAIN"]}
    for action_id in pick_lists(form):
        found = await stage.slack.options(form, action_id=action_id, query="")
        values[action_id] = {action_id: found.options[0]["value"]}
    sent = await stage.slack.submit(form, values=values)

    assert (sent.status, sent.error) == (200, "")


async def test_every_button_that_is_shown_is_handled(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d")
    await stage.command("/flow-report onboarding last-7d privately")
    await stage.command("/flow-report assign onboarding @grace")
    await stage.command("/flow-report assign onboarding @lin")
    await stage.command("/flow-report onboarding export csv", channel="CRANDOM")
    everything = [*stage.said(), *stage.slack.ephemerals("UADA")]
    pressed = {name for message in everything for name in await press_all(stage, message)}

    of_training = {TrainingAction.CONFIRM_ASSIGN, TrainingAction.CANCEL_ASSIGN}
    shared = {Action.MENU, Action.TRY_AGAIN, Action.DO, Action.OPEN_FORM}
    assert {name.partition(":")[0] for name in pressed} == {*shared, *of_training}


@pytest.mark.parametrize("room", ROOMS)
async def test_every_button_of_every_answer_is_handled(stage: Stage, room: str) -> None:
    for command in examples()[room].answers:
        await press_all(stage, await answered(stage, room, command))
        await stage.settle()  # so that no answer to a click comes among those to commands


async def test_every_pick_list_that_asks_for_options_gets_an_answer(stage: Stage) -> None:
    await stage.slack.shortcut("get_training_report")
    form = stage.slack.view_of("UADA")
    assert form is not None
    asking = pick_lists(form)

    for action_id in asking:
        outcome = await stage.slack.options(form, action_id=action_id, query="")
        assert (outcome.status, outcome.error) == (200, "")
        assert outcome.options
    assert asking == ["flow"]


def pick_lists(form: View) -> list[str]:
    """Return the inputs that ask for their options while a person types."""
    return [
        block["element"]["action_id"]
        for block in form.blocks
        if block.get("element", {}).get("type") == "external_select"
    ]


async def press_all(stage: Stage, message: Message) -> list[str]:
    """Press every button of a message and return their names."""
    names = [element["action_id"] for element in interactive(message.blocks)]
    for name in names:
        outcome = await stage.slack.click(message, action_id=name)
        assert (name, outcome.status, outcome.error) == (name, 200, "")
    return names


def asks_where(form: View) -> bool:
    """Return whether a form asks for the conversation of the answer."""
    return "conversation" in {block["block_id"] for block in form.blocks}
