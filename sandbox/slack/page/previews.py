"""The first rows of a CSV or XLSX file, read with bounds whatever the file's size."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sandbox.slack.page.worksheets import UnreadableError, worksheet_rows

ROWS = 20
COLUMNS = 30
CHARACTERS = 200
_HEAD_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Preview:
    """Column names, the first rows (each as wide as the names), and whether the file has more."""

    columns: list[str]
    rows: list[list[str]]
    more: bool


def preview(name: str, content: bytes | Path) -> Preview:
    """Return the first rows of a file called `name`; raises UnreadableError with a sentence."""
    kind = name.rpartition(".")[2].lower()
    if kind == "xlsx":
        return _first(worksheet_rows(content, columns=COLUMNS, most=ROWS + 2))
    if kind in {"csv", "tsv"}:
        return _first(_csv_rows(content))
    raise UnreadableError("Only CSV and XLSX files have a preview.")


def _first(rows: Iterable[list[str]]) -> Preview:
    head, *body = list(islice(rows, ROWS + 2)) or [[]]
    shown = [[_cut(cell) for cell in row[:COLUMNS]] for row in [head, *body[:ROWS]]]
    width = max(len(row) for row in shown)
    columns, *filled = [row + [""] * (width - len(row)) for row in shown]
    return Preview(columns, filled, more=len(body) > ROWS)


def _cut(cell: str) -> str:
    return cell if len(cell) <= CHARACTERS else f"{cell[: CHARACTERS - 1]}…"


def _csv_rows(content: bytes | Path) -> Iterator[list[str]]:
    head = _head(content)
    text = head.decode("utf-8-sig", errors="replace")
    if len(head) == _HEAD_BYTES:
        text = text.rpartition("\n")[0]  # the last line may be cut
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error:
        raise UnreadableError("This file is not readable as CSV.") from None


def _head(content: bytes | Path) -> bytes:
    if isinstance(content, bytes):
        return content[:_HEAD_BYTES]
    with content.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)
