"""Tables made into files: a small one by a thread, a large one by a process of its own.

Writing a workbook is a minute of pure Python for some hundred thousand rows. A thread that does it
takes the interpreter's lock from the event loop again and again, so that acknowledgements come
seconds late; a process does not. It costs a fifth of a second to start and about 21 MB.
"""

import asyncio
import json
import os
import pickle
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from bot import log
from bot.errors import BotError
from bot.spool import Body, Spool
from bot.tables.columns import Cell, Notes, Sheet
from bot.tables.conversion import CleanCsv, workbook_of_csv
from bot.tables.remarks import Remarks
from bot.tables.table_child import Order
from bot.tables.tables import write_table

CHILD: Final = (sys.executable, "-m", "bot.tables.table_child")
LARGE_BYTES: Final = 100_000
LARGE_CELLS: Final = 10_000
"""Up to here a thread is done before a process has well begun, in about a quarter of a second."""
WIDTH: Final = 2
"""Processes at a time; further tables wait."""
PATIENCE: Final = 900.0
XLSX: Final = "xlsx"
SLOWEST: Final = 50_000
"""Bytes of CSV a second, and PATIENCE (seconds) on top: what takes longer hangs."""
ROWS_AT_ONCE: Final = 500
LONGEST_COMPLAINT: Final = 200
KEPT: Final = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""Variables that the process gets, besides those of Python: no secret is among them."""
NOT_MADE: Final = (
    "The table could not be made into a file here. Try again, or ask for CSV or a shorter period."
)


class TableFileError(BotError):
    """The process that made a file broke or hung."""


class TableFiles:
    """Makes bodies of tables. Each stands in a temporary file that is gone with its context."""

    def __init__(
        self,
        *,
        large_bytes: int = LARGE_BYTES,
        large_cells: int = LARGE_CELLS,
        patience: float = PATIENCE,
    ) -> None:
        """Make what is larger in a process of its own, which has `patience` seconds at least."""
        self._large_bytes = large_bytes
        self._large_cells = large_cells
        self._patience = patience
        self._places = asyncio.Semaphore(WIDTH)

    @asynccontextmanager
    async def of_sheets(
        self, sheets: Sequence[Sheet], notes: Notes, form: str
    ) -> AsyncIterator[Body]:
        """Yield the tables as a file of that form; raises TableFileError."""
        async with Spool() as spool:
            some, few = _begun(sheets, self._large_cells)
            if few:
                remarks = await asyncio.to_thread(write_table, spool.file, some, notes, form)
            else:
                titles = tuple(replace(each, rows=()) for each in some)
                order = Order(form, notes, spool.file.fileno(), sheets=titles)
                remarks = await self._apart(order, _pieces(some), patience=self._patience)
            yield spool.body(remarks.sentences())

    @asynccontextmanager
    async def workbook_of_csv(
        self, source: Spool, notes: Notes, written: CleanCsv
    ) -> AsyncIterator[tuple[Body, Remarks]]:
        """Yield a clean CSV as a typed workbook, and what did not fit; raises TableFileError."""
        size = source.length
        async with Spool() as spool:
            if size <= self._large_bytes:
                remarks = await asyncio.to_thread(
                    workbook_of_csv, source.file, spool.file, notes, written
                )
            else:
                file, read = spool.file.fileno(), source.file.fileno()
                order = Order(XLSX, notes, file, source=read, written=written)
                remarks = await self._apart(order, (), patience=self._patience + size / SLOWEST)
            yield spool.body(), remarks

    async def _apart(self, order: Order, rows: Iterable[object], *, patience: float) -> Remarks:
        """Have an order carried out by a process, which ends with this call in any case."""
        async with self._places:
            process = await asyncio.create_subprocess_exec(
                *CHILD,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                pass_fds=[each for each in (order.file, order.source) if each is not None],
                env=_environment(os.environ),
            )
            try:
                async with asyncio.timeout(patience):
                    await _hand_over(process, chain([order], rows))
                    code = await process.wait()
            except TimeoutError:
                code = None
            finally:
                await _ended(process)
            if code != 0:
                log.get().error("table_process_failed", code=code, said=await _complaint(process))
                raise TableFileError(NOT_MADE)
            assert process.stdout is not None
            return Remarks(**json.loads(await process.stdout.read()))


def _begun(sheets: Sequence[Sheet], most: int) -> tuple[list[Sheet], bool]:
    """Return the sheets with their first rows taken, and whether all have at most `most` cells."""
    begun, cells = [], 0
    for sheet in sheets:
        rows, width = iter(sheet.rows), max(1, len(sheet.columns))
        first = list(islice(rows, max(0, most - cells) // width + 1))
        cells += len(first) * width
        begun.append(replace(sheet, rows=chain(first, rows)))
    return begun, cells <= most


def _pieces(sheets: Iterable[Sheet]) -> Iterator[list[Sequence[Cell]] | None]:
    for sheet in sheets:
        rows = iter(sheet.rows)
        while piece := list(islice(rows, ROWS_AT_ONCE)):
            yield piece
        yield None


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in variables.items()
        if name in KEPT or name.startswith("PYTHON")
    }


async def _hand_over(process: asyncio.subprocess.Process, messages: Iterable[object]) -> None:
    """Write messages as fast as they are read; the pipe stays open, so that its end means ours."""
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):  # why it ended is told by its exit code
        for message in messages:
            process.stdin.write(pickle.dumps(message))
            await process.stdin.drain()
            await asyncio.sleep(0)


async def _ended(process: asyncio.subprocess.Process) -> None:
    assert process.stdin is not None
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    process.stdin.close()
    await asyncio.shield(process.wait())


async def _complaint(process: asyncio.subprocess.Process) -> str:
    """Return the name of the error that it ended with."""
    assert process.stderr is not None
    return (await process.stderr.read(LONGEST_COMPLAINT)).decode("utf-8", "replace").strip()
