"""How somebody's CSV is written, told by its beginning. Pure.

The separator is the one under which the rows are most alike and their cells most like values: the
measure of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
patterns" (2019), with the few separators and cell types that matter here. The csv module's Sniffer
guesses by letters that occur equally often, and is wrong about every second odd file.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

SEPARATORS: Final = ",;\t|"
ROWS: Final = 100
"""So many rows of the beginning are enough to tell."""
BANNER: Final = 20
"""Rows of the beginning among which the heading is looked for."""
_ALIKE: Final = 0.5
"""How many of the rows must have the same width."""
_LONE: Final = 0.001
"""What a row of one cell speaks for its separator, which may only be absent."""
_SEP_LINE = re.compile(r"sep=([,;\t|])\r?\n?", re.IGNORECASE)
_SPACED = re.compile(r'[,;\t|] +"')
_ESCAPED = re.compile(r'\\"')
_VALUE = re.compile(r'[^,;\t|"]*|\s*[-+]?[\d.,]+\s?%?\s*')
_FIGURE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ -]*%?")

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How rows are written.

    `spaced` is with a blank behind each separator, `escaped` with a backslash before a quotation
    mark that is a letter.
    """

    separator: str = ","
    spaced: bool = False
    escaped: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the rows are written as spreadsheets write them, but for the separator."""
        return not (self.spaced or self.escaped)

    def rows(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return the rows of lines that end as they did in the file; a blank line is an empty one.

        What is malformed is taken as it stands: nothing is refused.
        """
        return csv.reader(
            lines,
            delimiter=self.separator,
            skipinitialspace=self.spaced,
            doublequote=not self.escaped,
            escapechar="\\" if self.escaped else None,
        )


def sep_line(text: str) -> tuple[int, str]:
    """Return how many letters a first line `sep=;` has, and the separator; 0 without one.

    Excel takes that line as a hint and shows it to nobody.
    """
    found = _SEP_LINE.match(text)
    return (found.end(), found[1]) if found else (0, "")


def dialect_of(text: str, *, whole: bool = True) -> CsvDialect:
    """Return how a file is written that begins with `text`, which may be cut unless it is whole."""
    skipped, named = sep_line(text)
    lines = list(io.StringIO(text[skipped:], newline=""))
    if not whole and lines[1:]:
        lines.pop()
    separators = named or SEPARATORS
    plain = [CsvDialect(each) for each in separators]
    variants = [
        *plain,
        *(replace(each, spaced=True) for each in plain if _SPACED.search(text)),
        *(replace(each, escaped=True) for each in plain if _ESCAPED.search(text)),
    ]
    if not variants[1:]:
        return variants[0]
    return max(variants, key=lambda each: _consistency(_begun(each, lines, whole=whole)))


def heading_at(rows: Sequence[Row]) -> int:
    """Return which of the first rows is the heading; what stands above it is a banner.

    A banner is a line of one cell, or a block above a blank line that is narrower than the table.
    It is one only over a table whose rows are alike, and over a row of words.
    """
    widths = Counter(len(row) for row in rows if any(row))
    at = next((at for at, row in enumerate(rows) if any(row)), 0)
    usual, count = max(widths.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
    if usual == 1 or count < _ALIKE * widths.total():
        return at
    while after := _after_banner(rows[: at + BANNER], at, usual):
        at = after
    return at


def _after_banner(rows: Sequence[Row], at: int, usual: int) -> int:
    """Return where the rows go on after a part of a banner at `at`; 0 if there is none."""
    ahead = rows[at:]
    block = next((number for number, row in enumerate(ahead) if not any(row)), 0)
    narrow = block and all(_width(row) < usual for row in ahead[:block])
    if not narrow and sum(map(bool, ahead[0])) != 1:
        return 0
    after = at + (block if narrow else 1)
    while after < len(rows) and not any(rows[after]):
        after += 1
    return after if after < len(rows) and _can_be_heading(rows[after:], usual) else 0


def _can_be_heading(rows: Sequence[Row], usual: int) -> bool:
    """Return whether the first row can be a heading, or a further part of a banner over one."""
    names = [cell for cell in rows[0] if cell]
    if len(names) > 1 and len(rows[0]) >= usual:
        return len({*names}) == len(names) and not any(map(_FIGURE.fullmatch, names))
    return _after_banner(rows, 0, usual) > 0


def _width(row: Row) -> int:
    """Return how many cells a row has, empty ones at its end aside."""
    return max((number for number, cell in enumerate(row, start=1) if cell), default=0)


def _begun(dialect: CsvDialect, lines: Sequence[str], *, whole: bool) -> list[list[str]]:
    """Return the first rows; of a cut file not the last one, which may be cut as well."""
    rows = list(islice(filter(None, dialect.rows(lines)), ROWS + 1))
    return rows[:-1] if rows[1:] and (rows[ROWS:] or not whole) else rows


def _consistency(rows: Sequence[Row]) -> float:
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    alike = sum(count * max(width - 1, _LONE) / width for width, count in widths.items())
    cells = [cell for row in rows for cell in row]
    values = sum(bool(_VALUE.fullmatch(cell)) for cell in cells)
    return alike / len(widths) * values / len(cells)
