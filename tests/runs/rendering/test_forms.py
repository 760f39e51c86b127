from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.runs.core.form_answers import AnswerValues
from bot.runs.core.user_input import FieldKind, QuestionField, UserInput
from bot.runs.model import Flow
from bot.runs.rendering.batches import batch_modal, batch_preview
from bot.runs.rendering.forms import (
    RunForm,
    answer_form,
    answer_modal,
    flow_options,
    run_form,
    run_modal,
)
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.modals import loading_modal
from sandbox.slack.blocks import view_problems
from tests.runs.rendering.samples import FOR_THE_PANEL, QUESTION
from tests.snapshots import expected
from tests.training.rendering.samples import EVIL, vendor_text

INVOICES = Flow("flow-1", "Monthly invoices", input="user")
FLOWS = (INVOICES, Flow("flow-2", "Invoice letters"), Flow("flow-3", ""), Flow("x" * 151, "Invo"))
UPLOADED = {"id": "F1", "name": "order.xml", "size": 120}


def submitted(**given: Any) -> dict[str, Any]:
    """Return state.values as Slack sends them: by block id, each with an action of that name."""
    filled: dict[str, Any] = {
        "flow_to_run": {"type": "external_select", "selected_option": {"value": "flow-1"}},
        "run_input": {"type": "plain_text_input", "value": None},
        "run_file": {"type": "file_input", "files": []},
        "conversation": {"type": "conversations_select", "selected_conversation": "CTRAIN"},
    }
    return {name: {name: state} for name, state in (filled | given).items()}


def given_answer(**given: Any) -> dict[str, Any]:
    """Return state.values of the question's form, each input by the label of its field."""
    view = answer_modal(QUESTION, flow="Invoices", metadata="")
    assert view
    inputs = {each["label"]["text"]: each for each in view["blocks"] if each["type"] == "input"}
    values = {each["block_id"]: {"answer": _as_opened(each["element"])} for each in inputs.values()}
    for label, state in given.items():
        values[inputs[label.replace("_", " ")]["block_id"]] = {"answer": state}
    return values


def _as_opened(element: Any) -> dict[str, Any]:
    return {
        "value": element.get("initial_value"),
        "selected_date": element.get("initial_date"),
        "selected_option": element.get("initial_option"),
    }


def test_the_modal_asks_for_flow_input_and_place() -> None:
    view = run_modal(metadata="key-1")
    assert view == expected("modal_run", view)


def test_the_modal_can_open_with_a_flow_and_an_input() -> None:
    view = run_modal(chosen=INVOICES, xml="<order/>")
    flow, pasted = view["blocks"][0]["element"], view["blocks"][1]["element"]
    assert flow["initial_option"]["value"] == "flow-1"
    assert pasted["initial_value"] == "<order/>"


def test_an_input_that_is_given_is_shown_and_not_asked_for() -> None:
    view = run_modal(given="the file order.xml")
    assert [block["type"] for block in view["blocks"]] == ["input", "rich_text", "input"]
    assert "Input: the file order.xml" in str(view["blocks"][1])


def test_an_input_that_slack_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="3000"):
        run_modal(xml="x" * 3_001)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (submitted(), RunForm("flow-1", "CTRAIN")),
        (
            submitted(run_input={"value": '<?xml version="1.0"?><order/>'}),
            RunForm("flow-1", "CTRAIN", b"<order/>"),
        ),
        (
            submitted(run_file={"files": [UPLOADED]}),
            RunForm("flow-1", "CTRAIN", file="F1"),
        ),
        (
            submitted(run_file={"files": [{"id": "F1"}]}, run_input={"value": " "}),
            RunForm("flow-1", "CTRAIN", file="F1"),
        ),
        (
            {"flow_to_run": {"flow_to_run": {"selected_option": {"value": "flow-1"}}}},
            RunForm("flow-1", ""),
        ),
    ],
    ids=["no input", "pasted", "uploaded", "a bare file", "inputs missing"],
)
def test_a_submitted_form_is_a_run(values: Any, form: RunForm) -> None:
    assert run_form(values) == form


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            submitted(flow_to_run={"selected_option": None}),
            {"flow_to_run": "Choose a flow."},
        ),
        (
            submitted(run_input={"value": "<a/>"}, run_file={"files": [UPLOADED]}),
            {"run_file": "Paste the XML or upload it, not both."},
        ),
        (
            submitted(run_input={"value": "\n<order>\n  <a></b>\n</order>"}),
            {
                "run_input": "Line 3, column 8: this closing tag does not fit the element that is "
                "open."
            },
        ),
        (
            submitted(run_input={"value": "<!DOCTYPE a><a/>"}),
            {
                "run_input": "Line 1, column 12: a document type (<!DOCTYPE …>) is not accepted.",
            },
        ),
    ],
    ids=["no flow", "two inputs", "not well-formed", "a document type"],
)
def test_a_mistake_is_shown_beside_its_input(values: Any, errors: dict[str, str]) -> None:
    assert run_form(values) == errors


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", ["flow-3", "flow-2", "flow-1"]),
        ("INVO", ["flow-2", "flow-1"]),
        ("monthly", ["flow-1"]),
        ("nothing like it", []),
    ],
    ids=["all", "beginnings first", "a beginning", "nothing"],
)
def test_flows_are_suggested_while_typing(query: str, values: list[str]) -> None:
    assert [each["value"] for each in flow_options(FLOWS, query)] == values


