"""Whole rows as bytes: looked at and guarded without being taken apart. Pure.

This is what makes a file of a gigabyte pass in seconds: rows that are written as they should be are
searched, never parsed. Anything else is left to the csv module, with the same result. The bytes are
UTF-8, begin with a row and end with the end of one.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from bot.tables.guard import GUARD, PLAIN

_MARK: Final = b'"'
_START: Final = b"="
_STARTS: Final = b"+-@\t"
_QUOTED_STARTS: Final = frozenset((b"=", b"+", b"-", b"@", b"\t", b"\r", b"\n"))
_WIDE_START: Final = "＝".encode()[:2]  # noqa: RUF001
_IS_PLAIN = re.compile(PLAIN.encode())


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Well-formed rows that end with CRLF: the bytes outside of quoted cells, and these cells.

    Of each quoted cell one quotation mark is left in `outside`.
    """

    outside: bytes
    quoted: list[bytes]
    separator: bytes

    @property
    def rows(self) -> int:
        """How many there are."""
        return self.outside.count(b"\n")

    def written(self) -> bytes:
        """Return the rows as they are."""
        return _joined(self.outside, self.quoted)

    def guarded(self) -> tuple[bytes, int]:
        """Return the rows with every cell guarded, and how many cells had to be."""
        live = self._live()
        quoted = [
            cell if cell[1:2] not in _QUOTED_STARTS else _guarded_cell(cell) for cell in self.quoted
        ]
        written = _joined(_with_guards(self.outside, live), quoted)
        before = len(self.outside) + sum(map(len, self.quoted)) - len(quoted)
        return written, len(written) - before

    def _live(self) -> list[int]:
        """Return where cells begin that are not quoted and like a formula."""
        seen = self.outside.translate(_starts(self.separator))
        ends = _ends(self.separator)
        found = [0] if seen.startswith(_START) and not ends.match(self.outside) else []
        at = seen.find(b"\n=")
        while at >= 0:
            if not ends.match(self.outside, at + 1):
                found.append(at + 1)
            at = seen.find(b"\n=", at + 1)
        return found


def plain_rows(piece: bytes, separator: bytes, *, line_end: bytes) -> PlainRows | None:
    """Return rows that are well-formed, none of them blank, all with this line end; else None."""
    outside, quoted = piece, []
    if _MARK in piece:
        cell = _quoted_cell(separator)
        outside, quoted = _MARK.join(cell.split(piece)), cell.findall(piece)
        if outside.count(_MARK) != len(quoted):
            return None
    if not _has_line_ends(outside, line_end) or (not piece.isascii() and _WIDE_START in piece):
        return None
    if line_end == b"\n":
        outside = outside.replace(b"\n", b"\r\n")
    return PlainRows(outside, quoted, separator)


def end_of_rows(buffer: bytes) -> int:
    """Return where the last whole row of `buffer` ends that no quotation mark holds open."""
    end = buffer.rfind(b"\n") + 1
    while end and buffer.count(_MARK, 0, end) & 1:
        opened = buffer.rfind(_MARK, 0, end)
        end = buffer.rfind(b"\n", 0, opened) + 1
    return end


def row_start(piece: bytes, at: int) -> int:
    """Return where the first row begins behind `at`, the end of the piece if none does."""
    inside = bool(piece.count(_MARK, 0, at) & 1)
    while (end := piece.find(b"\n", at)) >= 0:
        inside ^= bool(piece.count(_MARK, at, end) & 1)
        at = end + 1
        if not inside:
            return at
    return len(piece)


def _has_line_ends(outside: bytes, line_end: bytes) -> bool:
    if outside.startswith(line_end):
        return False
    if line_end == b"\n":
        return b"\r" not in outside and b"\n\n" not in outside
    ends = outside.count(line_end)
    return ends == outside.count(b"\n") == outside.count(b"\r") and b"\n\r" not in outside


def _joined(outside: bytes, quoted: list[bytes]) -> bytes:
    if not quoted:
        return outside
    both = [b""] * (2 * len(quoted) + 1)
    both[0::2], both[1::2] = outside.split(_MARK), quoted
    return b"".join(both)


def _with_guards(outside: bytes, places: list[int]) -> bytes:
    if not places:
        return outside
    edges = [0, *places, len(outside)]
    parts = (outside[start:end] for start, end in pairwise(edges))
    return GUARD.encode().join(parts)


def _guarded_cell(cell: bytes) -> bytes:
    """Return a quoted cell that begins like a formula, guarded inside of its quotation marks."""
    if _IS_PLAIN.fullmatch(cell, 1, len(cell) - 1):
        return cell
    return b'"' + GUARD.encode() + cell[1:]


@cache
def _quoted_cell(separator: bytes) -> re.Pattern[bytes]:
    """Return what matches a quoted cell between separators and line ends.

    It begins with a letter, not with a look behind, as such a pattern is searched ten times faster.
    """
    mark = re.escape(separator)
    return re.compile(b'"(?<![^' + mark + b'\\n]")[^"]*+(?:""[^"]*+)*+"(?![^' + mark + b"\\r\\n])")


@cache
def _starts(separator: bytes) -> bytes:
    """Return a table that makes every start of a formula one letter, and every start of a cell."""
    return bytes.maketrans(_STARTS + separator, _START * len(_STARTS) + b"\n")


@cache
def _ends(separator: bytes) -> re.Pattern[bytes]:
    """Return what matches a whole cell that only begins like a formula."""
    plain = PLAIN.encode()
    if separator in (b",", b"."):  # a number may hold it only where it separates no cells
        plain = plain.replace(separator, b"")
    return re.compile(b"(?:" + plain + b")(?=[" + re.escape(separator) + b"\\r\\n])")
