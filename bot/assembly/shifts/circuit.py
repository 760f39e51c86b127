"""A round of work through the workspaces that are spoken for, side by side."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.shifts.agenda import AgendaItem
from bot.scheduler import Round

MOST: Final = 16
"""So many workspaces are worked on at once in one round."""


@dataclass(frozen=True, slots=True)
class CircuitWork:
    """Some work, done where the plan of a workspace has need of it, and else every so often."""

    name: str
    work: Callable[[Bot], Awaitable[object]]
    needed: Callable[[AgendaItem], bool]
    else_every: float


class Circuit:
    """Does the same work for each bot, and never twice at once for the same."""

    def __init__(self, beat: CircuitWork, *, steady: Callable[[], float] = time.monotonic) -> None:
        """`steady` tells seconds that only ever grow."""
        self._beat = beat
        self._steady = steady
        self._room = asyncio.Semaphore(MOST)
        self._last: dict[str, float] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def go(self, planned: Iterable[tuple[Bot, AgendaItem]]) -> int:
        """Begin it where it is time; a failure is told and concerns no other workspace."""
        now, begun = self._steady(), 0
        for bot, plan in planned:
            if plan.workspace in self._under_way or not self._is_time(plan, now):
                continue
            self._last[plan.workspace] = now
            self._begin(plan.workspace, bot)
            begun += 1
        return begun

    async def end(self) -> None:
        """Cancel what is under way."""
        left = tuple(self._under_way.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _is_time(self, plan: AgendaItem, now: float) -> bool:
        last = self._last.get(plan.workspace)
        return last is None or self._beat.needed(plan) or now - last >= self._beat.else_every

    def _begin(self, workspace: str, bot: Bot) -> None:
        with log.about(workspace=workspace):
            task = asyncio.create_task(self._once(bot))
        self._under_way[workspace] = task
        task.add_done_callback(lambda _: self._under_way.pop(workspace, None))

    async def _once(self, bot: Bot) -> None:
        async with self._room:
            await Round(self._beat.name, lambda: self._beat.work(bot), every=0.0).once()
