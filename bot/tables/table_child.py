"""A process of its own that makes one large table into a file.

It is started by bot.tables.table_files and imports nothing but the tables, as it shall be there
soon and stay small: about 0.2 s and 21 MB. Standard input brings pickles, which only the process
that started it can write: an Order, and unless the rows are a CSV file, those of each sheet in
pieces, each sheet's end marked by None. When standard input ends early, so does this process. What
there is to remark on the file is written to standard output, as JSON.
"""

import json
import os
import pickle
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO, Final

from bot.tables.columns import Cell, Notes, Sheet
from bot.tables.conversion import CleanCsv, workbook_of_csv
from bot.tables.remarks import Remarks
from bot.tables.tables import write_table

NICE: Final = 10
"""Whoever waits for an acknowledgement goes first, where there are fewer processors than work."""
BROKEN: Final = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: `file` is an inherited descriptor to write to, `source` one of a clean CSV.

    Of a source a workbook is made. Without one the rows of `sheets` follow, which have none yet.
    """

    form: str
    notes: Notes
    file: int
    source: int | None = None
    written: CleanCsv | None = None
    sheets: Sequence[Sheet] = ()


def main() -> int:
    """Make what is ordered; return the exit code."""
    os.nice(NICE)
    try:
        remarks = make(sys.stdin.buffer)
    except Exception as error:  # noqa: BLE001  # its name, and not its text: that may quote a cell
        sys.stderr.write(type(error).__name__)
        return BROKEN
    json.dump(asdict(remarks), sys.stdout)
    return 0


def make(orders: BinaryIO) -> Remarks:
    """Make the file of the order that is read, and close it; return what there is to remark."""
    order: Order = _read(orders)
    with os.fdopen(order.file, "r+b") as file:
        if order.source is None or order.written is None:
            sheets = [replace(each, rows=_rows(orders)) for each in order.sheets]
            return write_table(file, sheets, order.notes, order.form)
        threading.Thread(target=_end_with, args=[orders.fileno()], daemon=True).start()
        with os.fdopen(order.source, "rb") as source:
            return workbook_of_csv(source, file, order.notes, order.written)


def _rows(orders: BinaryIO) -> Iterator[Sequence[Cell]]:
    while (rows := _read(orders)) is not None:
        yield from rows


def _read(orders: BinaryIO) -> Any:
    return pickle.load(orders)  # noqa: S301 - written by the process that started this one


def _end_with(pipe: int) -> None:
    """End when the one who waits for the file is gone, however it ended.

    The descriptor itself is read, as a reader with a buffer would hold up the interpreter's end.
    """
    os.read(pipe, 1)
    os._exit(BROKEN)


if __name__ == "__main__":
    sys.exit(main())
