"""The one seam to a database: a few methods, and SQL written once, portable.

Parameters are `:named`; writes use `INSERT ... ON CONFLICT` and `UPDATE ... RETURNING`, which both
SQLite and Postgres speak. A transaction is a plain function of a `Transaction`, run where the
driver's connection lives, so that a driver may group several into one commit and none can be held
open across an await. Moments are written as text that sorts.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

Row = Mapping[str, Any]
Parameters = Mapping[str, Any]
T = TypeVar("T")

MAIN = "main"
"""The queue of the running bot. A command line question has a queue of its own, run by itself."""


class DatabaseUnavailableError(Exception):
    """Nothing was kept, and it may work a little later: locked, full, or too much is waiting."""


class Transaction(Protocol):
    """What a unit of work may do; all of it is committed together or not at all."""

    def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a statement, which may write (`RETURNING`)."""
        ...

    def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a statement, or None."""
        ...

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run a statement and return how many rows it changed."""
        ...


class Database(Protocol):
    """A database, whichever driver it is.

    Every method may raise DatabaseUnavailableError, and the driver's own errors.
    """

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""
        ...

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a reading statement, or None."""
        ...

    async def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one writing statement in a transaction of its own; return the rows changed."""
        ...

    async def transaction(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` and commit; when this returns, it survives a power cut."""
        ...

    async def ping(self) -> None:
        """Return when it answers."""
        ...

    async def lead(self, role: str) -> bool:
        """Try to become the only process in `role`; held until this process ends."""
        ...

    def turn(self, role: str) -> AbstractAsyncContextManager[bool]:
        """Wait to be the only one in `role` for as long as the context lasts.

        It yields False when somebody else holds the role for longer than anything takes.
        """
        ...

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        ...


def stamp(moment: datetime) -> str:
    """Return an aware moment as text that sorts, always in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str | None) -> datetime | None:
    """Return the moment written in a column, or None."""
    return datetime.fromisoformat(text) if text else None
