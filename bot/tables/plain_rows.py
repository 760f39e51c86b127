"""Whole rows as bytes: looked at and guarded without being taken apart. Pure.

This is what makes a file of a gigabyte pass in seconds: rows that are written as they should be are
searched, never parsed. Anything else is left to the csv module, with the same result. The bytes are
UTF-8, begin with a row and end with the end of one.

Each step is one call into C for a whole piece, chosen by its speed: `replace` finds a single byte
several times as fast as `count` does, and a search is fast whose pattern begins with one letter.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.tables.guard import FORMULA_STARTS, GUARD, PLAIN, is_live

_CRLF: Final = b"\r\n"
_LF: Final = b"\n"
_CR: Final = b"\r"
_QUOTE: Final = b'"'
_GUARD: Final = GUARD.encode()
_MARK: Final = b"\xff"
"""Stands for a quoted cell: a byte that is in no UTF-8."""
_STARTS: Final = tuple(start.encode() for start in FORMULA_STARTS)
_FIRST_BYTES: Final = bytes({start[0] for start in _STARTS})
_ONLY_QUOTED: Final = _CR + _LF
"""Bytes with which only a quoted cell can begin."""


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Well-formed rows, so many of them.

    `parts` are what is between quoted cells and these cells by turns, as they came. `outside` are
    the rows with a mark for each quoted cell, and with LF; `odd` says that one of them may begin
    like a formula.
    """

    rows: int
    parts: list[bytes]
    outside: bytes
    odd: bool
    separator: bytes
    has_crlf: bool

    def written(self) -> bytes:
        """Return the rows as they are, with CRLF."""
        return self._written(self.outside, self.parts[1::2])

    def guarded(self) -> tuple[bytes, int]:
        """Return the rows with CRLF and every cell guarded, and how many cells had to be."""
        outside, cells = _guarded_cells(self.outside, self.separator)
        outside, rows = _guarded_rows(outside, self.separator) if self.odd else (outside, 0)
        quoted = self.parts[1::2]
        live = [at for at, cell in enumerate(quoted) if cell[1] in _FIRST_BYTES and _is_live(cell)]
        for at in live:
            quoted[at] = _QUOTE + _GUARD + quoted[at][1:]
        return self._written(outside, quoted), cells + rows + len(live)

    def _written(self, outside: bytes, quoted: list[bytes]) -> bytes:
        parts = [*self.parts]
        if not self.has_crlf or outside is not self.outside:
            parts[0::2] = outside.replace(_LF, _CRLF).split(_MARK)
        parts[1::2] = quoted
        return b"".join(parts)


def plain_rows(piece: bytes, separator: bytes, *, line_end: bytes) -> PlainRows | None:
    """Return rows that are well-formed, none of them blank, all with this line end; else None."""
    parts = _quoted_cell(separator).split(piece) if _QUOTE in piece else [piece]
    came = _MARK.join(parts[0::2])
    has_crlf = line_end == _CRLF
    outside = came.replace(_CR, b"") if has_crlf else came
    written = outside.replace(_LF, _CRLF)
    if _QUOTE in came or (came != written if has_crlf else _CR in came):
        return None
    odd = outside[:1] in _FIRST_BYTES or _begun(_LF, _FIRST_BYTES).search(outside) is not None
    if odd and (outside.startswith(_LF) or 2 * _LF in outside):
        return None
    return PlainRows(len(written) - len(outside), parts, outside, odd, separator, has_crlf)


def end_of_rows(buffer: bytes) -> int:
    """Return where the last whole row of `buffer` ends that no quotation mark holds open."""
    end = buffer.rfind(_LF) + 1
    while end and _quotes(buffer[:end]) & 1:
        opened = buffer.rfind(_QUOTE, 0, end)
        end = buffer.rfind(_LF, 0, opened) + 1
    return end


def row_start(piece: bytes, at: int) -> int:
    """Return where the first row begins behind `at`, the end of the piece if none does."""
    inside = bool(_quotes(piece[:at]) & 1)
    while (end := piece.find(_LF, at)) >= 0:
        inside ^= bool(piece.count(_QUOTE, at, end) & 1)
        at = end + 1
        if not inside:
            return at
    return len(piece)


def _quotes(piece: bytes) -> int:
    return len(piece) - len(piece.replace(_QUOTE, b""))


def _is_live(cell: bytes) -> bool:
    return is_live(cell[1:-1].decode())


def _guarded_cells(outside: bytes, separator: bytes) -> tuple[bytes, int]:
    """Return rows with cells guarded that are behind a separator, and how many of them had to be.

    That no cell begins with one of the bytes that there are is seen faster than what cells mean.
    """
    none = separator + _ONLY_QUOTED
    some = bytes(byte for byte in _FIRST_BYTES if byte in outside and byte not in none)
    if not (some and _begun(separator, some).search(outside)):
        return outside, 0
    return _live(separator, separator).subn(separator + _GUARD, outside)


def _guarded_rows(outside: bytes, separator: bytes) -> tuple[bytes, int]:
    """Return rows whose first cells are guarded, and how many of them had to be."""
    rows, guards = _live(_LF, separator).subn(_LF + _GUARD, _LF + outside)
    return rows[len(_LF) :], guards


@cache
def _quoted_cell(separator: bytes) -> re.Pattern[bytes]:
    """Return what splits off quoted cells that are between separators and line ends.

    It begins with a letter, not with a look behind, as such a pattern is searched ten times faster.
    """
    mark = re.escape(separator)
    cell = b'"(?<![^' + mark + b'\\n]")[^"]*+(?:""[^"]*+)*+"(?![^' + mark + b"\\r\\n])"
    return re.compile(b"(" + cell + b")")


@cache
def _begun(before: bytes, some: bytes) -> re.Pattern[bytes]:
    """Return what finds one of some bytes, at least one, behind something."""
    return re.compile(re.escape(before) + b"[" + re.escape(some) + b"]")


@cache
def _live(before: bytes, separator: bytes) -> re.Pattern[bytes]:
    """Return what finds `before` where a cell like a formula begins behind it."""
    starts = [start for start in _STARTS if start not in separator + _ONLY_QUOTED]
    first_byte = b"[" + re.escape(bytes({start[0] for start in starts})) + b"]"
    plain = PLAIN.encode()
    if separator in (b",", b"."):  # a number may hold it only where it separates no cells
        plain = plain.replace(separator, b"")
    begins = b"(?=" + first_byte + b")(?=" + b"|".join(map(re.escape, starts)) + b")"
    is_plain = b"(?:" + plain + b")(?=[" + re.escape(separator) + b"\\n])"
    return re.compile(re.escape(before) + begins + b"(?!" + is_plain + b")")
