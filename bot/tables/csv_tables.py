"""A CSV that is in memory as a table of text. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.tables.columns import TextTable
from bot.tables.csv_decoding import Utf8
from bot.tables.csv_dialect import dialect_of, heading_at, sep_line
from bot.tables.csv_rows import whole_rows

SAMPLE: Final = 64 * 1024
"""Letters by which is told how a file is written."""


def table_of(content: bytes) -> TextTable:
    """Return the table of a whole CSV file, whatever its encoding and its separator.

    Rows without any text are left out. Raises UnreadableCsvError.
    """
    utf8 = Utf8()
    text = utf8.of(content, final=True).decode()
    skipped, _ = sep_line(text)
    sample = text[:SAMPLE]
    dialect = dialect_of(sample, whole=len(sample) == len(text))
    rows, _ = whole_rows(text[skipped:], dialect, final=True)
    if not any(map(_has_text, rows)):
        return TextTable((), ())
    at = heading_at(rows)
    above = tuple(" ".join(filter(None, row)) for row in rows[:at] if _has_text(row))
    table = table_of_rows(rows[at], [*filter(_has_text, rows[at + 1 :])], above=above)
    return replace(table, doubt=utf8.doubt)


def table_of_rows(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, above: tuple[str, ...] = ()
) -> TextTable:
    """Return rows as wide as the widest of them; a column without a name has its number."""
    width = max(map(len, [columns, *rows]))
    return TextTable(
        names(columns, width),
        tuple((*row, *[""] * (width - len(row))) for row in rows),
        above,
    )


def names(columns: Sequence[str], width: int) -> tuple[str, ...]:
    """Return so many names of columns; one that is missing or blank has its number."""
    wide = [*columns, *[""] * (width - len(columns))]
    return tuple(name.strip() or f"Column {number}" for number, name in enumerate(wide, start=1))


def _has_text(row: Sequence[str]) -> bool:
    return any(map(str.strip, row))
