"""The worst of tables on their whole way: read, made into our CSV and our XLSX, and judged.

The judges are LibreOffice, and openpyxl, which know nothing of how the files were made. They find
every cell as its text.
"""

import io
import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl.utils.escape import unescape

from bot.tables.columns import Notes
from bot.tables.conversion import CleanCsv, workbook_of_csv
from bot.tables.csv_cleaning import CsvCleaner
from bot.tables.guard import guarded
from bot.tables.workbooks import LONGEST_CELL
from tests.tables.hostile import HOSTILE, Hostile, Rows
from tests.tables.office import AS_TEXT, Office
from tests.tables.second_reader import Cell, Seen, seen

NOTES = Notes("T", "S", datetime(2026, 11, 23, 8, 59, tzinfo=UTC))
NAMES = {name: f"table{number}" for number, name in enumerate(HOSTILE)}
"""Each table as the name of a file."""


def clean(table: Hostile, *, guard: bool) -> tuple[bytes, CsvCleaner]:
    cleaner = CsvCleaner(guard=guard)
    return b"".join([*cleaner.feed(table.content), *cleaner.end()]), cleaner


def workbook(table: Hostile) -> bytes:
    content, cleaner = clean(table, guard=False)
    file = io.BytesIO()
    written = CleanCsv(cleaner.separator, len(cleaner.above))
    workbook_of_csv(io.BytesIO(content), file, NOTES, written)
    return file.getvalue()


@pytest.fixture(scope="module")
def csvs() -> dict[str, bytes]:
    return {name: clean(table, guard=True)[0] for name, table in HOSTILE.items()}


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    return {name: workbook(table) for name, table in HOSTILE.items()}


@pytest.fixture(scope="module")
def imported(office: Office, csvs: Mapping[str, bytes]) -> dict[str, dict[str, Seen]]:
    """Return what LibreOffice makes of every CSV, its cells as text and as it takes them."""
    return {kind: _imported(office, csvs, as_text=kind == "text") for kind in ("text", "guessed")}


def _imported(office: Office, csvs: Mapping[str, bytes], *, as_text: bool) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for separator, group in itertools.groupby(
        sorted(HOSTILE, key=lambda name: HOSTILE[name].separator),
        key=lambda name: HOSTILE[name].separator,
    ):
        files = {NAMES[name]: csvs[name] for name in group}
        made = office.workbooks_of(files, separator=separator, columns=AS_TEXT if as_text else "")
        found |= {name: next(iter(seen(book).values())) for name, book in made.items()}
    return {name: found[NAMES[name]] for name in HOSTILE}


@pytest.fixture(scope="module")
def opened(office: Office, workbooks: Mapping[str, bytes]) -> dict[str, Rows]:
    """Return what LibreOffice shows of every workbook."""
    read = office.read({NAMES[name]: book for name, book in workbooks.items()})
    return {name: read[NAMES[name]]["Events"] for name in HOSTILE}


@pytest.mark.parametrize("name", HOSTILE)
def test_libreoffice_reads_every_cell_of_our_csv(
    imported: Mapping[str, Mapping[str, Seen]], name: str
) -> None:
    table = HOSTILE[name]
    rows = [[imported_cell(guarded(cell)) for cell in row] for row in [*table.above, *table.rows]]
    found = [[imported_cell(shown(cell)) for cell in row] for row in imported["text"][name].rows]
    assert trimmed(found) == trimmed(rows)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_our_csv_becomes_a_formula(
    imported: Mapping[str, Mapping[str, Seen]], name: str
) -> None:
    assert imported["guessed"][name].formulas == 0
    assert imported["text"][name].formulas == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_openpyxl_reads_every_cell_of_our_workbook(
    workbooks: Mapping[str, bytes], name: str
) -> None:
    sheet = seen(workbooks[name])["Events"]
    assert sheet.formulas == 0
    found = [
        [shown(cell, form) for cell, form in zip(row, forms, strict=True)]
        for row, forms in zip(sheet.rows, sheet.formats, strict=True)
    ]
    assert trimmed(found) == trimmed(in_workbook(HOSTILE[name]))


@pytest.mark.parametrize("name", HOSTILE)
def test_libreoffice_shows_every_cell_of_our_workbook(
    opened: Mapping[str, Rows], name: str
) -> None:
    assert trimmed(opened[name]) == trimmed(in_workbook(HOSTILE[name]))


@pytest.mark.parametrize("name", [name for name, table in HOSTILE.items() if table.above])
def test_what_stands_over_the_heading_is_among_the_notes(
    workbooks: Mapping[str, bytes], name: str
) -> None:
    notes = [row[1] for row in seen(workbooks[name])["Notes"].rows if row[0] == "Above the table"]
    lines = (" ".join(filter(None, row)) for row in HOSTILE[name].above)
    assert notes == [line for line in lines if line]


def in_workbook(table: Hostile) -> Rows:
    """Return the cells of a table as a workbook shows them: all columns named, long ones cut."""
    width = max(map(len, table.rows))
    heading = [*table.rows[0], *[""] * (width - len(table.rows[0]))]
    names = [name.strip() or f"Column {number}" for number, name in enumerate(heading, start=1)]
    return [names, *([held(cell) for cell in row] for row in table.rows[1:])]


def imported_cell(cell: str) -> str:
    """Return as much of a text as the judge hands on, which drops zeros and all it has no room for.

    That the file itself has all of it is seen where it is cleaned.
    """
    return str(unescape(one_kind_of_line_end(cell))).replace("\0", "")[:LONGEST_CELL]


def held(cell: str) -> str:
    """Return a text as a cell holds it: with one kind of line end, and not too long."""
    text = one_kind_of_line_end(cell)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shown(cell: Cell, form: str = "General") -> str:
    """Return a cell that openpyxl read as a spreadsheet shows it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and form == "yyyy-mm-dd":
        return cell.date().isoformat()
    if isinstance(cell, date):
        return f"{cell}"
    if isinstance(cell, int | float):
        return _number(cell, form)
    return str(unescape(str(cell)))


def _number(cell: float, form: str) -> str:
    if form == "General":
        text = f"{cell:.15g}"
        assert len(text) < 12  # as Excel shows longer ones otherwise
        return text
    return f"{cell:.{len(form.partition('.')[2])}f}"


def trimmed(rows: Any) -> Rows:
    """Return rows without the empty cells at their ends, and the rows without empty ones there."""
    found = [list(row) for row in rows]
    for row in found:
        while row and not row[-1]:
            row.pop()
    while found and not found[-1]:
        found.pop()
    return found
