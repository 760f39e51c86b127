"""The composition root: settings become resources, resources become the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot import log
from bot.cli.features import Parts, composers_of, flowapp, giosg, saferme
from bot.clients import open_momoflow, open_smartflows
from bot.clients.slack import Slack
from bot.clients.spool import Body, in_memory
from bot.clock import Clock
from bot.config import Settings
from bot.core.access import Policy
from bot.exports.tables import csv_bytes
from bot.jobs import JobRunner, table
from bot.rendering.ladder import ROWS
from bot.scheduler import build_scheduler
from bot.services.assignments import Assignments
from bot.services.delivery import Delivery, Settled
from bot.services.digests import Digests
from bot.services.files import FileSources
from bot.services.forms import Forms
from bot.services.inbox import Inbox
from bot.services.names import TrainingNames
from bot.services.people import People
from bot.services.reports import VENDOR as MOMOFLOW
from bot.services.reports import Reports
from bot.services.retries import Retries
from bot.services.smart_flows import Resources, SmartFlowsParts
from bot.services.subscriptions import Subscriptions
from bot.services.table_files import TableFiles
from bot.services.tidying import Tidying
from bot.services.uploading import Uploading
from bot.slack_app import Services, build_app, identify
from bot.store.aliases import AliasStore
from bot.store.database import Database, Transaction
from bot.store.entries import Entry
from bot.store.jobs import MAIN, JobStore
from bot.store.ledger import LedgerStore
from bot.store.snapshots import SnapshotStore
from bot.store.sqlite import SqliteDatabase
from bot.store.subscriptions import SubscriptionStore
from handlers import register

STANDBY_SECONDS = 1.0
SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that was put together, for whoever runs it."""

    database: Database
    runner: JobRunner
    delivery: Delivery
    digests: Digests
    runs: SmartFlowsParts
    tidying: Tidying
    services: Services
    app: AsyncApp
    lane: str

    async def settle(self) -> None:
        """Carry out all that is due now, jobs and deliveries, until nothing is left to do."""
        await self.runner.pump.settle()
        await self.delivery.pump.settle()
        await self.runs.cards.pump.settle()

    async def work(self) -> None:
        """Work for ever, as soon as no other process does. Cancel to stop."""
        while not await self.database.lead(f"worker-{self.lane}"):  # noqa: ASYNC110  # another process has it
            await asyncio.sleep(STANDBY_SECONDS)
        await self.runner.recover()
        await self.delivery.recover()
        scheduler = build_scheduler(tick=self.tick, sweep=self.runs.tick, tidy=self.tidying.tidy)
        scheduler.start()
        log.get().info("working", lane=self.lane)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.runner.pump.run())
                group.create_task(self.delivery.pump.run())
                group.create_task(self.runs.cards.pump.run())
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Put what the clock asks for into the jobs; return how many."""
        count = await self.digests.tick()
        if count:
            self.runner.pump.wake()
        return count


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open and migrate the database of the settings."""
    path = settings.general.database_url.removeprefix(SQLITE)
    database = await SqliteDatabase.open(path)
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def assemble(
    settings: Settings,
    *,
    clock: Clock,
    slack: Slack | None = None,
    lane: str = MAIN,
    waiting: Callable[[], None] = lambda: None,
) -> AsyncIterator[Bot]:
    """Put the bot together and take it apart again.

    `slack` stands in for a client made from the settings. `waiting` is called when Slack cannot be
    reached yet. Raises SlackError when Slack refuses the token.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        own = slack or Slack(token=_token(settings), api_url=settings.slack.api_url)
        client = await stack.enter_async_context(own)
        momoflow = await open_momoflow(settings.momoflow, clock, stack)
        people = People(client, clock, default_zone=settings.general.timezone)
        jobs, ledger = JobStore(database, lane=lane), LedgerStore(database, lane=lane)
        snapshots, orders = SnapshotStore(database), SubscriptionStore(database)
        tables = TableFiles()
        runs = SmartFlowsParts(
            Resources(
                client=await open_smartflows(settings.smartflows, clock, stack),
                database=database,
                slack=client,
                people=people,
                jobs=jobs,
                ledger=ledger,
                tables=tables,
                clock=clock,
                base_url=settings.smartflows.base_url or "",
                owner=settings.general.owner,
            ),
            woken=lambda: _wake(runner, delivery),
        )
        names = TrainingNames(AliasStore(database), momoflow, clock)
        reports = Reports(momoflow, names, snapshots, people, clock)
        stores = (ledger, orders, snapshots)
        parts = Parts(settings, clock, stack, database, client, people, *stores, tables)
        exports, export_forms = await giosg.build(parts)
        events, event_forms = await flowapp.build(parts)
        analytics, analytics_forms = await saferme.build(parts)
        features = (exports, events, analytics)
        composers = composers_of(features, report=reports, runs=runs.answers)
        digests = Digests(orders, composers, clock)
        sources = FileSources(
            {
                MOMOFLOW: reports.open_file,
                ROWS: _rows,
            }
            | runs.openers
            | {name: one for each in features for name, one in each.openers.items()},
            {name: one for each in features for name, one in each.narrated.items()},
        )
        delivery = Delivery(
            database,
            ledger,
            client,
            Uploading(client, sources, ledger, clock),
            clock,
            resend_in_doubt=settings.general.in_doubt == "resend",
            settled=_both(digests.settled, runs.watching.settled),
        )
        services_of_jobs = table(
            reports=reports,
            names=names,
            assignments=Assignments(momoflow, names, people, clock, policy=_policy(settings)),
            subscriptions=Subscriptions(database, orders, ledger, composers, people, clock),
            digests=digests,
            retries=Retries(ledger),
            features=runs.table()
            | {name: one for each in features for name, one in each.jobs.items()},
        )
        runner = JobRunner(database, jobs, services_of_jobs, clock, told=runs.wake)
        services = Services(
            inbox=Inbox(jobs, clock, wake=runner.pump.wake),
            forms=Forms(client, ledger, names),
            runs=runs.forms,
            exports=export_forms,
            events=event_forms,
            analytics=analytics_forms,
        )
        identity = await identify(client, clock, waiting=waiting)
        app = build_app(
            slack=client,
            identity=identity,
            signing_secret=_signing_secret(settings),
            services=services,
            register=register,
        )
        tidying = Tidying(jobs, ledger, snapshots, runs.stores, clock)
        yield Bot(database, runner, delivery, digests, runs, tidying, services, app, lane)


def _both(first: Settled, second: Settled) -> Settled:
    def settled(tx: Transaction, entry: Entry, error: str) -> None:
        first(tx, entry, error)
        second(tx, entry, error)

    return settled


def _wake(runner: JobRunner, delivery: Delivery) -> None:
    runner.pump.wake()
    delivery.pump.wake()


def _token(settings: Settings) -> str:
    token = settings.slack.bot_token
    return token.get_secret_value() if token else ""


def _signing_secret(settings: Settings) -> str:
    secret = settings.slack.signing_secret
    return secret.get_secret_value() if secret else ""


def _policy(settings: Settings) -> Policy:
    return Policy(assigners=frozenset(filter(None, settings.general.assigners.split(","))))


@asynccontextmanager
async def _rows(arguments: dict[str, list[list[str]]]) -> AsyncIterator[Body]:
    yield in_memory(csv_bytes(arguments["rows"]))
