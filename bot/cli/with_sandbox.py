"""`flowbot sandbox`: the bot with a local Slack and local vendors, no account needed."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.cli.compose import Bot, assemble, open_database
from bot.cli.running import serving, until_stopped
from bot.clock import Clock
from bot.config import Settings, with_values
from bot.store.aliases import TRAINING, Alias, AliasStore

if TYPE_CHECKING:
    from sandbox.world import World

PORT = 8787
DATABASE = "sqlite:///flowbot-sandbox.db"
DEFAULT_DATABASE = "sqlite:///flowbot.db"


async def sandbox(settings: Settings, options: Namespace) -> int:
    """Run everything in one process until stopped."""
    from sandbox.console import Console  # noqa: PLC0415  # only this command knows the sandbox
    from sandbox.world import World  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(World(slack_port=options.slack_port))
        settings = _pointed_at(settings, world, socket=options.socket)
        bot = await stack.enter_async_context(assemble(settings, clock=world.clock))
        await _name_flows(settings, world, world.clock)
        port = await stack.enter_async_context(serving(settings, bot, port=0))
        world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
        ticking = _tick_when_moved(world, bot)
        stack.callback(ticking.cancel)
        console = Console(world, quiet=options.quiet)
        stack.callback(console.stop)
        console.start()
        await until_stopped(bot.work())
    return 0


@asynccontextmanager
async def sandbox_settings(settings: Settings) -> AsyncIterator[Settings]:
    """Yield settings that point at local vendors which live as long as this context."""
    from sandbox.world import Vendors  # noqa: PLC0415

    clock = Clock()
    async with Vendors(clock) as vendors:
        pointed = _with_vendors(_with_database(settings), vendors)
        await _name_flows(pointed, vendors, clock)
        yield pointed
