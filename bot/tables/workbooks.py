"""Typed tables as an XLSX workbook, streamed: memory does not grow with the rows.

XlsxWriter in constant memory spools rows into its own temporary files. Nothing in a cell is ever a
formula or a link: text is written as text, whatever it begins with.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

from bot.tables.columns import Cell, Column, Kind, Notes, Sheet, cell_text, heading, local
from bot.tables.csv_decoding import Doubt
from bot.tables.remarks import COLUMNS, LETTERS, ROWS, Remarks, doubt_words

MOST_ROWS: Final = ROWS
"""Rows of one sheet, its heading included."""
LONGEST_CELL: Final = LETTERS
LONGEST_TITLE: Final = 31
"""Both in UTF-16 code units, as Excel counts: an emoji is two."""
LARGEST_EXACT: Final = 10**15
"""A longer whole number, such as an identifier, would lose its last digits."""
LARGEST_GENERAL: Final = 10**11
MOST_GENERAL: Final = 11
"""From here on, and with more letters, a cell without a format shows 4.00638E+12."""
FIRST_YEAR: Final = 1901
"""Excel knows no earlier dates; the year 1900 itself it gets wrong."""
NOTES: Final = "Notes"
FORBIDDEN_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FORMATS: Final = {
    Kind.NUMBER: {},
    Kind.PERCENT: {"num_format": '0.0"%"'},  # of 0 to 100
    Kind.DATE: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm:ss"},
}
MILLISECONDS: Final = "yyyy-mm-dd hh:mm:ss.000"
NARROWEST: Final = 8
WIDEST: Final = 60
PADDING: Final = 3
"""Room for the filter's button."""


def write_workbook(
    file: BinaryIO, sheets: Sequence[Sheet], notes: Notes, *, most_rows: int = MOST_ROWS
) -> Remarks:
    """Write the tables and a sheet of notes into `file`; return what did not fit.

    Each table has a frozen heading, a filter and widths that fit; one of more than `most_rows`
    with its heading goes on in further ones. A text too long for a cell is cut.
    """
    import xlsxwriter  # noqa: PLC0415  # most starts never write a workbook

    with xlsxwriter.Workbook(file, OPTIONS) as workbook:
        workbook.set_properties(
            {"title": _clean(notes.title), "created": notes.made_at.astimezone(UTC)}
        )
        writer = _Writer(workbook, notes, most_rows)
        counts = list(map(writer.table, sheets))
        writer.notes(counts, sheets)
    return Remarks(
        cut=writer.cut,
        left_out=writer.left_out,
        sheets=writer.sheets - len(sheets),
        doubt=max((each.doubt for each in sheets), default=Doubt.NONE),
    )


@dataclass(slots=True)
class _Page:
    """One sheet being written: where it is, and how wide its columns have become."""

    sheet: Any
    columns: Sequence[Column]
    widths: list[int]
    row: int = 0

    def finish(self) -> None:
        last = max(0, len(self.columns) - 1)
        self.sheet.autofilter(0, 0, self.row, last)
        for number, width in enumerate(self.widths):
            self.sheet.set_column(number, number, min(max(width, NARROWEST), WIDEST) + PADDING)


