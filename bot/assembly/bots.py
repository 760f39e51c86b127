"""The bots of a process: each workspace's is put together when it is first needed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from bot import log
from bot.assembly.bot import Bot

Make = Callable[[str, AsyncExitStack], Awaitable[Bot]]
"""Puts the bot of a workspace together, to be taken apart with the stack.

Raises LookupError where nobody installed it there.
"""


@dataclass(slots=True, eq=False)
class _Seat:
    """The bot of one workspace, and who uses it now."""

    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    bot: Bot | None = None
    users: int = 0
    idle_since: float = 0.0
    making: asyncio.Lock = field(default_factory=asyncio.Lock)
    outdated: asyncio.Event = field(default_factory=asyncio.Event)


class Bots:
    """Every bot of this process. One that nobody uses any more is taken apart after a while."""

    def __init__(self, make: Make) -> None:
        """Put them together by `make`."""
        self._make = make
        self._seats: dict[str, _Seat] = {}
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def made(self) -> tuple[Bot, ...]:
        """Those that are put together now."""
        return tuple(seat.bot for seat in self._seats.values() if seat.bot)

    @asynccontextmanager
    async def using(self, workspace: str) -> AsyncIterator[Bot]:
        """Yield the bot of a workspace, which stays at least until the end of this context.

        What is logged in it is about that workspace. Raises LookupError where nobody installed it
        there, and what the making raises.
        """
        seat = self._seats.setdefault(workspace, _Seat())
        seat.users += 1
        try:
            with log.about(workspace=workspace):
                yield await self._bot(workspace, seat)
        finally:
            seat.users -= 1
            seat.idle_since = asyncio.get_running_loop().time()
            if not seat.users and (seat.outdated.is_set() or seat.bot is None):
                await self._take_apart(workspace, seat)

    async def until_outdated(self, workspace: str) -> None:
        """Return when the bot that is used now should be given back and taken anew."""
        seat = self._seats.get(workspace)
        if seat:
            await seat.outdated.wait()

    def outdate(self, workspace: str) -> None:
        """Let the next who needs the bot have a new one: its settings or its token changed."""
        seat = self._seats.pop(workspace, None)
        if seat is None:
            return
        seat.outdated.set()
        if not seat.users:
            task = asyncio.ensure_future(self._take_apart(workspace, seat))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def drop_idle(self, seconds: float) -> int:
        """Take those apart that nobody used for so long; return how many."""
        before = asyncio.get_running_loop().time() - seconds
        idle = [
            (workspace, seat)
            for workspace, seat in self._seats.items()
            if not seat.users and seat.idle_since <= before
        ]
        for workspace, seat in idle:
            await self._take_apart(workspace, seat)
        return len(idle)

    async def close(self) -> None:
        """Take all apart."""
        await asyncio.gather(*self._closing)
        for workspace, seat in tuple(self._seats.items()):
            await self._take_apart(workspace, seat)

    async def _bot(self, workspace: str, seat: _Seat) -> Bot:
        async with seat.making:  # whoever needs it at the same moment waits for the same one
            if seat.bot is None:
                seat.bot = await self._make(workspace, seat.stack)
            return seat.bot

    async def _take_apart(self, workspace: str, seat: _Seat) -> None:
        if self._seats.get(workspace) is seat:
            del self._seats[workspace]
        try:
            await seat.stack.aclose()
        except Exception:  # noqa: BLE001  # one that does not close must not hold up the others
            log.get().exception("workspace_not_closed", workspace=workspace)
