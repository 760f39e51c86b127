"""Somebody's CSV on its way: read whatever it is, guarded, and the same however it comes."""

import csv
import io
import itertools
import tracemalloc
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.tables.csv_cleaning import BLOCK, ColumnsDifferError, CsvCleaner
from bot.tables.csv_decoding import Doubt
from bot.tables.csv_rows import LONGEST_LINE, UnreadableCsvError
from bot.tables.guard import guarded
from bot.tables.plain_rows import row_start
from tests.tables.hostile import HOSTILE, Rows, joined

CELLS = st.text(st.sampled_from('ab",;\n\r =+-1＝é'), max_size=6)  # noqa: RUF001
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12)
CUTS = st.lists(st.integers(0, 400), max_size=12)
SMALL = 32
"""Bytes of a block, so that small files have several."""
HEADING = ["h1", "h2"]


def written(rows: Sequence[Sequence[str]], *, end: str = "\r\n", quoted: str = ',"\r\n') -> bytes:
    """Return rows as CSV; each cell that has a letter of `quoted` is in quotation marks."""
    return joined([[_written(cell, quoted) for cell in row] for row in rows], end=end).encode()


def _written(cell: str, quoted: str) -> str:
    if cell and {*cell}.isdisjoint(quoted):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def chunks(content: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(cuts), len(content)]
    return [content[start:end] for start, end in itertools.pairwise(edges)]


def clean(cleaner: CsvCleaner, *files: Iterable[bytes]) -> bytes:
    pieces: list[bytes] = []
    for file in files:
        for chunk in file:
            pieces += cleaner.feed(chunk)
        pieces += cleaner.end()
    whole = b"".join(pieces)
    assert cleaner.size == len(whole)
    return whole


def read(content: bytes, separator: str = ",") -> Rows:
    assert content.decode()[:1] in {"", "\ufeff"}
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=separator))


@pytest.mark.parametrize("name", HOSTILE)
def test_every_cell_comes_out_as_it_is_but_for_the_guard(name: str) -> None:
    table = HOSTILE[name]
    cleaner = CsvCleaner()
    content = clean(cleaner, [table.content])
    rows = [[guarded(cell) for cell in row] for row in [*table.above, *table.rows]]
    assert read(content, table.separator) == rows
    assert (cleaner.separator, cleaner.rows) == (table.separator, len(table.rows) - 1)
    assert (cleaner.above, cleaner.columns) == (table.above, table.rows[0])


