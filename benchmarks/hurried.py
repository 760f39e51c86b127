"""`flowbot run` on a clock that runs faster than the machine's, its event loop watched.

`LOOP_LAG_FILE=… python -m benchmarks.hurried START SINCE SPEED`: the bot's clock showed START (ISO
8601) at the monotonic moment SINCE, and runs SPEED times as fast; so do the pauses of its loop. A
local Slack on the same clock keeps its limits at that speed, so an hour of them takes minutes.
"""

import asyncio
import selectors
import sys
from datetime import datetime

from benchmarks.probed import ProbedPolicy
from bot import log
from bot.assembly.features import load_settings
from bot.cli.running import running, until_stopped
from sandbox.clock import SandboxClock


class HurriedSelector(selectors.DefaultSelector):
    """Waits so much shorter as its loop's clock runs faster."""

    speed = 1.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for so many seconds of the loop's clock."""
        return super().select(timeout and timeout / self.speed)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Every pause and deadline of it runs out so much sooner."""

    def __init__(self, speed: float) -> None:
        """Run at a multiple of the machine's speed."""
        self._speed = speed
        selector = HurriedSelector()
        selector.speed = speed
        super().__init__(selector)

    def time(self) -> float:
        """Return the seconds of its clock."""
        return self._speed * super().time()


class HurriedPolicy(ProbedPolicy):
    """Every loop runs faster and is watched, its lateness in seconds of the machine."""

    def bare_loop(self) -> asyncio.AbstractEventLoop:
        """Return such a loop."""
        return HurriedLoop(self.speed)


class HurriedClock(SandboxClock):
    """A clock beside a loop that runs as fast as it."""

    async def alarm(self, seconds: float) -> None:
        """Wait until that much time has passed."""
        await asyncio.sleep(max(0.0, seconds))


async def main(start: str, since: str, speed: str) -> None:
    clock = HurriedClock(
        datetime.fromisoformat(start), running=True, speed=float(speed), since=float(since)
    )
    settings = load_settings()
    log.configure(level=settings.general.log_level)
    async with running(settings, clock, program="run") as process:
        await until_stopped(process.work())


if __name__ == "__main__":
    policy = HurriedPolicy()
    policy.speed = float(sys.argv[3])
    asyncio.set_event_loop_policy(policy)
    asyncio.run(main(*sys.argv[1:]))
