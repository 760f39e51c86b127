"""The first rows of an XLSX file's first sheet, as text.

An XLSX file is XML in a ZIP: both can be made to unpack into far more than was uploaded. So every
part is read in pieces up to a limit, and a document type declaration, which is where XML hides its
entity bombs and which no spreadsheet needs, is refused before the parser sees it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from sandbox.slack.page.cell_dates import as_date, date_styles

_PIECE = 64 * 1024
_MOST_BYTES = 16 * 1024 * 1024
_MOST_STRINGS = 50_000
_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class _Book:
    """What a cell's text needs: shared strings, the styles of dates; columns beyond are cut."""

    strings: list[str]
    dates: dict[str, bool]
    columns: int


class UnreadableError(Exception):
    """The file has no preview; the text says why."""


def worksheet_rows(content: bytes | Path, *, columns: int, most: int) -> list[list[str]]:
    """Return up to `most` rows of at most `columns` cells; raises UnreadableError."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        with zipfile.ZipFile(source) as archive:
            book = _Book(_strings(archive), _dates(archive), columns)
            with archive.open(_sheet_name(archive)) as sheet:
                return _rows(sheet, book, most=most)
    except (
        zipfile.BadZipFile,
        KeyError,
        ET.ParseError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ):
        raise UnreadableError("This file is not readable as XLSX.") from None


def _sheet_name(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if _SHEET in names:
        return _SHEET
    return next((name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)), _SHEET)


def _strings(archive: zipfile.ZipFile) -> list[str]:
    if _STRINGS not in archive.namelist():
        return []
    found = []
    with archive.open(_STRINGS) as part:
        for element in _elements(part, "si"):
            found.append(_text(element))
            if len(found) >= _MOST_STRINGS:
                break
    return found


def _dates(archive: zipfile.ZipFile) -> dict[str, bool]:
    if _STYLES not in archive.namelist():
        return {}
    with archive.open(_STYLES) as part:
        return date_styles(each for _, each in ET.iterparse(_Bounded(part)))  # noqa: S314


def _rows(part: IO[bytes], book: _Book, *, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in _elements(part, "row"):
        rows.append(_cells(row, book))
        if len(rows) >= most:
            break
    return rows


def _elements(part: IO[bytes], name: str) -> Iterator[ET.Element]:
    """Yield the finished elements of that name, each emptied afterwards."""
    for _, element in ET.iterparse(_Bounded(part)):  # noqa: S314 - _Bounded refuses bombs
        if _local(element) == name:
            yield element
            element.clear()


class _Bounded:
    """What is read of a part: so much and no more, and no document type."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self._read = 0
        self._tail = b""

    def read(self, size: int = _PIECE) -> bytes:
        piece = self._part.read(min(size, _PIECE))
        self._read += len(piece)
        if b"<!DOCTYPE" in (self._tail + piece).upper():
            raise UnreadableError("This file declares a document type, which spreadsheets do not.")
        if self._read > _MOST_BYTES:
            raise UnreadableError("This file is too big for a preview.")
        self._tail = piece[-16:]
        return piece


def _cells(row: ET.Element, book: _Book) -> list[str]:
    cells: list[str] = []
    for cell in row:
        column = _column(cell.get("r", ""), default=len(cells))
        if column >= book.columns:
            break
        cells.extend([""] * (column - len(cells)))
        cells.append(_value(cell, book))
    return cells


def _column(reference: str, *, default: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return default
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, default)


def _value(cell: ET.Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    text = _text(cell) if kind == "inlineStr" else _child_text(cell, "v")
    if kind == "s":
        known = text.isdecimal() and int(text) < len(book.strings)
        return book.strings[int(text)] if known else ""
    if kind == "n":
        return as_date(text, cell.get("s", ""), book.dates)
    return {"0": "FALSE", "1": "TRUE"}.get(text, text) if kind == "b" else text


def _child_text(element: ET.Element, name: str) -> str:
    return next((child.text or "" for child in element if _local(child) == name), "")


def _text(element: ET.Element) -> str:
    return "".join(part.text or "" for part in element.iter() if _local(part) == "t")


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
