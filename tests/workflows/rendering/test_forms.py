from typing import Any

import pytest

from bot.asking.core.finder import Choice
from bot.workflows.question import CHART, COUNTS, SOURCE, ExportQuestion
from bot.workflows.rendering.forms import ExportForm, export_step_form, export_step_modal
from tests.slack.checks import view_refusals
from tests.snapshots import expected
from tests.training.rendering.samples import EVIL

CHECKOUT = Choice("0b7c1f1e-1c1a-4f0e-9a55-2f6f2a3c9d10", "Checkout")


def picked(value: str | None) -> dict[str, Any]:
    return {"selected_option": {"value": value} if value else None}


def submitted(**given: Any) -> dict[str, Any]:
    """Return state.values as Slack sends them: by block id, each with an action of that name."""
    filled: dict[str, Any] = {
        "workflow": picked("w1"),
        "workflow_data": picked("step"),
        "step": {"value": "2"},
        "goal": {"selected_options": []},
        "period": picked("last-7d"),
        "first_day": {"selected_date": None},
        "last_day": {"selected_date": None},
        "format": picked("xlsx"),
        "limit": {"value": None},
        "event_actions": {"value": None},
        "labels": {"value": None},
        "path": {"value": None},
        "conversation": {"selected_conversation": "CSALES"},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def test_the_export_modal_asks_for_everything_a_command_can_say() -> None:
    view = export_step_modal(metadata="key-1")
    assert view == expected("modal_export_step", view)
    assert view_refusals(view) == []


def test_the_modal_may_open_with_its_workflow() -> None:
    view = export_step_modal(workflow=Choice("w1", EVIL))
    chosen = view["blocks"][0]["element"]["initial_option"]
    assert chosen["value"] == "w1"
    assert view_refusals(view) == []


@pytest.mark.parametrize(
    ("values", "question"),
    [
        (submitted(), ExportQuestion("w1", step=2, period="last-7d", export="xlsx")),
        (
            submitted(
                format=picked("csv"),
                limit={"value": "5,000"},
                goal={"selected_options": [{"value": "goal"}]},
                event_actions={"value": " element-a \n\n https://shop.example/pay "},
                labels={"value": "goal-1"},
                path={"value": "a b\nAny\nc"},
            ),
            ExportQuestion(
                "w1",
                step=2,
                period="last-7d",
                limit=5_000,
                goal=True,
                actions=("element-a", "https://shop.example/pay"),
                labels=("goal-1",),
                path=(("a", "b"), (), ("c",)),
            ),
        ),
        (
            submitted(workflow_data=picked("source"), goal={"selected_options": [{"value": "g"}]}),
            ExportQuestion("w1", data=SOURCE, period="last-7d", export="xlsx"),
        ),
        (
            submitted(workflow_data=picked("counts"), limit={"value": "9"}, step={"value": None}),
            ExportQuestion("w1", data=COUNTS, period="last-7d", export=""),
        ),
        (
            submitted(workflow_data=picked("chart"), limit={"value": "9"}, step={"value": None}),
            ExportQuestion("w1", data=CHART, period="last-7d", export="xlsx"),
        ),
        (
            submitted(
                format=picked("show"),
                first_day={"selected_date": "2026-01-01"},
                last_day={"selected_date": "2026-03-31"},
            ),
            ExportQuestion("w1", step=2, period="2026-01-01..2026-03-31", export=""),
        ),
    ],
    ids=["as opened", "everything", "no step", "counts", "chart", "two dates in Slack"],
)
def test_a_submitted_export_becomes_a_question(values: Any, question: ExportQuestion) -> None:
    assert export_step_form(values) == ExportForm(question, "CSALES")


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (submitted(workflow=picked(None)), {"workflow": "Choose a workflow."}),
        (submitted(workflow_data=picked(None)), {"workflow_data": "Choose which data."}),
        (submitted(step={"value": " "}), {"step": "Which step? Type its number."}),
        (submitted(step={"value": "two"}), {"step": "A number from 1 to 100."}),
        (submitted(limit={"value": "0"}), {"limit": "A number from 1 to 100,000,000."}),
        (submitted(limit={"value": "²"}), {"limit": "A number from 1 to 100,000,000."}),
        (submitted(period=picked(None)), {"period": "Choose a period."}),
        (
            submitted(first_day={"selected_date": "2026-01-01"}),
            {"last_day": "Give both dates, or none."},
        ),
        (
            submitted(workflow=picked(None), step={"value": "0"}),
            {"workflow": "Choose a workflow.", "step": "A number from 1 to 100."},
        ),
    ],
)
def test_mistakes_are_shown_beside_their_inputs(values: Any, errors: dict[str, str]) -> None:
    assert export_step_form(values) == errors
