from typing import Any

import pytest

from bot.asking.core.finder import Choice
from bot.fieldreports.question import AnalyticsQuestion
from bot.fieldreports.rendering.forms import AnalyticsForm, analytics_form, analytics_modal
from tests.slack.checks import view_refusals
from tests.snapshots import expected
from tests.training.rendering.samples import EVIL


def picked(value: str | None) -> dict[str, Any]:
    return {"selected_option": {"value": value} if value else None}


def submitted(**given: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {
        "report_channel": picked("501"),
        "figure": picked("summary"),
        "report_field": {"value": None},
        "period": picked("last-30d"),
        "first_day": {"selected_date": None},
        "last_day": {"selected_date": None},
        "format": picked("show"),
        "conversation": {"selected_conversation": "CSAFE"},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def test_the_modal_asks_for_everything_a_command_can_say() -> None:
    view = analytics_modal(metadata="key-1")
    assert view == expected("modal_analytics", view)
    assert view_refusals(view) == []


def test_the_modal_may_open_with_its_channel() -> None:
    view = analytics_modal(channel=Choice("501", EVIL))
    assert view["blocks"][0]["element"]["initial_option"]["value"] == "501"
    assert view_refusals(view) == []


@pytest.mark.parametrize(
    ("values", "question"),
    [
        (submitted(), AnalyticsQuestion("501", "summary", "last-30d")),
        (
            submitted(figure=picked("by-field"), report_field={"value": " Severity "}),
            AnalyticsQuestion("501", "by-field", "last-30d", "Severity"),
        ),
        (
            submitted(report_field={"value": "left over"}, format=picked("csv")),
            AnalyticsQuestion("501", "summary", "last-30d", export="csv"),
        ),
    ],
    ids=["as opened", "by a field", "as a file"],
)
def test_a_submitted_form_becomes_a_question(values: Any, question: AnalyticsQuestion) -> None:
    assert analytics_form(values) == AnalyticsForm(question, "CSAFE")


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (submitted(report_channel=picked(None)), {"report_channel": "Choose a channel."}),
        (submitted(figure=picked(None)), {"figure": "Choose a figure."}),
        (submitted(figure=picked("by-field")), {"report_field": "Say by which field."}),
        (submitted(period=picked(None)), {"period": "Choose a period."}),
        (
            submitted(last_day={"selected_date": "2026-01-01"}),
            {"first_day": "Give both dates, or none."},
        ),
    ],
)
def test_mistakes_are_shown_beside_their_inputs(values: Any, errors: dict[str, str]) -> None:
    assert analytics_form(values) == errors
