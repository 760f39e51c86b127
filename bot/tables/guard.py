"""The guard against formulas in CSV, of one cell. Pure.

A cell that begins like a formula gets an apostrophe in front (OWASP: CSV injection). A signed
number, a phone number in one piece and dashes alone begin so as well, and stay as they are: no
spreadsheet runs them.
"""

import re
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""The last four are those of full width, which Excel takes like the others."""
PLAIN: Final = r"[+-][0-9.,]*[0-9][.,]?(?:[eE][+-]?[0-9]+)?%?|-+"
GUARD: Final = "'"
_IS_PLAIN = re.compile(PLAIN)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return GUARD + cell if is_live(cell) else cell


def is_live(cell: str) -> bool:
    """Return whether a spreadsheet may take a cell for a formula."""
    return cell.startswith(FORMULA_STARTS) and not _IS_PLAIN.fullmatch(cell)


def guarded_row(row: list[str]) -> tuple[list[str], int]:
    """Return a row whose cells are guarded, and how many of them had to be."""
    live = sum(map(is_live, row))
    return ([guarded(cell) for cell in row] if live else row), live
