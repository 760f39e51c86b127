"""Moving everything from a file of SQLite to Postgres: all of it, counted, or nothing."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from psycopg.sql import SQL, Identifier

from bot.errors import UserError
from bot.store.database import stamp
from bot.store.opening import connect as connect_file
from bot.store.opening import migrate_file, not_opened
from bot.store.postgres.connecting import Link, address_of, connect, name_of, open_first
from bot.store.postgres.troubles import not_opened as not_reached
from bot.store.steps import STEPS

BITE: Final = 1_000
"""Rows that are read at a time."""
OF_PROCESSES: Final = frozenset({"leases", "members"})
"""Tables of living processes alone: there are none while everything moves."""
_CREATED: Final = re.compile(r"CREATE TABLE (\w+)")
_STOP: Final = (
    "A Flowbot works on this database (until {}). Stop every process of it, then move again."
)


def tables() -> tuple[str, ...]:
    """Return the tables that move, in the order in which they came to be."""
    made = (_CREATED.search(sql) for step in STEPS for sql in step.statements)
    return tuple(found[1] for found in made if found and found[1] not in OF_PROCESSES)


def move(path: str, url: str) -> Mapping[str, int]:
    """Copy the file at `path` to the database at `url`; return how many rows each table has there.

    While it is copied nobody writes to the file, which stays as it is. Raises UserError where the
    target is not empty, somebody works on the file or a row cannot be taken over, and
    DatabaseNotOpenedError. Then nothing was copied.
    """
    address = address_of(url)
    open_first(address)
    try:
        migrate_file(path)
        with closing(connect_file(path)) as file, connect(address) as link:
            file.execute("BEGIN IMMEDIATE")
            _refuse_while_somebody_works(file)
            with link.transaction():
                return _moved(file, link, name_of(address))
    except (sqlite3.Error, OSError) as error:
        raise not_opened(path, error) from error
    except psycopg.Error as error:
        raise not_reached(name_of(address), error) from None


def _moved(file: sqlite3.Connection, link: Link, name: str) -> Mapping[str, int]:
    for table in tables():
        link.execute(SQL("LOCK TABLE {}").format(Identifier(table)))
        if _count(link, table):
            raise UserError(
                f"{name} has rows already (in {table}). Move to a new database: createdb makes one."
            )
    for table in tables():
        with _told_of(table):
            _copy(file, link, table)
    counts = {table: _count(link, table) for table in tables()}
    for table, count in counts.items():
        (there,) = file.execute(f"SELECT COUNT(*) FROM {table}").fetchone()  # noqa: S608  # ours
        if there != count:
            raise UserError(f"{table} has {there} rows, of which {count} arrived. Nothing moved.")
    return counts


def _copy(file: sqlite3.Connection, link: Link, table: str) -> None:
    names = [row["name"] for row in file.execute(f"PRAGMA table_info({table})")]
    into = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(table), SQL(", ").join(map(Identifier, names))
    )
    rows = file.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY rowid")  # noqa: S608  # ours
    with link.cursor().copy(into) as copy:
        while some := rows.fetchmany(BITE):
            for row in some:
                copy.write_row(tuple(row))
    _go_on_counting(file, link, table)


def _go_on_counting(file: sqlite3.Connection, link: Link, table: str) -> None:
    """Let the next number be the one that the file would have given."""
    given = file.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
    if given is not None and given["seq"]:
        link.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, given["seq"]])


def _count(link: Link, table: str) -> int:
    counted = SQL("SELECT COUNT(*) AS count FROM {}").format(Identifier(table))
    row = link.execute(counted).fetchone()
    assert row is not None
    return int(row["count"])


def _refuse_while_somebody_works(file: sqlite3.Connection) -> None:
    now = {"now": stamp(datetime.now(UTC))}
    for table in sorted(OF_PROCESSES):
        row = file.execute(
            f"SELECT MAX(until) AS until FROM {table} WHERE until > :now",  # noqa: S608  # ours
            now,
        ).fetchone()
        if row["until"]:
            raise UserError(_STOP.format(row["until"]))


@contextmanager
def _told_of(table: str) -> Iterator[None]:
    """Say which table has what Postgres does not take."""
    try:
        yield
    except psycopg.DataError as error:
        why = error.diag.message_primary or "a value that Postgres does not take"
        raise UserError(f"A row of {table} cannot be moved: {why}. Nothing was moved.") from error


def as_lines(counts: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many rows each table has on both sides, and how many they are together."""
    width = max(map(len, counts))
    for table, count in counts.items():
        yield f"{table:<{width}} {count:>9}"
    yield f"{'together':<{width}} {sum(counts.values()):>9}"
