"""Assigning by hand: a form, its preview as the next page of the window, and the result there."""

from typing import Any

import pytest

from sandbox.slack import View
from tests.asking.seeing import words
from tests.stage import Stage
from tests.training.test_assigning import made
from tests.training.test_reports import pressed

FLOW = {"flow_to_assign": {"flow_to_assign": "onboarding"}}
GRACE = {"assign_person": {"assign_person": "UGRACE"}}


def window(stage: Stage) -> View:
    """Return what Ada has open."""
    view = stage.slack.view_of("UADA")
    assert view is not None
    return view


async def opened(stage: Stage, command: str = "/flow-report assign onboarding") -> View:
    """Type a command that opens the form."""
    await stage.command(command)
    return window(stage)


async def sent(stage: Stage, values: dict[str, Any]) -> View:
    """Submit what is open, and return what stands there then."""
    outcome = await stage.slack.submit(window(stage), values=values)
    assert outcome.errors == {}
    await stage.settle()
    return window(stage)


async def test_a_command_without_a_person_opens_the_form_about_its_flow(stage: Stage) -> None:
    for typed, chosen in (("onboarding", "onboarding"), ("onb", "onboarding"), ("", ""), ("x", "")):
        flow = (await opened(stage, f"/flow-report assign {typed}")).blocks[0]["element"]
        assert flow.get("initial_option", {}).get("value", "") == chosen


async def test_the_names_open_the_form_too_and_it_lists_them(stage: Stage) -> None:
    await stage.command("/flow-report names")
    await pressed(stage, stage.slack.ephemerals("UADA")[-1], "Assign")

    outcome = await stage.slack.options(window(stage), action_id="flow_to_assign", query="")
    assert [one["text"]["text"] for one in outcome.options] == [
        "gdpr",
        "ladder safety",
        "new hires",
        "onboarding",
    ]


async def test_the_preview_is_the_next_page_and_the_result_stands_there(stage: Stage) -> None:
    await opened(stage)
    due = {"assign_due": {"assign_due": "2026-12-01"}}
    notes = {"assign_notes": {"assign_notes": "By Friday, please"}}

    preview = await sent(stage, FLOW | GRACE | due | notes)
    for fact in ("Assign onboarding to grace@example.com?", "Tue 1 Dec", "By Friday, please"):
        assert fact in words(preview)
    assert made(stage) == 0

    result = await sent(stage, {})
    assert "Onboarding is now assigned to grace@example.com (5 modules, 2 hours)." in words(result)
    assert made(stage) == 1
    assert stage.said() == []
    given = stage.momoflow.organisation.flows["flow_onb001"].enrolments[-1]
    assert (given.email, given.notes) == ("grace@example.com", "By Friday, please")


async def test_whoever_closed_the_window_is_told_directly(stage: Stage) -> None:
    await opened(stage)
    preview = await sent(stage, FLOW | GRACE)
    stage.slack.refuse("views.update", error="not_found")
    await stage.slack.submit(preview, values={})
    await stage.settle()

    assert made(stage) == 1
    assert "is now assigned to grace@example.com" in stage.said("DADA")[-1].text


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"assign_due": {"assign_due": "2026-11-22"}}, "2026-11-22 has passed."),
        ({"assign_person": {"assign_person": "UGONE"}}, "gone is deactivated in Slack"),
    ],
)
async def test_what_does_not_work_comes_back_with_what_was_entered(
    stage: Stage, values: dict[str, Any], says: str
) -> None:
    await opened(stage)
    notes = {"assign_notes": {"assign_notes": "By Friday, please"}}

    again = await sent(stage, FLOW | GRACE | notes | values)
    assert says in words(again)
    assert "By Friday, please" in str(again.blocks)

    good = {"assign_due": {"assign_due": "2026-12-01"}} | GRACE
    preview = await sent(stage, FLOW | notes | good)
    assert "Assign onboarding to grace@example.com?" in words(preview)
    await sent(stage, {})
    assert made(stage) == 1


async def test_a_refusal_comes_back_into_the_form_and_can_be_sent_again(stage: Stage) -> None:
    stage.momoflow.set_switch("assign_says_no", value=True)
    await opened(stage)
    await sent(stage, FLOW | GRACE)

    again = await sent(stage, {})
    assert "The flow is archived" in words(again)
    assert "grace@example.com" in str(again.blocks)

    stage.momoflow.set_switch("assign_says_no", value=False)
    email = {"assign_email": {"assign_email": "grace@example.com"}}
    await sent(stage, FLOW | email)
    result = await sent(stage, {})
    assert "is now assigned to grace@example.com" in words(result)
    assert made(stage) == 2


async def test_without_a_clear_answer_the_window_claims_nothing(stage: Stage) -> None:
    await opened(stage)
    await sent(stage, FLOW | GRACE)
    stage.momoflow.set_switch("drop_after", 1)

    result = await sent(stage, {})
    assert "may or may not have been assigned" in words(result)
    assert made(stage) == 1


async def test_a_guest_cannot_open_the_form(stage: Stage) -> None:
    outcome = await stage.command("/flow-report assign onboarding", user="UGUEST")

    assert stage.slack.view_of("UGUEST") is None
    assert "Guests cannot assign training." in outcome.text