@dataclass(slots=True)
class _Writer:
    workbook: Any
    about: Notes
    most_rows: int
    cut: int = 0
    left_out: int = 0
    sheets: int = 0
    formats: dict[Kind, Any] = field(init=False)
    number_formats: dict[str, Any] = field(default_factory=dict)
    bold: Any = field(init=False)
    titles: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.formats = {kind: self.workbook.add_format(looks) for kind, looks in FORMATS.items()}
        self.bold = self.workbook.add_format({"bold": True})
        self.titles.add(NOTES.casefold())

    def table(self, sheet: Sheet) -> tuple[str, int]:
        """Write a table; return the title that it got, and how many rows it has."""
        page = self._page(sheet)
        title, count = str(page.sheet.get_name()), 0
        for cells in sheet.rows:
            if page.row + 1 >= self.most_rows:
                page.finish()
                page = self._page(sheet)
            page.row += 1
            count += 1
            self._row(page, cells)
        page.finish()
        self.left_out += max(0, len(sheet.columns) - COLUMNS)
        return title, count

    def notes(self, counts: Sequence[tuple[str, int]], sheets: Sequence[Sheet]) -> None:
        """Write where the figures come from; last, as only now the rows are counted."""
        about = self.about
        sheet = self.workbook.add_worksheet(NOTES)
        lines = [
            ("Title", about.title),
            ("Source", about.source),
            ("Period", about.period),
            ("Time zone", about.zone_name),
            ("Made", cell_text(about.made_at, about.zone)),
            *((f"Filter: {name}", value) for name, value in about.filters),
            *about.facts,
            *(("Above the table", line) for each in sheets for line in each.above),
            *(("Letters", doubt_words(doubt)) for doubt in sorted({each.doubt for each in sheets})),
            *((f"Rows in {title}", str(count)) for title, count in counts),
        ]
        for row, (name, value) in enumerate((n, v) for n, v in lines if v):
            sheet.write_string(row, 0, _clean(name), self.bold)
            if value.isdecimal() and name.startswith("Rows in "):
                sheet.write_number(row, 1, int(value))
            else:
                sheet.write_string(row, 1, _clean(value))
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, WIDEST)

    def _page(self, sheet: Sheet) -> _Page:
        worksheet = self.workbook.add_worksheet(self._title(sheet.title))
        self.sheets += 1
        columns = sheet.columns[:COLUMNS]
        heads = [heading(column, self.about.zone_name) for column in columns]
        for number, text in enumerate(heads):
            worksheet.write_string(0, number, self._text(text), self.bold)
        worksheet.freeze_panes(1, 0)
        return _Page(worksheet, columns, [len(text) for text in heads])

    def _title(self, wanted: str) -> str:
        """Return a title that Excel takes and that no sheet before has."""
        plain = _clean(wanted).translate(FORBIDDEN_IN_TITLES).strip(" '") or "Table"
        if plain.casefold() == "history":  # Excel keeps this one to itself
            plain = "History of it"
        title, number = _cut(plain, LONGEST_TITLE).strip(" '"), 2
        while title.casefold() in self.titles:
            ending = f" ({number})"
            title, number = (
                _cut(plain, LONGEST_TITLE - len(ending)).strip(" '") + ending,
                number + 1,
            )
        self.titles.add(title.casefold())
        return title

    def _row(self, page: _Page, cells: Sequence[Cell]) -> None:
        for number, (column, cell) in enumerate(zip(page.columns, cells, strict=False)):
            if cell is None or cell == "":
                continue
            width = self._cell(page, number, column.kind, cell)
            page.widths[number] = max(page.widths[number], width)

    def _cell(self, page: _Page, number: int, kind: Kind, cell: Cell) -> int:
        """Write a cell as what it is and return how wide it shows."""
        if isinstance(cell, int | float | Decimal) and _is_exact(cell):
            return self._number(page, number, kind, cell)
        if isinstance(cell, date) and cell.year >= FIRST_YEAR:
            return self._date(page, number, cell)
        text = cell if isinstance(cell, str) else cell_text(cell, self.about.zone)
        page.sheet.write_string(page.row, number, self._text(text))
        return len(text)

    def _number(self, page: _Page, number: int, kind: Kind, cell: float | Decimal) -> int:
        looks = self.formats[kind if kind is Kind.PERCENT else Kind.NUMBER]
        if isinstance(cell, Decimal):
            looks = self._as_written(f"{cell:f}") or looks
        elif abs(cell) >= LARGEST_GENERAL and cell == int(cell):
            looks = self._as_shown("0")
        page.sheet.write_number(page.row, number, float(cell), looks)
        return len(cell_text(cell, self.about.zone))

    def _as_written(self, text: str) -> Any:
        """Return the format that shows a number as it is written; None where every one does."""
        _, _, behind = text.partition(".")
        if len(text) < MOST_GENERAL and not behind.endswith("0"):
            return None
        return self._as_shown(f"0.{'0' * len(behind)}" if behind else "0")

    def _as_shown(self, form: str) -> Any:
        if form not in self.number_formats:
            self.number_formats[form] = self.workbook.add_format({"num_format": form})
        return self.number_formats[form]

    def _date(self, page: _Page, number: int, cell: date) -> int:
        exact = isinstance(cell, datetime)
        value = local(cell, self.about.zone) if isinstance(cell, datetime) else cell
        looks = self.formats[Kind.MOMENT if exact else Kind.DATE]
        if isinstance(cell, datetime) and cell.microsecond:
            looks = self._as_shown(MILLISECONDS)
        page.sheet.write_datetime(page.row, number, value, looks)
        return 19 if exact else 10

    def _text(self, text: str) -> str:
        """Return a text as a cell can hold it, counted where it had to be cut."""
        sound = _sound(text)
        held = _held(sound)
        self.cut += held is not sound
        return held


def _is_exact(cell: float | Decimal) -> bool:
    """Return whether Excel holds this number as it is; it has no infinity, and 15 digits."""
    return not isinstance(cell, bool) and math.isfinite(cell) and abs(float(cell)) < LARGEST_EXACT


def _clean(text: str) -> str:
    """Return text that a cell can hold."""
    return _held(_sound(text))


def _sound(text: str) -> str:
    """Return text without half surrogate pairs, and with line ends that Excel knows in a cell."""
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _held(text: str) -> str:
    """Return as much of a text as a cell holds: the same one, or one that ends with three dots."""
    fits = len(text) <= LONGEST_CELL // 2 or _cut(text, LONGEST_CELL) == text
    return text if fits else _cut(text, LONGEST_CELL - 1) + "…"


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has at most so many UTF-16 code units."""
    if text.isascii():
        return text[:most]
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
