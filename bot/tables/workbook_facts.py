"""What is in a vendor's XLSX: never unpacked into memory, and bounded before it is read.

A few megabytes may unpack to terabytes, into one part of the package, into thousands, or into a
directory of millions of empty ones. What the directory says of sizes is also the most that is read
of a part, so that it is enough to look at it first; a part that is not as it says is unreadable.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from bot.tables.remarks import Remarks

LARGEST: Final = 2 * 2**30
"""Bytes of all parts unpacked. A full sheet of a million rows and 30 columns has about half."""
LARGEST_DIRECTORY: Final = 4 * 2**20
"""Bytes of the list of parts: some ten thousands, where a workbook has some dozens."""
PIECE: Final = 256 * 1024
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]{0,30}:)worksheet")
_ACTIVE: Final = (
    ("xl/vbaProject.bin", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/externalLinks/", "links to other files"),
    ("xl/connections.xml", "connections to other data"),
    ("xl/embeddings/", "embedded files"),
    ("xl/activeX/", "embedded programs"),
)
"""Parts of a package that may act, by how they are called."""
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_END_64, _END_64_SIZE = b"PK\x06\x06", 56
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What OPC allows; others would let a small part ask for gigabytes of memory."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, NotImplementedError, RuntimeError, ValueError),
)


class UnreadableWorkbookError(Exception):
    """It is no package of sheets, or a broken one."""


class OversizedWorkbookError(Exception):
    """Unpacked it would be larger than anybody can open."""


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """The rows of all sheets without headings, cells that compute, and what else may act."""

    rows: int
    formulas: int = 0
    active: str = ""

    @property
    def remarks(self) -> Remarks:
        """What people should know of it."""
        return Remarks(formulas=self.formulas, active=self.active)


def facts_of(file: BinaryIO, *, largest: int = LARGEST) -> WorkbookFacts:
    """Return what is in a workbook; `largest` is in bytes unpacked.

    Raises UnreadableWorkbookError and OversizedWorkbookError.
    """
    try:
        if _directory_size(file) > LARGEST_DIRECTORY:
            raise OversizedWorkbookError
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > largest:
                raise OversizedWorkbookError
            counts = [_counts(archive, part) for part in _sheets(parts)]
            rows, formulas = (sum(each) for each in zip(*counts, strict=True))
            return WorkbookFacts(rows, formulas, _active(parts))
    except _BROKEN:
        raise UnreadableWorkbookError from None


def _active(parts: Sequence[zipfile.ZipInfo]) -> str:
    found = [what for name, what in _ACTIVE if any(_is(part, name) for part in parts)]
    return ", ".join(dict.fromkeys(found))


def _is(part: zipfile.ZipInfo, name: str) -> bool:
    return part.filename.casefold().startswith(name.casefold())


def _directory_size(file: BinaryIO) -> int:
    """Return the size of the list of parts, which would be read at once, in bytes."""
    whole = file.seek(0, 2)
    file.seek(-min(whole, _END_SIZE + _LONGEST_COMMENT + _END_64_SIZE + _LOCATOR_SIZE), 2)
    tail = file.read()
    at = len(tail) - _END_SIZE
    if not (tail.startswith(_END, at) and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0:
        raise UnreadableWorkbookError
    before = at - _LOCATOR_SIZE - _END_64_SIZE
    if not (before >= 0 and tail.startswith(_LOCATOR, at - _LOCATOR_SIZE)):
        return int(struct.unpack_from("<L", tail, at + 12)[0])
    if not tail.startswith(_END_64, before):  # readers differ on where else they look
        raise UnreadableWorkbookError
    return int(struct.unpack_from("<Q", tail, before + 40)[0])


def _sheets(parts: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    found = [
        part
        for part in parts
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    ]
    if not found or any(part.compress_type not in _METHODS for part in found):
        raise UnreadableWorkbookError
    return found


def _counts(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> tuple[int, int]:
    """Return the rows of a sheet without its heading, and its formulas."""
    rows, formulas, before = 0, 0, b""
    with archive.open(sheet) as unpacked:
        piece = unpacked.read(PIECE)
        found = _PREFIX.search(piece)
        row, formula = (b"<" + (found[1] if found else b"") + name for name in (b"row", b"f"))
        while piece:
            both = before + piece
            rows += _tags(both[-len(piece) - len(row) :], row)
            formulas += _tags(both[-len(piece) - len(formula) :], formula)
            before, piece = both[-len(row) :], unpacked.read(PIECE)
    return max(0, rows - 1), formulas


def _tags(text: bytes, name: bytes) -> int:
    """Return how often an element begins."""
    return text.count(name + b" ") + text.count(name + b">")
