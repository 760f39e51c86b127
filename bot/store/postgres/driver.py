"""Postgres behind the seam: units of work in threads, each of which holds a connection.

A unit of work that is to be alone in its workspace holds a lock of the database's, so that it may
read and then write, as before SQLite's one writer. What was undone for certain is done again; what
may have been kept never is.
"""

import asyncio
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from bot import metrics
from bot.store.database import (
    DatabaseUnavailableError,
    Parameters,
    Row,
    SchemaChangedError,
    Transaction,
)
from bot.store.postgres.connecting import Address, Link, address_of, connect, is_cut, open_first
from bot.store.postgres.dialect import translated
from bot.store.postgres.troubles import (
    LOCKED,
    PASSING,
    STALE,
    TOO_MUCH,
    CommitLostError,
    refused,
    understood,
)
from bot.store.postgres.wakes import Wakes
from bot.store.steps import STEPS
from bot.store.workspaces import WorkspaceView

T = TypeVar("T")

CONNECTIONS: Final = 6
"""At most so many statements and units of work of this process are under way at once."""
UNITS: Final = 4
"""At most so many of them wait to be alone in a workspace, so that others find a connection."""
WAITING: Final = 10_000
"""At most so many of them wait; more are refused at once."""
TRIES: Final = 4
LONGEST_PAUSE: Final = 0.05
"""Seconds, at most, before a unit that met another is done again."""


