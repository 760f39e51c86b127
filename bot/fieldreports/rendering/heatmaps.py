"""Counts as coloured cells in one picture, grids side by side, each with a scale of its own.

Every cell has its number, so nothing is told by colour alone. Above them stands what they are of.
A picture knows no theme, so it is a dark card: it stands well on a light page and does not dazzle
on a dark one. It is seen small before somebody opens it, so letters are large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.fieldreports.rendering.letters import FontFile
from bot.fieldreports.rendering.pictures import Color, Picture

_WIDTH: Final = 900
_MARGIN: Final = 30
_BETWEEN: Final = 36
_HEADING: Final = 26  # pixels above the heading
_TITLES: Final = 78  # pixels above the titles of the grids
_CELLS: Final = 108  # pixels above the cells
_GRID: Final = 428  # pixels that all rows of a grid share, whatever their number
_ROW_LABELS: Final = 70
_GAP: Final = 4  # pixels between cells
_INSET: Final = 9  # pixels from a cell's edges to its caption
_HEADING_HEIGHT: Final = 24
_TITLE_HEIGHT: Final = 17
_LABEL_HEIGHT: Final = 19
_CAPTION_HEIGHT: Final = 14
_CARD: Final[Color] = (32, 38, 48)
_INK: Final[Color] = (255, 255, 255)
_QUIET: Final[Color] = (190, 198, 210)
_EMPTY: Final[Color] = (46, 54, 67)
_FEWEST: Final[Color] = (38, 78, 128)
_MOST: Final[Color] = (168, 218, 255)
_DARK_INK: Final[Color] = (6, 10, 16)
_BRIGHT: Final = 0.33
"""The share of the largest from which texts are dark: there both inks stand out alike."""
_THOUSAND: Final = 1_000


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A count and what it is of, for a cell whose row does not say it."""

    count: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """A grid of cells: `rows` with labels, or none. `share` is its part of the picture's width."""

    title: str
    cells: tuple[tuple[HeatCell, ...], ...]
    rows: tuple[str, ...] = ()
    share: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """What the counts are of: a name, in any script, and a period."""

    name: str
    period: str


def heat_map(grids: Sequence[HeatGrid], heading: Heading, *, fonts: Sequence[FontFile]) -> bytes:
    """Return the grids, side by side, as a PNG picture of one size. Texts are in `fonts`."""
    picture = Picture((_WIDTH, _CELLS + _GRID + _MARGIN), _CARD, fonts)
    _head(picture, heading)
    room = _WIDTH - 2 * _MARGIN - _BETWEEN * (len(grids) - 1)
    shares = sum(grid.share for grid in grids)
    left = _MARGIN
    for grid in grids:
        wide = room * grid.share // shares
        _draw(picture, grid, left, wide)
        left += wide + _BETWEEN
    return picture.png()


def _head(picture: Picture, heading: Heading) -> None:
    """Write the name at the left and the period at the right, with capitals on one line."""
    end = _WIDTH - _MARGIN, _HEADING + _HEADING_HEIGHT - _LABEL_HEIGHT
    picture.text(end, heading.period, height=_LABEL_HEIGHT, color=_QUIET, align=1.0)
    period = picture.width(heading.period, height=_LABEL_HEIGHT)
    picture.text(
        (_MARGIN, _HEADING),
        heading.name,
        height=_HEADING_HEIGHT,
        color=_INK,
        room=_WIDTH - 2 * _MARGIN - _BETWEEN - period,
    )


def _draw(picture: Picture, grid: HeatGrid, left: int, wide: int) -> None:
    picture.text((left, _TITLES), grid.title, height=_TITLE_HEIGHT, color=_QUIET)
    labels = grid.rows or ("",) * len(grid.cells)
    start = left + (_ROW_LABELS if grid.rows else 0)
    high = _GRID / len(grid.cells)
    largest = max((cell.count for row in grid.cells for cell in row), default=0)
    for number, (label, row) in enumerate(zip(labels, grid.cells, strict=True)):
        y, below = round(_CELLS + number * high), round(_CELLS + (number + 1) * high)
        middle = y + (below - y - _GAP - _LABEL_HEIGHT) / 2
        picture.text((left, middle), label, height=_LABEL_HEIGHT, color=_QUIET)
        step = (left + wide - start) / len(row)
        for column, cell in enumerate(row):
            x, end = round(start + column * step), round(start + (column + 1) * step)
            _cell(picture, (x, y), (end - x - _GAP, below - y - _GAP), cell, largest)


def _cell(
    picture: Picture, at: tuple[int, int], size: tuple[int, int], cell: HeatCell, largest: int
) -> None:
    share = cell.count / largest if largest > 0 else 0.0
    picture.rectangle(at, size, _mixed(share) if cell.count > 0 else _EMPTY)
    ink = _DARK_INK if share >= _BRIGHT else _INK
    corner = at[0] + _INSET, at[1] + _INSET
    picture.text(corner, cell.caption, height=_CAPTION_HEIGHT, color=ink if cell.count else _QUIET)
    place = at[0] + size[0] / 2, at[1] + (size[1] - _LABEL_HEIGHT) / 2
    picture.text(place, _short(cell.count), height=_LABEL_HEIGHT, color=ink, align=0.5)


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
