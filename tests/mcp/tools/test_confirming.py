"""What changes something is only proposed, and done once by who was shown it and agreed."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.mcp.tools.catalog import MINUTES
from bot.mcp.tools.confirming import SOMEBODY_ELSES
from bot.mcp.tools.content import ELSEWHERE
from sandbox.vendors.smartflows import forms
from tests.mcp.tools.asking import Said, said
from tests.runs.acting import TRAVEL, our_run, ours, quiet, started
from tests.stage import Stage

NIA = {"email": "nia@example.com", "first_name": "Nia", "last_name": "Novak"}
REPORT = {"about": "get_training_report", "arguments": {"flow": "onboarding"}}
DEEDS: Mapping[str, tuple[dict[str, Any], str, Callable[[Stage], int]]] = {
    "start_run": ({"flow": TRAVEL}, f"{TRAVEL}: running", lambda stage: len(ours(stage))),
    "assign_training": (
        {"flow": "onboarding", "email": "lin@example.com", "due": "in 14 days"},
        "is now assigned to lin@example.com",
        lambda stage: calls(stage, "momoflow", "POST"),
    ),
    "register_for_webinar": (
        {"webinar": "next", **NIA},
        "nia@example.com is registered for Product tour",
        lambda stage: calls(stage, "flowapp", "POST"),
    ),
    "order_digest": (
        {**REPORT, "schedule": "weekdays 9:00"},
        "Done. I'll send you Onboarding every weekday at 09:00",
        lambda stage: sum("every weekday" in each.text for each in stage.said("DADA")),
    ),
}
EACH = pytest.mark.parametrize("tool", DEEDS)


def calls(stage: Stage, vendor: str, method: str) -> int:
    """Return how often a vendor was asked to change something."""
    return sum(each.method == method for each in stage.vendor(vendor).calls)


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def proposed(stage: Stage, tool: str, *, user: str = "UADA") -> Said:
    return await said(stage, tool, user=user, **DEEDS[tool][0])


async def confirmed(stage: Stage, shown: Said, *, user: str = "UADA") -> Said:
    name, arguments = shown.confirmed_by
    return await said(stage, name, user=user, **arguments)


@EACH
async def test_it_is_done_once_by_the_confirmation_alone(stage: Stage, tool: str) -> None:
    _, done, count = DEEDS[tool]
    shown = await proposed(stage, tool)
    await stage.settle()
    assert shown.text.startswith(("Run ", "Assign ", "Register ", "Order "))
    assert count(stage) == 0

    first = await confirmed(stage, shown)
    again = await confirmed(stage, shown)
    await stage.settle()

    assert done in first.text
    assert not first.is_error
    assert again.text == first.text
    assert count(stage) == 1


@EACH
async def test_the_card_has_the_button_and_every_value(stage: Stage, tool: str) -> None:
    shown = await proposed(stage, tool)
    name, arguments = shown.confirmed_by

    [button] = [
        element
        for block in shown.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    assert button["action_id"] == f"tool:{name}"
    assert arguments["confirmation"] in button["value"]
    assert "confirm" not in button
    given = {key: value for key, value in DEEDS[tool][0].items() if isinstance(value, str)}
    plain = shown.text.casefold()
    assert all(
        each.casefold() in plain
        for key, each in given.items()
        if key in {"email", "first_name", "last_name", "flow"}
    )


@EACH
async def test_nobody_else_confirms_it(stage: Stage, tool: str) -> None:
    shown = await proposed(stage, tool)
    other = await confirmed(stage, shown, user="UGRACE")
    await stage.settle()

    assert other.is_error
    assert other.text == SOMEBODY_ELSES
    assert DEEDS[tool][2](stage) == 0


@EACH
async def test_after_some_minutes_it_has_to_be_shown_anew(stage: Stage, tool: str) -> None:
    shown = await proposed(stage, tool)
    stage.clock.advance(seconds=60 * (MINUTES + 1))
    late = await confirmed(stage, shown)
    await stage.settle()

    assert late.is_error
    assert late.text == f"That was shown more than {MINUTES} minutes ago. Call {tool} again."
    assert DEEDS[tool][2](stage) == 0


@EACH
async def test_who_lost_the_right_in_between_does_it_no_more(stage: Stage, tool: str) -> None:
    right = {"start_run": "run", "assign_training": "assign", "order_digest": "order"}
    shown = await proposed(stage, tool, user="UGRACE")
    await stage.command(f"/flow policy {right.get(tool, 'register')} not @grace")
    refused = await confirmed(stage, shown, user="UGRACE")

    assert refused.is_error
    assert refused.text.startswith("An admin decided that you can't")
    rows = await stage.rows("SELECT came_to FROM audit WHERE user_id = 'UGRACE'")
    assert [each["came_to"] for each in rows] == ["denied"]


async def test_a_confirmation_is_good_for_its_own_tool_alone(stage: Stage) -> None:
    shown = await proposed(stage, "start_run")
    _, arguments = shown.confirmed_by
    other = await said(stage, "confirm_assign_training", **arguments)

    assert other.is_error
    assert other.text.startswith("There is nothing to confirm under that.")
    assert ours(stage) == []


async def test_what_was_done_is_in_the_audit_as_if_it_was_typed(stage: Stage) -> None:
    await confirmed(stage, await proposed(stage, "assign_training"))

    rows = await stage.rows("SELECT user_name, action, thing_name, came_to FROM audit")
    assert [tuple(each.values()) for each in rows] == [
        ("ada", "Assign training", "onboarding", "done")
    ]


async def test_a_second_person_is_asked_as_for_a_command(stage: Stage) -> None:
    await stage.command("/flow policy assign second person asked in #training")
    asked = await confirmed(stage, await proposed(stage, "assign_training"))
    await stage.settle()
    assert "second person" in asked.text
    assert calls(stage, "momoflow", "POST") == 0

    card = stage.said()[-1]
    assert card.text.startswith("ada wants to assign onboarding to lin@example.com.")
    await stage.slack.click(card, action_id="do", user="UGRACE")
    await stage.settle()

    assert calls(stage, "momoflow", "POST") == 1
    assert any("is now assigned to lin@example.com" in each.text for each in stage.said("DADA"))


async def test_where_a_second_person_is_needed_the_card_says_so(stage: Stage) -> None:
    await stage.command("/flow policy run second person")

    shown = await proposed(stage, "start_run")
    assert "After that somebody else has to agree" in shown.text
    refused = await confirmed(stage, shown)

    assert refused.is_error  # nobody else reads what an assistant is told
    assert refused.text.startswith("This takes a second person")
    assert ours(stage) == []


async def test_a_run_is_cancelled_once_it_was_shown(stage: Stage) -> None:
    await started(stage, channel="CGENERAL")
    run = our_run(stage)

    shown = await said(stage, "cancel_run", run=run.id[:8])
    assert f"Cancel this run of {TRAVEL}?" in shown.text
    assert run.status != "Canceled"

    done = await confirmed(stage, shown)
    await stage.after(seconds=10)
    assert done.text == ELSEWHERE  # in the thread of its card
    assert run.status == "Canceled"


async def test_an_answer_is_given_once_it_was_shown(stage: Stage) -> None:
    quiet(stage, pause="UserInput")
    await started(stage, channel="CGENERAL")
    await stage.after(seconds=15)
    run = our_run(stage)
    given = {forms.PURPOSE: "Fair", forms.LEAVES: "2026-12-01", forms.NIGHTS: 3}

    asked = await said(stage, "answer_run_question", run=run.id)
    assert forms.PURPOSE in asked.text
    assert not asked.proposes

    shown = await said(stage, "answer_run_question", run=run.id, values=given)
    assert run.answer == {}
    await confirmed(stage, shown)
    await stage.after(seconds=10)
    assert run.answer[forms.NIGHTS] == 3


async def test_inputs_keep_to_what_the_form_takes(stage: Stage) -> None:
    shown = await said(stage, "start_run", flow=TRAVEL, inputs={"to": "Oslo"}, xml="<a/>")
    assert shown.is_error
    assert shown.text == "Give inputs or xml, not both."

    shown = await said(stage, "start_run", flow=TRAVEL, inputs={"to": "Oslo", "nights": 3})
    assert "to: Oslo" in shown.text
    await confirmed(stage, shown)
    assert our_run(stage).mode == "batch"