class PostgresTransaction:
    """The statements of one unit of work on a connection."""

    def __init__(self, link: Link) -> None:
        """Work on this connection; the caller commits."""
        self._link = link

    def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows."""
        cursor = self._link.execute(translated(sql), parameters or {})
        return list(cursor.fetchall()) if cursor.description else []

    def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row, or None."""
        rows = self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Return how many rows changed."""
        return self._link.execute(translated(sql), parameters or {}).rowcount


def _begun(alone: str) -> str:
    """Return what begins a unit of work, alone in a workspace if it is to be."""
    lock = f"; SELECT pg_advisory_xact_lock({_key(alone)})" if alone else ""
    return f"BEGIN{lock}"


def _key(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)


def _commit(link: Link) -> None:
    """Commit. Raises CommitLostError where it is not known whether it was, and psycopg.Error."""
    with _kept(link):
        if link.execute("COMMIT").statusmessage != "COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("the work went on after an error")


@contextmanager
def _kept(link: Link) -> Iterator[None]:
    """Raise CommitLostError where the connection ends while something is being committed."""
    try:
        yield
    except psycopg.Error as error:
        if link.closed:
            raise CommitLostError from error
        raise


def _passes(error: psycopg.Error, link: Link) -> bool:
    """Return whether what was undone may be done again at once."""
    if error.sqlstate == STALE:
        link.close()  # and with it go the statements as they were planned
    return link.closed or error.sqlstate in PASSING


def _undo(link: Link) -> None:
    """Leave a connection as it was before the unit; one that cannot be is closed."""
    with suppress(psycopg.Error):
        if link.info.transaction_status is not TransactionStatus.IDLE:
            link.execute("ROLLBACK")
        return
    link.close()


class _Start:
    """Whether a unit of work was begun or given up; never both."""

    def __init__(self) -> None:
        self._deciding = threading.Lock()
        self._begun: bool | None = None

    def begin(self) -> None:
        """Begin, also once more. Raises DatabaseUnavailableError where nobody waits for it."""
        if not self._decide(begun=True):
            raise DatabaseUnavailableError(LOCKED)

    def give_up(self) -> bool:
        """Return whether it never will be begun."""
        return self._decide(begun=False)

    def _decide(self, *, begun: bool) -> bool:
        with self._deciding:
            if self._begun is None:
                self._begun = begun
            return self._begun is begun


class PostgresDatabase:
    """A database on a Postgres server, opened and migrated by `open`."""

    def __init__(self, address: Address) -> None:
        """Use `open` instead."""
        self._address = address
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="postgres")
        self._mine = threading.local()
        self._links: set[Link] = set()
        self._turns: dict[str, asyncio.Lock] = {}
        self._units = asyncio.Semaphore(UNITS)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._wakes = Wakes(address)

    @classmethod
    async def open(cls, url: str) -> Self:
        """Look at the database, bring its schema up to date and return it.

        Raises DatabaseNotOpenedError.
        """
        address = address_of(url)
        await asyncio.to_thread(open_first, address)
        return cls(address)

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""

        def read(link: Link) -> list[Row]:
            return PostgresTransaction(link).fetch_all(sql, parameters)

        with metrics.DB_SECONDS.timed("read"):
            return await self._done(lambda _: self._repeated(read))

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a reading statement, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def execute(
        self, sql: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> int:
        """Run one writing statement in a transaction of its own: there and back once."""

        def run(start: _Start) -> int:
            def write(link: Link) -> int:
                start.begin()
                with _kept(link):
                    return PostgresTransaction(link).execute(sql, parameters)

            return self._repeated(write)

        with metrics.DB_SECONDS.timed("write"):
            return await self._done(run, within=within)

    async def transaction(
        self, work: Callable[[Transaction], T], *, within: float | None = None, alone: str = ""
    ) -> T:
        """Run `work` and commit, or give up before it is begun; it may be run more than once."""

        def unit(link: Link, start: _Start) -> T:
            link.execute(_begun(alone))
            start.begin()
            value = work(PostgresTransaction(link))
            _commit(link)
            return value

        def run(start: _Start) -> T:
            return self._repeated(lambda link: unit(link, start))

        with metrics.DB_SECONDS.timed("write"):
            return await self._done(run, within=within, alone=alone)

    def of(self, workspace: str) -> WorkspaceView:
        """Return the database as one workspace sees it."""
        return WorkspaceView(self, workspace)

    async def clock(self) -> datetime:
        """Return what the server's clock shows."""
        row = await self.fetch_one("SELECT clock_timestamp() AS at")
        assert row is not None
        at: datetime = row["at"]
        return at.astimezone(UTC)

    def nudge(self, workspace: str) -> None:
        """Tell other processes, after a commit, that there may be work; never waits."""
        self._wakes.nudge(workspace)

    async def listen(self, woken: Callable[[str], None]) -> None:
        """Call `woken` with the workspace that another process spoke of, or "" for any."""
        await self._wakes.listen(woken)

    async def scrub(self) -> None:
        """Do nothing: the server itself writes over deleted rows, when it vacuums."""

    async def ping(self) -> None:
        """Return when the server has taken a write, which changes nothing."""
        await self.execute(_NOTHING_NEW)

    async def check_schema(self) -> None:
        """Raise SchemaChangedError where its steps are no longer those of this program."""
        taken = await self.fetch_all("SELECT name FROM schema_steps")
        if {row["name"] for row in taken} != {each.name for each in STEPS}:
            raise SchemaChangedError

    async def live(self, owner: str) -> None:
        """Do nothing: a connection that ended is no proof that a process did."""

    async def has_ended(self, owner: str) -> bool:  # noqa: ARG002  # nobody knows of any
        """Return False: only the end of a lease tells."""
        return False

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._wakes.close()
        await asyncio.to_thread(self._threads.shutdown)
        for link in self._links:
            link.close()

    async def _done(
        self, run: Callable[[_Start], T], *, within: float | None = None, alone: str = ""
    ) -> T:
        """Have it run in a thread, before which those wait that are to be alone somewhere."""
        if len(self._under_way) >= WAITING:
            raise DatabaseUnavailableError(TOO_MUCH)
        start = _Start()
        task = asyncio.create_task(self._in_turn(run, start, alone))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        if within is not None:
            await asyncio.wait({task}, timeout=within)
            if not task.done() and start.give_up():
                raise DatabaseUnavailableError(LOCKED)
        return await task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen, where whoever waited for it has given up

    async def _in_turn(self, run: Callable[[_Start], T], start: _Start, alone: str) -> T:
        loop, context = asyncio.get_running_loop(), copy_context()
        if not alone:
            return await loop.run_in_executor(self._threads, context.run, run, start)
        # One of a workspace at a time, so that those who wait for its lock hold no connection.
        async with self._turns.setdefault(alone, asyncio.Lock()), self._units:
            return await loop.run_in_executor(self._threads, context.run, run, start)

    def _repeated(self, attempt: Callable[[Link], T]) -> T:
        """Return what an attempt returns, after as many as it takes where others were in the way.

        Raises DatabaseUnavailableError, DatabaseDamagedError, CommitLostError.
        """
        for left in reversed(range(TRIES)):
            link = self._link()
            try:
                return attempt(link)
            except psycopg.Error as error:
                if not left or not _passes(error, link):
                    raise understood(error) from error
            finally:
                _undo(link)
            metrics.DB_RETRIES.add()
            time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311  # so that two do not meet again
        raise AssertionError

    def _link(self) -> Link:
        """Return this thread's connection, a new one where it has none or was cut off."""
        link: Link | None = getattr(self._mine, "link", None)
        if link is not None and not is_cut(link):
            return link
        if link is not None:
            self._links.discard(link)
            link.close()
        try:
            link = self._mine.link = connect(self._address)
        except psycopg.Error as error:
            raise refused(error) from None
        self._links.add(link)
        return link


_NOTHING_NEW = """
UPDATE schema_steps SET taken_at = taken_at WHERE name = (SELECT MIN(name) FROM schema_steps)"""
