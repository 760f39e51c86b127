"""What was entered in a form of which nothing comes is offered again, whichever form it was."""

from typing import Any

import pytest

from bot.asking.cleanup import KEEP_INPUTS
from bot.jobs.request import EnteredForm
from bot.slack.blocks.submitted import filled_in
from sandbox.slack import Message
from sandbox.slack.views import View
from tests.asking.seeing import interactive, label, words
from tests.asking.test_form_elsewhere import ENTERED, send, window
from tests.stage import Stage
from tests.training.test_assign_form import FLOW, GRACE

NOT_THERE = "You are not in that channel."
AGAIN = "Change and try again"


async def again(stage: Stage, told: Message, *, user: str = "UADA") -> View:
    """Press the button that leads back, and return the form."""
    [button] = [each for each in interactive(told.blocks) if label(each) == AGAIN]
    outcome = await stage.slack.click(told, action_id=button["action_id"], user=user)
    assert (outcome.status, outcome.error) == (200, "")
    return window(stage, user)


@pytest.mark.parametrize("form", ENTERED)
async def test_every_form_comes_back_with_what_was_entered(stage: Stage, form: str) -> None:
    stage.slack.admin.add_app("GLEADS")
    await send(stage, form, "GLEADS", user="ULIN")
    told = [each for each in stage.slack.ephemerals("ULIN") if NOT_THERE in words(each)]

    view = await again(stage, told[0], user="ULIN") if told else window(stage, "ULIN")
    assert view.callback_id == form
    assert view.values["conversation"]["conversation"]["selected_conversation"] == "GLEADS"
    for name, entered in ENTERED[form].values.items():
        assert entered[name] in str(view.values[name])

    values = {"conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(view, values=values, user="ULIN")
    await stage.settle()
    assert len([each for each in stage.whispered("ULIN") if NOT_THERE in each]) == len(told)


async def test_it_is_for_whoever_entered_it_and_gone_a_day_later(stage: Stage) -> None:
    stage.slack.admin.add_app("GLEADS")
    await send(stage, "get_training_report", "GLEADS", user="ULIN")
    told = stage.slack.ephemerals("ULIN")[-1]

    stage.clock.advance(seconds=KEEP_INPUTS.total_seconds() + 1)
    await stage.bot.tidying.tidy()
    assert "not kept any more" in words(await again(stage, told, user="ULIN"))


async def test_what_ends_well_keeps_nothing_that_was_entered(stage: Stage) -> None:
    await send(stage, "get_training_report", "CTRAIN", user="ULIN")

    assert await stage.rows("SELECT key FROM snapshots WHERE key LIKE 'input:%'") == []
    rows = await stage.rows("SELECT arguments FROM jobs")
    assert rows
    assert not [row for row in rows if '"form"' in row["arguments"]]


async def test_an_open_window_shows_the_form_again_below_what_is_wrong(stage: Stage) -> None:
    await stage.command("/flow-report assign onboarding")
    notes = {"assign_notes": {"assign_notes": "By Friday, please"}}
    await stage.bot.database.execute("DROP TABLE aliases")  # nothing counts on that
    await stage.slack.submit(window(stage), values=FLOW | GRACE | notes)
    await stage.settle()

    form = window(stage)
    assert "Something went wrong in Flowbot." in words(form)
    assert form.callback_id == "assign_training"
    assert "By Friday, please" in str(form.values)
    assert stage.slack.ephemerals("UADA") == []


async def test_a_bug_while_something_is_done_says_that_it_may_be_done(stage: Stage) -> None:
    await stage.slack.shortcut("run_smart_flow")
    await stage.settle()
    form = window(stage)
    offered = await stage.slack.options(form, action_id="flow_to_run", query="travel")
    await stage.bot.database.execute("DROP TABLE starts")  # nothing counts on that
    values = {"flow_to_run": {"flow_to_run": offered.options[0]["value"]}}
    where = {"conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(form, values=values | where)
    await stage.settle()

    told = stage.slack.ephemerals("UADA")[-1]
    assert "It may have been done all the same. Look before you try again." in words(told)
    assert (await again(stage, told)).callback_id == "run_smart_flow"


async def test_a_listener_that_refuses_leaves_the_form_below(stage: Stage) -> None:
    await stage.slack.shortcut("run_smart_flow")
    await stage.settle()
    form = window(stage)
    offered = await stage.slack.options(form, action_id="flow_to_run", query="travel")
    await stage.slack.admin.change_person("UADA", is_restricted=True)
    stage.clock.advance(seconds=3600)

    flow, xml = offered.options[0]["value"], "<order/>"
    values = {"flow_to_run": {"flow_to_run": flow}, "run_input": {"run_input": xml}}
    where = {"conversation": {"conversation": "CTRAIN"}}
    await stage.slack.submit(form, values=values | where)

    refused = window(stage)
    assert (refused.callback_id, refused.raw["close"]["text"]) == ("notice", "Back")
    await stage.slack.close_view(refused)
    assert window(stage).values["run_input"]["run_input"]["value"] == xml


SUBMITTED: dict[str, Any] = {
    "id": "V1",
    "hash": "1.2",
    "type": "modal",
    "callback_id": "a_form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": None,
    "private_metadata": "@C1 {}",
    "blocks": [
        {"type": "section", "text": {"type": "plain_text", "text": "Above"}},
        {
            "type": "input",
            "block_id": "file",
            "element": {"type": "file_input", "action_id": "file"},
        },
        {
            "type": "input",
            "block_id": "text",
            "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "old"},
        },
        {
            "type": "input",
            "block_id": "choice",
            "element": {
                "type": "static_select",
                "action_id": "choice",
                "options": [{"text": {"type": "plain_text", "text": "One"}, "value": "1"}],
            },
        },
    ],
    "state": {
        "values": {
            "file": {"file": {"type": "file_input", "files": [{"id": "F1", "name": "a.xml"}]}},
            "text": {"text": {"type": "plain_text_input", "value": None}},
            "choice": {
                "choice": {
                    "type": "static_select",
                    "selected_option": {
                        "text": {"type": "plain_text", "text": "One", "emoji": True},
                        "value": "1",
                    },
                }
            },
        }
    },
}


def test_a_submitted_view_opens_as_slack_takes_it() -> None:
    view = filled_in(SUBMITTED)

    assert set(view) == {"type", "callback_id", "title", "private_metadata", "blocks"}
    _, _, named, text, choice = view["blocks"]
    assert "a.xml" in str(named)
    assert "initial_value" not in text["element"]
    assert choice["element"]["initial_option"] == choice["element"]["options"][0]
    assert EnteredForm(view).window == ""
