"""Words and numbers that messages share: counts, signs, sizes, times, lists of names."""

import re
from collections.abc import Sequence
from math import isfinite
from typing import Final

SHOWN_NAMES: Final = 5
FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF", "raw": "Original Excel"}
"""What people call the formats of files; the original is the one that a service makes itself."""
_WORD_ENDS: Final = re.compile(r"[_.\s]+|(?<=[a-z0-9])(?=[A-Z])")
_CAPITALS: Final = frozenset({"url", "ip", "id", "os", "utm"})
_UNITS: Final = ("KB", "MB", "GB", "TB")
_STEP: Final = 1_000  # as Slack and file managers count
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_EXACT: Final = 10  # below it one decimal helps, and a time is too short to be exact about


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 row" or "1,204 rows"; the plural is the noun with an s unless given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def capital(words: str) -> str:
    """Return words with a capital at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """Return words to stand in a sentence, with no capital at the beginning."""
    return words[:1].lower() + words[1:]


def field_words(name: str) -> str:
    """Return a service's own name of a field as words: "page_url" and "pageUrl" are "Page URL".

    Of a path such as "series[0].count" the lists' places are told from 1: "Series 1 count". What
    has spaces is words already.
    """
    if " " in name.strip():
        return name
    placed = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1} ", name)
    parts = [part for part in _WORD_ENDS.split(placed) if part]
    known = (part.upper() if part.lower() in _CAPITALS else part for part in parts)
    return capital(" ".join(word if word.isupper() else word.lower() for word in known)) or name


def left_out(odd: Sequence[str], noun: str, *, vendor: str) -> str:
    """Return how many entries of a list are missing and why; "" where none is.

    `odd` are the paths of what could not be read, such as "assignments[3].assigneeEmail".
    """
    if not odd:
        return ""
    fields = list(dict.fromkeys(path.rpartition(".")[2] for path in odd if "." in path))
    why = f" ({some_of(fields)})" if fields else ""
    be = "is" if len(odd) == 1 else "are"
    return f"{counted(len(odd), noun)} of {vendor}'s could not be read{why} and {be} left out"


def size_words(count: int) -> str:
    """Return a number of bytes such as "812 bytes", "4.2 MB" or "1.1 GB"."""
    if count < _STEP:
        return f"{count} byte{'s' * (count != 1)}"
    amount, unit = count / _STEP, 0
    while amount >= _STEP - 0.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 1 if amount < _EXACT else 0
    return f"{amount:,.{digits}f}".removesuffix(".0") + f" {_UNITS[unit]}"


def time_words(seconds: float) -> str:
    """Return a time such as "a few seconds", "40 seconds", "5 minutes" or "2 h 10 min"."""
    if not isfinite(seconds) or seconds > _DAY:
        return "more than a day"
    if seconds < _EXACT:
        return "a few seconds"
    if seconds < _MINUTE:
        return f"{round(seconds / 10) * 10} seconds"
    if seconds < _HOUR:
        minutes = round(seconds / _MINUTE)
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours, rest = divmod(round(seconds / _MINUTE), 60)
    return f"{hours} h {rest} min"


def span_words(seconds: float) -> str:
    """Return a long time in its two largest units: "20 min", "9 h", "2 h 10 min", "3 days 4 h"."""
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    days, hours = divmod(hours, 24)
    largest = [
        f"{days} day{'s' * (days != 1)}" if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    first = next((at for at, each in enumerate(largest) if each), 2)
    return " ".join(filter(None, largest[first : first + 2])) or "0 min"


def some_of(names: Sequence[str], limit: int = SHOWN_NAMES) -> str:
    """Return the first names and how many more there are, such as "a, b and 3 more"."""
    if len(names) <= limit:
        return ", ".join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit:,} more"


def typed(name: str) -> str:
    """Return a name as it is typed in a command, in quotes when it has spaces."""
    return f'"{name}"' if " " in name else name
