"""How many rows a vendor's XLSX has: never unpacked into memory, and bounded before it is read.

A few megabytes may unpack to terabytes, into one part of the package, into thousands, or into a
directory of millions of empty ones. What the directory says of sizes is also the most that is read
of a part, so that it is enough to look at it first; a part that is not as it says is unreadable.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO, Final

LARGEST: Final = 2 * 2**30
"""Bytes of all parts unpacked. A full sheet of a million rows and 30 columns has about half."""
LARGEST_DIRECTORY: Final = 4 * 2**20
"""Bytes of the list of parts: some ten thousands, where a workbook has some dozens."""
PIECE: Final = 256 * 1024
_ROW = b"<row"
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


def rows_in(file: BinaryIO, *, largest: int = LARGEST) -> int:
    """Return the rows of all sheets without headings; `largest` is in bytes unpacked.

    Raises UnreadableWorkbookError and OversizedWorkbookError.
    """
    try:
        if _directory_size(file) > LARGEST_DIRECTORY:
            raise OversizedWorkbookError
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > largest:
                raise OversizedWorkbookError
            return sum(_rows(archive, part) for part in _sheets(parts))
    except _BROKEN:
        raise UnreadableWorkbookError from None


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


def _rows(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> int:
    count = 0
    before = b""
    with archive.open(sheet) as unpacked:
        while piece := unpacked.read(PIECE):
            both = before + piece
            count += both.count(_ROW + b" ") + both.count(_ROW + b">")
            before = both[-len(_ROW) :]
    return max(0, count - 1)
