"""What is known of each person's Home tab, so that no older view takes a newer one's place."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database, stamp


@dataclass(frozen=True, slots=True)
class KnownHome:
    """The hash of the view that was published last, and whether the tour is over."""

    hash: str = ""
    toured: bool = False


class HomeViews:
    """One row a person who has ever opened the app."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, person: str) -> KnownHome | None:
        """Return what is known; None of somebody who never opened the app."""
        row = await self._database.fetch_one(
            "SELECT hash, toured_at FROM home_views WHERE person = :person", {"person": person}
        )
        return KnownHome(row["hash"], toured=bool(row["toured_at"])) if row else None

    async def published(self, person: str, view_hash: str, *, now: datetime) -> None:
        """Note that a view is there."""
        await self._database.execute(
            _PUBLISHED, {"person": person, "hash": view_hash, "now": stamp(now)}
        )

    async def outdated(self, person: str, view_hash: str) -> None:
        """Forget a hash that Slack does not have any more, unless a newer one is known."""
        await self._database.execute(_OUTDATED, {"person": person, "hash": view_hash})

    async def opened(self, person: str, *, now: datetime) -> bool:
        """Note that somebody opened the app; return whether that is the first time."""
        given = {"person": person, "now": stamp(now)}
        return bool(await self._database.execute(_OPENED, given))

    async def toured(self, person: str, *, now: datetime) -> None:
        """Note that somebody has seen the tour and does not want it again."""
        await self._database.execute(_TOURED, {"person": person, "now": stamp(now)})


_PUBLISHED = """
INSERT INTO home_views (person, hash, opened_at) VALUES (:person, :hash, :now)
ON CONFLICT (person) DO UPDATE SET hash = excluded.hash"""

_OUTDATED = "UPDATE home_views SET hash = '' WHERE person = :person AND hash = :hash"

_OPENED = """
INSERT INTO home_views (person, opened_at) VALUES (:person, :now) ON CONFLICT (person) DO NOTHING"""

_TOURED = """
INSERT INTO home_views (person, opened_at, toured_at) VALUES (:person, :now, :now)
ON CONFLICT (person) DO UPDATE SET toured_at = excluded.toured_at"""
