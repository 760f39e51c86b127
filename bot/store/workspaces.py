"""A database as one workspace sees it, and whose the rows are that were there before.

A Slack Connect channel has the same id in both of its workspaces, and vendors number their things
alike. So no statement may forget whose rows it means.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from bot.store.database import Database, Parameters, Row, Transaction
from bot.store.steps import WITH_WORKSPACE

T = TypeVar("T")


class _WorkspaceTransaction:
    """The statements of one unit of work of a workspace."""

    def __init__(self, tx: Transaction, workspace: str) -> None:
        self._tx = tx
        self._workspace = workspace

    def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows."""
        return self._tx.fetch_all(sql, scoped(sql, parameters, self._workspace))

    def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row, or None."""
        return self._tx.fetch_one(sql, scoped(sql, parameters, self._workspace))

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Return how many rows changed."""
        return self._tx.execute(sql, scoped(sql, parameters, self._workspace))


class WorkspaceView:
    """The database of a driver, whose statements are all about one workspace.

    What is no statement is as the driver does it, for all workspaces.
    """

    def __init__(self, database: Database, workspace: str) -> None:
        """See this database as a workspace does."""
        self._database = database
        self._workspace = workspace

    def of(self, workspace: str) -> Database:
        """Return the database as another workspace sees it."""
        return WorkspaceView(self._database, workspace)

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows of a reading statement."""
        return await self._database.fetch_all(sql, scoped(sql, parameters, self._workspace))

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row of a reading statement, or None."""
        return await self._database.fetch_one(sql, scoped(sql, parameters, self._workspace))

    async def execute(
        self, sql: str, parameters: Parameters | None = None, *, within: float | None = None
    ) -> int:
        """Run one writing statement in a transaction of its own."""
        given = scoped(sql, parameters, self._workspace)
        return await self._database.execute(sql, given, within=within)

    async def transaction(
        self,
        work: Callable[[Transaction], T],
        *,
        within: float | None = None,
        alone: str = "",  # noqa: ARG002  # a unit of a workspace always is
    ) -> T:
        """Run `work` alone in the workspace."""
        return await self._database.transaction(
            lambda tx: work(_WorkspaceTransaction(tx, self._workspace)),
            within=within,
            alone=self._workspace,
        )

    async def scrub(self) -> None:
        """Leave nothing in the files of what was overwritten or deleted before."""
        await self._database.scrub()

    async def ping(self) -> None:
        """Return when it has taken a write."""
        await self._database.ping()

    async def check_schema(self) -> None:
        """Raise SchemaChangedError where its steps are not those of this program."""
        await self._database.check_schema()

    def nudge(self, workspace: str) -> None:
        """Tell other processes of work there may be."""
        self._database.nudge(workspace)

    async def listen(self, woken: Callable[[str], None]) -> None:
        """Call `woken` soon after another process nudged, or wrote anything."""
        await self._database.listen(woken)

    async def clock(self) -> datetime:
        """Return the database's own time."""
        return await self._database.clock()

    async def live(self, owner: str) -> None:
        """Be known by this name to other processes as alive."""
        await self._database.live(owner)

    async def has_ended(self, owner: str) -> bool:
        """Return whether the process of that name ended for certain."""
        return await self._database.has_ended(owner)

    async def close(self) -> None:
        """Finish what was accepted and let go."""
        await self._database.close()


class WorkspaceForgottenError(Exception):
    """A statement does not say whose rows it means: a mistake in our code, found before it runs."""

    def __init__(self, sql: str) -> None:
        super().__init__(f"A table here is not held to :workspace: {sql.strip()}")


def scoped(sql: str, parameters: Parameters | None, workspace: str) -> Parameters:
    """Return the parameters of a statement with its workspace. Raises WorkspaceForgottenError."""
    if sql not in _SOUND:
        if sql.count(":workspace") < max(1, sum(map(_is_divided, _TOUCHED.findall(sql)))):
            raise WorkspaceForgottenError(sql)
        _SOUND.add(sql)
    return {**(parameters or {}), "workspace": workspace}


_SOUND: set[str] = set()
"""Statements that were looked at, all of them texts of ours."""
_TOUCHED: Final = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)")


def _is_divided(table: str) -> bool:
    """Return whether a table's rows belong to workspaces."""
    return table in WITH_WORKSPACE


async def settle_in(database: Database, workspace: str) -> str:
    """Return the workspace to work for, after giving it what rows of older versions there are.

    They are its own when it is the first to start on this database. An empty `workspace` is that of
    a command line without a token: the only one that the rows know, or what becomes the first's.
    """

    def settle(tx: Transaction) -> str:
        found = (row["workspace"] for row in tx.fetch_all(_KNOWN))
        known = set(filter(None, found))
        if not workspace:
            return str(known.pop()) if len(known) == 1 else ""
        if not known:
            for table in WITH_WORKSPACE:
                tx.execute(
                    f"UPDATE {table} SET workspace = :workspace WHERE workspace = ''",  # noqa: S608  # ours
                    {"workspace": workspace},
                )
        return workspace

    return await database.transaction(settle)


_KNOWN = " UNION ALL ".join(
    f"SELECT {end}(workspace) AS workspace FROM {table} WHERE workspace > ''"  # noqa: S608  # ours
    for table in ("jobs", "subscriptions", "aliases")
    for end in ("MIN", "MAX")
)
