"""What a command's help says, as a value; rendering.help makes a message of it."""

from collections.abc import Sequence
from dataclasses import dataclass

Example = tuple[str, str]
"""A command that can be typed, and what it does."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The help of one command: a sentence, groups of examples by title, and small print."""

    text: str
    groups: Sequence[tuple[str, Sequence[Example]]]
    small_print: Sequence[str] = ()


PERIODS = (
    "Periods: today, yesterday, this-week, last-week, this-month, last-month, this-quarter, "
    "last-quarter, this-year, last-year, ytd, last-30d, 2026-01-01..2026-03-31"
)
