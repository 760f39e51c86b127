"""Files with the worst of cells and titles, opened by LibreOffice and by a second reader."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.tables.columns import Cell, Column, Kind, Notes, Sheet, text_columns
from bot.tables.tables import CsvWriter, csv_bytes
from bot.tables.workbooks import LONGEST_CELL, write_workbook
from tests.tables.office import Office, Rows
from tests.tables.second_reader import Seen, seen

MOMENT = datetime(2026, 11, 23, 8, 59, 30, tzinfo=UTC)
NOTES = Notes(
    title='=HYPERLINK("x")',
    source="FLOW",
    made_at=MOMENT,
    period="last 30 days",
    filters=[("Event", "@SUM(A1)"), ("\u202eStatus", "a\ud800")],
    facts=[("Compared with", "October")],
    zone=ZoneInfo("Europe/Berlin"),
    zone_name="Europe/Berlin",
)
LONG = "x" * 40_000
FACES = "😀" * 20_000
BAD = (
    ("=1+1", "=1+1"),
    ("+49 30 1", "+49 30 1"),
    ("-2+3", "-2+3"),
    ("@SUM(A1)", "@SUM(A1)"),
    ("\t=1", "\t=1"),
    ("{=A1}", "{=A1}"),
    ("#REF!", "#REF!"),
    ("007", "007"),
    ("1e5", "1e5"),
    ("TRUE", "TRUE"),
    ("123456789012345678", "123456789012345678"),
    (123456789012345678, "123456789012345678"),
    (True, "yes"),
    ("https://example.com", "https://example.com"),
    ("a\ud800b", "a?b"),
    (LONG, LONG[: LONGEST_CELL - 1] + "…"),
    (FACES, FACES[: LONGEST_CELL // 2] + "…"),
    (date(1750, 1, 1), "1750-01-01"),
    (datetime(1900, 1, 1, 5), "1900-01-01 05:00:00"),  # noqa: DTZ001 - local already
    ("😀 žluťoučký", "😀 žluťoučký"),
    ("\u202eאבג abc", "\u202eאבג abc"),
    ('say "no"; then, left', 'say "no"; then, left'),
    ("two\nlines", "two\nlines"),
    (" edges ", " edges "),
)
"""Cells, and the text that both readers find; none of them is a formula or a number."""
NOTHING: Sequence[Cell] = (None, "", float("nan"), float("inf"), float("-inf"))
CONTROLS = "\x00\x01\x08\x0b\x1f\ufffe"
"""No XML has them; the format has an escape for each, which only LibreOffice undoes."""
TYPED = (
    Column("Text"),
    Column("Count", Kind.NUMBER),
    Column("Rate", Kind.PERCENT),
    Column("Day", Kind.DATE),
    Column("At", Kind.MOMENT),
)
TITLES = (
    *(
        "x" * 40,
        "x" * 40,
        "a/b:c?[d]*",
        "",
        "'",
        "History",
        "Notes",
        "it's",
        "😀" * 20,
        "\u202eאבג",
    ),
    *("=1+1", "two\nlines"),
)


def workbook(*sheets: Sheet, most_rows: int = 1_000_000) -> bytes:
    file = io.BytesIO()
    write_workbook(file, sheets, NOTES, most_rows=most_rows)
    return file.getvalue()


def numbered(count: int) -> list[list[Cell]]:
    return [[number, f"row {number}"] for number in range(count)]


WORKBOOKS = {
    "bad": workbook(Sheet("T", text_columns(["no", "cell"]), [*enumerate(c for c, _ in BAD)])),
    "nothing": workbook(Sheet("T", text_columns(["no", "cell"]), [*enumerate(NOTHING)])),
    "controls": workbook(Sheet("T", text_columns(["=a\x01", "a"]), [[CONTROLS, "_x0041_"]])),
    "typed": workbook(Sheet("T", TYPED, [["a", -3, 84.4, date(2026, 1, 2), MOMENT]])),
    "extremes": workbook(
        Sheet(
            "T",
            TYPED,
            [["", 10**15 - 1, 1e-9, date(1901, 1, 1), datetime(9999, 12, 31, tzinfo=UTC)]],
        )
    ),
    "titles": workbook(*(Sheet(title, text_columns(["a"]), [["b"]]) for title in TITLES)),
    "empty": workbook(
        Sheet("No rows", TYPED, []), Sheet("No columns", (), []), Sheet("", text_columns([""]), [])
    ),
    "long": workbook(Sheet("T", TYPED[1:2] + TYPED[:1], numbered(7)), most_rows=4),
}
CSVS = {
    "bad": b"".join(CsvWriter(Sheet("T", text_columns(["cell"]), [[each] for each, _ in BAD]))),
    "rows": csv_bytes([["a;b", 'c"d'], ["e\nf", "g\r\nh"], ["", " "], ["ä", "😀"]]),
    "typed": b"".join(
        CsvWriter(
            Sheet("T", TYPED, [["a", -3, 84.4, date(2026, 1, 2), MOMENT]]),
            zone=ZoneInfo("Europe/Berlin"),
            zone_name="Europe/Berlin",
        )
    ),
    "empty": csv_bytes([["a", "b"]]),
}
Opened = Mapping[str, Mapping[str, Rows]]


@pytest.fixture(scope="module")
def opened(office: Office) -> Opened:
    """Return what LibreOffice reads of every workbook, all opened in one call."""
    return office.read(WORKBOOKS)


@pytest.fixture(scope="module")
def imported(office: Office) -> dict[str, Seen]:
    """Return what LibreOffice makes of every CSV, as the second reader sees it."""
    made = office.workbooks_of(CSVS)
    return {name: next(iter(seen(content).values())) for name, content in made.items()}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_workbook_opens_with_the_sheets_that_the_second_reader_finds(
    opened: Opened, name: str
) -> None:
    second = seen(WORKBOOKS[name])
    assert list(second)[-1] == "Notes"
    assert sorted(map(plain, opened[name])) == sorted(map(plain, second))


@pytest.mark.parametrize("name", WORKBOOKS)
def test_no_cell_of_a_workbook_is_a_formula(name: str) -> None:
    assert {each.formulas for each in seen(WORKBOOKS[name]).values()} == {0}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_table_has_a_frozen_heading_and_a_filter(name: str) -> None:
    for title, sheet in seen(WORKBOOKS[name]).items():
        assert (sheet.frozen, bool(sheet.filtered)) == (
            ("", False) if title == "Notes" else ("A2", True)
        )


def test_what_looks_like_something_else_is_text_for_both(opened: Opened) -> None:
    expected = [shown for _, shown in BAD]
    assert [row[1] for row in opened["bad"]["T"][1:]] == expected
    assert [row[1] for row in seen(WORKBOOKS["bad"])["T"].rows[1:]] == expected


def test_what_is_no_number_is_an_empty_cell_for_both(opened: Opened) -> None:
    assert {row[1] for row in opened["nothing"]["T"][1:]} == {""}
    assert {row[1] for row in seen(WORKBOOKS["nothing"])["T"].rows[1:]} <= {"", None}


def test_control_characters_come_back(opened: Opened) -> None:
    [heading, row] = opened["controls"]["T"]
    assert heading == ["=a\x01", "a"]
    assert row[1] == "_x0041_"
    assert row[0].lstrip("\x00") == CONTROLS.lstrip("\x00")


def test_types_arrive_as_themselves_for_both(opened: Opened) -> None:
    assert opened["typed"]["T"][1] == ["a", "-3", "84.4%", "2026-01-02", "2026-11-23 09:59:30"]
    assert seen(WORKBOOKS["typed"])["T"].rows[1] == [
        *("a", -3, 84.4),
        *(datetime(2026, 1, 2), datetime(2026, 11, 23, 9, 59, 30)),  # noqa: DTZ001
    ]


def test_extremes_arrive_as_themselves_for_both(opened: Opened) -> None:
    shown = ["", "999999999999999", "0.0%", "1901-01-01", "9999-12-31 01:00:00"]
    assert opened["extremes"]["T"][1] == shown
    values = seen(WORKBOOKS["extremes"])["T"].rows[1]
    assert values[1:4] == [10**15 - 1, 1e-9, datetime(1901, 1, 1)]  # noqa: DTZ001


def test_a_table_without_rows_is_its_heading(opened: Opened) -> None:
    assert opened["empty"]["No rows"][0] == ["Text", "Count", "Rate", "Day", "At (Europe/Berlin)"]
    assert opened["empty"]["No columns"] == [[]]


def test_a_table_that_goes_on_is_whole_for_both(opened: Opened) -> None:
    titles = ("T", "T (2)", "T (3)")
    rows = [row for title in titles for row in opened["long"][title][1:]]
    assert rows == [[f"{number}", f"row {number}"] for number in range(7)]
    second = seen(WORKBOOKS["long"])
    assert [row for title in titles for row in second[title].rows[1:]] == numbered(7)


def test_the_notes_tell_where_the_figures_come_from_for_both(opened: Opened) -> None:
    expected: list[list[Any]] = [
        ["Title", '=HYPERLINK("x")'],
        ["Source", "FLOW"],
        ["Period", "last 30 days"],
        ["Time zone", "Europe/Berlin"],
        ["Made", "2026-11-23 09:59:30"],
        ["Filter: Event", "@SUM(A1)"],
        ["Filter: \u202eStatus", "a?"],
        ["Compared with", "October"],
        ["Rows in T", "7"],
    ]
    assert opened["long"]["Notes"] == expected
    assert seen(WORKBOOKS["long"])["Notes"].rows == [*expected[:-1], ["Rows in T", 7]]


def test_the_notes_count_the_rows_of_each_sheet_by_the_title_it_has() -> None:
    told = {row[0] for row in seen(WORKBOOKS["titles"])["Notes"].rows}
    titles = [title for title in seen(WORKBOOKS["titles"]) if title != "Notes"]
    assert {f"Rows in {title}" for title in titles} <= told


# CSV, as LibreOffice imports it


@pytest.mark.parametrize("name", CSVS)
def test_no_cell_of_a_csv_becomes_a_formula(imported: Mapping[str, Seen], name: str) -> None:
    assert imported[name].formulas == 0


def test_csv_keeps_quotes_line_ends_and_separators(imported: Mapping[str, Seen]) -> None:
    rows = imported["rows"].rows
    assert rows[0] == ["a;b", 'c"d']
    assert [cell.replace("_x000D_", "").split("\n") for cell in rows[1]] == [["e", "f"], ["g", "h"]]
    assert rows[3] == ["ä", "😀"]


def test_a_csv_that_is_hostile_is_read_as_text_with_its_guard(imported: Mapping[str, Seen]) -> None:
    read = [row[0] for row in imported["bad"].rows[1:]]
    assert read[:5] == ["'=1+1", "'+49 30 1", "'-2+3", "'@SUM(A1)", "'\t=1"]
    assert len(read) == len(BAD)


def test_a_csv_with_types_is_read_as_them(imported: Mapping[str, Seen]) -> None:
    heading, row = imported["typed"].rows
    assert heading[-1] == "At (Europe/Berlin)"
    assert row[:3] == ["a", -3, 84.4]
    assert row[3:] == [datetime(2026, 1, 2), datetime(2026, 11, 23, 9, 59, 30)]  # noqa: DTZ001


def test_the_mark_at_the_beginning_is_no_part_of_the_heading(imported: Mapping[str, Seen]) -> None:
    assert imported["empty"].rows == [["a", "b"]]


def plain(title: str) -> str:
    """Return a title as it can be part of a file's name on any system."""
    return "".join(letter for letter in title if letter.isalnum())
