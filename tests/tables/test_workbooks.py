import io
import re
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.tables.columns import Cell, Column, Kind, Notes, Sheet, text_columns
from bot.tables.workbooks import LONGEST_CELL, write_workbook
from tests.tables.reading import ReadSheet, read_workbook
from tests.tables.second_reader import seen

MOMENT = datetime(2026, 11, 23, 8, 59, 30, tzinfo=UTC)
NOTES = Notes(
    title="Registrants",
    source="FLOW",
    made_at=MOMENT,
    period="last 30 days",
    filters=[("Event", "=1+1")],
    zone=ZoneInfo("Europe/Berlin"),
    zone_name="Europe/Berlin",
)
COLUMNS = [
    Column("Name"),
    Column("Count", Kind.NUMBER),
    Column("Rate", Kind.PERCENT),
    Column("Day", Kind.DATE),
    Column("At", Kind.MOMENT),
]


def written(*sheets: Sheet, notes: Notes = NOTES) -> dict[str, ReadSheet]:
    file = io.BytesIO()
    write_workbook(file, sheets, notes)
    return read_workbook(file.getvalue())


def one_row(*cells: Cell, columns: Sequence[Column] = COLUMNS) -> dict[str, str]:
    return written(Sheet("T", columns, [cells]))["T"].rows[1]


def test_each_type_arrives_as_itself() -> None:
    row = one_row("Ada", 3, 84.4, date(2026, 11, 23), MOMENT)
    day = (date(2026, 11, 23) - date(1899, 12, 30)).days
    moment = float(row.pop("E").removeprefix("n:"))
    assert float(row.pop("C").removeprefix("n:")) == pytest.approx(84.4)
    assert row == {"A": "s:Ada", "B": "n:3", "D": f"n:{day}"}
    shown = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=moment)
    assert abs(shown - datetime(2026, 11, 23, 9, 59, 30, tzinfo=UTC)) < timedelta(seconds=1)


def test_rates_dates_and_moments_each_look_like_what_they_are() -> None:
    sheet = written(Sheet("T", COLUMNS, [("a", 1, 2, date(2026, 1, 1), MOMENT)]))["T"]
    styles = re.findall(r'<c r="[CDE]2" s="(\d+)"', sheet.xml)
    assert len(set(styles)) == 3


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "007", "https://example.com", "{=A1}", "1e5"]
)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    sheet = written(Sheet("T", COLUMNS, [[text]]))["T"]
    assert sheet.rows[1] == {"A": f"s:{text}"}
    assert "<f>" not in sheet.xml
    assert "hyperlink" not in sheet.xml


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (True, "s:yes"),
        (10**15, "s:1000000000000000"),
        (10**15 - 1, "n:999999999999999"),
        (date(1750, 1, 1), "s:1750-01-01"),
        ("a\ud800", "s:a?"),
        ("\x01", "s:_x0001_"),
        ("x" * 40_000, f"s:{'x' * (LONGEST_CELL - 1)}…"),
    ],
)
def test_what_excel_cannot_hold_is_still_shown(cell: Cell, read: str) -> None:
    assert one_row(cell)["A"] == read


@pytest.mark.parametrize("cell", [None, "", float("nan"), float("-inf")])
def test_nothing_is_an_empty_cell(cell: Cell) -> None:
    assert one_row("a", cell).get("B", "s:") == "s:"


def test_the_heading_is_frozen_filtered_and_names_the_zone() -> None:
    sheet = written(Sheet("T", COLUMNS, [["a"], ["b"], ["c"]]))["T"]
    assert (sheet.frozen, sheet.filtered) == ("A2", "A1:E4")
    assert [*sheet.rows[0].values()] == [
        "s:Name",
        "s:Count",
        "s:Rate",
        "s:Day",
        "s:At (Europe/Berlin)",
    ]


def test_columns_are_as_wide_as_their_text_within_bounds() -> None:
    rows = [["x" * 20, "y" * 500, ""]]
    sheet = written(Sheet("T", text_columns(["a", "b", "c"]), rows))["T"]
    a, b, c = sheet.widths
    assert c < a < b < 70


