"""Running due work with bounded concurrency: woken at once, never faster than it can be done."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from bot import log

LONGEST_LOOK = 30.0
"""Seconds after which the store is asked anyway, should nobody have said that there is work."""
BETWEEN_LOOKS = 0.02
"""Seconds: what arrives in a rush is taken in few looks. A look after a quiet time never waits."""
AFTER_TROUBLE = 1.0
GRACE_SECONDS = 5.0

Work = Coroutine[Any, Any, None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Work to begin now, and in how many seconds there may be more."""

    work: Sequence[Work] = ()
    look_again: float = LONGEST_LOOK


Take = Callable[[int], Awaitable[Batch]]


class Wakeable(Protocol):
    """What wants to hear that there may be something new."""

    def wake(self) -> None:
        """Say that there may be something new."""
        ...


def always() -> bool:
    """Return that nothing stands against it."""
    return True


class Worker:
    """Takes work from a store, at most `width` pieces at a time."""

    def __init__(self, name: str, take: Take, *, width: int, grace: float = GRACE_SECONDS) -> None:
        """`take(free)` claims at most `free` pieces; a piece handles its own failures.

        At a stop, what is under way gets `grace` seconds to end by itself.
        """
        self._name = name
        self._take = take
        self._width = width
        self._grace = grace
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that there may be work now."""
        self._woken.set()

    async def settle(self) -> None:
        """Work until nothing is due and nothing is under way.

        What is under way may leave no room for what is due, and end while that is looked for.
        """
        while True:
            idle = not self._tasks
            await self._start_due()
            if self._tasks:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            elif idle:
                return

    async def run(self, *, only_while: Callable[[], bool] = always) -> None:
        """Work until cancelled; what is under way is then given up and picked up by the next.

        Nothing is begun while the condition does not hold.
        """
        try:
            while True:
                self._woken.clear()
                pause = await self._look() if only_while() else LONGEST_LOOK
                await asyncio.sleep(BETWEEN_LOOKS)
                await self._wait(pause)
        finally:
            await self._stop()

    async def _stop(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._grace)
        left = set(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _look(self) -> float:
        try:
            return await self._start_due()
        except Exception:  # noqa: BLE001  # a store in trouble must not end the worker
            log.get().exception("worker_failed", worker=self._name)
            return AFTER_TROUBLE

    async def _wait(self, seconds: float) -> None:
        # Not wait_for: before Python 3.12 it loses a cancellation that meets the end of the wait.
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, LONGEST_LOOK)):
                await self._woken.wait()

    async def _start_due(self) -> float:
        """Begin what is due; return in how many seconds to look again."""
        free = self._width - len(self._tasks)
        if free <= 0:
            return LONGEST_LOOK
        batch = await self._take(free)
        for piece in batch.work:
            task = asyncio.create_task(piece)
            self._tasks.add(task)
            task.add_done_callback(self._finished)
        return batch.look_again

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            log.get().error("worker_piece_failed", worker=self._name, exc_info=error)
