"""What all features share, opened as the settings say."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bot.asking.store import SnapshotStore
from bot.assembly.tenancy import Resources, Tenant
from bot.clock import Clock
from bot.config import Settings
from bot.consent.consents import Consents
from bot.consent.people import PeopleOfServices
from bot.consent.store import ConsentStore
from bot.digests.store import SubscriptionStore
from bot.feature import Parts
from bot.jobs.policies import Policies
from bot.jobs.readers import Readers
from bot.jobs.store import JobStore
from bot.outbox.editor import Editor
from bot.outbox.store import OutboxStore
from bot.slack.by_email import PeopleByEmail
from bot.slack.directory import Directory
from bot.slack.groups import UserGroups
from bot.slack.store import ChangeNotes
from bot.slack_app import OnWait, note_waiting, patiently
from bot.store.addresses import file_of, open_at
from bot.store.credentials import CredentialStore
from bot.store.database import MAIN, Database
from bot.store.leases import Leases
from bot.troubles.keeper import Troubles
from bot.worker import Wakeable

if TYPE_CHECKING:
    from bot.jobs.dispatch.service import JobDispatch


@asynccontextmanager
async def open_database(
    settings: Settings, *, clock: Clock | None = None, waiting: OnWait = note_waiting
) -> AsyncIterator[Database]:
    """Open and migrate the database of the settings. Raises DatabaseNotOpenedError.

    With a clock it is waited for where nobody answers there, as Slack is, and `waiting` is told.
    """
    url = settings.general.database_url
    opening = partial(open_at, url)
    database = await (patiently(opening, clock, waiting=waiting) if clock else opening())
    try:
        if not file_of(url):
            from bot.jobs.dispatch.schema import install  # noqa: PLC0415  # an extra

            await install(url)
        yield database
    finally:
        await database.close()


def dispatch_of(
    settings: Settings, database: Database, leases: Leases, clock: Clock, queue: str
) -> "JobDispatch | None":
    """Return what dispatches jobs on Postgres; those of a command line are its own."""
    url = settings.general.database_url
    if file_of(url) or queue != MAIN:
        return None
    from bot.jobs.dispatch.service import JobDispatch  # noqa: PLC0415  # an extra

    return JobDispatch(url, database, leases.owner, clock)


async def open_parts(
    resources: Resources, tenant: Tenant, stack: AsyncExitStack, *, workers: list[Wakeable]
) -> Parts:
    """Return the parts of a workspace's bot, closed with the stack.

    To wake is to wake the `workers`, to which others may be added later.
    """
    general, clock, client = tenant.settings.general, resources.clock, tenant.slack
    database = resources.database.of(tenant.workspace)
    notes = ChangeNotes(database, clock)
    directory = Directory(client, notes, clock, default_zone=general.timezone)
    directory.home = tenant.identity.home
    stack.push_async_callback(directory.close)
    outbox = OutboxStore(database, queue=resources.queue)
    speaks = resources.leases.lease(resources.role_of(tenant.workspace))
    groups = UserGroups(client, clock)
    consents = ConsentStore(database)
    assigners = filter(None, general.assigners.split(","))

    def wake() -> None:
        for worker in workers:
            worker.wake()
        if resources.dispatch:
            resources.dispatch.wake()
        resources.database.nudge(tenant.workspace)

    return Parts(
        general=general,
        clock=clock,
        stack=stack,
        database=database,
        leases=resources.leases,
        speaks=speaks,
        credentials=CredentialStore(database, resources.keys),
        slack=client,
        directory=directory,
        consents=Consents(
            consents, directory, clock, holidays=general.holidays, queue=resources.queue
        ),
        people=PeopleOfServices(PeopleByEmail(client, directory, clock), consents),
        policies=Policies(database, groups, clock, assigners=assigners),
        groups=groups,
        jobs=JobStore(database, queue=resources.queue, holder=resources.leases.owner),
        outbox=outbox,
        editor=Editor(client, outbox, speaks, clock, may_tell=Readers(directory).check),
        digests=SubscriptionStore(database, resources.kinds),
        snapshots=SnapshotStore(database),
        troubles=Troubles(database, directory, clock, runs_it=general.owner),
        tables=resources.tables,
        wake=wake,
    )
