"""Asking once for many: identical questions in flight or just answered share one call."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.clock import Clock

T = TypeVar("T")

WINDOW = timedelta(seconds=5)
SIZE = 32


@dataclass(slots=True)
class _Shared(Generic[T]):
    task: asyncio.Task[T]
    waiters: int = 0
    stale_at: datetime | None = None
    """None while the call runs."""


class Coalescer(Generic[T]):
    """Shares the answers of one kind of question. Failures are shared in flight but never kept.

    At most `size` answers are kept, the oldest dropped first; when more calls than that are in
    flight, the others go out by themselves.
    """

    def __init__(self, clock: Clock, *, window: timedelta = WINDOW, size: int = SIZE) -> None:
        """Keep an answer for `window` on `clock` after it came."""
        self._clock = clock
        self._window = window
        self._size = size
        self._shared: dict[Hashable, _Shared[T]] = {}

    async def ask(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to `key`, by `fetch` unless one is under way or fresh.

        A cancelled asker leaves the others waiting; the call ends with the last of them.
        """
        self._drop_stale()
        shared = self._shared.get(key)
        if shared is None:
            if not self._has_room():
                return await fetch()
            shared = self._begin(key, fetch)
        shared.waiters += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.waiters -= 1
            if not shared.waiters and not shared.task.done():
                self._forget(key, shared)
                shared.task.cancel()

    def _begin(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> _Shared[T]:
        async def call() -> T:
            return await fetch()

        shared = self._shared[key] = _Shared(asyncio.create_task(call()))
        shared.task.add_done_callback(lambda _: self._settle(key, shared))
        return shared

    def _settle(self, key: Hashable, shared: _Shared[T]) -> None:
        if shared.task.cancelled() or shared.task.exception() is not None:
            self._forget(key, shared)
        else:
            shared.stale_at = self._clock.now() + self._window

    def _forget(self, key: Hashable, shared: _Shared[T]) -> None:
        if self._shared.get(key) is shared:
            del self._shared[key]

    def _drop_stale(self) -> None:
        now = self._clock.now()
        stale = [
            key
            for key, shared in self._shared.items()
            if shared.stale_at and shared.stale_at <= now
        ]
        for key in stale:
            del self._shared[key]

    def _has_room(self) -> bool:
        if len(self._shared) >= self._size:
            oldest = next((key for key, one in self._shared.items() if one.stale_at), None)
            if oldest is None:
                return False
            del self._shared[oldest]
        return True
