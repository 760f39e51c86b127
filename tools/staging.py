"""The sandbox with its page and the real bot at work, for pictures and for tests of the page."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.cli.compose import Bot, assemble
from bot.cli.running import serving
from bot.config import load, with_values
from bot.store.aliases import TRAINING, Alias, AliasStore
from sandbox.clock import SandboxClock
from sandbox.slack.page import mount
from sandbox.world import FLOW_NAMES, World


@asynccontextmanager
async def flowbot_at_work(clock: SandboxClock, *, port: int = 0) -> AsyncIterator[World]:
    """Yield the local Slack with its page and vendors, and the bot at work on that clock."""
    async with AsyncExitStack() as stack:
        world = World(clock=clock, slack_port=port)
        mount(world.slack.app, world.slack, world.vendors.all)
        await stack.enter_async_context(world)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        bot = await _bot(stack, world, database=f"sqlite:///{folder}/flowbot.db")
        working = asyncio.create_task(bot.work())
        stack.push_async_callback(_stopped, working)
        yield world


async def _bot(stack: AsyncExitStack, world: World, *, database: str) -> Bot:
    blocks = {name: dict(values) for name, values in world.settings.items()}
    settings = with_values(load(), **blocks, general={"database_url": database})
    bot = await stack.enter_async_context(assemble(settings, clock=world.clock))
    port = await stack.enter_async_context(serving(settings, bot, port=0))
    world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
    aliases = AliasStore(bot.database)
    for name, flow_id in FLOW_NAMES.items():
        await aliases.put(TRAINING, Alias(name, flow_id, "UADA"), now=world.clock.now())
    _tick_when_moved(world.clock, bot)
    return bot


def _tick_when_moved(clock: SandboxClock, bot: Bot) -> None:
    ticking: set[asyncio.Task[int]] = set()

    def moved() -> None:
        ticking.add(task := asyncio.ensure_future(bot.tick()))
        task.add_done_callback(ticking.discard)
        bot.delivery.pump.wake()

    clock.on_move(moved)


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