def test_the_notes_say_where_the_figures_come_from() -> None:
    notes = written(Sheet("People", COLUMNS, [["a"], ["b"]]))["Notes"]
    assert dict(zip(notes.column("A"), notes.column("B"), strict=True)) == {
        "s:Title": "s:Registrants",
        "s:Source": "s:FLOW",
        "s:Period": "s:last 30 days",
        "s:Time zone": "s:Europe/Berlin",
        "s:Made": "s:2026-11-23 09:59:30",
        "s:Filter: Event": "s:=1+1",
        "s:Rows in People": "n:2",
    }


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (["a/b:c", "A/B:C"], ["a b c", "A B C (2)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["", "'"], ["Table", "Table (2)"]),
        (["notes"], ["notes (2)"]),
        (["History"], ["History of it"]),
    ],
)
def test_titles_are_made_to_fit(titles: list[str], shown: list[str]) -> None:
    sheets = [Sheet(title, COLUMNS, []) for title in titles]
    assert [*written(*sheets)] == [*shown, "Notes"]


def test_a_table_too_long_for_a_sheet_goes_on_in_further_ones() -> None:
    file = io.BytesIO()
    rows = [[str(number)] for number in range(5)]
    remarks = write_workbook(file, [Sheet("T", text_columns(["n"]), rows)], NOTES, most_rows=3)
    sheets = read_workbook(file.getvalue())
    assert remarks.sheets == 2
    assert "goes on in 2 more sheets" in remarks.sentences()[0]
    assert [sheets[title].column("A") for title in ("T", "T (2)", "T (3)")] == [
        ["s:n", "s:0", "s:1"],
        ["s:n", "s:2", "s:3"],
        ["s:n", "s:4"],
    ]


def test_the_rows_of_all_tables_are_counted() -> None:
    sheets = [Sheet("A", COLUMNS, [["a"]] * 3), Sheet("B", COLUMNS, [["b"]] * 4)]
    notes = [[*row.values()] for row in written(*sheets)["Notes"].rows]
    assert notes[-2:] == [["s:Rows in A", "n:3"], ["s:Rows in B", "n:4"]]


def test_a_cell_that_had_to_be_cut_is_counted() -> None:
    rows = [["x" * 40_000], ["😀" * 20_000], ["x" * 32_767]]
    remarks = write_workbook(io.BytesIO(), [Sheet("T", COLUMNS, rows)], NOTES)
    assert remarks.cut == 2
    assert "2 cells were cut" in remarks.sentences()[0]


def test_columns_beyond_those_of_excel_are_left_out_and_counted() -> None:
    file = io.BytesIO()
    names = [f"c{number}" for number in range(16_390)]
    remarks = write_workbook(file, [Sheet("T", text_columns(names), [names])], NOTES)
    assert remarks.left_out == 6
    assert len(read_workbook(file.getvalue())["T"].rows[1]) == 16_384


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        (4_006_381_333_931, "0"),
        (99_999_999_999, None),
        (Decimal("1.10"), "0.00"),
        (Decimal("1.1"), None),
        (Decimal("0.123456789012"), "0.000000000000"),
        (datetime(2026, 1, 2, 3, 4, 5, 250_000, UTC), "yyyy-mm-dd hh:mm:ss.000"),
    ],
)
def test_a_number_is_shown_as_it_is_written(cell: Cell, form: str | None) -> None:
    file = io.BytesIO()
    write_workbook(file, [Sheet("T", [Column("a")], [[cell]])], NOTES)
    [_, [found]] = seen(file.getvalue())["T"].formats
    assert found == (form or "General")


def test_lines_over_a_heading_are_among_the_notes() -> None:
    notes = written(Sheet("T", COLUMNS, [], above=["Report", "=1+1"]))["Notes"]
    assert [row["B"] for row in notes.rows if row["A"] == "s:Above the table"] == [
        *("s:Report", "s:=1+1")
    ]


def test_the_same_rows_make_the_same_file() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        write_workbook(file, [Sheet("T", COLUMNS, [["a", 1]])], NOTES)
    assert first.getvalue() == second.getvalue()


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        rows: Iterator[list[Cell]] = ([f"name {number}", number] for number in range(count))
        with io.BytesIO() as file:
            write_workbook(file, [Sheet("T", COLUMNS, rows)], NOTES)
            file_size = file.tell()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most - file_size

    assert peak(6000) < peak(1000) + 500_000
