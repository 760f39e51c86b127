"""Who the numbers of a team's members are: asked for in parts, and remembered for a while.

A channel may have thousands of people, and a summary needs their names four times.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.fieldreports.model import Person

MOST_IDS = 100
"""User numbers in one address, some 2 KB of it; the vendor gives at most so many on a page."""
AT_ONCE = 4
FRESH = timedelta(minutes=10)
MOST_KEPT = 20_000

Fetch = Callable[[int, Sequence[int]], Awaitable[Iterable[Person]]]


class Members:
    """Finds the people behind numbers, those who have left included in what is remembered."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        """Ask `fetch` for some people of a team by their numbers."""
        self._fetch = fetch
        self._clock = clock
        self._known: dict[tuple[int, int], Person | None] = {}
        self._since: datetime | None = None
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def named(self, team_id: int, user_ids: Collection[int]) -> dict[int, Person]:
        """Return the team's members among these; raises what `fetch` raises."""
        self._forget()
        wanted = sorted({one for one in user_ids if (team_id, one) not in self._known})
        parts = [wanted[at : at + MOST_IDS] for at in range(0, len(wanted), MOST_IDS)]
        found: dict[int, Person] = {}
        for people in await asyncio.gather(*(self._asked(team_id, part) for part in parts)):
            found |= people
        self._known |= {(team_id, one): found.get(one) for one in wanted}
        known = ((one, self._known[team_id, one]) for one in user_ids)
        return {one: person for one, person in known if person}

    async def _asked(self, team_id: int, user_ids: Sequence[int]) -> dict[int, Person]:
        async with self._turn:
            return {each.user_id: each for each in await self._fetch(team_id, user_ids)}

    def _forget(self) -> None:
        """Begin anew after some minutes, so that a new name is seen, and when there are many."""
        now = self._clock.now()
        old = self._since is None or now - self._since >= FRESH
        if old or len(self._known) > MOST_KEPT:
            self._known, self._since = {}, now
