"""Rows of text that may be malformed, read as far as they are whole. Pure.

A row is whole when it ends outside of quotation marks. A mark that is never closed would swallow
all that follows: at the end, or behind so many letters, it is a letter like any other.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.tables.csv_dialect import CsvDialect

LONGEST_ROW: Final = 2_000_000
"""Letters. A row that is longer has a quotation mark that nobody closed."""
LONGEST_LINE: Final = 4 * LONGEST_ROW
"""Letters without a line end; so many are no row of a table."""

csv.field_size_limit(2 * LONGEST_LINE)  # the csv module's own is below what one cell may have


class UnreadableCsvError(Exception):
    """There are no lines, let alone rows; says nothing of the content."""


@dataclass(slots=True)
class _Lines:
    """Lines handed out one by one; `ended` once more were wanted than there are."""

    lines: Sequence[str]
    at: int
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.lines):
            self.at += 1
            yield self.lines[self.at - 1]
        self.ended = True


def whole_rows(text: str, dialect: CsvDialect, *, final: bool) -> tuple[list[list[str]], str]:
    """Return the rows that are whole, blank lines as empty ones, and the text that is left.

    What is left begins with a row, and is nothing if the text is `final`. Raises
    UnreadableCsvError.
    """
    lines = list(io.StringIO(text, newline=""))
    # The last line may be cut, be it between the two letters of its end.
    cut = "" if final or not lines or lines[-1].endswith("\n") else lines.pop()
    if max(map(len, (*lines, cut))) > LONGEST_LINE:
        raise UnreadableCsvError
    rows: list[list[str]] = []
    at = 0
    while (at := _read(lines, at, dialect, rows)) < len(lines):
        left = "".join(lines[at:]) + cut
        if not final and len(left) <= LONGEST_ROW:
            return rows, left
        rows.append(_unclosed(lines[at], dialect))
        at += 1
    return rows, cut


def _read(lines: Sequence[str], at: int, dialect: CsvDialect, rows: list[list[str]]) -> int:
    """Add the rows of the lines from `at` on; return where a row begins that is not whole."""
    source = _Lines(lines, at)
    try:
        for row in dialect.rows(source):
            if source.ended:
                break
            rows.append(row)
            at = source.at
    except csv.Error:  # a cell of more letters than any line may have
        raise UnreadableCsvError from None
    return at


def _unclosed(line: str, dialect: CsvDialect) -> list[str]:
    """Return a row in which a quotation mark is opened and never closed: it is a letter there."""
    *cells, opened = next(iter(dialect.rows([line])))
    mark = "\\" if dialect.escaped else '"'
    rest = '"' + opened.rstrip("\r\n").replace('"', f'{mark}"')
    return [*cells, *rest.split(dialect.separator)]
