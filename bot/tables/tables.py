"""Tables as files, CSV or XLSX, that spreadsheets open well and never execute."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import chain, islice
from typing import BinaryIO, Final

from bot.tables.cell_types import is_altered_by_spreadsheets
from bot.tables.columns import Notes, Sheet, cell_text, heading
from bot.tables.csv_cleaning import BOM, SHOWN
from bot.tables.guard import guarded_row
from bot.tables.remarks import Remarks
from bot.tables.workbooks import write_workbook

CSV: Final = "csv"
ROWS_AT_ONCE = 500


def write_table(file: BinaryIO, sheets: Sequence[Sheet], notes: Notes, form: str) -> Remarks:
    """Write tables into `file`: all of them and the notes as XLSX, the first one alone as CSV."""
    if form != CSV:
        return write_workbook(file, sheets, notes)
    written = CsvWriter(sheets[0], zone=notes.zone, zone_name=notes.zone_name)
    file.writelines(written)
    return written.remarks


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark and CRLF line ends (RFC 4180)."""
    return b"".join(CsvWriter(Sheet("", (), rows)))


class CsvWriter:
    """Yields a table as CSV, some hundred rows at a time; moments are shown in `zone`.

    Each cell is guarded. The lines over the heading come first, and `remarks` at the end.
    """

    def __init__(self, sheet: Sheet, *, zone: tzinfo = UTC, zone_name: str = "UTC") -> None:
        """Write this table, which is read once."""
        self._zone = zone
        head = [heading(column, zone_name) for column in sheet.columns]
        rows = ([cell_text(cell, zone) for cell in row] for row in sheet.rows)
        self._rows = chain(([line] for line in sheet.above), [head] if head else [], rows)
        self._doubt = sheet.doubt
        self._guards = 0
        self._altered = False

    @property
    def remarks(self) -> Remarks:
        """How the file differs from the table."""
        return Remarks(guards=self._guards, altered=self._altered, doubt=self._doubt)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes."""
        first = list(islice(self._rows, SHOWN))
        self._altered = any(is_altered_by_spreadsheets(cell) for row in first for cell in row)
        rows = chain(first, self._rows)
        yield BOM.encode()
        while some := list(islice(rows, ROWS_AT_ONCE)):
            yield self._written(some)

    def _written(self, rows: Sequence[list[str]]) -> bytes:
        marked = [guarded_row(row) for row in rows]
        self._guards += sum(guards for _, guards in marked)
        text = io.StringIO(newline="")
        csv.writer(text).writerows(row for row, _ in marked)
        # Half of a surrogate pair is valid in JSON and in no file.
        return text.getvalue().encode("utf-8", "replace")
