"""`flowbot run` on a clock that runs faster than the machine's, its event loop watched.

`LOOP_LAG_FILE=… python -m benchmarks.hurried START SINCE SPEED`: the bot's clock showed START (ISO
8601) at the monotonic moment SINCE, and runs SPEED times as fast. A local Slack on the same clock
keeps its limits at that speed, so an hour of them takes minutes.
"""

import asyncio
import sys
from datetime import datetime

from benchmarks.probed import ProbedPolicy
from bot import log
from bot.cli.features import load_settings
from bot.cli.running import running, until_stopped
from sandbox.clock import SandboxClock


async def main() -> None:
    start, since, speed = sys.argv[1:]
    clock = SandboxClock(
        datetime.fromisoformat(start), running=True, speed=float(speed), since=float(since)
    )
    settings = load_settings()
    log.configure(level=settings.general.log_level)
    async with running(settings, clock, program="run") as bot:
        await until_stopped(bot.work())


if __name__ == "__main__":
    asyncio.set_event_loop_policy(ProbedPolicy())
    asyncio.run(main())
