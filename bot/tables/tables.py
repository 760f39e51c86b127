"""Tables as files, CSV or XLSX, that spreadsheets open well and never execute."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import chain, islice
from typing import BinaryIO, Final

from bot.tables.columns import Notes, Sheet, cell_text, heading
from bot.tables.workbooks import write_workbook

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's old code page."""

CSV: Final = "csv"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 500


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP: CSV injection).

    A plain negative number starts with a minus as well; it is no formula and stays a number.
    """
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not _is_number(cell) else cell


def write_table(file: BinaryIO, sheets: Sequence[Sheet], notes: Notes, form: str) -> None:
    """Write tables into `file`: all of them and the notes as XLSX, the first one alone as CSV."""
    if form != CSV:
        write_workbook(file, sheets, notes)
        return
    file.writelines(csv_chunks(sheets[0], zone=notes.zone, zone_name=notes.zone_name))


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark and CRLF line ends (RFC 4180)."""
    return b"".join(guarded_csv(rows))


def csv_chunks(sheet: Sheet, *, zone: tzinfo = UTC, zone_name: str = "UTC") -> Iterator[bytes]:
    """Yield a table as CSV, some hundred rows at a time; moments are shown in `zone`."""
    head = [heading(column, zone_name) for column in sheet.columns]
    rows = ([cell_text(cell, zone) for cell in row] for row in sheet.rows)
    yield from guarded_csv(chain([head], rows))


def guarded_csv(
    rows: Iterable[Sequence[str]], dialect: type[csv.Dialect] = csv.excel
) -> Iterator[bytes]:
    """Yield rows as CSV with a byte order mark, each cell guarded, some hundred at a time."""
    left = iter(rows)
    yield BOM.encode()
    while some := list(islice(left, ROWS_AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text, dialect).writerows([guarded(cell) for cell in row] for row in some)
        # Half of a surrogate pair is valid in JSON and in no file.
        yield text.getvalue().encode("utf-8", "replace")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii()
