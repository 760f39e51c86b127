"""PgQueuer's own tables: made and brought up to date with ours, and kept small."""

import psycopg
from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.queries import Queries

from bot.jobs.dispatch.connections import connected
from bot.jobs.dispatch.statements import LOCK, PRUNE
from bot.store.database import Database
from bot.store.postgres.connecting import address_of, name_of
from bot.store.postgres.troubles import not_opened


async def install(url: str) -> None:
    """Make PgQueuer's tables in the database at a URL, or bring them up to date.

    One process at a time does that; the lock ends with the connection. Raises
    DatabaseNotOpenedError.
    """
    try:
        async with connected(url) as connection:
            await connection.execute(LOCK)
            await _install(Queries(PsycopgDriver(connection)))
    except psycopg.Error as error:
        raise not_opened(name_of(address_of(url)), error) from None


async def _install(queries: Queries) -> None:
    if await queries.schema_is_installed():
        await queries.upgrade()
    else:
        await queries.install()


async def prune(database: Database) -> None:
    """Delete what PgQueuer noted long ago about entries that are done."""
    for statement in PRUNE:
        await database.execute(statement)
