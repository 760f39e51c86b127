"""Values to JSON and back: the one way in which they are kept in rows and buttons.

Reading is tolerant, as a row may have been written by an older or a newer version: what is not
known is left out, what is missing has its default, and an empty text stands for "none" where no
text is expected.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

T = TypeVar("T")


def encode(value: Any) -> dict[str, Any]:
    """Return a dataclass as JSON values: moments in ISO 8601, tuples as lists, enums by value."""
    plain: dict[str, Any] = to_jsonable_python(value)
    return plain


def decode(kind: type[T], row: Any) -> T:
    """Return the value that was encoded, a dataclass as a rule. Raises ValueError for any other."""
    cls: Any = kind
    texts = _texts(cls)
    if texts is not None and isinstance(row, Mapping):
        row = {name: value for name, value in row.items() if value != "" or name in texts}
    read: T = _adapter(cls).validate_python(row)
    return read


def dumps(value: Any) -> str:
    """Return a value as compact JSON that any database takes."""
    plain = to_jsonable_python(value)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which a vendor's JSON may have in it
        return json.dumps(plain, separators=(",", ":"))
    return text


def loads(text: str) -> Any:
    """Return the JSON values that `dumps` wrote; empty text is an empty mapping."""
    return json.loads(text) if text else {}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _texts(kind: Any) -> frozenset[str] | None:
    """Return the fields of a dataclass in which an empty text is a value; None for others."""
    if not is_dataclass(kind):
        return None
    return frozenset(each.name for each in fields(kind) if each.type is str)
