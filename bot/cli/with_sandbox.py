"""`flowbot sandbox`: the bot with a local Slack and local vendors, no account needed."""

import asyncio
from argparse import Namespace
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot import log
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
    from sandbox.console import Console  # noqa: PLC0415  # only these commands know the sandbox
    from sandbox.server import available  # noqa: PLC0415
    from sandbox.world import FLOW_NAMES, World  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        world = World(slack_port=available(options.slack_port))
        await stack.enter_async_context(world)
        pointed = _pointed_at(_with_database(settings), world.settings)
        if options.socket:
            pointed = _pointed_at(pointed, {"slack": {"app_token": world.slack.app_token}})
        await _name_flows(pointed, FLOW_NAMES)
        bot = await stack.enter_async_context(assemble(pointed, clock=world.clock))
        port = await stack.enter_async_context(serving(pointed, bot, port=0))
        world.slack.connect(f"http://127.0.0.1:{port}/slack/events")
        _tick_when_moved(world, bot)
        await stack.enter_async_context(Console(world, quiet=options.quiet))
        await until_stopped(bot.work())
    return 0


@asynccontextmanager
async def sandbox_settings(settings: Settings) -> AsyncIterator[Settings]:
    """Yield settings that point at local vendors which live as long as this context."""
    from sandbox.clock import SandboxClock  # noqa: PLC0415
    from sandbox.world import FLOW_NAMES, Vendors  # noqa: PLC0415

    async with Vendors(SandboxClock(running=True)) as vendors:
        pointed = _pointed_at(_with_database(settings), vendors.settings)
        await _name_flows(pointed, FLOW_NAMES)
        yield pointed


def _pointed_at(settings: Settings, blocks: Mapping[str, Mapping[str, Any]]) -> Settings:
    return with_values(settings, **{name: dict(values) for name, values in blocks.items()})


def _with_database(settings: Settings) -> Settings:
    """Keep the sandbox's rows out of the real database, unless one was named on purpose."""
    if settings.general.database_url != DEFAULT_DATABASE:
        return settings
    return with_values(settings, general={"database_url": DATABASE})


async def _name_flows(settings: Settings, names: Mapping[str, str]) -> None:
    """Give the sample flows names, as people would have, where nobody changed them."""
    async with open_database(settings) as database:
        aliases, now = AliasStore(database), Clock().now()
        known = {alias.name for alias in await aliases.all(TRAINING)}
        for name, flow_id in _missing(names, known):
            await aliases.put(TRAINING, Alias(name, flow_id, ""), now=now)


def _missing(names: Mapping[str, str], known: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, flow_id) for name, flow_id in names.items() if name not in set(known)]


def _tick_when_moved(world: "World", bot: Bot) -> None:
    """When somebody moves the clock, look at once what is due."""
    ticking: set[asyncio.Task[int]] = set()

    def moved() -> None:
        task = asyncio.ensure_future(bot.tick())
        ticking.add(task)
        task.add_done_callback(ticking.discard)
        bot.delivery.pump.wake()
        log.get().info("clock_moved", now=world.clock.now().isoformat())

    world.clock.on_move(moved)
