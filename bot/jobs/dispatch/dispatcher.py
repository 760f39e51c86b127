"""Handing accepted jobs on: what is due is given to PgQueuer, in one transaction for all of it."""

import asyncio
from contextlib import AsyncExitStack
from operator import itemgetter
from typing import Any, Final

from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.queries import Queries
from psycopg import AsyncConnection, OperationalError
from psycopg.rows import dict_row

from bot import log
from bot.clock import Clock
from bot.jobs.dispatch.connections import connected
from bot.jobs.dispatch.entries import ASKED, CAN_WAIT, JobEntry
from bot.jobs.dispatch.statements import HAND_ON
from bot.store.database import MAIN, stamp

TOGETHER_SECONDS: Final = 0.005
"""What is accepted so soon after another is handed on with it."""
MANY: Final = 500
"""So many are handed on in one transaction."""
AFTER_TROUBLE: Final = 1.0


class Dispatcher:
    """Hands on what was accepted in this process, and what any other left."""

    def __init__(self, url: str, clock: Clock, *, queue: str = MAIN) -> None:
        """Use a connection of its own to the database at `url`, made when it is first needed."""
        self._url = url
        self._clock = clock
        self._queue = queue
        self._woken = asyncio.Event()
        self._alone = asyncio.Lock()
        self._stack = AsyncExitStack()
        self._connection: AsyncConnection | None = None

    def wake(self) -> None:
        """Hand on soon. It never waits; what is missed here the next look finds."""
        self._woken.set()

    async def run(self) -> None:
        """Hand on whenever woken, until cancelled."""
        try:
            while True:
                await self._woken.wait()
                await asyncio.sleep(TOGETHER_SECONDS)
                self._woken.clear()
                await self._handed_on_or_told()
        finally:
            await self.close()

    async def hand_on(self) -> int:
        """Give PgQueuer all that is due, of every workspace; return how much that was.

        Raises psycopg's OperationalError where the database cannot be reached.
        """
        total = 0
        async with self._alone:
            while count := await self._hand_some_on():
                total += count
                if count < MANY:
                    break
        return total

    async def close(self) -> None:
        """Let go of the connection."""
        self._connection = None
        await self._stack.aclose()

    async def _handed_on_or_told(self) -> None:
        try:
            await self.hand_on()
        except Exception as error:  # noqa: BLE001  # whatever it is, the next look tries again
            log.get().warning("not_handed_on", error=str(error))
            await asyncio.sleep(AFTER_TROUBLE)
            self._woken.set()

    async def _hand_some_on(self) -> int:
        connection = await self._connected()
        try:
            async with connection.transaction():
                return await self._hand_on(connection)
        except OperationalError:
            await self.close()
            raise

    async def _hand_on(self, connection: AsyncConnection) -> int:
        wanted = {"queue": self._queue, "now": stamp(self._clock.now()), "many": MANY}
        async with connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(HAND_ON, wanted)
            rows = await cursor.fetchall()
        if not rows:
            return 0
        entries = _entries(rows)
        await Queries(PsycopgDriver(connection)).enqueue(
            list(entries.values()),
            [each.payload for each in entries],
            [0] * len(entries),
            dedupe_key=[each.key for each in entries],
            on_conflict="skip",  # of a group: who has its entry takes these jobs as well
        )
        return len(rows)

    async def _connected(self) -> AsyncConnection:
        if self._connection is None or self._connection.closed:
            await self._stack.aclose()
            self._connection = await self._stack.enter_async_context(connected(self._url))
        return self._connection


def _entries(rows: list[dict[str, Any]]) -> dict[JobEntry, str]:
    """Return what to hand on, and by which entrypoint, in the order in which it was accepted."""
    entries = {}
    for row in sorted(rows, key=itemgetter("id")):
        entry = JobEntry(row["workspace"], row["id"], row["handed_at"])
        if row["together"]:
            entry = JobEntry(row["workspace"], together=row["together"])
        entries[entry] = CAN_WAIT if row["can_wait"] else ASKED
    return entries
