"""A look at a database on a Postgres server: version, schema, rights, encoding and clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from typing import Final

import psycopg

from bot.store.database import Parameters, Row
from bot.store.inspection.facts import DatabaseFacts
from bot.store.opening import cannot_open
from bot.store.postgres.connecting import Address, Link, address_of, connect, look_at, name_of
from bot.store.postgres.dialect import translated
from bot.store.postgres.steps import standing
from bot.store.postgres.troubles import not_opened

KIND: Final = "Postgres"
_RIGHTS: Final = """
SELECT current_setting('transaction_read_only') = 'on' AS read_only,
has_schema_privilege(current_schema(), 'CREATE') AS may_create,
to_regclass('jobs') IS NULL OR has_table_privilege('jobs', 'INSERT') AS may_write,
current_setting('server_encoding') AS encoding, clock_timestamp() AS at"""


class PostgresInspection:
    """A connection through which a database is looked at."""

    def __init__(self, facts: DatabaseFacts, link: Link) -> None:
        """Look at it through this connection."""
        self.facts = facts
        self._link = link
        self._alone = asyncio.Lock()

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows."""
        async with self._alone:
            return await asyncio.to_thread(_rows, self._link, translated(sql), parameters)


@asynccontextmanager
async def postgres_inspected(url: str) -> AsyncIterator[PostgresInspection]:
    """Yield the database of a URL to be looked at. Raises DatabaseNotOpenedError, as a start."""
    address = address_of(url)
    link = await asyncio.to_thread(_connected, address)
    try:
        yield PostgresInspection(await asyncio.to_thread(_facts, address, link), link)
    finally:
        link.close()


def _connected(address: Address) -> Link:
    try:
        link = connect(address)
        try:
            look_at(address, link)
        except BaseException:
            link.close()
            raise
    except psycopg.Error as error:
        raise not_opened(name_of(address), error) from None
    return link


def _facts(address: Address, link: Link) -> DatabaseFacts:
    name = name_of(address)
    missing, newer = standing(link)
    [found] = _rows(link, _RIGHTS, None)
    return DatabaseFacts(
        name=name,
        kind=KIND,
        version=link.info.parameter_status("server_version") or "",
        is_new=link.execute("SELECT to_regclass('jobs') AS name").fetchone() == {"name": None},
        missing=missing,
        newer=newer,
        refusal=_refusal(name, found, needs_tables=bool(missing)),
        at=found["at"].astimezone(UTC),
        encoding=found["encoding"],
    )


def _refusal(name: str, found: Row, *, needs_tables: bool) -> str:
    """Return why nothing can be written, or an empty text."""
    if found["read_only"]:
        why = "it can only be read, as a standby can. Let DATABASE_URL name the primary server"
    elif needs_tables and not found["may_create"]:
        why = "its user may make no tables. GRANT CREATE ON SCHEMA public to that user"
    elif not found["may_write"]:
        why = "its user may not write. GRANT ALL ON ALL TABLES IN SCHEMA public to that user"
    else:
        return ""
    return str(cannot_open(name, why))


def _rows(link: Link, sql: str, given: Parameters | None) -> list[Row]:
    return list(link.execute(sql, given or {}).fetchall())
