"""The stand-in's pictures: small PNGs made by hand, each report's in a colour of its own."""

import hashlib
import struct
import zlib

SIZES = {"thumb": (160, 120), "medium": (640, 480)}


def picture(report_id: int, style: str) -> bytes:
    """Return a PNG with two stripes."""
    width, height = SIZES[style]
    top, bottom = (hashlib.sha256(f"{report_id}{part}".encode()).digest()[:3] for part in "ab")
    rows = (b"\0" + (top if y < height * 2 // 3 else bottom) * width for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
