from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.workflows.model import Owner, Sidedata, Workflow, WorkflowInfo
from bot.workflows.rendering.workflows import counts_answer, workflow_card, workflow_list
from tests.slack.checks import all_refusals, refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, vendor_text
from tests.workflows.rendering.samples import COUNTS, INFO, OWNER, SUBJECT, WORKFLOWS


def test_workflows_are_listed_by_name_with_a_command_to_try() -> None:
    rendered = workflow_list(WORKFLOWS, OWNER, replace(OCCASION, asked_by=""))
    assert as_json(rendered) == expected("workflow_list", rendered)


def test_no_workflow_says_where_to_look() -> None:
    assert workflow_list((), Owner("o1"), OCCASION).text.startswith("giosg lists no workflow.")


def test_a_workflow_shows_its_facts_and_a_way_to_export() -> None:
    rendered = workflow_card(INFO, OCCASION)
    assert as_json(rendered) == expected("workflow_card", rendered)


@pytest.mark.parametrize(
    ("info", "text"),
    [
        (WorkflowInfo("w1", ""), "w1: no event yet."),
        (
            WorkflowInfo("w1", "A", "giosg-default", published=False),
            "A: draft, no event yet.",
        ),
        (WorkflowInfo("w1", "A", "voice"), "A: no event yet."),
    ],
    ids=["hardly anything", "a draft of giosg's", "a kind we do not know"],
)
def test_a_workflow_with_fewer_facts_is_still_a_card(info: WorkflowInfo, text: str) -> None:
    rendered = workflow_card(info, OCCASION)
    assert rendered.text == text
    assert refusals(rendered) == []


def test_a_date_that_cannot_be_is_not_shown() -> None:
    odd = replace(INFO, first_event_at=datetime(1, 1, 1, tzinfo=UTC))
    assert "First event" not in str(workflow_card(odd, OCCASION).blocks)


def test_counts_are_totals_charts_and_exact_hours() -> None:
    rendered = counts_answer(SUBJECT, OCCASION, COUNTS)
    assert as_json(rendered) == expected("workflow_counts", rendered)
    assert all_refusals(rendered) == []


def test_no_counts_are_a_sentence() -> None:
    rendered = counts_answer(SUBJECT, OCCASION, Sidedata())
    assert rendered.message.text == "Checkout: no visitors."
    assert all_refusals(rendered) == []


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    info = replace(INFO, name=one, kind=other, description=other)
    counts = replace(COUNTS, more=((one, other),))
    many = [Workflow("w1", one, other)] * 300
    assert refusals(workflow_card(info, replace(OCCASION, asked_by=one))) == []
    assert refusals(workflow_list(many, Owner("o", other), OCCASION)) == []
    assert all_refusals(counts_answer(replace(SUBJECT, workflow=one), OCCASION, counts)) == []
