from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.slack.blocks.modals import notice
from bot.training.core.command import AssignFlow
from bot.training.model import AssignmentReceipt, NewAssignment
from bot.training.rendering.assign_forms import TITLE, assign_form, assign_modal, confirm_modal
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
TODAY = date(2026, 11, 22)


def test_before_assigning_everything_is_shown_and_asked() -> None:
    rendered = assign_question(NEW, flow="Onboarding", zone=ZONE, today=TODAY, value="key-1")
    assert as_json(rendered) == expected("assign_question", rendered)


def test_what_was_not_given_is_said() -> None:
    bare = replace(NEW, due_at=None, priority=None, notes="")
    rendered = assign_question(bare, flow="Onboarding", zone=ZONE, today=TODAY, value="key-1")
    items = rendered.blocks[1]["elements"][0]["elements"]
    said = ["".join(part["text"] for part in item["elements"]) for item in items]
    assert said == ["Due: no date", "Priority: default"]


def test_an_assignment_is_confirmed_with_its_size_and_without_ids() -> None:
    rendered = assigned(MADE, flow="onboarding", asked_by="Ada")
    assert as_json(rendered) == expected("assigned", rendered)


def test_an_assignment_of_unknown_size_is_confirmed_too() -> None:
    bare = replace(MADE, flow_name="", module_count=None, estimated_duration="")
    assert assigned(bare, flow="onboarding", asked_by="Ada").text == (
        "onboarding is now assigned to ada@example.com."
    )


def test_a_cancelled_assignment_says_that_nothing_happened() -> None:
    rendered = assign_cancelled(flow="Onboarding", email="ada@example.com")
    assert rendered.text == "Cancelled. Onboarding was not assigned to ada@example.com."


def test_an_uncertain_assignment_warns_against_repeating_it() -> None:
    text = assign_uncertain(flow="Onboarding", email="ada@example.com").text
    assert "may or may not have been assigned" in text
    assert "before you assign it again" in text


def test_an_evil_flow_is_text_everywhere() -> None:
    messages = (
        assign_question(NEW, flow=EVIL, zone=ZONE, today=TODAY, value="key-1"),
        assigned(replace(MADE, flow_name=EVIL), flow="x", asked_by=EVIL),
        assign_cancelled(flow=EVIL, email=EVIL),
        assign_uncertain(flow=EVIL, email=EVIL),
    )
    assert [objections(each) for each in messages] == [[], [], [], []]


def test_the_form_holds_what_was_entered_and_what_was_wrong_with_it() -> None:
    entered = AssignFlow("onboarding", user="UADA", due="2026-12-01", priority="high", notes="Hi")
    view = assign_modal(entered, metadata="key-1", problem="Nobody has that address.")
    assert view == expected("modal_assign", view)


def test_the_preview_is_a_page_whose_button_assigns() -> None:
    view = confirm_modal(NEW, flow="onboarding", zone=ZONE, today=TODAY, metadata="key-1")
    assert view == expected("modal_assign_preview", view)
    assert len(notice(TITLE, ())["title"]["text"]) <= 24


FLOW: dict[str, Any] = {
    "flow_to_assign": {"flow_to_assign": {"selected_option": {"value": "onboarding"}}}
}
PERSON: dict[str, Any] = {"assign_person": {"assign_person": {"selected_user": "UADA"}}}


def given(**typed: str) -> dict[str, Any]:
    return {f"assign_{name}": {f"assign_{name}": {"value": value}} for name, value in typed.items()}


@pytest.mark.parametrize(
    ("values", "block", "says"),
    [
        (PERSON, "flow_to_assign", "Choose a flow."),
        (FLOW, "assign_email", "Who should get it?"),
        (FLOW | PERSON | given(email="a@b.example"), "assign_email", "not both"),
        (FLOW | given(email="ada"), "assign_email", "no e-mail address"),
    ],
)
def test_a_mistake_is_shown_beside_its_input(values: dict[str, Any], block: str, says: str) -> None:
    errors = assign_form(values)
    assert isinstance(errors, dict)
    assert says in errors[block]


def test_a_filled_form_becomes_an_assignment() -> None:
    values = FLOW | given(email="a@b.example", notes="By Friday")
    assert assign_form(values) == AssignFlow("onboarding", email="a@b.example", notes="By Friday")
    assert assign_form(FLOW | PERSON) == AssignFlow("onboarding", user="UADA")
