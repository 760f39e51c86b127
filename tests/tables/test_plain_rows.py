"""Rows that are only searched come out as rows that are parsed, guards and all."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.tables.guard import guarded
from bot.tables.plain_rows import PlainRows, plain_rows
from tests.tables.hostile import Rows, joined

CELLS = st.text(st.sampled_from('ab12.%e +-=@\t,;|"\r\né＝＋－＠：\ufeff'), max_size=6)  # noqa: RUF001
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8)
SEPARATORS = [",", ";", "\t", "|", "."]
ENDS = ["\r\n", "\n"]


def looked_at(rows: Rows, separator: str, end: str) -> PlainRows | None:
    """Return rows as they are found in a file that has quotation marks only where it must."""
    cells = [[_written(cell, separator) for cell in row] for row in rows]
    content = joined(cells, separator, end).encode()
    return plain_rows(content, separator.encode(), line_end=end.encode())


def _written(cell: str, separator: str) -> str:
    if {*cell}.isdisjoint({separator, *'"\r\n'}):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def read(content: bytes, separator: str) -> Rows:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=separator))


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("separator", SEPARATORS)
@given(rows=ROWS)
@example(rows=[["-1", "-1,5"], ["--", "-1.5"], ["+1", "+1;5"], ["-", "+"]])
@example(rows=[["", ""], ["\t", "\t\t"], ["=", "@a"], ["＝1", "：1"]])  # noqa: RUF001
@example(rows=[["=a\nb", 'x"=1'], ['-"', "-\r\n1"], ["-1\n", "+\t"]])
def test_what_is_searched_comes_out_as_what_is_parsed(separator: str, end: str, rows: Rows) -> None:
    found = looked_at(rows, separator, end)
    assert found is not None
    content, guards = found.guarded()
    assert read(content, separator) == [[guarded(cell) for cell in row] for row in rows]
    assert guards == sum(guarded(cell) != cell for row in rows for cell in row)
    assert read(found.written(), separator) == rows
    assert found.rows == len(rows)


@pytest.mark.parametrize("end", ENDS)
def test_rows_end_with_crlf_whatever_they_ended_with(end: str) -> None:
    found = looked_at([["a", "=1"], ["b\nc", "=2,3"]], ",", end)
    assert found is not None
    assert found.written() == b'a,=1\r\n"b\nc","=2,3"\r\n'
    assert found.guarded() == (b'a,\'=1\r\n"b\nc","\'=2,3"\r\n', 2)


@pytest.mark.parametrize(
    "piece",
    [
        b"a,b\r\n\r\nc,d\r\n",
        b"\r\na,b\r\n",
        b"a,b\rc,d\r\n",
        b"a,b\r\r\nc,d\r\n",
        b"a,b\n\rc,d\r\n",
        b'a,"b\r\n',
        b'a"b,c\r\n',
        b'"a" ,b\r\n',
        b'"a"b,c\r\n',
        b'a, "b"\r\n',
    ],
)
def test_anything_else_is_left_to_the_parser(piece: bytes) -> None:
    assert plain_rows(piece, b",", line_end=b"\r\n") is None
    assert plain_rows(piece.replace(b"\r\n", b"\n"), b",", line_end=b"\n") is None


@pytest.mark.parametrize("end", ENDS)
def test_rows_of_both_ends_are_left_to_the_parser(end: str) -> None:
    assert plain_rows(b"a,b\nc,d\r\n", b",", line_end=end.encode()) is None
