from dataclasses import replace

from bot.training.model import AssignmentReceipt, NewAssignment
from bot.training.rendering.assignments import (
    assign_cancelled,
    assign_question,
    assign_uncertain,
    assigned,
)
from tests.slack.slack_rules import objections
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, NOW, ZONE

NEW = NewAssignment("flow_onb001", "ada@example.com", NOW, "high", "Before the trip")
MADE = AssignmentReceipt("asgn_9", "Onboarding", "ada@example.com", NOW, 5, "2 hours")


def test_before_assigning_everything_is_shown_and_asked() -> None:
    rendered = assign_question(NEW, flow="Onboarding", zone=ZONE, value="key-1")
    assert as_json(rendered) == expected("assign_question", rendered)


def test_what_was_not_given_is_said() -> None:
    bare = replace(NEW, due_at=None, priority=None, notes="")
    rendered = assign_question(bare, flow="Onboarding", zone=ZONE, value="key-1")
    items = rendered.blocks[1]["elements"][0]["elements"]
    assert [item["elements"][1]["text"] for item in items] == [
        "Onboarding",
        "ada@example.com",
        "no date",
        "as MomoFlow sets it",
    ]


def test_an_assignment_is_confirmed_with_its_size() -> None:
    rendered = assigned(MADE, asked_by="Ada")
    assert as_json(rendered) == expected("assigned", rendered)


def test_an_assignment_of_unknown_size_is_confirmed_too() -> None:
    rendered = assigned(replace(MADE, module_count=None, estimated_duration=""), asked_by="Ada")
    assert rendered.text == "Onboarding is now assigned to ada@example.com."


def test_a_cancelled_assignment_says_that_nothing_happened() -> None:
    rendered = assign_cancelled(flow="Onboarding", email="ada@example.com")
    assert rendered.text == "Cancelled: Onboarding was not assigned to ada@example.com."


def test_an_uncertain_assignment_warns_against_repeating_it() -> None:
    text = assign_uncertain(flow="Onboarding", email="ada@example.com").text
    assert "may or may not have been made" in text
    assert "before you assign it again" in text


def test_an_evil_flow_is_text_everywhere() -> None:
    messages = (
        assign_question(NEW, flow=EVIL, zone=ZONE, value="key-1"),
        assigned(replace(MADE, flow_name=EVIL), asked_by=EVIL),
        assign_cancelled(flow=EVIL, email=EVIL),
        assign_uncertain(flow=EVIL, email=EVIL),
    )
    assert [objections(each) for each in messages] == [[], [], [], []]
