"""What Postgres has to be told differently, so that each statement is written once.

Parameters `:name` become psycopg's; truth values are 0 and 1, as SQLite has them, and sums of whole
numbers are whole numbers.
"""

import re
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg.abc import Buffer, DumperKey
from psycopg.adapt import AdaptersMap, Dumper, Loader, PyFormat
from psycopg.types.numeric import Int4Dumper, Int8Dumper
from psycopg.types.string import StrDumper

STATEMENTS: Final = 1_000
_NUL_STANDS_AS: Final = "\ufffd"
"""Postgres keeps no NUL in a text."""
_FOUR_BYTES: Final = 2**31
_PART: Final = re.compile(
    r"""'(?:[^']|'')*' | "[^"]*" | --[^\n]* | :: | :(?P<name>[A-Za-z_]\w*) | %""", re.VERBOSE
)


@lru_cache(maxsize=STATEMENTS)
def translated(sql: str) -> str:
    """Return a statement with `:name` parameters as psycopg wants it."""
    return _PART.sub(_part, sql)


def _part(found: re.Match[str]) -> str:
    name = found["name"]
    return f"%({name})s" if name else found[0].replace("%", "%%")


class FlagDumper(Dumper):
    """A truth value is written as 0 or 1: flags are whole numbers."""

    oid = Int4Dumper.oid

    def dump(self, obj: Any) -> Buffer:
        """Return the digit."""
        return b"1" if obj else b"0"


class NumberDumper(Dumper):
    """A whole number is one of 32 bits where it fits, as functions want them, else of 64."""

    def get_key(self, obj: int, format: PyFormat) -> DumperKey:  # noqa: A002, ARG002  # psycopg's
        """Return what numbers of this size have in common."""
        return Int4Dumper if -_FOUR_BYTES <= obj < _FOUR_BYTES else Int8Dumper

    def upgrade(self, obj: int, format: PyFormat) -> Dumper:  # noqa: A002  # psycopg's name
        """Return the dumper of numbers of this size."""
        return Int4Dumper(int) if self.get_key(obj, format) is Int4Dumper else Int8Dumper(int)

    def dump(self, obj: int) -> Buffer:
        """Return its digits."""
        return b"%d" % obj


class TextDumper(StrDumper):
    """A text is a text, whatever the statement has it for, and holds no NUL."""

    def dump(self, obj: str) -> Buffer | None:
        """Return its bytes."""
        return super().dump(obj.replace("\0", _NUL_STANDS_AS) if "\0" in obj else obj)


class FlagLoader(Loader):
    """A truth value is read as 0 or 1."""

    def load(self, data: Buffer) -> int:
        """Return the number."""
        return int(bytes(data) == b"t")


class SumLoader(Loader):
    """A sum or an average: whole where it is whole."""

    def load(self, data: Buffer) -> float:
        """Return the number."""
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


def _adapters() -> AdaptersMap:
    adapters = AdaptersMap(psycopg.adapters)
    for kind, dumper in ((bool, FlagDumper), (int, NumberDumper), (str, TextDumper)):
        adapters.register_dumper(kind, dumper)
    adapters.register_loader("bool", FlagLoader)
    adapters.register_loader("numeric", SumLoader)
    return adapters


ADAPTERS: Final = _adapters()
