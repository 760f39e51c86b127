"""Somebody else's CSV made into one that every spreadsheet reads, on its way. Pure.

This is the one reader of CSV. Whatever comes, what leaves is UTF-8 with a byte order mark, rows
that end with CRLF, quotation marks where they belong, and each cell guarded against formulas. The
separator stays. Blocks of the same size are read whatever the size of the chunks, so that the same
file always becomes the same bytes, and can be cut into parts; memory does not grow with it.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from bot.tables.cell_types import is_altered_by_spreadsheets
from bot.tables.columns import TextTable
from bot.tables.csv_decoding import Doubt, Utf8
from bot.tables.csv_dialect import CsvDialect, dialect_of, heading_at, sep_line
from bot.tables.csv_rows import LONGEST_LINE, LONGEST_ROW, UnreadableCsvError, whole_rows
from bot.tables.csv_tables import SAMPLE, table_of_rows
from bot.tables.guard import guarded_row
from bot.tables.plain_rows import PlainRows, end_of_rows, plain_rows
from bot.tables.remarks import Remarks

BLOCK: Final = 128 * 1024
"""Bytes. The event loop waits for one block: about a millisecond, five if it is malformed."""
BOM: Final = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's old code page."""
LINE_END: Final = "\r\n"
SHOWN: Final = 200
"""So many first rows are kept."""


class ColumnsDifferError(Exception):
    """The parts of a table have different headings."""


