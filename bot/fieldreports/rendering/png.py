"""A picture of filled rectangles and plain text, as PNG. Small on purpose: charts are Slack's own.

https://www.w3.org/TR/png-3/
"""

import struct
import zlib
from functools import lru_cache
from itertools import pairwise
from math import ceil, hypot
from typing import Final

from bot.fieldreports.rendering.strokes import HEIGHT, Line, advance, lines_of, width

Color = tuple[int, int, int]
"""Red, green and blue of 0-255."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TAIL: Final = 8  # how far down letters reach, in units of a letter
_WEIGHT: Final = 0.13  # the thickness of strokes, of the height of a capital letter
_TRUE_COLOR: Final = 2
_BITS: Final = 8


class Picture:
    """A picture being drawn. Places are pixels from the upper left corner."""

    def __init__(self, size: tuple[int, int], background: Color) -> None:
        """Begin with an empty picture of `size` (width, height)."""
        self._width, self._height = size
        self._pixels = bytearray(bytes(background) * (self._width * self._height))

    def rectangle(self, at: tuple[int, int], size: tuple[int, int], color: Color) -> None:
        """Fill a rectangle; what is outside the picture is not drawn."""
        left, top = max(0, at[0]), max(0, at[1])
        right, bottom = min(self._width, at[0] + size[0]), min(self._height, at[1] + size[1])
        row = bytes(color) * max(0, right - left)
        for y in range(top, bottom):
            start = 3 * (y * self._width + left)
            self._pixels[start : start + len(row)] = row

    def text(
        self, at: tuple[float, float], text: str, *, height: float, color: Color, align: float = 0.0
    ) -> None:
        """Write text with capitals of `height` pixels; `at` is the upper end of its left edge.

        `align` shifts it to the left by that share of its width: 0.5 centres it, 1 ends it there.
        """
        unit = height / HEIGHT
        x = at[0] - align * width(text) * unit
        for letter in text:
            self._letter((round(x), round(at[1])), letter, height, color)
            x += advance(letter) * unit

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        stride = 3 * self._width
        rows = (
            b"\0" + self._pixels[start : start + stride]
            for start in range(0, stride * self._height, stride)
        )
        shape = struct.pack(">IIBBBBB", self._width, self._height, _BITS, _TRUE_COLOR, 0, 0, 0)
        return b"".join(
            (
                _SIGNATURE,
                _chunk(b"IHDR", shape),
                _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)),
                _chunk(b"IEND", b""),
            )
        )

    def _letter(self, at: tuple[int, int], letter: str, height: float, color: Color) -> None:
        for x, y, cover in _coverage(letter, height):
            self._blend(at[0] + x, at[1] + y, color, cover)

    def _blend(self, x: int, y: int, color: Color, cover: float) -> None:
        if not (0 <= x < self._width and 0 <= y < self._height):
            return
        start = 3 * (y * self._width + x)
        for channel, value in enumerate(color):
            below = self._pixels[start + channel]
            self._pixels[start + channel] = round(below + (value - below) * cover)


@lru_cache(maxsize=256)
def _coverage(letter: str, height: float) -> tuple[tuple[int, int, float], ...]:
    """Return the pixels of a letter, and how much of each is covered, so that edges are smooth."""
    unit = height / HEIGHT
    half = max(1.0, height * _WEIGHT) / 2
    scaled = [tuple((x * unit, y * unit) for x, y in line) for line in lines_of(letter)]
    margin = ceil(half + 1)
    wide, high = ceil(advance(letter) * unit), ceil(_TAIL * unit)
    found = []
    for y in range(-margin, high + margin):
        for x in range(-margin, wide + margin):
            distance = min((_distance(x, y, line) for line in scaled), default=height)
            cover = min(1.0, half + 0.5 - distance)
            if cover > 0:
                found.append((x, y, cover))
    return tuple(found)


def _distance(x: float, y: float, line: Line) -> float:
    """Return how far a point is from a line of at least one point."""
    pairs = list(pairwise(line)) or [(line[0], line[0])]
    return min(_from_segment(x, y, *pair) for pair in pairs)


def _from_segment(
    x: float, y: float, start: tuple[float, float], end: tuple[float, float]
) -> float:
    """Return how far a point is from a straight piece of line."""
    along = end[0] - start[0], end[1] - start[1]
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        share = ((x - start[0]) * along[0] + (y - start[1]) * along[1]) / length
    share = min(1.0, max(0.0, share))
    return hypot(x - start[0] - share * along[0], y - start[1] - share * along[1])


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
