"""PgQueuer's way to the database: one connection for its statements, one on which it listens.

On a single connection each statement would wait for up to a second until its listening pauses.
None of its commits wait for the disk: what a crash of the server takes back, the rows of the jobs
know, and a job is handed on again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Self

from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.ports.driver import NotifyCallback
from psycopg import AsyncConnection

from bot.store.postgres.connecting import address_of

LOOK_SECONDS: Final = 0.5
UNSURE: Final = "SET synchronous_commit = off"


class ListeningDriver(PsycopgDriver):
    """As PgQueuer's own, but listening beside."""

    def __init__(self, connection: AsyncConnection, beside: PsycopgDriver) -> None:
        """Run statements on `connection` and hear notices of `beside`."""
        super().__init__(connection)
        self._beside = beside

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Call `callback` with what is told on a channel."""
        await self._beside.add_listener(channel, callback)

    async def broken(self) -> None:
        """Return once one of the two connections is of no use any more."""
        both = self._connection, self._beside._connection  # noqa: SLF001
        while not any(each.closed for each in both):  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(LOOK_SECONDS)

    async def __aenter__(self) -> Self:
        """Begin."""
        await self._beside.__aenter__()
        await super().__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        """Stop listening."""
        await super().__aexit__(*error)
        await self._beside.__aexit__(*error)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """Yield a connection whose commits do not wait for the disk. Raises psycopg.Error."""
    connection = await AsyncConnection.connect(**address_of(url), autocommit=True)
    async with connection:
        await connection.execute(UNSURE)
        yield connection


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[ListeningDriver]:
    """Yield a driver for those who take entries."""
    async with AsyncExitStack() as stack:
        own, beside = [await stack.enter_async_context(connected(url)) for _ in range(2)]
        yield ListeningDriver(own, PsycopgDriver(beside))
