"""The one seam to a database: a few methods, and SQL written once, portable.

Parameters are `:named`; writes use `INSERT ... ON CONFLICT` and `UPDATE ... RETURNING`, which both
SQLite and Postgres speak. A transaction is a plain function of a `Transaction`, run where the
driver's connection lives, so that a driver may group several into one commit and none can be held
open across an await. Moments are written as text that sorts.

Rows belong to workspaces. Whoever works for one is given its view, `Database.of(workspace)`, and
every statement of theirs names `:workspace` for each table that it touches.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from bot.errors import BotError, NotKeptError

Row = Mapping[str, Any]
Parameters = Mapping[str, Any]
T = TypeVar("T")

MAIN = "main"
"""The queue of the running bot. A command line question has a queue of its own, run by itself."""


class DatabaseUnavailableError(NotKeptError):
    """Nothing was kept, and it may work a little later: locked, full, or too much is waiting."""

    def __init__(self, trouble: str) -> None:
        """`trouble` is a clause in words, without a full stop."""
        super().__init__(
            f"{trouble}, so nothing was done. Try again in a minute; if it stays, tell whoever "
            "runs Flowbot."
        )
        self.trouble = trouble


class DatabaseDamagedError(BotError):
    """The database cannot be read: it does not pass by itself."""

    def __init__(self) -> None:
        super().__init__("Flowbot's database is damaged. Tell your Flowbot admin.")


class SchemaChangedError(BotError):
    """Another version of the program brought the database up to date, or back."""

    def __init__(self) -> None:
        super().__init__(
            "another version of Flowbot has changed the database. Start that version in its place."
        )


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

    Every method may raise DatabaseUnavailableError, DatabaseDamagedError, and the driver's own
    errors.
    """

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""
        ...

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a reading statement, or None."""
        ...

    async def execute(
        self, sql: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> int:
        """Run one writing statement in a transaction of its own; return the rows changed.

        Where it cannot be begun `within` so many seconds it never is, as a transaction. It is not
        alone anywhere, and what it only reads may change while it runs.
        """
        ...

    async def transaction(
        self, work: Callable[[Transaction], T], *, within: float | None = None, alone: str = ""
    ) -> T:
        """Run `work` and commit; when this returns, it survives a power cut.

        It runs in another thread, but in the context (contextvars) of whoever calls this.
        Where it cannot be begun `within` so many seconds it never is, and this raises
        DatabaseUnavailableError; one that was begun is waited for. No two that are to be `alone`
        in the same workspace run at once, so that one may read and then write.
        """
        ...

    def of(self, workspace: str) -> "Database":
        """Return the same database as one workspace sees it.

        Its statements are given `:workspace`, and its transactions run alone in the workspace.
        """
        ...

    async def scrub(self) -> None:
        """Leave nothing in the files of what was overwritten or deleted before."""
        ...

    async def ping(self) -> None:
        """Return when it has taken a write."""
        ...

    async def check_schema(self) -> None:
        """Raise SchemaChangedError where its steps are no longer those of this program."""
        ...

    def nudge(self, workspace: str) -> None:
        """Tell other processes, after a commit, of work there may be; never waits, may be lost."""
        ...

    async def listen(self, woken: Callable[[str], None]) -> None:
        """Call `woken` in the running loop soon after another process nudged, or wrote anything.

        It is given the workspace, or "" where any may be meant.
        """
        ...

    async def clock(self) -> datetime:
        """Return the database's own time: in statements it is `moment_in(0)`, as text that sorts.

        `moment_in(seconds)` is so much later, or earlier.
        """
        ...

    async def live(self, owner: str) -> None:
        """Be known by this name to other processes as alive, until this process ends."""
        ...

    async def has_ended(self, owner: str) -> bool:
        """Return whether the process of that name ended for certain; False where nobody knows."""
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
