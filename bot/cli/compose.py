"""The composition root: settings become resources, resources become the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot import log
from bot.asking.core.access import Policy
from bot.asking.forms import Forms
from bot.asking.model import ReportQuestion
from bot.asking.people import People
from bot.asking.runner import JobRunner
from bot.asking.services import CommonServices
from bot.asking.store import SnapshotStore
from bot.asking.tidying import Cleanup
from bot.clock import Clock
from bot.config import Settings
from bot.digests.digests import Digests
from bot.digests.intents import SendDigest
from bot.digests.store import SubscriptionStore
from bot.digests.subscriptions import Subscriptions
from bot.feature import Parts, composers_of
from bot.fieldreports import feature as saferme
from bot.jobs.inbox import Inbox
from bot.jobs.store import JobStore
from bot.jobs.tasks import Task, Tasks
from bot.outbox.delivery import Delivery, Settled
from bot.outbox.editor import Editor
from bot.outbox.entries import Entry
from bot.outbox.files import FileSources
from bot.outbox.store import OutboxStore
from bot.outbox.uploading import Uploader
from bot.runs.client.client import open_smartflows
from bot.runs.feature import Resources, SmartFlowsParts
from bot.scheduler import build_scheduler
from bot.slack.blocks.fallbacks import ROWS
from bot.slack.client import Slack
from bot.slack_app import Services, build_app, identify
from bot.spool import Body, in_memory
from bot.store.columns import MAIN
from bot.store.database import Database, Transaction
from bot.store.sqlite import SqliteDatabase
from bot.tables.table_files import TableFiles
from bot.tables.tables import csv_bytes
from bot.training.assignments import Assignments
from bot.training.client import open_momoflow
from bot.training.core.command import (
    Assign,
    AssignFlow,
    CancelAssignment,
    ForgetName,
    ListNames,
    NameFlow,
)
from bot.training.model import MOMOFLOW
from bot.training.names import TrainingNames
from bot.training.reports import Reports
from bot.training.store import AliasStore
from bot.webinars import feature as flowapp
from bot.workflows import feature as giosg
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
    tidying: Cleanup
    services: Services
    app: AsyncApp
    queue: str

    async def settle(self) -> None:
        """Carry out all that is due now, jobs and deliveries, until nothing is left to do."""
        await self.runner.worker.settle()
        await self.delivery.worker.settle()
        await self.runs.cards.worker.settle()

    async def work(self) -> None:
        """Work for ever, as soon as no other process does. Cancel to stop."""
        while not await self.database.lead(f"worker-{self.queue}"):  # noqa: ASYNC110  # another process has it
            await asyncio.sleep(STANDBY_SECONDS)
        await self.runner.recover()
        await self.delivery.recover()
        scheduler = build_scheduler(tick=self.tick, poll=self.runs.tick, tidy=self.tidying.tidy)
        scheduler.start()
        log.get().info("working", queue=self.queue)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.runner.worker.run())
                group.create_task(self.delivery.worker.run())
                group.create_task(self.runs.cards.worker.run())
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Put what the clock asks for into the jobs; return how many."""
        count = await self.digests.tick()
        if count:
            self.runner.worker.wake()
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
    queue: str = MAIN,
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
        jobs, outbox = JobStore(database, queue=queue), OutboxStore(database, queue=queue)
        snapshots, orders = SnapshotStore(database), SubscriptionStore(database)
        editor = Editor(client, outbox, clock)
        tables = TableFiles()
        runs = SmartFlowsParts(
            Resources(
                smartflows=await open_smartflows(settings.smartflows, clock, stack),
                database=database,
                slack=client,
                people=people,
                jobs=jobs,
                outbox=outbox,
                editor=editor,
                tables=tables,
                clock=clock,
                base_url=settings.smartflows.base_url or "",
                owner=settings.general.owner,
            ),
            woken=lambda: _wake(runner, delivery),
        )
        names = TrainingNames(AliasStore(database), momoflow, clock)
        reports = Reports(momoflow, names, snapshots, people, clock)
        stores = (outbox, orders, snapshots)
        parts = Parts(settings, clock, stack, database, client, people, *stores, tables)
        exports, export_forms = await giosg.build(parts)
        events, event_forms = await flowapp.build(parts)
        analytics, analytics_forms = await saferme.build(parts)
        features = (exports, events, analytics)
        composers = composers_of(features, report=reports, runs=runs.answers)
        digests = Digests(orders, composers, clock)
        sources = FileSources(
            {
                MOMOFLOW.name: reports.open_file,
                ROWS: _rows,
            }
            | runs.openers
            | {name: one for each in features for name, one in each.openers.items()},
            {name: one for each in features for name, one in each.narrated.items()},
            runs.refusals,
        )
        delivery = Delivery(
            database,
            outbox,
            client,
            Uploader(client, sources, outbox, editor, clock),
            clock,
            resend_in_doubt=settings.general.in_doubt == "resend",
            settled=_both(digests.settled, runs.watching.settled),
        )
        assignments = Assignments(momoflow, names, people, clock, policy=_policy(settings))
        subscriptions = Subscriptions(database, orders, outbox, composers, people, clock)
        tasks = Tasks(
            (
                *CommonServices(outbox).tasks(),
                *subscriptions.tasks(),
                Task(SendDigest, digests.send),
                Task(ReportQuestion, reports.answer),
                Task(NameFlow, names.name),
                Task(ForgetName, names.forget),
                Task(ListNames, names.show),
                Task(AssignFlow, assignments.preview),
                Task(Assign, assignments.assign),
                Task(CancelAssignment, assignments.cancel),
                *runs.tasks(),
                *(task for each in features for task in each.tasks),
            )
        )
        runner = JobRunner(database, jobs, tasks, clock, told=runs.wake)
        services = Services(
            inbox=Inbox(jobs, clock, wake=runner.worker.wake),
            tasks=tasks,
            forms=Forms(client, outbox, names),
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
        tidying = Cleanup(jobs, outbox, snapshots, runs.stores, clock)
        yield Bot(database, runner, delivery, digests, runs, tidying, services, app, queue)


def _both(first: Settled, second: Settled) -> Settled:
    def settled(tx: Transaction, entry: Entry, error: str) -> None:
        first(tx, entry, error)
        second(tx, entry, error)

    return settled


def _wake(runner: JobRunner, delivery: Delivery) -> None:
    runner.worker.wake()
    delivery.worker.wake()


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
