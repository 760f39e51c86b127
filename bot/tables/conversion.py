"""Tables of text made into typed sheets, row by row: memory does not grow with a file."""

import csv
import io
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, BinaryIO, Final

from bot.tables.cell_types import columns_of, signs_of, typed_rows
from bot.tables.columns import Notes, Sheet, TextTable
from bot.tables.csv_tables import names
from bot.tables.remarks import Remarks
from bot.tables.workbooks import write_workbook

EVENTS: Final = "Events"


@dataclass(frozen=True, slots=True)
class CleanCsv:
    """How a file is written that left the cleaner: its separator, and the rows over its heading."""

    separator: str = ","
    above: int = 0


def workbook_of_csv(source: IO[bytes], file: BinaryIO, notes: Notes, written: CleanCsv) -> Remarks:
    """Write the rows of a clean CSV as a workbook into `file`; return what it has no room for.

    `source` is read twice and stays open: what a column holds and how wide the table is shows in
    its last row at the earliest.
    """
    with closing(_rows(source, written.separator)) as rows:
        above = [" ".join(filter(None, row)) for row in islice(rows, written.above)]
        heading = next(rows, [])
        signs = signs_of(chain([[""] * len(heading)], rows))
    with closing(_rows(source, written.separator)) as rows:
        columns = columns_of(names(heading, len(signs)), signs)
        below = typed_rows(islice(rows, written.above + 1, None), signs)
        return write_workbook(file, [Sheet(EVENTS, columns, below, above)], notes)


def typed_sheet(title: str, table: TextTable) -> Sheet:
    """Return a table of text with numbers, days and moments where there is no doubt."""
    signs = signs_of(chain([[""] * len(table.columns)], table.rows))
    columns = columns_of(names(table.columns, len(signs)), signs)
    return Sheet(title, columns, typed_rows(table.rows, signs), table.above, table.doubt)


def _rows(source: IO[bytes], separator: str) -> Generator[list[str], None, None]:
    source.seek(0)
    text = io.TextIOWrapper(source, "utf-8-sig", newline="")
    try:
        yield from csv.reader(text, delimiter=separator)
    finally:
        text.detach()
