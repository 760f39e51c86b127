"""Wake-ups between processes: told after a commit, apart from it, and heard on a connection.

A commit that carries a wake-up waits for all others that do, so none does. One that is lost is made
good by whoever looks at what is due now and then.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final

import psycopg

from bot.store.postgres.connecting import Address, Link, connect, is_cut

CHANNEL: Final = "flowbot"
GATHERED: Final = 0.005
"""Seconds in which wake-ups are gathered before they are told together."""
AGAIN: Final = 0.5
"""Seconds until a connection that was cut, or that there was none of, is tried anew."""
_TELL: Final = "SELECT pg_notify('flowbot', of) FROM unnest(%s::text[]) AS workspaces (of)"


class Wakes:
    """Tells other processes of work, and hears of theirs."""

    def __init__(self, address: Address) -> None:
        """Talk to the database at this address; nothing is opened before it is needed."""
        self._address = address
        self._telling = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postgres-wakes")
        self._link: Link | None = None
        self._of: set[str] = set()
        self._own = 0
        self._listening: asyncio.Task[None] | None = None

    def nudge(self, workspace: str) -> None:
        """Tell soon that there may be work; never waits."""
        if not self._of:
            asyncio.get_running_loop().call_later(GATHERED, self._tell)
        self._of.add(workspace)

    async def listen(self, woken: Callable[[str], None]) -> None:
        """Call `woken` with a workspace, or "" for any, from the moment in which this returns."""
        if self._listening is not None:
            self._listening.cancel()
        hears = asyncio.Event()
        self._listening = asyncio.create_task(self._listen(woken, hears))
        await hears.wait()

    async def close(self) -> None:
        """Stop to listen and to tell."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        if self._of:
            self._tell()
        await asyncio.to_thread(self._telling.shutdown)
        if self._link is not None:
            self._link.close()

    def _tell(self) -> None:
        workspaces, self._of = sorted(self._of), set()
        if workspaces:
            with suppress(RuntimeError):  # it was closed meanwhile
                self._telling.submit(self._told, workspaces)

    def _told(self, workspaces: list[str]) -> None:
        try:
            if self._link is None or is_cut(self._link):
                self._link = connect(self._address)
                self._link.execute("SET synchronous_commit = off")
                self._own = self._link.info.backend_pid
            self._link.execute(_TELL, [workspaces])
        except psycopg.Error:
            self._link = None  # the next one is told on a new connection

    async def _listen(self, woken: Callable[[str], None], hears: asyncio.Event) -> None:
        while True:
            with suppress(psycopg.Error):
                await self._hear(woken, hears)
            hears.set()  # whoever waits is not to wait until the database is back
            await asyncio.sleep(AGAIN)

    async def _hear(self, woken: Callable[[str], None], hears: asyncio.Event) -> None:
        options: dict[str, Any] = dict(self._address)
        connection = await psycopg.AsyncConnection.connect(**options, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            if hears.is_set():
                woken("")  # while nobody listened, anything may have been told
            hears.set()
            async for told in connection.notifies():
                if told.pid != self._own:
                    woken(told.payload)
