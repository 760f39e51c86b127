"""An undocumented part of a vendor's JSON as pairs of path and text, for showing only. Pure."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_PAIRS = 50
LONGEST_VALUE = 200
DEEPEST = 8


def flattened(value: Any, *, most: int = MOST_PAIRS) -> tuple[tuple[str, str], ...]:
    """Return at most `most` pairs such as ("series[0].count", "3"), cut at LONGEST_VALUE."""
    return tuple(islice(_pairs(value, "", 0), most))


def _pairs(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict | list):
        yield path[-LONGEST_VALUE:], ("" if value is None else str(value)[:LONGEST_VALUE])
    elif depth < DEEPEST:
        for step, inner in _steps(value, path):
            yield from _pairs(inner, path + step, depth + 1)


def _steps(value: dict[str, Any] | list[Any], path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        return ((f"[{index}]", inner) for index, inner in enumerate(value))
    return ((f".{name}" if path else name, inner) for name, inner in value.items())
