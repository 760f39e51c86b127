"""Flowbot with its event loop watched: how late it comes to what was due.

`LOOP_LAG_FILE=… python -m benchmarks.probed run` is `flowbot run`, and writes a line of two numbers
for every tick of its loop: when it was (on the machine's monotonic clock) and by how many seconds
it was late. A stall of the loop is a late tick. It has to be measured in the bot's own process:
from outside a stall is only seen by a request that happens to fall into it.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from bot.__main__ import main

VARIABLE = "LOOP_LAG_FILE"
TICK_SECONDS = 0.005
WRITE_EVERY = 40
"""Ticks between two writes, so that writing is no part of what is measured."""

Lag = tuple[float, float]
"""When a tick came, in seconds of the monotonic clock, and by how many seconds it was late."""


@dataclass(slots=True)
class Probe:
    """A timer of the loop that notes how late it is."""

    loop: asyncio.AbstractEventLoop
    file: TextIOWrapper
    speed: float = 1.0
    """How much faster than the machine's the loop's own clock runs."""
    ticks: int = 0

    def start(self) -> None:
        """Tick from now on."""
        self._next(time.monotonic())

    def _next(self, now: float) -> None:
        self.loop.call_at(
            self.loop.time() + self.speed * TICK_SECONDS, self._tick, now + TICK_SECONDS
        )

    def _tick(self, due: float) -> None:
        now = time.monotonic()
        self.file.write(f"{now:.6f} {now - due:.6f}\n")
        self.ticks += 1
        if self.ticks % WRITE_EVERY == 0:
            self.file.flush()
        self._next(now)


class ProbedPolicy(asyncio.DefaultEventLoopPolicy):
    """Every loop is watched from its first moment."""

    speed = 1.0

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """Return a loop with a probe."""
        loop = self.bare_loop()
        file = Path(os.environ[VARIABLE]).open("a", encoding="ascii")  # noqa: SIM115 - kept open
        Probe(loop, file, self.speed).start()
        return loop

    def bare_loop(self) -> asyncio.AbstractEventLoop:
        """Return a loop without one."""
        return super().new_event_loop()


def lags(path: Path, *, since: float, until: float) -> list[float]:
    """Return by how many seconds the loop was late at each tick between two monotonic moments."""
    return [late for at, late in _read(path.read_text(encoding="ascii")) if since <= at <= until]


def _read(text: str) -> Iterable[Lag]:
    for line in text[: text.rfind("\n") + 1].splitlines():
        at, late = line.split()
        yield float(at), float(late)


if __name__ == "__main__":
    asyncio.set_event_loop_policy(ProbedPolicy())
    sys.exit(main())
