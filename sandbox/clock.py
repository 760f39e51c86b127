"""A clock that can be moved: running beside the machine's, or standing still for tests."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.clock import Clock


class SandboxClock(Clock):
    """Time of the sandbox.

    A running clock follows the machine's and can be moved on; `sleep` then really waits, but wakes
    early when the clock is moved. A standing clock (`running=False`) never waits: who sleeps moves
    it on by that much at once, so code that backs off or paces itself is tested without waiting.
    """

    def __init__(
        self,
        start: datetime | None = None,
        *,
        running: bool = False,
        speed: float = 1.0,
        since: float | None = None,
    ) -> None:
        """Start at `start` (aware; the machine's time by default).

        A running one may run at another `speed` than the machine's. Two processes have the same
        time where both say the same `start` and at which monotonic moment that was, `since`.
        """
        self._base = (start or datetime.now(UTC)).astimezone(UTC)
        self._first = self._base
        self._set_back = 0.0
        self._started = time.monotonic() if since is None else since
        self._speed = speed
        self._running = running
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._joined = asyncio.Event()
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_running(self) -> bool:
        """Whether time passes by itself."""
        return self._running

    def now(self) -> datetime:
        """Return the sandbox's present moment in UTC."""
        if not self._running:
            return self._base
        return self._base + timedelta(seconds=self._speed * (time.monotonic() - self._started))

    def monotonic(self) -> float:
        """Return the seconds since the start, however often the clock was set back."""
        return (self.now() - self._first).total_seconds() + self._set_back

    def set_back(self, seconds: float) -> None:
        """Show an earlier time from now on, as a machine does whose clock was put right."""
        self._base -= timedelta(seconds=seconds)
        self._set_back += seconds

    def set_forward(self, seconds: float) -> None:
        """Show a later time from now on, although no time has passed."""
        self.set_back(-seconds)

    async def sleep(self, seconds: float) -> None:
        """Wait on a running clock; on a standing one move it and yield once."""
        if not self._running:
            self.advance(seconds=max(0.0, seconds))
            await asyncio.sleep(0)
            return
        await self.alarm(seconds)

    async def alarm(self, seconds: float) -> None:
        """Wait until that much time has passed; on a standing clock until somebody moves it."""
        until = self.now() + timedelta(seconds=max(0.0, seconds))
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = (until, next(self._order), woken)
        heapq.heappush(self._sleepers, waiting)
        self._joined.set()
        longest = max(0.0, seconds) / self._speed if self._running else None
        try:
            await asyncio.wait([woken], timeout=longest)
        finally:
            woken.cancel()
            if waiting in self._sleepers:  # given up before its time
                self._sleepers.remove(waiting)
                heapq.heapify(self._sleepers)

    async def until_waiting(self, count: int) -> None:
        """Wait until so many wait for time to pass, so that it can be moved on for them."""
        while len(self._sleepers) < count:
            self._joined.clear()
            await self._joined.wait()

    def advance(self, *, seconds: float = 0, to: datetime | None = None) -> None:
        """Move on by that many seconds or to a moment (never back) and wake who is due."""
        now = self.now()
        target = max(now, to) if to is not None else now + timedelta(seconds=seconds)
        self._base += target - now
        while self._sleepers and self._sleepers[0][0] <= target:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)
        if seconds or to is not None:
            for listener in self._listeners:
                listener()

    def on_move(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever somebody moved the clock."""
        self._listeners.append(listener)
