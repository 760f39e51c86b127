from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.tables.columns import Kind, Sheet, TextTable, heading
from bot.tables.tables import CsvWriter
from bot.webinars.rendering.reports import report_parts
from bot.webinars.rendering.sheets import (
    events_sheet,
    operators_sheet,
    registrants_sheet,
    report_sheets,
    rows_message,
)
from tests.slack.checks import refusals
from tests.training.rendering.samples import OCCASION, vendor_text
from tests.webinars.rendering.samples import (
    CHAT,
    EVENT,
    NO_ROWS,
    ODD,
    OPERATORS,
    REGISTRANTS,
)


def lines(sheet: Sheet) -> list[str]:
    text = b"".join(CsvWriter(sheet, zone=UTC)).decode("utf-8-sig")
    return text.splitlines()


def test_events_become_rows_with_their_beginnings_as_moments() -> None:
    sheet = events_sheet([EVENT, ODD], title="Events")
    assert sheet.columns[0].kind is Kind.MOMENT
    rows = lines(sheet)
    assert rows[0].startswith("Begins (UTC),Time zone of the event,Event,")
    assert rows[1].startswith("2026-12-04 14:00:00,Europe/Amsterdam,Quarterly update,")
    assert rows[2].startswith('"soon, perhaps",')


def test_registrants_become_rows_with_their_minutes() -> None:
    rows = lines(registrants_sheet(REGISTRANTS, title="Registrants"))
    assert rows[1] == (
        "Gus,Guest,guest@example.com,'+49 30 1234,,Guest,yes,40,2026-11-20 10:02:00,"
        "2026-11-20 10:42:00"
    )
    assert rows[3] == "Gil,Ghost,ghost@example.com,,,Guest,no,,,"


def test_operators_become_rows() -> None:
    assert (
        lines(operators_sheet(OPERATORS))[1] == "Bob Example,bob@example.com,Trainer,Example Ltd,2"
    )


def test_each_part_of_a_report_is_a_sheet_of_its_name() -> None:
    sheets = report_sheets(report_parts("compiled", (NO_ROWS, CHAT, NO_ROWS, CHAT)))
    assert [sheet.title for sheet in sheets] == [
        "Registrants",
        "Chat of the attendees",
        "Chat of the hosts",
        "Survey responses",
    ]
    assert lines(sheets[1]) == ["Name,Message", "Gus,Hello <!channel>", "Lea,'=1+1"]


def test_a_report_s_moments_are_real_ones_and_its_phone_numbers_stay_whole() -> None:
    columns = ("Phone", "Entry Time", "When")
    rows = (
        ("0049301234567890", "2026-11-20 10:02:00", "2026-11-20 10:02:00"),
        ("+4930", "", "soon"),
    )
    [sheet] = report_sheets({"Registrants": TextTable(columns, rows)})
    kinds = [(each.kind, each.zoned) for each in sheet.columns]
    assert kinds == [(Kind.TEXT, True), (Kind.MOMENT, False), (Kind.TEXT, True)]
    assert next(list(row) for row in sheet.rows)[:2] == [
        "0049301234567890",
        datetime(2026, 11, 20, 10, 2),  # noqa: DTZ001 - the vendor names no zone
    ]


def test_times_of_no_zone_have_a_heading_without_one() -> None:
    sheet = registrants_sheet(REGISTRANTS, title="Registrants")
    assert [heading(each, "Europe/Berlin") for each in sheet.columns[-2:]] == ["Entered", "Left"]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (REGISTRANTS, "Registrants: CSV file in the thread (4 rows)."),
        ((), "Registrants: nothing there yet, so there is no file."),
    ],
)
def test_a_file_has_a_parent_and_nothing_has_no_file(rows: tuple[object, ...], text: str) -> None:
    rendered = rows_message("Registrants", rows, OCCASION, export="csv", personal=True)
    assert rendered.text == text
    assert refusals(rendered) == []


@settings(deadline=None)
@given(vendor_text)
def test_no_vendor_text_becomes_markup(title: str) -> None:
    assert refusals(rows_message(title, [1], OCCASION, export="xlsx", personal=False)) == []