@pytest.mark.parametrize("name", HOSTILE)
def test_every_cell_comes_out_as_it_is_where_no_guard_is_wanted(name: str) -> None:
    table = HOSTILE[name]
    content = clean(CsvCleaner(guard=False), [table.content])
    assert read(content, table.separator) == [*table.above, *table.rows]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_clean_file_is_clean(name: str) -> None:
    content = clean(CsvCleaner(), [HOSTILE[name].content])
    again = CsvCleaner()
    assert read(clean(again, [content]), again.separator) == read(content, again.separator)
    assert again.guards == 0
    assert again.doubt is Doubt.NONE


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_becomes_the_same_bytes_however_it_comes(name: str) -> None:
    content = HOSTILE[name].content
    whole = clean(CsvCleaner(), [content])
    size = max(1, len(content) // 50)
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert clean(CsvCleaner(), pieces) == whole


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("quoted", [',"\r\n', ',"\r\nab123456é'])
@given(rows=ROWS, cuts=CUTS)
@example(rows=[["", "", "+", "1"]], cuts=[])  # no number together with the cell beside it
def test_any_rows_come_out_whatever_their_blocks(
    end: str, quoted: str, rows: Rows, cuts: list[int]
) -> None:
    whole = [HEADING, ["1", "2"], ["3", "4"], ["5", "6"], *rows]
    content = written(whole, end=end, quoted=quoted)
    expected = [[guarded(cell) for cell in row] for row in whole]
    first = clean(CsvCleaner(block=SMALL), chunks(content, cuts))
    assert read(first) == expected
    assert clean(CsvCleaner(block=SMALL), [content]) == first
    assert read(clean(CsvCleaner(), [content])) == expected
    counted = CsvCleaner(block=SMALL)
    clean(counted, [content])
    assert counted.rows == len(whole) - 1
    assert counted.guards == sum(guarded(cell) != cell for row in whole for cell in row)


@given(st.binary(max_size=300), CUTS)
def test_any_bytes_are_read_without_a_failure(content: bytes, cuts: list[int]) -> None:
    cleaner = CsvCleaner(block=SMALL)
    pieces = clean(cleaner, chunks(content, cuts))
    rows = read(pieces, cleaner.separator or ",")
    assert len(rows) == (cleaner.rows + 1 + len(cleaner.above) if pieces else 0)


@given(ROWS, st.integers(0, 400))
def test_a_row_begins_where_a_reader_would_begin_it(rows: Rows, at: int) -> None:
    content = written(rows)
    ends = [len(written(rows[:count])) for count in range(1, len(rows) + 1)]
    assert row_start(content, at) == next((end for end in ends if end > at), len(content))


def test_files_are_joined_under_one_heading_whatever_their_form() -> None:
    parts = [
        b"a,b\r\n1,x\r\n",
        b"\xef\xbb\xbfa;b\n2;\xc3\xbc\n",
        b"",
        "a\tb\r3\ty".encode("utf-16"),
    ]
    cleaner = CsvCleaner()
    content = clean(cleaner, *([part] for part in parts))
    assert read(content) == [["a", "b"], ["1", "x"], ["2", "ü"], ["3", "y"]]
    assert cleaner.rows == 3


def test_files_of_different_columns_are_not_joined() -> None:
    with pytest.raises(ColumnsDifferError):
        clean(CsvCleaner(), [b"a,b\r\n1,x\r\n"], [b"a,c\r\n1,x\r\n"])


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_is_nothing(content: bytes) -> None:
    cleaner = CsvCleaner()
    assert clean(cleaner, [content]) == b""
    assert cleaner.preview(5).columns == ()


def test_what_has_no_line_ends_is_no_table() -> None:
    with pytest.raises(UnreadableCsvError):
        clean(CsvCleaner(), [b"x" * BLOCK] * (2 + LONGEST_LINE // BLOCK))


def test_the_first_rows_are_shown_as_wide_as_the_widest() -> None:
    cleaner = CsvCleaner()
    clean(cleaner, [b"a,b\r\n1\r\n2,x,y\r\n3,4\r\n"])
    shown = cleaner.preview(2)
    assert shown.columns == ("a", "b", "Column 3")
    assert shown.rows == (("1", "", ""), ("2", "x", "y"))


def test_how_large_a_file_will_be_is_judged_by_its_beginning() -> None:
    content = ("a,b\r\n" + "1234,ü\r\n" * 200_000).encode("utf-16")
    cleaner = CsvCleaner()
    size = len(clean(CsvCleaner(), [content]))
    list(itertools.islice(cleaner.feed(content[: 4 * BLOCK]), 4))
    assert cleaner.expected(len(content)) == pytest.approx(size, rel=0.05)


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (b"a,b\r\n1,x\r\n", ()),
        ("a,b\r\n1,ü\r\n".encode("cp1252"), ("without a known encoding",)),
        ("a,ü\r\n1,é\r\n".encode() + b"2,\xfc\r\n", ("an encoding of their own",)),
        (b"a,b\r\n1,=x\r\n2,@y\r\n", ("2 cells begin like a formula",)),
        (b"a,b\r\n1,=x\r\n", ("1 cell begins like a formula",)),
        (b"a,b\r\n1,+491701234560\r\n", ("drops leading zeros",)),
        (b"a,b\r\n007,x\r\n", ("drops leading zeros",)),
        (b"a,b\r\n4006381333931,x\r\n", ("shortens long numbers",)),
        (b"a,b\r\n-5,+49\r\n", ()),
    ],
)
def test_what_people_should_know_of_a_file_is_said(
    content: bytes, sentences: tuple[str, ...]
) -> None:
    cleaner = CsvCleaner()
    clean(cleaner, [content])
    said = cleaner.remarks.sentences()
    assert len(said) == len(sentences)
    assert all(part in whole for part, whole in zip(sentences, said, strict=True))


@pytest.mark.parametrize("row", [b'1,"x, y",=1\r\n', b'1,x"y,2\r\n', b'1,"never closed,2\r\n'])
def test_memory_does_not_grow_with_the_file(row: bytes) -> None:
    chunk = row * (BLOCK // len(row))
    cleaner = CsvCleaner()
    list(cleaner.feed(b"a,b,c\r\n" + chunk))

    def peak(count: int) -> int:
        tracemalloc.reset_peak()
        for _ in range(count):
            for _ in cleaner.feed(chunk):
                pass
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(2)
        few = peak(2)
        many = peak(8)
    finally:
        tracemalloc.stop()
    assert many < few + 1_000_000
