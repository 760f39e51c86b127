"""One process: what it has once, the one app that Slack talks to, and its workspaces' bots."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from functools import partial
from itertools import chain
from typing import Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot import log
from bot.asking.runner import JobRunner
from bot.assembly.bot import Bot
from bot.assembly.bots import Bots
from bot.assembly.compose import put_together
from bot.assembly.features import FEATURES, Features
from bot.assembly.installs import Installs, authorizing, of_context, open_installs
from bot.assembly.resources import dispatch_of, open_database
from bot.assembly.shifts.agenda import Agenda
from bot.assembly.shifts.rounds import Rounds
from bot.assembly.shifts.shift import Shift
from bot.assembly.surfaces import surfaces_of
from bot.assembly.tenancy import Resources, Tenant
from bot.assembly.tenants import Tenants
from bot.clock import Clock
from bot.config import Settings
from bot.follow.statements import DATES as FOLLOWED
from bot.scheduler import Round, repeating
from bot.slack.client import Slack
from bot.slack_app import (
    Authorize,
    OnWait,
    Services,
    build_app,
    identify,
    note_waiting,
    patiently,
)
from bot.store.database import MAIN, DatabaseUnavailableError
from bot.store.leases import Leases
from bot.store.rekeying import rekey
from bot.store.secret_keys import SecretKeys
from bot.store.workspaces import settle_in
from bot.tables.table_files import TableFiles
from handlers import register

IDLE_SECONDS: Final = 600.0
"""So long a bot that nobody uses stays put together."""
SCHEMA_SECONDS: Final = 10.0
"""How often is looked whether another version has changed the database."""


class Process:
    """What runs on one machine, for one workspace or for several."""

    def __init__(self, resources: Resources, tenants: Tenants, installs: Installs) -> None:
        """Work for the `tenants`; `installs` knows who may come in and who has left."""
        self.resources = resources
        self.installs = installs
        self.bots = Bots(self._made)
        self._tenants = tenants
        self._surfaces = surfaces_of(resources.settings)
        self.app = self._app(authorizing(installs.installations))

    @asynccontextmanager
    async def services(self, context: AsyncBoltContext) -> AsyncIterator[Services]:
        """Yield what handlers may use for a request of the workspace that the context names.

        Raises LookupError where Flowbot is not installed there.
        """
        one = await of_context(self.installs.installations, context)
        if one is None:
            raise LookupError(context.team_id)
        async with self.bots.using(one.workspace) as bot:
            yield bot.services

    @asynccontextmanager
    async def own(self) -> AsyncIterator[Bot]:
        """Yield the bot of the token's own workspace. Raises LookupError where there is none."""
        async with self.bots.using(self._tenants.own.workspace) as bot:
            yield bot

    async def listen(self) -> None:
        """Hear from now on of what other processes write."""
        await self.resources.database.listen(self._others_wrote)

    async def drop_idle(self) -> int:
        """Take apart the bots that nobody used for some minutes; return how many."""
        return await self.bots.drop_idle(IDLE_SECONDS)

    async def settle(self) -> None:
        """Carry out all that is due now in any workspace, until nothing is left to do."""
        for workspace in await self._tenants.all():
            async with self.bots.using(workspace) as bot:
                await bot.settle()

    async def catch_up(self) -> None:
        """Have bots made anew whose installation or access to vendors another process changed."""
        if self.resources.settings.slack.installs:
            await self.installs.installations.catch_up()

    async def check_slack(self) -> None:
        """Return when messages go out. Raises BotError while the own workspace refuses all."""
        if self.resources.settings.slack.bot_token:
            async with self.own() as bot:
                await bot.delivery.check()

    async def attend(self) -> None:
        """Take requests for ever, and hear what other processes write. Cancel to stop."""
        await self.listen()
        dispatch = self.resources.dispatch
        async with (
            dispatch.handing_on() if dispatch else nullcontext(),
            repeating(*self._own_rounds),
        ):
            await self._until_outdated()

    async def work(self) -> None:
        """Work for ever on what no other process works on. Cancel to stop."""
        resources = self.resources
        await resources.leases.join()
        await self.listen()
        shift = Shift(resources.leases, self.bots, self._tenants.all, resources.role_of)
        followed = chain.from_iterable(each.followed for each in resources.features)
        dates = (*FOLLOWED, *chain.from_iterable(each.dates for each in self._surfaces))
        agenda = Agenda(resources.database, queue=resources.queue, followed=followed, dates=dates)
        try:
            rounds = Rounds(shift, agenda, resources.clock)
            of_installs = self.installs.rounds(lambda: shift.speaking)
            async with (
                resources.dispatch.working(self._lent) if resources.dispatch else nullcontext(),
                repeating(*self._own_rounds, *of_installs),
                rounds.going(),
            ):
                await self._until_outdated()
        finally:
            await shift.end()

    @asynccontextmanager
    async def _lent(self, workspace: str) -> AsyncIterator[JobRunner]:
        """Yield who carries out the jobs of a workspace. Raises LookupError where it is gone."""
        async with self.bots.using(workspace) as bot:
            yield bot.runner

    async def _until_outdated(self) -> None:
        """Wait until another version changes the database. Raises SchemaChangedError."""
        while True:
            await asyncio.sleep(SCHEMA_SECONDS)
            with suppress(DatabaseUnavailableError):  # it may come back as it was
                await self.resources.database.check_schema()

    @property
    def _own_rounds(self) -> tuple[Round, ...]:
        return (
            Round("idle", self.drop_idle, every=60.0),
            Round("installations", self.catch_up, every=1.0),
        )

    def _others_wrote(self, workspace: str) -> None:
        self.installs.installations.others_wrote()
        for bot in self.bots.made:
            if workspace in {"", bot.workspace}:
                bot.others_wrote()

    def _app(self, authorize: Authorize) -> AsyncApp:
        return build_app(
            client=self.installs.slack.for_bolt(),
            authorize=authorize,
            services=self.services,
            register=partial(
                register,
                features=self.resources.features,
                surfaces=[each.name for each in self._surfaces if each.listens],
            ),
        )

    async def _made(self, workspace: str, stack: AsyncExitStack) -> Bot:
        return await put_together(self, await self._tenants.of(workspace, stack), stack)


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

    `slack` stands in for a client made from the settings; then the database is not waited for,
    as somebody sits in front of it. `waiting` is called when Slack or the database has to be.
    Raises SlackError when Slack refuses the token, and DatabaseNotOpenedError.
    """
    async with AsyncExitStack() as stack:
        patience = None if slack else clock
        opening = open_database(settings, clock=patience, waiting=waiting)
        database = await stack.enter_async_context(opening)
        keys = SecretKeys(settings.general.secret_keys)
        leases = await stack.enter_async_context(Leases(database))
        tables = TableFiles()
        dispatch = dispatch_of(settings, database, leases, clock, queue)
        resources = Resources(
            settings, clock, database, leases, keys, tables, features, queue, dispatch
        )
        own = None
        if slack or settings.slack.bot_token or not settings.slack.installs:
            client = slack or Slack(token=_token(settings), api_url=settings.slack.api_url)
            own = await _own(resources, await stack.enter_async_context(client), waiting)

        def changed(workspace: str) -> None:
            process.bots.outdate(workspace)
            database.nudge(workspace)

        opened = open_installs(resources, own, changed=changed)
        installs = await stack.enter_async_context(opened)
        process = Process(resources, Tenants(resources, installs, own), installs)
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


async def _own(resources: Resources, slack: Slack, waiting: OnWait) -> Tenant:
    """Return the workspace of SLACK_BOT_TOKEN. Raises SlackError and SlackUnreachableError."""
    database, clock = resources.database, resources.clock
    identity = await patiently(lambda: identify(slack), clock, waiting=waiting)
    workspace = await settle_in(database, identity.workspace if slack.token else "")
    count = await rekey(database, resources.keys, tables=("credentials",))
    if count.renewed:
        log.get().info("credentials_encrypted", secrets=count.renewed)
    return Tenant(workspace, identity, slack, resources.settings)


def _token(settings: Settings) -> str:
    token = settings.slack.bot_token
    return token.get_secret_value() if token else ""