class CsvCleaner:
    """Takes the bytes of a CSV file, or of several with one heading, and yields the clean one.

    `rows`, without headings, and `size` in bytes count what has left, `taken` the bytes that came,
    `guards` the cells that had to be guarded. `above` are the rows over the heading, `first` the
    first ones below it. The first piece is all up to the heading, each further one whole rows.
    """

    def __init__(self, *, guard: bool = True, block: int = BLOCK) -> None:
        """Expect a file; without a guard cells stay as they are, for a file that is no CSV.

        `block` is how many bytes are read at a time.
        """
        self.rows = 0
        self.size = 0
        self.taken = 0
        self.guards = 0
        self.doubt = Doubt.NONE
        self.separator = ""
        self.above: list[list[str]] = []
        self.columns: list[str] = []
        self.first: list[list[str]] = []
        self._guard = guard
        self._block = block
        self._part = _Part()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what a chunk brings. Raises UnreadableCsvError and ColumnsDifferError."""
        self.taken += len(chunk)
        raw = self._part.raw
        raw += chunk
        while len(raw) >= self._block:
            with memoryview(raw) as view:
                block = bytes(view[: self._block])
            del raw[: self._block]
            yield from self._taken(block, final=False)

    def end(self) -> Iterator[bytes]:
        """Yield what is left of a file; what is fed then is a further one."""
        rest = bytes(self._part.raw)
        self._part.raw.clear()
        yield from self._taken(rest, final=True)
        self._part = _Part()

    def expected(self, length: int) -> int:
        """Return how many bytes will leave if `length` come, judged by those that came."""
        done = self.taken - self._part.waiting
        return round(length * self.size / done) if done > 0 and self.size else length

    @property
    def remarks(self) -> Remarks:
        """How what has left differs from what came."""
        seen = chain(*self.above, self.columns, *self.first)
        altered = self._guard and any(map(is_altered_by_spreadsheets, seen))
        return Remarks(guards=self.guards, altered=altered, doubt=self.doubt)

    def preview(self, most: int) -> TextTable:
        """Return the first rows, all as wide as the widest of them."""
        return table_of_rows(self.columns, self.first[:most])

    def _taken(self, block: bytes, *, final: bool) -> Iterator[bytes]:
        part = self._part
        new = part.utf8.of(block, final=final)
        self.doubt = max(self.doubt, part.utf8.doubt)
        buffer = part.carry + new
        part.carry = b""
        if not final and part.waits(new, buffer):
            part.carry = buffer
        elif part.dialect is None:
            yield from self._begun(buffer.decode(), final=final)
        else:
            yield from self._rows(buffer, part.dialect, final=final)

    def _begun(self, text: str, *, final: bool) -> Iterator[bytes]:
        """Yield the rows over the heading, the heading, and then rows."""
        part, (skipped, _) = self._part, sep_line(text)
        dialect = dialect_of(text[:SAMPLE], whole=final and len(text) <= SAMPLE)
        rows, rest = whole_rows(text[skipped:], dialect, final=final)
        at = heading_at(rows)
        if not any(rows):
            part.carry = b"" if final else text.encode()
            return
        part.begin(dialect, text)
        part.leave(rest.encode())
        below = [*filter(None, rows[at + 1 :])]
        if not self.separator:
            self.separator, self.columns = dialect.separator, rows[at]
            self.above, self.first = [*filter(None, rows[:at])], below[:SHOWN]
            yield self._sent(BOM.encode() + self._written([*self.above, self.columns]), rows=0)
        elif rows[at] != self.columns:
            raise ColumnsDifferError
        yield from self._counted(below)

    def _rows(self, buffer: bytes, dialect: CsvDialect, *, final: bool) -> Iterator[bytes]:
        part = self._part
        end = end_of_rows(buffer)
        plain = self._plain(buffer[:end], dialect) if end else None
        if plain:
            yield self._sent(self._guarded(plain), rows=plain.rows)
            buffer = buffer[end:]
            if not final:
                part.leave(buffer)
                return
        rows, rest = whole_rows(buffer.decode(), dialect, final=final)
        part.leave(rest.encode())
        yield from self._counted([*filter(None, rows)])

    def _plain(self, piece: bytes, dialect: CsvDialect) -> PlainRows | None:
        if not dialect.is_plain or dialect.separator != self.separator or not self._part.line_end:
            return None
        return plain_rows(piece, self.separator.encode(), line_end=self._part.line_end)

    def _guarded(self, plain: PlainRows) -> bytes:
        if not self._guard:
            return plain.written()
        written, guards = plain.guarded()
        self.guards += guards
        return written

    def _counted(self, rows: Sequence[list[str]]) -> Iterator[bytes]:
        if rows:
            yield self._sent(self._written(rows), rows=len(rows))

    def _sent(self, piece: bytes, *, rows: int) -> bytes:
        self.rows += rows
        self.size += len(piece)
        return piece

    def _written(self, rows: Sequence[list[str]]) -> bytes:
        if self._guard:
            marked = [guarded_row(row) for row in rows]
            self.guards += sum(guards for _, guards in marked)
            rows = [row for row, _ in marked]
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.separator, lineterminator=LINE_END).writerows(rows)
        return text.getvalue().encode("utf-8", "replace")


class _Part:
    """One file on its way: the bytes that wait for a whole block, and those for a whole row."""

    def __init__(self) -> None:
        self.raw = bytearray()
        self.carry = b""
        self.is_open = False
        self.utf8 = Utf8()
        self.dialect: CsvDialect | None = None
        self.line_end = b""

    @property
    def waiting(self) -> int:
        """How many bytes have come and not left, about."""
        return len(self.raw) + len(self.carry)

    def waits(self, new: bytes, buffer: bytes) -> bool:
        """Return whether what is `new` ends no row for sure, so that the buffer need not be read.

        Raises UnreadableCsvError for a line that is beyond all measure.
        """
        if self.is_open and b'"' not in new:
            return len(buffer) <= LONGEST_ROW
        if b"\n" in new or b"\r" in new:
            return False
        if len(buffer) > LONGEST_LINE:
            raise UnreadableCsvError
        return True

    def begin(self, dialect: CsvDialect, text: str) -> None:
        """Know how the file is written that begins with `text`."""
        before, found, _ = text.partition("\n")
        self.dialect = dialect
        self.line_end = (b"\r\n" if before.endswith("\r") else b"\n") if found else b""

    def leave(self, rest: bytes) -> None:
        """Keep what is no whole row yet."""
        self.carry = rest
        self.is_open = b'"' in rest
