from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.tables.columns import TextTable
from bot.webinars.model import Operator, Phase, Room, Survey
from bot.webinars.rendering.reports import (
    operator_list,
    report_message,
    report_parts,
    room_list,
    survey_list,
)
from tests.slack.checks import all_refusals, refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, vendor_text
from tests.webinars.rendering.samples import CHAT, NO_ROWS, OPERATORS, PAST, ROOMS, SURVEYS

COMPILED = report_parts("compiled", (NO_ROWS, CHAT, NO_ROWS, CHAT))


def test_the_compiled_report_says_what_its_sheets_have() -> None:
    rendered = report_message(
        PAST, COMPILED, OCCASION, report="compiled", export="xlsx", personal=True
    )
    assert as_json(rendered) == expected("event_report", rendered)
    assert refusals(rendered) == []


@pytest.mark.parametrize(
    ("report", "tables", "export", "text"),
    [
        (
            "compiled",
            (NO_ROWS, CHAT, NO_ROWS, CHAT),
            "csv",
            "Spring talk: compiled report, 4 CSV files in the thread (4 rows).",
        ),
        (
            "attendee-chat",
            (CHAT,),
            "csv",
            "Spring talk: chat of the attendees, CSV file in the thread (2 rows).",
        ),
        (
            "survey",
            (NO_ROWS,),
            "csv",
            "Spring talk: survey responses is empty, so there is no file.",
        ),
    ],
    ids=["four files", "one file", "no rows"],
)
def test_a_report_says_where_its_files_are(
    report: str, tables: tuple[TextTable, ...], export: str, text: str
) -> None:
    parts = report_parts(report, tables)
    rendered = report_message(PAST, parts, OCCASION, report=report, export=export, personal=False)
    assert rendered.text == text
    assert refusals(rendered) == []


def test_surveys_are_listed_with_how_to_get_the_answers() -> None:
    rendered = survey_list(PAST, SURVEYS, OCCASION, phase=Phase.OVER)
    assert as_json(rendered) == expected("survey_list", rendered)
    assert all_refusals(rendered) == []


def test_operators_are_listed_by_name() -> None:
    rendered = operator_list(OPERATORS, OCCASION, personal=True)
    assert as_json(rendered) == expected("operator_list", rendered)
    assert all_refusals(rendered) == []


def test_rooms_have_a_button_for_a_personal_link() -> None:
    rendered = room_list(ROOMS, OCCASION)
    assert as_json(rendered) == expected("room_list", rendered)
    assert all_refusals(rendered) == []


def test_of_many_rooms_one_is_chosen_in_a_menu() -> None:
    many = [Room(number, f"Room {number}") for number in range(45)]
    rendered = room_list(many, OCCASION)
    [menu] = rendered.message.blocks[-2]["elements"]
    assert (menu["placeholder"]["text"], len(menu["options"])) == ("Enter a room", 45)
    assert all_refusals(rendered) == []


def test_nothing_to_list_is_a_sentence() -> None:
    assert (
        survey_list(PAST, (), OCCASION, phase=Phase.OVER).message.text == "Spring talk: no survey."
    )
    assert operator_list((), OCCASION, personal=False).message.text == "FLOW lists no hosts."
    assert room_list((), OCCASION).message.text == "FLOW lists no rooms."


def test_what_everybody_may_see_does_not_say_that_only_you_see_it() -> None:
    assert "Only you" not in str(operator_list(OPERATORS, OCCASION, personal=False).message.blocks)


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    event = replace(PAST, title=one)
    table = TextTable((one, other), ((other, one),) * 9)
    parts = report_parts("compiled", (table,) * 4)
    made = report_message(event, parts, OCCASION, report="compiled", export="csv", personal=True)
    assert refusals(made) == []
    assert (
        all_refusals(survey_list(event, [Survey(1, other, one)] * 150, OCCASION, phase=Phase.OVER))
        == []
    )
    operators = [Operator(1, one, other, title=one, company=other)] * 150
    assert all_refusals(operator_list(operators, OCCASION, personal=True)) == []
    assert all_refusals(room_list([Room(1, one, other)] * 60, OCCASION)) == []
