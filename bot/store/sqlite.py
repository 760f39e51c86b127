"""SQLite behind the seam: one writer thread with group commit, one reader thread.

Why one writer: a second one meets "database is locked" at once when it reads before it writes, and
one thread that commits everything waiting in one go writes tens of thousands of rows a second.
Every unit of work runs in a savepoint of its own, so that one that fails takes no other with it.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from bot import metrics
from bot.store.database import (
    Database,
    DatabaseDamagedError,
    DatabaseUnavailableError,
    Parameters,
    Row,
    SchemaChangedError,
    Transaction,
    stamp,
)
from bot.store.lives import Lives
from bot.store.migrations import KNOWN_STEPS, STEPS_TAKEN
from bot.store.opening import LOG_PAGES, connect, migrate_file, not_opened
from bot.store.workspaces import WorkspaceView

T = TypeVar("T")

GROUP = 256
"""At most this many units of work share one commit."""
WAITING = 10_000
"""At most this many units of work wait for the writer; more are refused at once."""
LOG_BYTES = LOG_PAGES * 4096
MANY_COMMITS = 100
QUIET_SECONDS = 0.5
"""The log is tended after many commits, when nothing was written for that long."""
LISTEN_SECONDS = 0.025
"""How often is looked whether another process wrote; a look takes microseconds."""

Wall = Callable[[], datetime]
_Work = Callable[[Transaction], Any]
_Item = tuple[_Work, "Future[Any]"]


LOCKED = "Flowbot's database is in use by another program"
UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_FULL: "The disk with Flowbot's database is full",
    sqlite3.SQLITE_IOERR: "The disk with Flowbot's database cannot be read or written",
    sqlite3.SQLITE_READONLY: "Flowbot's database may not be written",
    sqlite3.SQLITE_CANTOPEN: "Flowbot's database cannot be opened",
    sqlite3.SQLITE_NOMEM: "Flowbot has no memory left",
}
"""SQLite's primary codes for troubles that lie around the database and may pass."""
DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
TOO_MUCH = "Flowbot has too much to write down"


def now() -> datetime:
    """Return this machine's time."""
    return datetime.now(UTC)


