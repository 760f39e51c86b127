"""What is not clear comes back with buttons, and a press runs the line that was meant."""

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, words
from tests.stage import Stage

ZONES = "/flow subscribe report onboarding weekdays 09:00 IST"


async def asked(stage: Stage, command: str) -> Message:
    """Type a command and return the question that came back."""
    before = len(stage.slack.ephemerals("UADA"))
    await stage.command(command)
    [question] = stage.slack.ephemerals("UADA")[before:]
    return question


def labels(message: Message) -> list[str]:
    return [each["text"]["text"] for each in interactive(message.blocks)]


async def press(stage: Stage, message: Message, label: str) -> None:
    [name] = [
        each["action_id"] for each in interactive(message.blocks) if each["text"]["text"] == label
    ]
    await stage.slack.click(message, action_id=name)
    await stage.settle()


async def test_a_zone_of_several_clocks_is_chosen_with_one_press(stage: Stage) -> None:
    question = await asked(stage, ZONES)
    assert question.text == '"IST" could be India or Ireland or Israel.'
    assert labels(question) == ["India", "Ireland", "Israel"]

    await press(stage, question, "Ireland")

    assert "every weekday at 09:00 (Dublin time)" in stage.said()[-1].text


async def test_a_double_press_orders_once(stage: Stage) -> None:
    question = await asked(stage, ZONES)
    await press(stage, question, "India")
    await press(stage, question, "India")

    assert len(stage.said()) == 1


async def test_what_is_still_not_clear_is_asked_in_a_window(stage: Stage) -> None:
    question = await asked(stage, "/flow subscribe report onboarding monthly")
    await press(stage, question, "Last Friday")

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert "At what time of day?" in words(window)
    [noon] = [
        each["action_id"] for each in interactive(window.blocks) if each["text"]["text"] == "12:00"
    ]
    await stage.slack.click(window, action_id=noon)
    await stage.settle()

    assert "on the last Friday of each month at 12:00" in stage.said()[-1].text


async def test_a_misspelt_option_is_corrected_or_taken_for_the_name(stage: Stage) -> None:
    question = await asked(stage, "/flow-report onboarding overdu last-7d")
    assert labels(question) == ["Yes, overdue", "It belongs to the name"]

    await press(stage, question, "Yes, overdue")

    assert "is overdue in Onboarding (" in str(stage.said()[-1].blocks)


async def test_a_corrected_line_may_open_a_form(stage: Stage) -> None:
    question = await asked(stage, "/flow-export spring stepp 2")
    [label] = [each for each in labels(question) if each.startswith("Yes")]
    await press(stage, question, label)

    assert len(stage.said()) == 1


async def test_a_misspelt_flow_is_met_with_a_button(stage: Stage) -> None:
    question = await asked(stage, "/flow-report onbording")
    assert question.text.startswith('I can\'t find a flow called "onbording". Did you mean "onb')

    name, _ = (each["action_id"] for each in interactive(question.blocks))
    await stage.slack.click(question, action_id=name)
    await stage.settle()

    assert "in Onboarding (" in stage.said()[-1].text


async def test_a_button_of_an_older_version_says_so(stage: Stage) -> None:
    question = await asked(stage, ZONES)
    [first, *_] = interactive(question.blocks)
    first["value"] = '{"command": "/gone", "text": ""}'
    await stage.slack.click(question, action_id=first["action_id"])

    window = stage.slack.view_of("UADA")
    assert window is not None
    assert "older version" in words(window)


@pytest.mark.parametrize(
    ("typed", "meant", "comes"),
    [
        ("/flow-report reminde onboarding", "Yes, remind onboarding", "I may remind them of"),
        ("/flow-run deadlin invoice 4h", "Yes, deadline invoice 4h", "within 4 hours"),
        ("/flow-analytics chanels", "Yes, channels", "channels"),
    ],
)
async def test_a_misspelt_word_of_a_command_is_put_right_with_one_press(
    stage: Stage, typed: str, meant: str, comes: str
) -> None:
    question = await asked(stage, typed)
    assert meant in labels(question)

    await press(stage, question, meant)

    assert comes in [*stage.whispered(), *(each.text for each in stage.said())][-1]


async def test_people_and_channels_are_told_of_by_name_and_not_by_id(stage: Stage) -> None:
    somebody = await asked(stage, "/flow-report remind @grace")
    somewhere = await asked(stage, "/flow-report remind onboarding in #field-reports")

    assert '"@grace"' in somebody.text
    assert '"in #field-reports"' in somewhere.text
    shown = words(somebody) + words(somewhere)
    assert "UGRACE" not in shown
    assert "CFIELD" not in shown
