"""The stand-in's export files. No column of them is documented: every name is an invention."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from sandbox.vendors.giosg.events import ORDINARY, Event
from sandbox.vendors.switches import ODD_DATA, Switches

COLUMNS = (
    "timestamp", "action", "session_id", "visitor_id", "country", "page_url", "value", "note",
)  # fmt: skip
MORE = {"one more": (("score", "7"),), "two more": (("score", "7"), ("visited_on", "2026-01-31"))}
"""Columns behind the usual ones, each with what is in every cell."""
TITLE = "Events of the step"
RENAMED = ("Time", "Action", "Session", "Visitor", "Country", "Page", "Value", "Note")
MEGABYTE = 1_000_000
PIECE = 256 * 1024
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file: a head, a block so many times, a tail; nothing larger than the block is kept."""

    head: bytes
    block: bytes
    times: int
    tail: bytes = b""

    @property
    def length(self) -> int:
        """The bytes of the whole file."""
        return len(self.head) + len(self.block) * self.times + len(self.tail)

    def pieces(self) -> Iterator[bytes]:
        """Yield the file in pieces of about PIECE bytes."""
        if self.head:
            yield self.head
        copies = max(1, PIECE // max(1, len(self.block)))
        whole, rest = divmod(self.times, copies)
        large = self.block * min(copies, self.times)
        for _ in range(whole):
            yield from _sliced(large)
        if rest:
            yield from _sliced(self.block * rest)
        if self.tail:
            yield from _sliced(self.tail)


def csv_file(events: Iterable[Event], switches: Switches) -> ExportFile:
    """Return the events as CSV, repeated up to the rows or to the size of the switches."""
    columns = RENAMED if switches.choice("csv_columns") == "renamed" else COLUMNS
    more = MORE.get(switches.choice("csv_columns"), ())
    title = [[TITLE]] if switches.choice("csv_form") == "under a title" else []
    head = _written([*title, (*columns, *(name for name, _ in more))], switches)
    bom = "\ufeff".encode(_encoding(switches)) if _has_mark(switches) else b""
    longer = ("extra",) if switches.choice("csv_form") == "with longer rows" else ()
    rows = [(*row(one, switches), *(cell for _, cell in more), *longer) for one in events]
    block = _written(rows, switches)
    if rows and switches.number("export_rows"):
        times, rest = divmod(int(switches.number("export_rows")), len(rows))
        return ExportFile(bom + head, block, times, _written(rows[:rest], switches))
    wanted = int(switches.number("export_megabytes") * MEGABYTE)
    times = max(1, -(-(wanted - len(head)) // len(block))) if wanted and block else 1
    return ExportFile(bom + head, block, times)


def xlsx_file(events: Iterable[Event], switches: Switches) -> ExportFile:
    """Return the events as a workbook, all of its cells text."""
    packed = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(packed, options) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
        sheet = workbook.add_worksheet("Events")
        for number, cells in enumerate([COLUMNS, *(row(one, switches) for one in events)]):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
    return ExportFile(b"", packed.getvalue(), 1)


def row(one: Event, switches: Switches) -> tuple[str, ...]:
    """Return an event as the cells of COLUMNS."""
    return (
        stamp(one.at),
        one.action,
        one.session_id,
        one.visitor_id,
        one.country,
        one.page_url,
        f"{one.value:.2f}",
        _note(one.note, switches),
    )


def _note(note: str, switches: Switches) -> str:
    if not switches.on(ODD_DATA):
        return ORDINARY.get(note, note)
    return note if switches.on("hostile_rows") else ""


def stamp(at: datetime) -> str:
    """Return a moment as the vendor writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _written(rows: Iterable[Sequence[str]], switches: Switches) -> bytes:
    text = io.StringIO(newline="")
    delimiter = ";" if switches.on("csv_semicolons") else ","
    csv.writer(text, delimiter=delimiter).writerows(rows)
    written = text.getvalue()
    if switches.choice("csv_form") == "with bare CR":
        written = written.replace("\r\n", "\r")
    return written.encode(_encoding(switches), "replace")


def _encoding(switches: Switches) -> str:
    if switches.choice("csv_form") == "in UTF-16":
        return "utf-16-le"
    return "latin-1" if switches.on("csv_latin_1") else "utf-8"


def _has_mark(switches: Switches) -> bool:
    return switches.on("csv_bom") or switches.choice("csv_form") == "in UTF-16"


def _sliced(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
