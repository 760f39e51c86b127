"""PgQueuer's own tables: made and brought up to date with ours, and kept small."""

from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.queries import Queries

from bot.jobs.dispatch.connections import connected
from bot.jobs.dispatch.statements import LOCK, PRUNE
from bot.store.database import Database


async def install(url: str) -> None:
    """Make PgQueuer's tables in the database at a URL, or bring them up to date.

    One process at a time does that; the lock ends with the connection.
    """
    async with connected(url) as connection:
        await connection.execute(LOCK)
        queries = Queries(PsycopgDriver(connection))
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await queries.install()


async def prune(database: Database) -> None:
    """Delete what PgQueuer noted long ago about entries that are done."""
    for statement in PRUNE:
        await database.execute(statement)
