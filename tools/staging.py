"""The sandbox with its page and the real bot at work, for pictures and for tests of the page."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cli.features import load_settings
from bot.cli.with_sandbox import local, tick_when_moved
from bot.config import with_values
from sandbox.clock import SandboxClock
from sandbox.world import World


@asynccontextmanager
async def flowbot_at_work(clock: SandboxClock, *, port: int = 0) -> AsyncIterator[World]:
    """Yield the local Slack with its page and vendors, and the bot at work on that clock."""
    with tempfile.TemporaryDirectory() as folder:
        database = {"database_url": f"sqlite:///{folder}/flowbot.db"}
        settings = with_values(load_settings(), general=database)
        async with local(settings, clock, slack_port=port) as (world, bot):
            tick_when_moved(clock, bot)
            working = asyncio.create_task(bot.work())
            try:
                yield world
            finally:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
