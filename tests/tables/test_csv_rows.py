"""CSV read on its way: counted and cut without being kept."""

import csv
import io
import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tables.columns import Cell
from bot.tables.csv_rows import HEAD, CsvMeter, cells, row_start, table

CELLS = st.text(st.sampled_from('ab",;\n\r é'), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12)
CUTS = st.lists(st.integers(0, 400), max_size=12)


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def chunks(content: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cuts), len(content)]
    return [content[start:end] for start, end in itertools.pairwise(edges)]


def metered(content: bytes, cuts: list[int]) -> CsvMeter:
    meter = CsvMeter()
    for chunk in chunks(content, cuts):
        meter.feed(chunk)
    return meter


@given(ROWS, CUTS)
def test_rows_are_counted_wherever_the_chunks_end(rows: list[list[str]], cuts: list[int]) -> None:
    content = written(rows)
    meter = metered(content, cuts)
    assert (meter.rows, meter.size) == (len(rows) - 1, len(content))
    assert bytes(meter.head) == content


@given(ROWS, st.integers(0, 400))
def test_a_row_begins_where_a_reader_would_begin_it(rows: list[list[str]], at: int) -> None:
    content = written(rows)
    start = row_start(content, at, quoted=False)
    ends = [len(written(rows[:count])) for count in range(1, len(rows) + 1)]
    assert start == next((end for end in ends if end > at), None)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"", 0),
        (b"a,b", 0),
        (b"a,b\r\n", 0),
        (b"a,b\n1,2", 1),
        (b'a,b\n"1\n1",2\n', 1),
        (b'a,b\n"say ""no""\n",2\n3,4', 2),
    ],
)
def test_the_last_row_may_have_no_end_and_the_heading_is_no_row(content: bytes, rows: int) -> None:
    assert metered(content, []).rows == rows


def test_only_the_beginning_is_kept() -> None:
    meter = CsvMeter()
    for _ in range(40):
        meter.feed(b"a,b\r\n" * 1000)
    assert (len(meter.head), meter.rows) == (HEAD, 39_999)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_preview_has_whole_rows_as_wide_as_the_heading(separator: str) -> None:
    lines = [["at", "note", "value"], ["1", "x"], ["2", "y", "3", "4"], ["5", "z", "6"]]
    content = "\r\n".join(map(separator.join, lines)).encode()
    assert table(content, most=2) == (("at", "note", "value"), (("1", "x", ""), ("2", "y", "3")))


def test_a_preview_leaves_out_a_row_that_was_cut() -> None:
    row = b"x" * 1000 + b",end\r\n"
    head = (b"name,end\r\n" + row * 70)[:HEAD]
    columns, rows = table(head, most=100)
    assert columns == ("name", "end")
    assert {row[1] for row in rows} == {"end"}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12", 12),
        ("-3.5", -3.5),
        ("007", "007"),
        ("+49", "+49"),
        ("1234567890123456", "1234567890123456"),
        ("1e5", "1e5"),
        ("٣", "٣"),
        ("2026-11-01T10:00:00.250Z", datetime(2026, 11, 1, 10, 0, 0, 250_000, UTC)),
        ("2026-11-01T10:00:00", "2026-11-01T10:00:00"),
        ("2026-13-01T10:00:00Z", "2026-13-01T10:00:00Z"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_text_is_a_number_or_a_moment_only_without_doubt(text: str, cell: Cell) -> None:
    assert cells([text]) == (cell,)
