"""Reading a vendor's JSON: tolerant of what we do not use, strict on what we do. Pure.

A field that is missing or of another type raises ShapeError with its path, never with its content.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Self, TypeVar

T = TypeVar("T")

MOST_PAIRS = 50
LONGEST_VALUE = 200
DEEPEST = 8


class ShapeError(ValueError):
    """A field is missing or of a type we cannot read; its text is the field's path."""


def objects(payload: object, path: str = "body") -> Iterator["Fields"]:
    """Yield the objects of an answer that must be a list of objects."""
    if not isinstance(payload, list):
        raise ShapeError(path)
    for index, item in enumerate(payload):
        yield Fields(item, f"{path}[{index}]")


class Rows(tuple[T, ...]):  # noqa: SLOT001  # a subclass of tuple can have no slots
    """The entries of a vendor's list that can be read; `odd` are the paths in those that cannot."""

    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Odd:
    """An entry of a list that cannot be read, by the path of what surprised in it."""

    path: str


def entries(
    payload: object, parse: Callable[["Fields"], T], path: str = "body"
) -> Iterator[T | Odd]:
    """Yield each entry of what must be a list, or that it is odd."""
    if not isinstance(payload, list):
        raise ShapeError(path)
    for index, item in enumerate(payload):
        try:
            yield parse(Fields(item, f"{path}[{index}]"))
        except ShapeError as surprise:
            yield Odd(str(surprise))


def readable(found: Iterable[T | Odd]) -> Rows[T]:
    """Return the entries that could be read; raises ShapeError where there are only others.

    A list none of whose entries can be read has another form than we know, so that no answer is
    made of it; a single odd entry among good ones must not keep those back.
    """
    found = list(found)
    good = Rows(each for each in found if not isinstance(each, Odd))
    odd = tuple(each.path for each in found if isinstance(each, Odd))
    if odd and not good:
        raise ShapeError(odd[0])
    good.odd = odd
    return good


def rows(payload: object, parse: Callable[["Fields"], T], path: str = "body") -> Rows[T]:
    """Return what can be read of a list; raises ShapeError as `readable` does."""
    return readable(entries(payload, parse, path))


class Fields:
    """One JSON object and where it was found."""

    __slots__ = ("_data", "path")

    def __init__(self, data: object, path: str = "") -> None:
        """Take a parsed JSON value; raises ShapeError unless it is an object."""
        if not isinstance(data, dict):
            raise ShapeError(path or "body")
        self._data: dict[str, Any] = data
        self.path = path

    def text(self, name: str) -> str:
        """Return a string that must be there and must not be blank."""
        value = self._data.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._surprise(name)
        return value

    def text_or_empty(self, name: str) -> str:
        """Return a string, a number as text, or "" for missing and null."""
        value = self._data.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return str(self._number(name, value))

    def integer(self, name: str) -> int:
        """Return a whole number that must be there and must not be negative."""
        value = self.integer_or_none(name)
        if value is None:
            raise self._surprise(name)
        return value

    def integer_or_none(self, name: str) -> int | None:
        """Return a whole number that is not negative, or None for missing and null."""
        value = self.number_or_none(name)
        if value is None:
            return None
        if value < 0 or value != int(value):
            raise self._surprise(name)
        return int(value)

    def number_or_none(self, name: str) -> float | None:
        """Return a finite number, or None for missing and null."""
        value = self._data.get(name)
        return None if value is None else self._number(name, value)

    def boolean(self, name: str, *, default: bool) -> bool:
        """Return true or false, or `default` for missing and null."""
        value = self._data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self._surprise(name)
        return value

    def flag_or_none(self, name: str) -> bool | None:
        """Return true or false, given so or as 1 or 0; None for missing and null."""
        value = self._data.get(name)
        if value is None or isinstance(value, bool):
            return value
        number = self._number(name, value)
        if number not in (0, 1):
            raise self._surprise(name)
        return bool(number)

    def instant_or_none(self, name: str) -> datetime | None:
        """Return an aware moment in UTC, or None for missing, null and "".

        A date or a time without an offset is taken as UTC.
        """
        value = self._data.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise self._surprise(name)
        try:
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._surprise(name) from None

    def child(self, name: str) -> Self:
        """Return the object inside that must be there."""
        return type(self)(self._data.get(name), self._at(name))

    def child_or_empty(self, name: str) -> Self:
        """Return the object inside, or an empty one for missing and null."""
        value = self._data.get(name)
        return type(self)({} if value is None else value, self._at(name))

    def children(self, name: str) -> Iterator[Self]:
        """Yield the objects of a list that must be there."""
        value = self._data.get(name)
        if not isinstance(value, list):
            raise self._surprise(name)
        for index, item in enumerate(value):
            yield type(self)(item, f"{self._at(name)}[{index}]")

    def children_or_none(self, name: str) -> Iterator[Self]:
        """Yield the objects of a list; nothing for missing and null."""
        return iter(()) if self._data.get(name) is None else self.children(name)

    def rows(self, name: str, parse: Callable[["Fields"], T]) -> Rows[T]:
        """Return what can be read of a list that must be there; see `readable`."""
        return rows(self._data.get(name), parse, self._at(name))

    def member(self, name: str) -> Any:
        """Return a member of any type as it came, or None for a missing one."""
        return self._data.get(name)

    def rest(self, *known: str) -> dict[str, Any]:
        """Return the members that are not in `known`."""
        return {name: value for name, value in self._data.items() if name not in known}

    def _number(self, name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._surprise(name)
        try:
            finite = math.isfinite(value)
        except OverflowError:
            finite = False
        if not finite:
            raise self._surprise(name)
        return value

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _surprise(self, name: str) -> ShapeError:
        return ShapeError(self._at(name))


def iso_instant(moment: datetime, *, timespec: str = "seconds") -> str:
    """Return an aware moment as vendors' samples write it: in UTC, with a "Z"."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec)}Z"


def flattened(value: Any, *, most: int = MOST_PAIRS) -> tuple[tuple[str, str], ...]:
    """Return an undocumented part of an answer as pairs of path and text, for showing only.

    They are at most `most` pairs such as ("series[0].count", "3"), cut at LONGEST_VALUE.
    """
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
