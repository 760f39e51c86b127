"""What all features share, opened as the settings say."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.asking.question import QuestionKinds
from bot.asking.store import SnapshotStore
from bot.clock import Clock
from bot.config import Settings
from bot.digests.store import SubscriptionStore
from bot.feature import Parts
from bot.jobs.policies import Policies
from bot.jobs.readers import Readers
from bot.jobs.store import JobStore
from bot.outbox.editor import Editor
from bot.outbox.store import OutboxStore
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.groups import UserGroups
from bot.slack.store import ChangeNotes
from bot.store.credentials import CredentialStore
from bot.store.database import Database
from bot.store.secret_keys import SecretKeys
from bot.store.sqlite import SqliteDatabase
from bot.tables.table_files import TableFiles
from bot.troubles.keeper import Troubles
from bot.worker import Worker

SQLITE = "sqlite:///"


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open and migrate the database of the settings."""
    path = settings.general.database_url.removeprefix(SQLITE)
    database = await SqliteDatabase.open(path)
    try:
        yield database
    finally:
        await database.close()


async def open_parts(
    settings: Settings,
    clock: Clock,
    slack: Slack | None,
    stack: AsyncExitStack,
    kinds: QuestionKinds,
    *,
    queue: str,
    workers: list[Worker],
) -> Parts:
    """Return the parts, closed with the stack; `slack` stands in for a client of the settings.

    To wake is to wake the `workers`, to which others may be added later.
    """
    database = await stack.enter_async_context(open_database(settings))
    credentials = CredentialStore(database, SecretKeys(settings.general.secret_keys))
    await credentials.renew()
    own = slack or Slack(token=_token(settings), api_url=settings.slack.api_url)
    client = await stack.enter_async_context(own)
    notes = ChangeNotes(database, clock)
    directory = Directory(client, notes, clock, default_zone=settings.general.timezone)
    stack.push_async_callback(directory.close)
    outbox = OutboxStore(database, queue=queue)
    groups = UserGroups(client, clock)
    assigners = filter(None, settings.general.assigners.split(","))

    def wake() -> None:
        for worker in workers:
            worker.wake()

    return Parts(
        general=settings.general,
        clock=clock,
        stack=stack,
        database=database,
        credentials=credentials,
        slack=client,
        directory=directory,
        policies=Policies(database, groups, clock, assigners=assigners),
        groups=groups,
        jobs=JobStore(database, queue=queue),
        outbox=outbox,
        editor=Editor(client, outbox, clock, may_tell=Readers(directory).check),
        digests=SubscriptionStore(database, kinds),
        snapshots=SnapshotStore(database),
        troubles=Troubles(database, directory, clock, runs_it=settings.general.owner),
        tables=TableFiles(),
        wake=wake,
    )


def _token(settings: Settings) -> str:
    token = settings.slack.bot_token
    return token.get_secret_value() if token else ""
