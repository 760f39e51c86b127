from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.rendering.forms import export_form, export_modal
from bot.errors import UserError
from bot.slack.blocks.inputs import option
from bot.slack.blocks.modals import problem_view
from bot.slack.blocks.problems import problem
from bot.training.question import ReportQuestion
from bot.training.rendering.forms import ReportForm, flow_options, report_form, report_modal
from tests.snapshots import expected

NAMES = {
    "Safety on ladders": "flow_1",
    "Ladder Safety": "flow_2",
    "onboarding": "flow_3",
}


def submitted(**given: Any) -> dict[str, Any]:
    """Return state.values as Slack sends them: by block id, each with an action of that name."""
    filled: dict[str, Any] = {
        "flow": {"type": "external_select", "selected_option": {"value": "onboarding"}},
        "flow_id": {"type": "plain_text_input", "value": None},
        "period": {"type": "static_select", "selected_option": {"value": "last-30d"}},
        "first_day": {"type": "datepicker", "selected_date": None},
        "last_day": {"type": "datepicker", "selected_date": None},
        "status": {"type": "static_select", "selected_option": {"value": "any"}},
        "format": {"type": "static_select", "selected_option": {"value": "show"}},
        "detailed": {"type": "checkboxes", "selected_options": []},
        "conversation": {"type": "conversations_select", "selected_conversation": "CTRAIN"},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def picked(value: str | None) -> dict[str, Any]:
    return {"selected_option": {"value": value} if value else None}


def test_the_report_modal_asks_for_everything_a_command_can_say() -> None:
    view = report_modal(metadata="key-1")
    assert view == expected("modal_report", view)


def test_the_export_modal_says_of_what_and_asks_for_the_format() -> None:
    view = export_modal(about="Onboarding, last 30 days", metadata="key-1")
    assert view == expected("modal_export", view)


def test_a_modal_offers_only_the_formats_that_can_be_had() -> None:
    view = export_modal(about="Checkout", metadata="key-1", formats=("csv", "xlsx"))
    options = view["blocks"][1]["element"]["options"]
    assert [each["value"] for each in options] == ["csv", "xlsx"]


def test_a_modal_can_show_a_problem() -> None:
    view = problem_view("Export the data", problem(UserError("That report is too old.")))
    assert view == expected("modal_problem", view)


def test_metadata_that_slack_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="3000"):
        report_modal(metadata="x" * 3_001)


def test_an_option_that_slack_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="150"):
        option("label", "")


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (submitted(), ReportForm(ReportQuestion("onboarding", "last-30d"), "CTRAIN")),
        (
            submitted(
                status=picked("overdue"),
                format=picked("xlsx"),
                detailed={"selected_options": [{"value": "detailed"}]},
            ),
            ReportForm(
                ReportQuestion("onboarding", "last-30d", "overdue", detailed=True, export="xlsx"),
                "CTRAIN",
            ),
        ),
        (
            submitted(flow=picked(None), flow_id={"value": " flow_123abc "}, period=picked("any")),
            ReportForm(ReportQuestion("flow_123abc"), "CTRAIN"),
        ),
        (
            submitted(
                first_day={"selected_date": "2026-01-01"}, last_day={"selected_date": "2026-03-31"}
            ),
            ReportForm(ReportQuestion("onboarding", "2026-01-01..2026-03-31"), "CTRAIN"),
        ),
        (
            {"flow": {"flow": picked("onboarding")}},
            ReportForm(ReportQuestion("onboarding"), ""),
        ),
    ],
    ids=["as opened", "everything", "an id and all dates", "two dates", "inputs missing"],
)
def test_a_submitted_report_becomes_a_question(values: Any, form: ReportForm) -> None:
    assert report_form(values) == form


@pytest.mark.parametrize(
    ("values", "block_id", "part"),
    [
        (submitted(flow=picked(None)), "flow", "Choose a flow"),
        (submitted(flow_id={"value": "flow_1"}), "flow_id", "not both"),
        (submitted(flow=picked(None), flow_id={"value": "two words"}), "flow_id", "one word"),
        (submitted(first_day={"selected_date": "2026-01-01"}), "last_day", "both dates"),
        (submitted(last_day={"selected_date": "2026-01-01"}), "first_day", "both dates"),
        (
            submitted(
                first_day={"selected_date": "2026-03-31"}, last_day={"selected_date": "2026-01-01"}
            ),
            "last_day",
            "before the start",
        ),
        (submitted(period=picked("someday")), "period", "Periods that work"),
    ],
)
def test_a_mistake_is_shown_beside_its_input(values: Any, block_id: str, part: str) -> None:
    errors = report_form(values)
    assert isinstance(errors, dict)
    assert list(errors) == [block_id]
    assert part in errors[block_id]


def test_all_mistakes_are_shown_at_once() -> None:
    values = submitted(flow=picked(None), last_day={"selected_date": "2026-01-01"})
    assert report_form(values) == {
        "flow": "Choose a flow here, or give its id below.",
        "first_day": "Give both dates, or none.",
    }


def test_a_submitted_export_becomes_a_format() -> None:
    assert export_form(submitted(format=picked("pdf"))) == "pdf"


def test_an_export_without_a_known_format_asks_for_one() -> None:
    assert export_form(submitted(format=picked("doc"))) == {"format": "Choose a format."}


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", ["all", "Ladder Safety", "onboarding", "Safety on ladders"]),
        ("SAFE", ["Safety on ladders", "Ladder Safety"]),
        ("flow_9", ["flow_9"]),
        ("nothing like it", []),
    ],
    ids=["all", "beginnings first", "an id", "nothing"],
)
def test_flows_are_suggested_while_typing(query: str, values: list[str]) -> None:
    assert [each["value"] for each in flow_options(NAMES, query)] == values


def test_no_more_than_a_hundred_flows_are_suggested() -> None:
    assert len(flow_options({f"name {n}": "flow_1" for n in range(150)}, "name")) == 100


@settings(deadline=None)
@given(st.text())
def test_any_query_gives_options_that_slack_takes(query: str) -> None:
    for each in flow_options(NAMES, query):
        assert 1 <= len(each["text"]["text"]) <= 75
        assert 1 <= len(each["value"]) <= 150
