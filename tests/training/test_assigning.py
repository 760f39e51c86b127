"""Assigning a flow: shown first, done once, and honest when nobody knows."""

from pathlib import Path

import pytest

from sandbox.slack import Message
from tests.asking.seeing import words
from tests.stage import Stage, open_stage

ASSIGN = "/flow-report assign onboarding"
CONFIRM, CANCEL = "confirm_assign", "cancel_assign"


async def test_an_assignment_is_shown_to_the_asker_before_it_happens(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace due 2026-12-01 priority high")

    shown = words(question)
    for fact in ("onboarding", "grace@example.com", "Tue 1 Dec", "high"):
        assert fact in shown
    assert stage.said() == []
    assert made(stage) == 0


async def test_assign_makes_the_assignment_and_says_so(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")

    await pressed(stage, question, CONFIRM)

    assert made(stage) == 1
    assert answer(stage) == "Onboarding is now assigned to grace@example.com (5 modules, 2 hours)."
    assert stage.momoflow.organisation.flows["flow_onb001"].enrolments[-1].email == (
        "grace@example.com"
    )


async def test_notes_reach_the_vendor_as_they_were_typed(stage: Stage) -> None:
    question = await asked(stage, f'{ASSIGN} @grace priority high notes "By Friday, please" Ada')
    assert "By Friday, please Ada" in words(question)

    await pressed(stage, question, CONFIRM)

    given = stage.momoflow.organisation.flows["flow_onb001"].enrolments[-1]
    assert given.notes == "By Friday, please Ada"


@pytest.mark.parametrize(
    ("notes", "hint"),
    [("", "After notes come"), ("x" * 501, "these are 501")],
)
async def test_notes_that_do_not_fit_are_refused_in_words(
    stage: Stage, notes: str, hint: str
) -> None:
    outcome = await stage.command(f"{ASSIGN} @grace notes {notes}")

    assert hint in outcome.text
    assert made(stage) == 0


async def test_the_answer_takes_the_place_of_the_question(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")

    await pressed(stage, question, CONFIRM)

    [left] = stage.slack.ephemerals("UADA")
    assert CONFIRM not in str(left.blocks)


async def test_however_often_assign_is_pressed_it_happens_once(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")

    await pressed(stage, question, CONFIRM, times=3)

    assert made(stage) == 1


async def test_cancel_wins_when_it_is_pressed_first(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")

    await stage.slack.click(question, action_id=CANCEL)
    await pressed(stage, question, CONFIRM)

    assert made(stage) == 0
    assert answer(stage) == "Cancelled. onboarding was not assigned to grace@example.com."


async def test_assign_wins_when_it_is_pressed_first(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")

    await stage.slack.click(question, action_id=CONFIRM)
    await pressed(stage, question, CANCEL)

    assert made(stage) == 1
    assert answer(stage).startswith("Onboarding is now assigned")


async def test_two_previews_of_the_same_are_two_assignments(stage: Stage) -> None:
    for _ in range(2):
        await pressed(stage, await asked(stage, f"{ASSIGN} @grace"), CONFIRM)

    assert made(stage) == 2


async def test_the_due_day_ends_at_midnight_of_the_askers_zone(stage: Stage) -> None:
    question = await asked(stage, f"{ASSIGN} grace@example.com due 2026-12-01", user="UGRACE")

    await pressed(stage, question, CONFIRM, user="UGRACE")

    due = stage.momoflow.organisation.flows["flow_onb001"].enrolments[-1].due_at
    assert due.isoformat() == "2026-12-02T04:59:59+00:00"


async def test_what_cannot_be_read_is_answered_at_once(stage: Stage) -> None:
    for typed, hint in (
        ("@nobody-here", "Who should get it?"),
        ("@grace @lin", "One person at a time"),
        ("@grace due 2026-02-30", 'There is no day "2026-02-30"'),
        ("@grace due yesterday", "Write dates as 2026-01-31"),
        ("@grace due", "After due comes a date"),
        ("@grace priority", "After priority comes low, medium or high"),
        ("@grace priority hihg", 'Did you mean "high"?'),
        ("@grace pirority high", 'Did you mean "priority"?'),
    ):
        outcome = await stage.command(f"{ASSIGN} {typed}")
        assert hint in outcome.text


async def test_a_day_that_has_passed_is_refused(stage: Stage) -> None:
    await stage.command(f"{ASSIGN} @grace due 2026-11-22")

    assert answer(stage).startswith("2026-11-22 has passed. Due dates from 2026-11-23 on work")


async def test_somebody_who_was_deactivated_is_assigned_nothing(stage: Stage) -> None:
    await stage.command(f"{ASSIGN} @gone")

    assert answer(stage).startswith("gone is deactivated in Slack, so nothing was assigned.")
    assert made(stage) == 0


async def test_while_slack_does_not_say_who_is_meant_nothing_is_assigned(stage: Stage) -> None:
    stage.slack.disturb(
        "users.info", kind="rate_limited", seconds=20, when=lambda given: given["user"] == "UGRACE"
    )
    await stage.command(f"{ASSIGN} @grace")
    assert stage.whispered() == []

    await stage.after(seconds=20)
    assert "grace@example.com" in answer(stage)


async def test_a_person_that_the_vendor_does_not_know_is_said_so(stage: Stage) -> None:
    stage.momoflow.set_switch("lost_users", value=True)
    question = await asked(stage, f"{ASSIGN} nobody@elsewhere.example.com")

    await pressed(stage, question, CONFIRM)

    assert answer(stage).startswith("MomoFlow doesn't know this person.")
    assert made(stage) == 1


async def test_a_refusal_in_the_vendors_words_is_passed_on(stage: Stage) -> None:
    stage.momoflow.set_switch("assign_says_no", value=True)
    question = await asked(stage, f"{ASSIGN} @grace")

    await pressed(stage, question, CONFIRM)

    assert "MomoFlow says: The flow is archived" in answer(stage)


@pytest.mark.parametrize("failure", ["drop_after", "answer_502", "answer_408", "answer_html"])
async def test_without_a_clear_answer_it_is_never_repeated_and_nothing_is_claimed(
    stage: Stage, failure: str
) -> None:
    question = await asked(stage, f"{ASSIGN} @grace")
    stage.momoflow.set_switch(failure, 1)

    await pressed(stage, question, CONFIRM)

    assert made(stage) == 1
    assert "may or may not have been assigned" in answer(stage)


async def test_a_guest_may_not_assign(stage: Stage) -> None:
    await stage.command(f"{ASSIGN} @grace", user="UGUEST")

    assert stage.whispered("UGUEST") == [
        "Guests cannot assign training. Ask a full member of the workspace."
    ]


async def test_only_those_who_are_named_may_assign_where_names_are_set(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", assigners="UADA") as stage:
        await stage.command(f"{ASSIGN} @lin", user="UGRACE")
        await stage.command(f"{ASSIGN} @lin", user="UADA")

        assert "Only the people named in ASSIGNERS may assign" in answer(stage, "UGRACE")
        assert answer(stage, "UADA") == "Assign onboarding to lin@example.com?"


async def test_without_the_permission_to_read_addresses_one_can_be_typed(stage: Stage) -> None:
    stage.slack.revoke("users:read.email")

    await stage.command(f"{ASSIGN} @grace")
    await stage.command(f"{ASSIGN} grace@example.com")

    first, second = stage.whispered()
    assert first.startswith("Slack does not tell me that person's e-mail address.")
    assert second == "Assign onboarding to grace@example.com?"


async def test_a_misspelt_flow_is_noticed_before_anything_is_shown(stage: Stage) -> None:
    await stage.command("/flow-report assign onbaording @grace")

    assert 'Did you mean "onboarding"?' in answer(stage)


async def asked(stage: Stage, text: str, *, user: str = "UADA") -> Message:
    """Ask for an assignment and return the question whether to make it."""
    await stage.command(text, user=user)
    return stage.slack.ephemerals(user)[-1]


async def pressed(
    stage: Stage, question: Message, button: str, *, user: str = "UADA", times: int = 1
) -> None:
    """Press a button of the question so often, faster than the answer can come."""
    for _ in range(times):
        outcome = await stage.slack.click(question, action_id=button, user=user)
        assert outcome.status == 200
    await stage.settle()


def made(stage: Stage) -> int:
    """Return how often the vendor was told to assign."""
    return sum(call.path == "/v1/flows/assign" for call in stage.momoflow.calls)


def answer(stage: Stage, user: str = "UADA") -> str:
    """Return what a person alone was told last."""
    return stage.whispered(user)[-1]