class SqliteTransaction:
    """The statements of one unit of work on the writer's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work on this connection; the caller commits."""
        self._connection = connection

    def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows."""
        return [dict(row) for row in self._connection.execute(sql, parameters or {}).fetchall()]

    def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row, or None."""
        rows = self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Return how many rows changed."""
        return self._connection.execute(sql, parameters or {}).rowcount


class SqliteDatabase:
    """A database file, opened and migrated by `open`."""

    def __init__(self, path: str, *, wall: Wall = now) -> None:
        """Use `open` instead."""
        self._path = path
        self._wall = wall
        self._writer = connect(path)
        self._reader = connect(path)
        for connection in (self._writer, self._reader):
            connection.create_function("moment_in", 1, self._moment_in)
        self._waiting: queue.Queue[_Item | None] = queue.Queue(maxsize=WAITING)
        self._thread = threading.Thread(target=self._write_forever, name="sqlite-writer")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-reader")
        self._lives = Lives(path)
        self._heard: Callable[[], None] | None = None
        self._version = 0
        self._looked_at = 0.0
        self._untended = MANY_COMMITS
        """Commits since the log was tended; a new log wants it at the first quiet moment."""

    @classmethod
    async def open(cls, path: str, *, wall: Wall = now) -> Self:
        """Open (and create) the file, bring its schema up to date and start the writer.

        `wall` is the database's own clock, the machine's unless a test moves it. Raises
        DatabaseNotOpenedError.
        """
        try:
            await asyncio.to_thread(migrate_file, path)
            database = cls(path, wall=wall)
        except (sqlite3.Error, OSError) as error:
            raise not_opened(path, error) from error
        database._thread.start()
        return database

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""
        read = SqliteTransaction(self._reader).fetch_all
        loop = asyncio.get_running_loop()
        try:
            with metrics.DB_SECONDS.timed("read"):
                return await loop.run_in_executor(self._reading, read, sql, parameters)
        except sqlite3.Error as error:
            raise _understood(error) from error

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a reading statement, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def execute(
        self, sql: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> int:
        """Run one writing statement in a transaction of its own."""
        return await self.transaction(lambda tx: tx.execute(sql, parameters), within=within)

    async def transaction(
        self,
        work: Callable[[Transaction], T],
        *,
        within: float | None = None,
        alone: str = "",  # noqa: ARG002  # as everybody is before the one writer
    ) -> T:
        """Run `work` on the writer and wait for the commit, or give up before it is begun."""
        with metrics.DB_SECONDS.timed("write"):
            return await self._written(work, within)

    async def _written(self, work: Callable[[Transaction], T], within: float | None) -> T:
        done: Future[T] = Future()
        context = copy_context()
        try:
            self._waiting.put_nowait((lambda tx: context.run(work, tx), done))
        except queue.Full as error:
            raise DatabaseUnavailableError(TOO_MUCH) from error
        result = asyncio.wrap_future(done)
        if within is not None:
            await asyncio.wait({result}, timeout=within)
            if done.cancel():  # it still waits, so it is not begun and never will be
                raise DatabaseUnavailableError(LOCKED)
        return await result

    def of(self, workspace: str) -> Database:
        """Return the file as one workspace sees it."""
        return WorkspaceView(self, workspace)

    async def scrub(self) -> None:
        """Copy the log back, which writes over what was there, and empty it.

        While another process reads from it, this is left to later commits, which do the same.
        """
        await self.fetch_all("PRAGMA wal_checkpoint(TRUNCATE)")

    async def ping(self) -> None:
        """Return when the file has taken a write; SQLite writes a page that stays the same, too."""
        await self.transaction(_write_nothing_new)

    async def check_schema(self) -> None:
        """Raise SchemaChangedError where the file's steps are no longer those of this program."""
        taken = await self.fetch_all(STEPS_TAKEN)
        if {row["name"] for row in taken} != KNOWN_STEPS:
            raise SchemaChangedError

    def nudge(self, workspace: str) -> None:
        """Do nothing: whoever listens sees the commit itself."""

    async def listen(self, woken: Callable[[str], None]) -> None:
        """Call `woken` in this loop within some hundredths of a second of another's commit."""
        loop = asyncio.get_running_loop()

        def tell() -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(woken, "")

        self._heard = tell
        self._version = await self.transaction(_version)  # and the writer no longer waits for ever

    async def clock(self) -> datetime:
        """Return this machine's time, or what a test made of it."""
        return self._wall()

    async def live(self, owner: str) -> None:
        """Hold the lock of a small file beside the database, as `Lives` does."""
        try:
            await asyncio.to_thread(self._lives.begin, owner)
        except OSError as error:
            raise not_opened(self._path, error) from error

    async def has_ended(self, owner: str) -> bool:
        """Return whether nobody holds the lock of that name any more."""
        return await asyncio.to_thread(self._lives.has_ended, owner)

    async def close(self) -> None:
        """Finish the writes that were accepted and close."""
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join)
        self._reading.shutdown()
        for connection in (self._writer, self._reader):
            connection.close()
        self._lives.end()

    def _moment_in(self, seconds: float) -> str:
        return stamp(self._wall() + timedelta(seconds=seconds))

    def _write_forever(self) -> None:
        running = True
        while running:
            items = self._next_group()
            running = None not in items
            group = [item for item in items if item is not None]
            if group:
                _commit(self._writer, group)
                self._untended += 1

    def _next_group(self) -> list[_Item | None]:
        items = [self._next()]
        while len(items) < GROUP and items[-1] is not None:
            try:
                items.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return items

    def _next(self) -> _Item | None:
        """Return the next unit of work; while there is none, listen to others and tend the log."""
        quiet_since = time.monotonic()
        while True:
            self._listen()
            try:
                return self._waiting.get(timeout=self._patience())
            except queue.Empty:
                if (
                    self._untended >= MANY_COMMITS
                    and time.monotonic() - quiet_since >= QUIET_SECONDS
                ):
                    _tend_log(self._writer, Path(f"{self._path}-wal"))
                    self._untended = 0

    def _patience(self) -> float | None:
        if self._heard:
            return LISTEN_SECONDS
        return QUIET_SECONDS if self._untended >= MANY_COMMITS else None

    def _listen(self) -> None:
        """Look whether another process wrote: this number changes by the commits of others only."""
        now = time.monotonic()
        if self._heard is None or now - self._looked_at < LISTEN_SECONDS:
            return
        self._looked_at = now
        try:
            version = _version(SqliteTransaction(self._writer))
        except sqlite3.Error:
            return  # what is wrong there, the next unit of work meets and tells
        if version != self._version:
            self._heard()
        self._version = version


