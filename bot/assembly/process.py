"""One process: what it has once, the one app that Slack talks to, and its workspaces' bots."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.bots import Bots
from bot.assembly.compose import put_together
from bot.assembly.features import FEATURES, Features
from bot.assembly.resources import open_database
from bot.assembly.tenancy import Resources, Tenant
from bot.clock import Clock
from bot.config import Settings
from bot.scheduler import Round, repeating
from bot.slack.client import Slack
from bot.slack_app import (
    Authorize,
    OnWait,
    Services,
    build_app,
    identify,
    note_waiting,
    one_workspace,
    patiently,
)
from bot.store.credentials import CredentialStore
from bot.store.database import MAIN
from bot.store.leases import Leases
from bot.store.secret_keys import SecretKeys
from bot.store.workspaces import settle_in
from bot.tables.table_files import TableFiles
from handlers import register

STANDBY_SECONDS = 1.0


class Process:
    """What runs on one machine, for one workspace or for several."""

    def __init__(self, resources: Resources, own: Tenant) -> None:
        """Work for `own`, the workspace of SLACK_BOT_TOKEN."""
        self.resources = resources
        self.bots = Bots(self._made)
        self._own = own
        self.app = self._app(one_workspace(own.identity, own.slack.token))

    @asynccontextmanager
    async def services(self, context: AsyncBoltContext) -> AsyncIterator[Services]:
        """Yield what handlers may use for a request of the workspace that the context names."""
        del context
        async with self.bots.using(self._own.workspace) as bot:
            yield bot.services

    @asynccontextmanager
    async def own(self) -> AsyncIterator[Bot]:
        """Yield the bot of the token's own workspace."""
        async with self.bots.using(self._own.workspace) as bot:
            yield bot

    async def listen(self) -> None:
        """Hear from now on of what other processes write."""
        await self.resources.database.listen(self._others_wrote)

    async def work(self) -> None:
        """Work for ever, whenever no other process does. Cancel to stop."""
        await self.resources.leases.join()
        async with self.own() as bot:
            while True:
                await self._stand_by(bot)
                await _speak(bot)

    async def _stand_by(self, bot: Bot) -> None:
        """Return when it is this process that speaks, and it knows what another left behind."""
        speaks, queue = bot.parts.speaks, self.resources.queue
        if not await speaks.take():
            log.get().info("standing_by", queue=queue, why="another process works on it")
            while not await speaks.take():  # noqa: ASYNC110  # another has it
                await asyncio.sleep(STANDBY_SECONDS)
        await bot.begin()
        await self.listen()
        log.get().info("working", queue=queue)

    def _others_wrote(self, _workspace: str) -> None:
        for bot in self.bots.made:
            bot.others_wrote()

    def _app(self, authorize: Authorize) -> AsyncApp:
        return build_app(
            client=self._own.slack.for_bolt(),
            authorize=authorize,
            services=self.services,
            register=partial(register, features=self.resources.features),
        )

    async def _made(self, workspace: str, stack: AsyncExitStack) -> Bot:
        del workspace
        return await put_together(self, self._own, stack)


async def _speak(bot: Bot) -> None:
    """Work until another process speaks for the workspace."""
    speaks = bot.parts.speaks
    rounds = (each.only_while(speaks.is_held) for each in rounds_of(bot))
    async with repeating(*rounds), asyncio.TaskGroup() as group:
        runs = (worker.run(only_while=speaks.is_held) for worker in bot.workers)
        working = [group.create_task(run) for run in runs]
        await speaks.lost()
        for each in working:
            each.cancel()


def rounds_of(bot: Bot) -> tuple[Round, ...]:
    """Return what comes again and again while a process speaks for a workspace."""
    return (
        Round("tick", bot.tick, every=5.0),
        Round("mend", bot.mend, every=10.0),
        # So often is asked whether it is time; the polls are paced by what there is to see.
        # One of every 3 s comes after 3.4 s then, whether or not each round is a little late.
        Round("poll", bot.poll, every=0.85),
        # First soon, as some processes never live for six hours, but not in a start's rush.
        Round("names", bot.learn_names, every=1800.0, after=5.0),
        Round("health", bot.talk.health.note, every=60.0),
        Round("tidy", bot.tidying.tidy, every=6 * 3600.0, after=60.0),
    )


@asynccontextmanager
async def open_process(
    settings: Settings,
    *,
    clock: Clock,
    slack: Slack | None = None,
    queue: str = MAIN,
    waiting: OnWait = note_waiting,
    features: Features = FEATURES,
) -> AsyncIterator[Process]:
    """Open what a process needs, and close it again.

    `slack` stands in for a client made from the settings. `waiting` is called when Slack has
    to be waited for. Raises SlackError when Slack refuses the token.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        keys = SecretKeys(settings.general.secret_keys)
        leases = await stack.enter_async_context(Leases(database))
        tables = TableFiles()
        resources = Resources(settings, clock, database, leases, keys, tables, features, queue)
        client = slack or Slack(token=_token(settings), api_url=settings.slack.api_url)
        await stack.enter_async_context(client)
        identity = await patiently(lambda: identify(client), clock, waiting=waiting)
        workspace = await settle_in(database, identity.workspace if client.token else "")
        await CredentialStore(database.of(workspace), keys).renew()
        process = Process(resources, Tenant(workspace, identity, client, settings))
        stack.push_async_callback(process.bots.close)
        yield process


@asynccontextmanager
async def assemble(
    settings: Settings,
    *,
    clock: Clock,
    slack: Slack | None = None,
    queue: str = MAIN,
    waiting: OnWait = note_waiting,
    features: Features = FEATURES,
) -> AsyncIterator[Bot]:
    """Yield the bot of the token's own workspace, in a process of its own; as `open_process`."""
    async with (
        open_process(
            settings, clock=clock, slack=slack, queue=queue, waiting=waiting, features=features
        ) as process,
        process.own() as bot,
    ):
        yield bot


def _token(settings: Settings) -> str:
    token = settings.slack.bot_token
    return token.get_secret_value() if token else ""
