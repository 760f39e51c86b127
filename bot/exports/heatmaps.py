"""Counts as coloured grids in one picture, one below the other, each with a scale of its own.

Every cell has its number, so nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.exports.png import Color, Picture

_WIDTH: Final = 1_200
_MARGIN: Final = 36
_TITLE: Final = 54  # pixels that a title takes, with the space below it
_LABELS: Final = 34  # pixels that the columns' labels take
_ROW_LABELS: Final = 76
_GAP: Final = 4  # pixels between cells
_BETWEEN: Final = 40
_ROW: Final = 52
_ONLY_ROW: Final = 84
_TITLE_HEIGHT: Final = 20
_LABEL_HEIGHT: Final = 14
_WHITE: Final[Color] = (255, 255, 255)
_INK: Final[Color] = (29, 28, 29)
_QUIET: Final[Color] = (97, 96, 97)
_EMPTY: Final[Color] = (240, 242, 245)
_FEWEST: Final[Color] = (205, 226, 245)
_MOST: Final[Color] = (9, 64, 116)
_DARK: Final = 0.6
"""The share of the largest from which numbers are white."""
_THOUSAND: Final = 1_000


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """A grid of counts, a tuple for each row. Texts are ASCII; a single row needs no label."""

    title: str
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    rows: tuple[str, ...] = ("",)


def heat_map(grids: Sequence[HeatGrid]) -> bytes:
    """Return the grids, one below the other, as a PNG picture."""
    heights = [_height(grid) for grid in grids]
    whole = 2 * _MARGIN + sum(heights) + _BETWEEN * (len(grids) - 1)
    picture = Picture((_WIDTH, whole), _WHITE)
    top = _MARGIN
    for grid, height in zip(grids, heights, strict=True):
        _draw(picture, grid, top)
        top += height + _BETWEEN
    return picture.png()


def _height(grid: HeatGrid) -> int:
    return _TITLE + len(grid.counts) * _row_height(grid) + _LABELS


def _row_height(grid: HeatGrid) -> int:
    return _ONLY_ROW if len(grid.counts) == 1 else _ROW


def _draw(picture: Picture, grid: HeatGrid, top: int) -> None:
    picture.text((_MARGIN, top), grid.title, height=_TITLE_HEIGHT, color=_INK)
    labelled = any(grid.rows)
    left = _MARGIN + (_ROW_LABELS if labelled else 0)
    step = (_WIDTH - _MARGIN - left) / len(grid.columns)
    high = _row_height(grid)
    largest = max((count for row in grid.counts for count in row), default=0)
    for number, (label, row) in enumerate(zip(grid.rows, grid.counts, strict=True)):
        y = top + _TITLE + number * high
        middle = y + (high - _GAP - _LABEL_HEIGHT) / 2
        picture.text((_MARGIN, middle), label, height=_LABEL_HEIGHT, color=_QUIET)
        for column, count in enumerate(row):
            x = round(left + column * step)
            wide = round(left + (column + 1) * step) - x - _GAP
            _cell(picture, (x, y), (wide, high - _GAP), count, largest)
    below = top + _TITLE + len(grid.counts) * high + (_LABELS - _LABEL_HEIGHT) / 2
    for column, label in enumerate(grid.columns):
        center = left + (column + 0.5) * step - _GAP / 2
        picture.text((center, below), label, height=_LABEL_HEIGHT, color=_QUIET, align=0.5)


def _cell(
    picture: Picture, at: tuple[int, int], size: tuple[int, int], count: int, largest: int
) -> None:
    share = count / largest if largest > 0 else 0.0
    picture.rectangle(at, size, _mixed(share) if count > 0 else _EMPTY)
    ink = _WHITE if share >= _DARK else _INK
    place = at[0] + size[0] / 2, at[1] + (size[1] - _LABEL_HEIGHT) / 2
    picture.text(place, _short(count), height=_LABEL_HEIGHT, color=ink, align=0.5)


def _mixed(share: float) -> Color:
    red, green, blue = (
        round(fewest + (most - fewest) * share) for fewest, most in zip(_FEWEST, _MOST, strict=True)
    )
    return red, green, blue


def _short(count: int) -> str:
    """Return a count of at most four characters: 999, 1.2k, 48k or 1.2M."""
    for size, unit in ((_THOUSAND**2, "M"), (_THOUSAND, "k")):
        if count >= size:
            digits = 1 if count < 10 * size else 0
            return f"{count / size:.{digits}f}{unit}"
    return str(count)
