"""Dataclasses to JSON and back: the one way in which values are kept in rows and buttons.

Reading is tolerant, as a row may have been written by an older or a newer version: what is not
known is left out, what is missing has its default, and an empty text stands for "none" where no
text is expected.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

T = TypeVar("T")


def encode(value: Any) -> dict[str, Any]:
    """Return a dataclass as JSON values: moments in ISO 8601, tuples as lists, enums by value."""
    plain: dict[str, Any] = to_jsonable_python(value)
    return plain


def decode(kind: type[T], row: Mapping[str, Any]) -> T:
    """Return the dataclass that was encoded. Raises pydantic's ValidationError for any other."""
    cls: Any = kind
    texts = _texts(cls)
    given = {name: value for name, value in row.items() if value != "" or name in texts}
    read: T = _adapter(cls).validate_python(given)
    return read


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _texts(kind: Any) -> frozenset[str]:
    """Return the fields in which an empty text is a value."""
    return frozenset(each.name for each in fields(kind) if each.type is str)
