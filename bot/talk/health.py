"""How the services are: what this process saw, and what others wrote down before.

It is written down at most once a minute for each service, and not at all while nobody asks it.
"""

from collections.abc import Iterable
from typing import Any

from bot.http.connection import Connection
from bot.slack.blocks.problems import sentence
from bot.talk.known import KnownHealth
from bot.talk.store import HealthStore


class ServiceHealth:
    """Knows of the services that are on."""

    def __init__(self, connections: Iterable[Connection[Any]], store: HealthStore) -> None:
        """Ask these, and what `store` has of them."""
        self._connections = tuple(connections)
        self._store = store
        self._noted: dict[str, KnownHealth] = {}

    async def all(self) -> dict[str, KnownHealth]:
        """Return how each service is, by its title."""
        known = await self._store.all()
        return {
            each.vendor.title: _seen(each).later(known.get(each.vendor.name, KnownHealth()))
            for each in self._connections
        }

    async def note(self) -> int:
        """Write down what was seen since the last time; return of how many services."""
        seen = {each.vendor.name: _seen(each) for each in self._connections}
        news = {
            name: health
            for name, health in seen.items()
            if health != self._noted.get(name, KnownHealth())
        }
        if news:
            await self._store.note(news)
            self._noted |= news
        return len(news)


def _seen(connection: Connection[Any]) -> KnownHealth:
    beat = connection.beat
    trouble = sentence(beat.trouble) if beat.trouble else ""
    return KnownHealth(beat.answered_at, beat.failed_at, trouble)
