"""Asking once for many: identical questions in flight or just answered share one call."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from bot.clock import Clock
from bot.memory import Memory

T = TypeVar("T")

_KEPT: ContextVar[dict[tuple[object, Hashable], Any] | None] = ContextVar("kept", default=None)
WINDOW = timedelta(seconds=5)
SIZE = 32


@contextmanager
def asked_together() -> Iterator[None]:
    """Let each question be asked once within this context: its answer stays good to the end."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


@dataclass(slots=True)
class _Call(Generic[T]):
    task: asyncio.Task[T]
    waiters: int = 0


class Coalescer(Generic[T]):
    """Shares the answers of one kind of question. Failures are shared in flight but never kept.

    At most `size` answers are kept, the oldest dropped first; when more calls than that are in
    flight, the others go out by themselves.
    """

    def __init__(self, clock: Clock, *, window: timedelta = WINDOW, size: int = SIZE) -> None:
        """Keep an answer for `window` on `clock` after it came."""
        self._size = size
        self._calls: dict[Hashable, _Call[T]] = {}
        self._answered = Memory[Hashable, asyncio.Task[T]](size, age=window, now=clock.now)

    async def ask(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to `key`, by `fetch` unless one is under way or fresh.

        A cancelled asker leaves the others waiting; the call ends with the last of them.
        """
        kept = _KEPT.get()
        if kept is None:
            return await self._ask(key, fetch)
        if (self, key) not in kept:
            kept[self, key] = await self._ask(key, fetch)
        answer: T = kept[self, key]
        return answer

    async def _ask(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> T:
        answered = self._answered.get(key)
        if answered is not None:
            return answered.result()
        call = self._calls.get(key)
        if call is None:
            if len(self._calls) >= self._size:
                return await fetch()
            call = self._begin(key, fetch)
        call.waiters += 1
        try:
            return await asyncio.shield(call.task)
        finally:
            call.waiters -= 1
            if not call.waiters and not call.task.done():
                self._forget(key, call)
                call.task.cancel()

    def _begin(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> _Call[T]:
        async def fetched() -> T:
            return await fetch()

        call = self._calls[key] = _Call(asyncio.create_task(fetched()))
        call.task.add_done_callback(lambda _: self._settle(key, call))
        return call

    def _settle(self, key: Hashable, call: _Call[T]) -> None:
        self._forget(key, call)
        if not call.task.cancelled() and call.task.exception() is None:
            self._answered.put(key, call.task)

    def _forget(self, key: Hashable, call: _Call[T]) -> None:
        if self._calls.get(key) is call:
            del self._calls[key]
