"""Who the numbers of a team's members are: asked for in parts, and remembered for a while.

A channel may have thousands of people, and a summary needs their names four times.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.fieldreports.model import TeamMember
from bot.memory import Memory

MOST_IDS = 100
"""User numbers in one address, some 2 KB of it; the vendor gives at most so many on a page."""
AT_ONCE = 4
FRESH = timedelta(minutes=10)
MOST_KEPT = 20_000

Fetch = Callable[[int, Sequence[int]], Awaitable[Iterable[TeamMember]]]
Teammates = tuple[TeamMember, ...]
"""The one who has a number, or nobody."""


class Members:
    """Finds the people behind numbers."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        """Ask `fetch` for some people of a team by their numbers."""
        self._fetch = fetch
        # Nobody is remembered as well, for the number of somebody who has left.
        self._known = Memory[tuple[int, int], Teammates](MOST_KEPT, age=FRESH, now=clock.now)
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def named(self, team_id: int, user_ids: Collection[int]) -> dict[int, TeamMember]:
        """Return the team's members among these; raises what `fetch` raises."""
        known = {one: self._known.get((team_id, one)) for one in user_ids}
        unknown = sorted(one for one, kept in known.items() if kept is None)
        parts = [unknown[at : at + MOST_IDS] for at in range(0, len(unknown), MOST_IDS)]
        found: dict[int, Teammates] = {}
        for people in await asyncio.gather(*(self._asked(team_id, part) for part in parts)):
            found |= people
        for one in unknown:
            known[one] = self._known.put((team_id, one), found.get(one, ()))
        return {one: person for one, kept in known.items() for person in kept or ()}

    async def _asked(self, team_id: int, user_ids: Sequence[int]) -> dict[int, Teammates]:
        async with self._turn:
            return {each.user_id: (each,) for each in await self._fetch(team_id, user_ids)}
