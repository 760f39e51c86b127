"""What is known of each person's Home tab, and of the services that it tells of."""

from collections.abc import Mapping
from datetime import datetime

from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.talk.known import KnownHealth, KnownHome


class HomeViews:
    """One row a person who has ever opened the app, so that no older view replaces a newer one."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, person: str) -> KnownHome | None:
        """Return what is known; None of somebody who never opened the app."""
        row = await self._database.fetch_one(
            """SELECT hash, toured_at FROM home_views
            WHERE workspace = :workspace AND person = :person""",
            {"person": person},
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

    async def toured(self, person: str, *, now: datetime) -> None:
        """Note that somebody has seen the tour and does not want it again."""
        await self._database.execute(_TOURED, {"person": person, "now": stamp(now)})


def opened(tx: Transaction, person: str, *, now: datetime) -> None:
    """Note that somebody opened the app."""
    tx.execute(_OPENED, {"person": person, "now": stamp(now)})


class HealthStore:
    """One row a service, by its name."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self) -> dict[str, KnownHealth]:
        """Return what is known of each service."""
        rows = await self._database.fetch_all(_ALL_HEALTH)
        return {row["service"]: _health_of(row) for row in rows}

    async def note(self, seen: Mapping[str, KnownHealth]) -> None:
        """Add what was seen to what is known, in one transaction."""

        def write(tx: Transaction) -> None:
            for service, health in seen.items():
                row = tx.fetch_one(f"{_ALL_HEALTH} AND service = :service", {"service": service})
                both = health.later(_health_of(row)) if row else health
                tx.execute(_NOTE_HEALTH, {"service": service, **_stamped(both)})

        await self._database.transaction(write)


def _health_of(row: Row) -> KnownHealth:
    return KnownHealth(moment(row["answered_at"]), moment(row["failed_at"]), row["trouble"])


def _stamped(health: KnownHealth) -> dict[str, str | None]:
    answered, failed = health.answered_at, health.failed_at
    return {
        "answered_at": stamp(answered) if answered else None,
        "failed_at": stamp(failed) if failed else None,
        "trouble": health.trouble,
    }


_ALL_HEALTH = "SELECT * FROM service_health WHERE workspace = :workspace"

_NOTE_HEALTH = """
INSERT INTO service_health (workspace, service, answered_at, failed_at, trouble)
VALUES (:workspace, :service, :answered_at, :failed_at, :trouble)
ON CONFLICT (workspace, service) DO UPDATE SET answered_at = excluded.answered_at,
  failed_at = excluded.failed_at, trouble = excluded.trouble"""

_PUBLISHED = """
INSERT INTO home_views (workspace, person, hash, opened_at)
VALUES (:workspace, :person, :hash, :now)
ON CONFLICT (workspace, person) DO UPDATE SET hash = excluded.hash"""

_OUTDATED = """
UPDATE home_views SET hash = ''
WHERE workspace = :workspace AND person = :person AND hash = :hash"""

_OPENED = """
INSERT INTO home_views (workspace, person, opened_at) VALUES (:workspace, :person, :now)
ON CONFLICT (workspace, person) DO NOTHING"""

_TOURED = """
INSERT INTO home_views (workspace, person, opened_at, toured_at)
VALUES (:workspace, :person, :now, :now)
ON CONFLICT (workspace, person) DO UPDATE SET toured_at = excluded.toured_at"""
