"""Which workspaces this process speaks for: a fair share of all, each by its lease."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.bots import Bots
from bot.store.leases import Leases

Workspaces = Callable[[], Awaitable[Sequence[str]]]
"""Returns all workspaces that Flowbot is installed in."""
AFTER_TROUBLE: Final = 30.0
"""Seconds until a workspace that broke here is tried again; another process may be luckier."""


class Shift:
    """Takes leases and gives them back, and speaks for as long as it has them."""

    def __init__(
        self, leases: Leases, bots: Bots, workspaces: Workspaces, role_of: Callable[[str], str]
    ) -> None:
        """Speak for some of `workspaces`; `role_of` names the lease of one."""
        self._leases = leases
        self._bots = bots
        self._workspaces = workspaces
        self._role_of = role_of
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._speaking: dict[str, Bot] = {}
        self._stands_by = False
        self._broken: dict[str, float] = {}

    @property
    def speaking(self) -> dict[str, Bot]:
        """The bots of the workspaces that are spoken for here and now."""
        return {name: bot for name, bot in self._speaking.items() if bot.parts.speaks.is_held()}

    async def look(self) -> int:
        """Take up to a fair share of what nobody has, give back what is more; return how many."""
        known = await self._workspaces()
        share = await self._leases.share(len(known))
        gone = self._tasks.keys() - set(known)
        for each in (*gone, *[one for one in self._tasks if one not in gone][share:]):
            await self._give_back(each)
        now = asyncio.get_running_loop().time()
        free = [each for each in known if each not in self._tasks and self._rest(each) <= now]
        random.shuffle(free)  # so that those who look at the same moment do not ask for the same
        for each in free:
            if len(self._tasks) >= share:
                break
            if await self._leases.take(self._role_of(each)):
                self._begin(each)
        self._tell_standing_by(is_idle=bool(known) and not self._tasks)
        return len(self._tasks)

    async def end(self) -> None:
        """Give all back."""
        await asyncio.gather(*[self._give_back(each) for each in tuple(self._tasks)])

    def _rest(self, workspace: str) -> float:
        """Return until when one that broke is left alone here."""
        return self._broken.get(workspace, 0.0)

    def _begin(self, workspace: str) -> None:
        task = asyncio.create_task(self._hold(workspace))
        self._tasks[workspace] = task
        task.add_done_callback(lambda _: self._tasks.pop(workspace, None))

    async def _give_back(self, workspace: str) -> None:
        task = self._tasks.get(workspace)
        if task:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _hold(self, workspace: str) -> None:
        """Speak until the lease is lost, or the bot has to be made anew."""
        role = self._role_of(workspace)
        try:
            async with self._bots.using(workspace) as bot:
                self._speaking[workspace] = bot
                log.get().info("working", workspace=workspace)
                await _first_of(
                    bot.speak(),
                    self._leases.lost(role),
                    self._bots.until_outdated(workspace),
                )
        except Exception:  # noqa: BLE001  # one workspace in trouble must not end the others
            log.get().exception("workspace_broke", workspace=workspace)
            self._broken[workspace] = asyncio.get_running_loop().time() + AFTER_TROUBLE
        finally:
            self._speaking.pop(workspace, None)
            await self._leases.release(role)

    def _tell_standing_by(self, *, is_idle: bool) -> None:
        if is_idle and not self._stands_by:
            log.get().info("standing_by", why="another process works on it")
        self._stands_by = is_idle


async def _first_of(*works: Awaitable[None]) -> None:
    """Wait for the first to end, and cancel the others; raises what it raised."""
    tasks = [asyncio.ensure_future(each) for each in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for each in done:
        each.result()
