"""Somebody else's CSV made into a file of ours, row by row: memory does not grow with the file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, BinaryIO, Final, TextIO

from bot.tables.columns import Column, Notes, Sheet
from bot.tables.csv_rows import HEAD, cells, dialect_of, kind_of, reader
from bot.tables.tables import CSV, guarded_csv
from bot.tables.workbooks import write_workbook

SAMPLE: Final = 200
"""Rows by which a column of moments is told, whose heading then names their zone."""


class UnreadableCsvError(Exception):
    """The csv module gives up, or it is no UTF-8; says nothing of the content."""


def converted(source: IO[bytes], file: BinaryIO, notes: Notes, form: str) -> None:
    """Write the rows of `source` into `file` as XLSX or CSV. Raises UnreadableCsvError."""
    if form == CSV:
        defused_csv(source, file)
    else:
        workbook_of_csv(source, file, notes)


def defused_csv(source: IO[bytes], file: BinaryIO) -> None:
    """Write a CSV anew so that spreadsheets read it well and run nothing of it.

    Raises UnreadableCsvError, rather than to change text that is no UTF-8. `source` stays open.
    """
    with _as_text(source, errors="strict") as (text, sample):
        file.writelines(guarded_csv(reader(text, sample), dialect_of(sample)))


def workbook_of_csv(source: IO[bytes], file: BinaryIO, notes: Notes) -> int:
    """Write the rows of `source` as a workbook into `file`; return how many there were.

    Raises UnreadableCsvError. `source` stays open.
    """
    with _as_text(source, errors="replace") as (text, sample):
        rows = reader(text, sample)
        names = next(rows, [])
        return write_workbook(file, [typed_sheet("Events", names, filter(None, rows))], notes)


@contextmanager
def _as_text(source: IO[bytes], *, errors: str) -> Iterator[tuple[TextIO, str]]:
    """Yield a file from its beginning as text, and its first part, which tells the separator."""
    source.seek(0)
    sample = source.read(HEAD).decode("utf-8-sig", "replace")
    source.seek(0)
    text = io.TextIOWrapper(source, "utf-8-sig", errors, newline="")
    try:
        yield text, sample
    except (csv.Error, UnicodeDecodeError):
        raise UnreadableCsvError from None
    finally:
        text.detach()  # the source stays its owner's to close


def typed_sheet(title: str, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Sheet:
    """Return rows of text as a table with numbers, days and moments where there is no doubt."""
    left = map(cells, rows)
    first = list(islice(left, SAMPLE))
    columns = [
        Column(name, kind_of(row[at] for row in first if at < len(row)))
        for at, name in enumerate(names)
    ]
    return Sheet(title, columns, chain(first, left))
