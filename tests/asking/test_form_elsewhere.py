"""A form whose answer goes to another conversation says so where it was opened."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.asking.rendering.offers import opening
from bot.assembly.features import FEATURES
from bot.slack.blocks.blocks import actions
from bot.slack.blocks.ids import BlockId
from handlers import forms_of
from sandbox.slack import Message
from sandbox.slack.views import View
from tests.asking.test_offers import press, shown
from tests.runs.acting import quiet
from tests.stage import Stage

REPORT = "get_training_report"
NOT_THERE = "You are not in that channel. Choose one that you are in."
ELSEWHERE = "The answer is in another channel."
DIRECT = "I sent it to you directly, as it is for you alone."
Filled = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Entered:
    """What is entered into a form: a searched list and a query, of which the first is chosen.

    With `previewed` its next page has to be confirmed.
    """

    searched: tuple[str, str] | None = None
    values: Filled = field(default_factory=dict)
    previewed: bool = False


ENTERED = {
    REPORT: Entered(("flow", "onboarding")),
    "find_event": Entered(values={"event_view": {"event_view": "future"}}),
    "export_workflow_step": Entered(("workflow", "spring"), {"step": {"step": "1"}}),
    "field_analytics": Entered(("report_channel", "near"), {"figure": {"figure": "by-state"}}),
    "run_smart_flow": Entered(("flow_to_run", "travel")),
    "run_smart_flow_batch": Entered(("flow_to_run", "travel"), previewed=True),
}


def window(stage: Stage, user: str = "UADA") -> View:
    found = stage.slack.view_of(user)
    assert found is not None
    return found


def whispers(stage: Stage, channel: str, user: str = "UADA") -> list[Message]:
    return [each for each in stage.slack.ephemerals(user) if each.channel == channel]


async def opened(stage: Stage, form: str, *, user: str = "UADA") -> View:
    """Open a form by a button in #training; a job may fill it."""
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *opening("Open", form)))
    await press(stage, row, "open_form", user=user)
    return window(stage, user)


async def send(stage: Stage, form: str, channel: str, *, user: str = "UADA") -> None:
    """Fill a form, choose a channel and submit."""
    entered, view = ENTERED[form], await opened(stage, form, user=user)
    values = {**entered.values, "conversation": {"conversation": channel}}
    if entered.searched:
        name, query = entered.searched
        offered = await stage.slack.options(view, action_id=name, query=query, user=user)
        values[name] = {name: offered.options[0]["value"]}
    outcome = await stage.slack.submit(window(stage, user), values=values, user=user)
    assert outcome.errors == {}
    await stage.settle()
    if entered.previewed:
        await stage.slack.submit(window(stage, user), user=user)
        await stage.settle()


async def test_every_form_with_a_choice_of_conversation_is_tried(stage: Stage) -> None:
    forms = [each for each in forms_of(FEATURES) if each.view]
    buttons = [each for form in forms for each in opening("Open", form.callback)]
    row = await shown(stage, actions(BlockId.REPORT_BUTTONS, *buttons))
    asking = set()
    for number, form in enumerate(forms, start=1):
        await press(stage, row, "open_form" if number == 1 else f"open_form:{number}")
        if "'action_id': 'conversation'" in str(window(stage).raw):
            asking.add(str(form.callback))
    assert asking == set(ENTERED)


@pytest.mark.parametrize("form", ENTERED)
async def test_where_a_form_was_opened_one_hears_that_the_answer_is_elsewhere(
    stage: Stage, form: str
) -> None:
    quiet(stage)
    await send(stage, form, "CFIELD")

    assert stage.said("CFIELD")
    [told] = whispers(stage, "CTRAIN")
    assert told.text == ELSEWHERE
    assert "CFIELD" in str(told.blocks)
    assert whispers(stage, "CFIELD") == []


async def test_an_answer_where_the_form_was_opened_needs_no_word(stage: Stage) -> None:
    await send(stage, REPORT, "CTRAIN")

    assert stage.whispered() == []
    assert "in Onboarding (" in stage.said()[-1].text


async def test_a_form_from_the_menu_was_opened_nowhere(stage: Stage) -> None:
    await stage.slack.shortcut(REPORT)
    values = {"flow": {"flow": "onboarding"}, "conversation": {"conversation": "CFIELD"}}
    await stage.slack.options(window(stage), action_id="flow", query="onboarding")
    await stage.slack.submit(window(stage), values=values)
    await stage.settle()

    assert len(stage.said("CFIELD")) == 1
    assert stage.whispered() == []


async def test_a_file_for_the_asker_alone_leaves_its_word_where_the_form_was_opened(
    stage: Stage,
) -> None:
    view = await opened(stage, REPORT, user="UGUEST")
    await stage.slack.options(view, action_id="flow", query="onboarding", user="UGUEST")
    values = {
        "flow": {"flow": "onboarding"},
        "format": {"format": "csv"},
        "conversation": {"conversation": "CTRAIN"},
    }
    await stage.slack.submit(window(stage, "UGUEST"), values=values, user="UGUEST")
    await stage.settle()

    [told] = whispers(stage, "CTRAIN", "UGUEST")
    assert told.text == DIRECT


async def test_what_went_wrong_is_told_where_the_form_was_opened(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)
    await send(stage, REPORT, "CFIELD")

    [told] = whispers(stage, "CTRAIN")
    assert told.text.startswith("MomoFlow isn't responding.")
    assert whispers(stage, "CFIELD") == []

    stage.momoflow.set_switch("answer_500", 0)
    await press(stage, told, "do")
    assert "in Onboarding (" in stage.said("CFIELD")[-1].text
    assert whispers(stage, "CTRAIN")[-1].text == ELSEWHERE


async def test_so_is_that_one_is_not_in_the_chosen_channel(stage: Stage) -> None:
    await stage.slack.invite("GLEADS")
    await send(stage, REPORT, "GLEADS", user="ULIN")

    [told] = whispers(stage, "CTRAIN", "ULIN")
    assert told.text == NOT_THERE
    assert stage.said("DLIN") == []


async def test_a_form_that_a_command_opened_and_a_job_filled_knows_where_that_was(
    stage: Stage,
) -> None:
    await stage.command("/flow-analytics form near")
    values = {"figure": {"figure": "by-state"}, "conversation": {"conversation": "CFIELD"}}
    await stage.slack.submit(window(stage), values=values)
    await stage.settle()

    [told] = whispers(stage, "CTRAIN")
    assert told.text == ELSEWHERE