def _version(tx: Transaction) -> int:
    """Return a number that changes when another connection than this one has committed."""
    row = tx.fetch_one("PRAGMA data_version")
    return int(row["data_version"]) if row else 0


def _tend_log(connection: sqlite3.Connection, log: Path) -> None:
    """Copy the log back while nobody waits, so that the next commit writes from its start again."""
    try:
        if not log.exists() or log.stat().st_size < LOG_BYTES:
            _grow_log(connection)
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    except sqlite3.Error:
        # Only a favour to later commits: what is wrong with the disk, they will meet and tell.
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _grow_log(connection: sqlite3.Connection) -> None:
    """Give the log's file its full size: a sync that records no new file size is much faster."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE log_growth (padding BLOB)")
    connection.execute("INSERT INTO log_growth VALUES (zeroblob(?))", (LOG_BYTES,))
    connection.execute("DROP TABLE log_growth")
    connection.execute("COMMIT")


def _commit(connection: sqlite3.Connection, group: Sequence[_Item]) -> None:
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for work, done in group:
            if done.set_running_or_notify_cancel():
                outcomes.append((done, *_attempt(connection, work)))
        connection.execute("COMMIT")
    except Exception as error:  # noqa: BLE001  # the writer must go on, whatever it is
        # Nothing of the group was kept: everybody in it is told, also those whose work had run.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        trouble = _understood(error)
        outcomes = [(done, None, trouble) for _, done in group if _is_waited_for(done)]
    for done, value, failure in outcomes:
        if failure is None:
            done.set_result(value)
        else:
            done.set_exception(failure)


def _is_waited_for(done: "Future[Any]") -> bool:
    """Return whether a result may be set; from now on nobody can give up waiting for it."""
    if done.running() or done.cancelled():
        return done.running()
    return done.set_running_or_notify_cancel()


def _understood(error: Exception) -> Exception:
    """Return what callers may wait out, or cannot mend, in words; and any other error as it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in DAMAGED:
        return DatabaseDamagedError()
    return DatabaseUnavailableError(UNAVAILABLE[code]) if code in UNAVAILABLE else error


def _write_nothing_new(tx: Transaction) -> None:
    version = tx.fetch_one("PRAGMA user_version")
    assert version is not None
    tx.execute(f"PRAGMA user_version = {version['user_version']:d}")


def _attempt(connection: sqlite3.Connection, work: _Work) -> tuple[Any, BaseException | None]:
    connection.execute("SAVEPOINT unit")
    try:
        value = work(SqliteTransaction(connection))
    except Exception as error:
        if not connection.in_transaction:  # SQLite gave up the whole group, as on a full disk
            raise
        connection.execute("ROLLBACK TO unit")
        connection.execute("RELEASE unit")
        return None, _understood(error)
    connection.execute("RELEASE unit")
    return value, None
