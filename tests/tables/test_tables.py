import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tables.columns import Cell, Column, Kind, Sheet, cell_text, text_columns
from bot.tables.guard import FORMULA_STARTS, guarded
from bot.tables.tables import CsvWriter, csv_bytes

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2026, 11, 23, 8, 59, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-2.5", "-2.5"),
        ("+3", "+3"),
        ("-\u0663", "'-\u0663"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),  # noqa: RUF001
        ("-3,5", "-3,5"),
        ("-1.234,50", "-1.234,50"),
        ("+491701234560", "+491701234560"),
        ("-5%", "-5%"),
        ("-1e5", "-1e5"),
        ("-", "-"),
        ("---", "---"),
        ("-inf", "'-inf"),
        ("+-1", "'+-1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula_and_numbers_stay_numbers(cell: str, written: str) -> None:
    assert guarded(cell) == written


def test_rows_become_csv_that_excel_reads() -> None:
    assert (
        csv_bytes([["a", 'b"c'], ["ü", "x\ny"]])
        == ("\ufeff" + 'a,"b""c"\r\n' + 'ü,"x\ny"\r\n').encode()
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_any_text_comes_back_as_it_was(rows: list[list[str]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    read = [*csv.reader(io.StringIO(text, newline=""))]
    assert read == [[guarded(cell) for cell in row] for row in rows]
    assert not any(
        cell.startswith(FORMULA_STARTS) for row in read for cell in row if guarded(cell) != cell
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (MOMENT, "2026-11-23 09:59:30"),
        (datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),  # noqa: DTZ001 - local already
        (date(2026, 1, 2), "2026-01-02"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (-2.5, "-2.5"),
        (1e21, "1e+21"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), ""),
        (float("inf"), ""),
        (12345678901234567890, "12345678901234567890"),
    ],
)
def test_each_type_has_its_text(cell: Cell, text: str) -> None:
    assert cell_text(cell, BERLIN) == text


def test_a_table_is_streamed_with_the_zone_in_its_heading() -> None:
    columns = [Column("Who"), Column("When", Kind.MOMENT), Column("Rate", Kind.PERCENT)]
    rows: list[list[Cell]] = [["=x", MOMENT, 84.4], ["\ud800", None, -1]]
    chunks = CsvWriter(Sheet("T", columns, rows), zone=BERLIN, zone_name="Europe/Berlin")
    assert b"".join(chunks).decode("utf-8-sig").splitlines() == [
        "Who,When (Europe/Berlin),Rate",
        "'=x,2026-11-23 09:59:30,84.4",
        "?,,-1",
    ]


def test_only_some_rows_are_taken_at_a_time() -> None:
    taken = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal taken
        for taken in range(1, 10_001):  # noqa: B007 - counted for the test
            yield ["x"]

    chunks = CsvWriter(Sheet("T", text_columns(["a"]), rows()))
    pieces = iter(chunks)
    for _ in range(2):  # the mark, then the heading with the first rows
        next(pieces)
    assert taken == 499
    assert sum(piece.count(b"\r\n") for piece in pieces) == 9_501


def test_what_people_should_know_of_a_csv_is_known_when_it_is_written() -> None:
    rows: list[list[Cell]] = [["=x", "007"], ["@y", "1"]]
    writer = CsvWriter(Sheet("T", text_columns(["a", "b"]), rows, above=["Over it"]))
    lines = b"".join(writer).decode("utf-8-sig").splitlines()
    assert lines == ["Over it", "a,b", "'=x,007", "'@y,1"]
    assert (writer.remarks.guards, writer.remarks.altered) == (2, True)
