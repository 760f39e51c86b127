"""Words and numbers that the messages of several features share: counts, signs, lists of names."""

from collections.abc import Sequence
from typing import Final

SHOWN_NAMES: Final = 5
FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 row" or "1,204 rows"; the plural is the noun with an s unless given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def signed(number: float) -> str:
    """Return a number with its sign and no needless decimals, such as "+4" or "-2.5"."""
    return f"{number:+,.1f}".removesuffix(".0")


def some_of(names: Sequence[str], limit: int = SHOWN_NAMES) -> str:
    """Return the first names and how many more there are, such as "a, b and 3 more"."""
    if len(names) <= limit:
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit:,} more"


def typed(name: str) -> str:
    """Return a name as it is typed in a command, in quotes when it has spaces."""
    return f'"{name}"' if " " in name else name
