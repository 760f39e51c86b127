"""A look at a SQLite file: what it is, where it lies, and whether it may be written."""

import asyncio
import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

from bot.store.database import Parameters, Row
from bot.store.inspection.disks import Machine
from bot.store.inspection.facts import DatabaseFacts
from bot.store.migrations import standing
from bot.store.opening import DatabaseNotOpenedError, not_opened

T = TypeVar("T")
KIND: Final = "SQLite"
PATIENCE_SECONDS: Final = 3.0


class SqliteInspection:
    """A file that is open to be looked at, or is not there yet."""

    def __init__(self, facts: DatabaseFacts, connection: sqlite3.Connection | None) -> None:
        """Look at it through this connection."""
        self.facts = facts
        self._connection = connection
        self._alone = asyncio.Lock()

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows. Raises DatabaseNotOpenedError of a file that is not there."""
        if self._connection is None:
            raise DatabaseNotOpenedError(self.facts.name)
        async with self._alone:
            return await asyncio.to_thread(self._rows, self._connection, sql, parameters)

    @staticmethod
    def _rows(connection: sqlite3.Connection, sql: str, given: Parameters | None) -> list[Row]:
        return [dict(row) for row in connection.execute(sql, given or {}).fetchall()]


@asynccontextmanager
async def sqlite_inspected(path: str) -> AsyncIterator[SqliteInspection]:
    """Yield the file at a path to be looked at. Raises DatabaseNotOpenedError."""
    connection = await asyncio.to_thread(_connected, path)
    try:
        facts = await asyncio.to_thread(_facts, path, connection)
        yield SqliteInspection(facts, connection)
    finally:
        if connection is not None:
            connection.close()


def _connected(path: str) -> sqlite3.Connection | None:
    """Return a connection to a file that is there; one that is not is never made."""
    file = Path(path)
    if not file.exists():
        _check_folder(path, file.absolute().parent)
        return None
    try:
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=PATIENCE_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, OSError) as error:
        raise not_opened(path, error) from error
    return connection


def _check_folder(path: str, folder: Path) -> None:
    """Raise DatabaseNotOpenedError where the first start could make no file."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    trouble = 0
    if not there.is_dir():
        trouble = errno.ENOTDIR
    elif not os.access(there, os.W_OK | os.X_OK):
        trouble = errno.EACCES
    if trouble:
        raise not_opened(path, OSError(trouble, os.strerror(trouble)))


def _facts(path: str, connection: sqlite3.Connection | None) -> DatabaseFacts:
    file = Path(path).absolute()
    there = next(each for each in (file, *file.parents) if each.exists())
    missing, newer = standing(connection) if connection else ((), ())
    return DatabaseFacts(
        name=str(file),
        kind=KIND,
        version=sqlite3.sqlite_version,
        is_new=connection is None,
        missing=missing,
        newer=newer,
        refusal=_refusal(path, connection) if connection else "",
        free_bytes=shutil.disk_usage(there).free,
        unfit=Machine.here().unfit(file.resolve()),
        everybody_reads=connection is not None and bool(file.stat().st_mode & stat.S_IROTH),
    )


def _refusal(path: str, connection: sqlite3.Connection) -> str:
    """Return why nothing can be written, after beginning to write what is there and undoing it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute(f"PRAGMA user_version = {version:d}")
        finally:
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return str(not_opened(path, error))
    return ""
