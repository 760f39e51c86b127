"""`flowbot sandbox`: the bot with a local Slack and local vendors, no account needed.

A sandbox begins anew at each start, the bot's database included: Slack, the vendors and their clock
are new each time, and what an earlier one left in a database would speak of things that are gone.
"""

import asyncio
import secrets
import tempfile
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.process import assemble
from bot.assembly.resources import open_database
from bot.assembly.surfaces import surfaces_of, with_surfaces
from bot.cli.running import until_stopped
from bot.clock import Clock
from bot.config import Settings, with_environment, with_values
from bot.door.serving import listening, serving
from bot.slack.manifest import EVENTS_PATH, as_text, declared
from bot.store.database import Database
from bot.training.store import TRAINING, Alias, AliasStore

if TYPE_CHECKING:
    from sandbox.clock import SandboxClock
    from sandbox.slack.identity import Identity
    from sandbox.world import World

PORT = 8787
OUTSIDE = "https://flowbot.example.com"
"""Where the app's manifest says that Flowbot is reached; the local Slack knows better."""


async def sandbox(settings: Settings, options: Namespace) -> int:
    """Run everything in one process until stopped."""
    from sandbox.clock import SandboxClock  # noqa: PLC0415  # only these commands know the sandbox
    from sandbox.console import Console  # noqa: PLC0415
    from sandbox.server import available  # noqa: PLC0415
    from sandbox.slack.identity import Identity  # noqa: PLC0415

    if "log_level" not in settings.general.model_fields_set:
        log.configure(level="warning")  # what goes on is in the transcript and on the page
    port = available(options.slack_port)
    clock, identity = SandboxClock(running=True), Identity(mark=secrets.token_hex(3))
    with _new_database(settings) as own:
        async with (
            local(
                own,
                clock,
                slack_port=port,
                socket=options.socket,
                identity=identity,
                odd=options.odd_data,
            ) as (world, bot),
            Console(world, quiet=options.quiet),
        ):
            tick_when_moved(clock, bot)
            await until_stopped(bot.process.work())
    return 0


@asynccontextmanager
async def local(
    settings: Settings,
    clock: "SandboxClock",
    *,
    slack_port: int = 0,
    socket: bool = False,
    identity: "Identity | None" = None,
    odd: bool = False,
) -> AsyncIterator[tuple["World", Bot]]:
    """Yield a local Slack with its page, local vendors, and the bot that serves them.

    The bot takes what Slack sends; its work is for the caller to run or to settle. An `identity`
    makes Slack's workspace another one, or its ids; `odd` makes the vendors' data odd.
    """
    from sandbox.world import FLOW_NAMES, World  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(
            World(
                clock=clock,
                slack_port=slack_port,
                manifest=as_text(
                    with_surfaces(
                        declared(), surfaces_of(settings), OUTSIDE, general=settings.general
                    )
                ),
                identity=identity,
                odd=odd,
            )
        )
        pointed = with_environment(settings, world.environment)
        if socket:
            pointed = with_values(pointed, slack={"app_token": world.slack.app_token})
        bot = await stack.enter_async_context(assemble(pointed, clock=clock))
        await _name_flows(bot.parts.database, FLOW_NAMES, clock)
        endpoint = await stack.enter_async_context(listening(pointed, port=0))
        await stack.enter_async_context(serving(pointed, bot.process, endpoint))
        world.slack.connect(f"http://127.0.0.1:{endpoint.port}{EVENTS_PATH}")
        yield world, bot


@asynccontextmanager
async def sandbox_settings(settings: Settings, *, odd: bool) -> AsyncIterator[Settings]:
    """Yield settings that point at local vendors, with odd data or not, for as long as this."""
    from sandbox.clock import SandboxClock  # noqa: PLC0415
    from sandbox.world import FLOW_NAMES, Vendors  # noqa: PLC0415

    with _new_database(settings) as own:
        async with Vendors(SandboxClock(running=True), odd=odd) as vendors:
            pointed = with_environment(own, vendors.environment)
            async with open_database(pointed) as database:
                await _name_flows(database.of(""), FLOW_NAMES, vendors.clock)
            yield pointed


@contextmanager
def _new_database(settings: Settings) -> Iterator[Settings]:
    """Yield settings with a database that nobody else uses and that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="flowbot-sandbox-") as folder:
        yield with_values(settings, general={"database_url": f"sqlite:///{folder}/flowbot.db"})


async def _name_flows(database: Database, names: Mapping[str, str], clock: Clock) -> None:
    """Give the sample flows names, as people would have, where nobody changed them."""
    aliases = AliasStore(database)
    known = {alias.name for alias in await aliases.all(TRAINING)}
    for name, flow_id in names.items():
        if name not in known:
            await aliases.put(TRAINING, Alias(name, flow_id, ""), now=clock.now())


def tick_when_moved(clock: "SandboxClock", bot: Bot) -> None:
    """When somebody moves the clock, look at once what is due."""
    ticking: set[asyncio.Task[int]] = set()

    def moved() -> None:
        for look in (bot.tick, bot.poll):
            ticking.add(task := asyncio.ensure_future(look()))
            task.add_done_callback(ticking.discard)
        bot.wake()

    clock.on_move(moved)
