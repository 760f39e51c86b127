"""Reading CSV on its way without keeping it: counting rows, cutting between them. Pure.

A line end inside quotation marks ends no row. What a column means is nobody's business here.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from re import compile as pattern
from typing import Final

from bot.tables.columns import Cell, Kind

HEAD: Final = 64 * 1024
"""As many bytes of the beginning are kept, for a preview."""
_UNMARKED: Final = bytes(set(range(256)) - set(b'"\n'))
_NUMBER = pattern(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_DAY = pattern(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")
_MOMENT = pattern(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9].*(Z|[+-][0-9:]{5})")


@dataclass(slots=True)
class CsvMeter:
    """What has passed so far: `size` in bytes, `lines` of CSV, and the first bytes."""

    size: int = 0
    lines: int = 0
    head: bytearray = field(default_factory=bytearray)
    _quoted: bool = False
    _last: bytes = b""

    def feed(self, chunk: bytes) -> None:
        """Count a chunk."""
        # Only quotation marks and line ends count, and two marks side by side change nothing.
        pieces = chunk.translate(None, _UNMARKED).replace(b'""', b"").split(b'"')
        outside = pieces[1::2] if self._quoted else pieces[0::2]
        self.lines += sum(map(len, outside))
        self._quoted ^= len(pieces) % 2 == 0
        self.size += len(chunk)
        self._last = chunk[-1:] or self._last
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]

    @property
    def ends_open(self) -> bool:
        """Whether the last row has no line end yet."""
        return self._last not in (b"", b"\n")

    @property
    def rows(self) -> int:
        """How many rows there are without the heading."""
        return max(0, self.lines + self.ends_open - 1)


def row_start(chunk: bytes, at: int, *, quoted: bool) -> int | None:
    """Return the index after the first end of a row at or after `at`, None if there is none.

    `quoted` says whether the chunk begins inside of quotation marks.
    """
    inside = quoted ^ bool(chunk.count(b'"', 0, at) & 1)
    while (end := chunk.find(b"\n", at)) >= 0:
        inside ^= bool(chunk.count(b'"', at, end) & 1)
        at = end + 1
        if not inside:
            return at
    return None


def table(head: bytes, *, most: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and at most `most` whole rows of the beginning of a file."""
    text = head.decode("utf-8-sig", "replace")
    lines = list(_first(csv.reader(io.StringIO(text, newline=""), dialect_of(text)), most + 2))
    if len(head) >= HEAD and len(lines) <= most + 1:
        lines = lines[:-1]  # the last one may have been cut
    columns = tuple(lines[0]) if lines else ()
    return columns, tuple(_as_wide(line, len(columns)) for line in lines[1 : most + 1] if line)


def cells(row: Iterable[str]) -> tuple[Cell, ...]:
    """Return a row's texts as what they are: numbers, days and moments where there is no doubt."""
    return tuple(map(_cell, row))


def kind_of(column: Iterable[Cell]) -> Kind:
    """Return what a column's cells hold, empty ones aside; TEXT for different things or nothing."""
    found = {_kind(cell) for cell in column if cell not in (None, "")}
    return found.pop() if len(found) == 1 else Kind.TEXT


def _kind(cell: Cell) -> Kind:
    if isinstance(cell, datetime):
        return Kind.MOMENT
    if isinstance(cell, date):
        return Kind.DATE
    return Kind.TEXT if isinstance(cell, str) else Kind.NUMBER


def _cell(text: str) -> Cell:
    if not text[:1].isdecimal() and not text.startswith("-"):
        return text
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text


def reader(lines: Iterable[str], sample: str) -> Iterator[list[str]]:
    """Return the rows of text lines, whose separator is told by `sample`."""
    return csv.reader(lines, dialect_of(sample))


def dialect_of(text: str) -> type[csv.Dialect]:
    """Return how a file is written: its heading tells commas from semicolons and tabs."""
    heading = text.splitlines()[0] if text else ""
    separator = max(",;\t", key=heading.count)

    class FileDialect(csv.excel):
        delimiter = separator

    return FileDialect


def _first(rows: Iterator[list[str]], most: int) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(rows, start=1):
            yield row
            if number >= most:
                return
    except csv.Error:  # the end of a cut file may be inside of quotation marks
        return


def _as_wide(row: list[str], width: int) -> tuple[str, ...]:
    return tuple([*row, *[""] * (width - len(row))][:width])
