"""A CSV file as a typed workbook, row by row: memory does not grow with the file."""

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import IO, BinaryIO, Final

from bot.exports.columns import Column, Notes, Sheet
from bot.exports.csv_rows import HEAD, cells, kind_of, reader
from bot.exports.workbooks import write_workbook

SAMPLE: Final = 200
"""Rows by which a column of moments is told, whose heading then names their zone."""


class UnreadableCsvError(Exception):
    """The csv module gives up; says nothing of the content."""


def workbook_of_csv(source: IO[bytes], file: BinaryIO, notes: Notes) -> int:
    """Write the rows of `source` as a workbook into `file`; return how many there were.

    Raises UnreadableCsvError. `source` stays open.
    """
    source.seek(0)
    heading = source.read(HEAD).decode("utf-8-sig", "replace")
    source.seek(0)
    text = io.TextIOWrapper(source, "utf-8-sig", "replace", newline="")
    try:
        rows = reader(text, heading)
        names = next(rows, [])
        return write_workbook(file, [typed_sheet("Events", names, filter(None, rows))], notes)
    except csv.Error:
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