def test_a_flow_without_a_name_is_suggested_by_its_id() -> None:
    assert flow_options(FLOWS, "")[0]["text"]["text"] == "flow-3"


def test_no_more_than_a_hundred_flows_are_suggested() -> None:
    assert len(flow_options([Flow(str(number), "name") for number in range(150)], "name")) == 100


def test_the_question_of_a_run_becomes_a_form() -> None:
    view = answer_modal(QUESTION, flow="Monthly invoices", metadata="key-1")
    assert view == expected("modal_answer", view)


def test_a_question_for_the_panel_is_no_form() -> None:
    assert answer_modal(FOR_THE_PANEL, flow="Invoices", metadata="") is None


def test_a_question_that_was_only_looked_at_goes_back_as_it_came() -> None:
    assert answer_form(QUESTION, given_answer()) == AnswerValues(
        {each.key: each.default for each in QUESTION.fields}
    )


def test_what_was_filled_in_goes_to_the_vendor_by_key() -> None:
    found = answer_form(
        QUESTION,
        given_answer(
            Note={"value": "Two lines\nof text"},
            Copies={"value": "3"},
            Are_you_sure={"selected_option": {"value": "no"}},
            Format={"selected_option": {"value": "2"}},
            Paid_on={"selected_date": "2026-11-22"},
        ),
    )
    assert found == AnswerValues(
        {
            "note": "Two lines\nof text",
            "who": "Ada",
            "sum": 12.5,
            "copies": 3,
            "send": True,
            "sure": False,
            "format": 3,
            "printer": None,
            "due": "2026-11-30",
            "paid": "2026-11-22",
        }
    )


def test_a_wrong_answer_is_told_beside_its_input() -> None:
    found = answer_form(QUESTION, given_answer(Approved_by={"value": None}))
    assert found == {"1:who": "This is needed."}


def test_a_form_can_be_open_before_it_is_known() -> None:
    assert loading_modal("Answer a Smart Flow")["callback_id"] == Callback.NOTICE


def test_all_modals_are_ones_that_slack_takes() -> None:
    views = [
        run_modal(),
        run_modal(metadata="k" * 3_000, chosen=Flow("f", EVIL), xml="<a/>"),
        run_modal(given=EVIL),
        loading_modal("Answer a Smart Flow"),
        answer_modal(QUESTION, flow=EVIL, metadata="k"),
    ]
    assert [view_problems(each) for each in views] == [[]] * len(views)


_FIELDS = st.builds(
    QuestionField,
    key=vendor_text,
    label=vendor_text,
    kind=st.sampled_from([each for each in FieldKind if each is not FieldKind.CHOICE]),
    required=st.booleans(),
    default=st.none() | vendor_text | st.integers() | st.floats() | st.booleans(),
    hint=vendor_text,
    longest=st.none() | st.integers(1, 5_000),
)


@settings(deadline=None)
@given(st.lists(_FIELDS, max_size=5), vendor_text)
def test_any_question_is_a_form_that_slack_takes_or_none(
    asked: list[QuestionField], title: str
) -> None:
    choice = replace(QUESTION.fields[6], label=title)
    view = answer_modal(UserInput(title, (*asked, choice)), flow=title, metadata="")
    assert view is None or view_problems(view) == []


def test_the_form_of_runs_that_ask_nobody_and_its_preview_are_views_that_slack_takes() -> None:
    evil = Flow(EVIL, EVIL)
    views = [
        batch_modal(),
        batch_modal(chosen=evil),
        batch_preview(EVIL, [{EVIL: EVIL, "n": number} for number in range(20)], metadata="m"),
        batch_preview("", [{}], metadata="m"),
    ]
    assert [view_problems(each) for each in views] == [[]] * 4
