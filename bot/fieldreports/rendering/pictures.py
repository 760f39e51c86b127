"""A picture of filled rectangles and texts in any script, as PNG. Charts are Slack's own.

Pillow is imported when a picture is begun: most starts never draw one.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil, inf
from typing import TYPE_CHECKING, Final

from bot.fieldreports.rendering.letters import FontFile, Letters, can_shape, opened

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

Color = tuple[int, int, int]
"""Red, green and blue of 0-255."""

_CAPITALS: Final = 0.69  # their height, of the size of FiraGO


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text in one font; `scale` makes what the font draws, and `width` is, as large."""

    text: str
    font: "FreeTypeFont"
    scale: float
    width: float


class Picture:
    """A picture being drawn. Places are pixels from the upper left corner."""

    def __init__(self, size: tuple[int, int], background: Color, fonts: Sequence[FontFile]) -> None:
        """Begin with an empty picture of `size` (width, height); texts are in `fonts`."""
        from PIL import Image, ImageDraw  # noqa: PLC0415

        self._image = Image.new("RGB", size, background)
        self._draw = ImageDraw.Draw(self._image)
        self._fonts = fonts
        self._shaped = can_shape()
        self._letters = Letters(fonts, shaped=self._shaped)
        self._opened: dict[tuple[int, float], tuple[FreeTypeFont, float]] = {}

    def rectangle(self, at: tuple[int, int], size: tuple[int, int], color: Color) -> None:
        """Fill a rectangle; what is outside the picture is not drawn."""
        if min(size) > 0:
            end = at[0] + size[0] - 1, at[1] + size[1] - 1
            self._draw.rectangle((*at, *end), fill=color)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        *,
        height: float,
        color: Color,
        align: float = 0.0,
        room: float = inf,
    ) -> None:
        """Write text with capitals of `height` pixels; `at` is the upper end of its left edge.

        `align` shifts it to the left by that share of its width: 0.5 centres it, 1 ends it there.
        What is wider than `room` pixels is shortened.
        """
        runs = self._fitting(text, height, room)
        x, baseline = round(at[0] - align * _width(runs)), round(at[1] + height)
        for run in runs:
            if run.scale == 1:
                self._draw.text((x, baseline), run.text, color, run.font, "ls", embedded_color=True)
            else:
                self._image.paste(*_reduced(run, (x, baseline), color))
            x += round(run.width)

    def width(self, text: str, *, height: float) -> float:
        """Return how wide a text is, in pixels."""
        return _width(self._runs(text, height))

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        file = BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def _font(self, number: int, height: float) -> tuple["FreeTypeFont", float]:
        if (number, height) not in self._opened:
            size = height / _CAPITALS
            self._opened[number, height] = opened(self._fonts[number], size, shaped=self._shaped)
        return self._opened[number, height]

    def _runs(self, text: str, height: float) -> list[_Run]:
        found = []
        for number, piece in self._letters.pieces(text):
            font, scale = self._font(number, height)
            found.append(_Run(piece, font, scale, font.getlength(piece) * scale))
        return found

    def _fitting(self, text: str, height: float, room: float) -> list[_Run]:
        def shortened(end: int) -> list[_Run]:
            return self._runs(self._letters.shortened(text, end), height)

        whole = self._runs(text, height)
        if _width(whole) <= room:
            return whole
        ends = range(1, len(text))
        return shortened(bisect_right(ends, room, key=lambda end: _width(shortened(end))))


def _width(runs: Sequence[_Run]) -> float:
    return sum(run.width for run in runs)


def _reduced(
    run: _Run, at: tuple[int, int], color: Color
) -> tuple["Image", tuple[int, int], "Image"]:
    """Return a run drawn in the only size of its font and made smaller, its place and its mask."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    above, below = run.font.getmetrics()
    large = Image.new("RGBA", (ceil(run.width / run.scale), above + below))
    draw = ImageDraw.Draw(large)
    draw.text((0, above), run.text, color, run.font, "ls", embedded_color=True)
    small = large.resize((ceil(large.width * run.scale), ceil(large.height * run.scale)))
    return small, (at[0], at[1] - round(above * run.scale)), small
