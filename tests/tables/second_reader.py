"""openpyxl as a second reader of workbooks, which knows nothing of how they were written."""

import io
from dataclasses import dataclass
from typing import Any

import openpyxl

Cell = Any


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet as it was read: values and number formats by row, and how many are formulas."""

    rows: list[list[Cell]]
    formats: list[list[str]]
    formulas: int
    frozen: str
    filtered: str


def seen(content: bytes) -> dict[str, Seen]:
    """Return every sheet of a workbook by its title; a warning is an error, as everywhere here."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    try:
        return {sheet.title: _seen(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _seen(sheet: Any) -> Seen:
    cells = [list(row) for row in sheet.iter_rows()]
    return Seen(
        rows=[[cell.value for cell in row] for row in cells],
        formats=[[cell.number_format for cell in row] for row in cells],
        formulas=sum(cell.data_type == "f" for row in cells for cell in row),
        frozen=sheet.freeze_panes or "",
        filtered=sheet.auto_filter.ref or "",
    )
