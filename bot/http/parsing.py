"""Answers of any size become values: small ones at once, large ones beside the event loop.

JSON that nests may take thirty times its length in memory, and its parser lets nobody else run. So
a large answer is parsed in a thread that yields at each object, one at a time, and none that holds
more values than memory is meant for.
"""

import asyncio
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

LARGE = 256 * 1024
"""Bytes; up to here parsing takes some milliseconds."""
MOST_VALUES = 2_000_000
"""Each takes some 60 bytes, beside its text."""
MOST_QUOTES = 4 * MOST_VALUES

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_THREAD = ThreadPoolExecutor(max_workers=1, thread_name_prefix="large-answers")


class TooManyValuesError(Exception):
    """An answer would take more memory than we give it."""


def load_json(body: bytes) -> Any:
    """Return the parsed body. Raises ValueError, RecursionError and TooManyValuesError."""
    if len(body) <= LARGE:
        return json.loads(body)
    if _has_too_many_values(body):
        raise TooManyValuesError
    # The hook is Python, so at each object another thread may take its turn.
    return json.loads(body, object_hook=_unchanged)


async def beside_the_loop(work: Callable[[], T], *, size: int) -> T:
    """Return what `work` makes of an answer of that many bytes, wherever it is best done."""
    if size <= LARGE:
        return work()
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)


def _has_too_many_values(body: bytes) -> bool:
    if _marks(body) <= MOST_VALUES:
        return False
    if body.count(b'"') > MOST_QUOTES:
        return True
    return _marks(_STRING.sub(b"", body)) > MOST_VALUES  # most marks may stand in one long text


def _marks(body: bytes) -> int:
    """Return how many values there are at most: each but the first follows one of these."""
    return sum(body.count(mark) for mark in (b",", b"[", b"{"))


def _unchanged(value: dict[str, Any]) -> dict[str, Any]:
    return value
