"""The last figures told about a thing, to say what changed since."""

from datetime import datetime

from bot.store.columns import stamp
from bot.store.database import Database, Transaction


def put_snapshot(tx: Transaction, key: str, data: str, *, now: datetime) -> None:
    """Replace the figures kept under a key."""
    tx.execute(
        """INSERT INTO snapshots (key, taken_at, data) VALUES (:key, :now, :data)
        ON CONFLICT (key) DO UPDATE SET taken_at = excluded.taken_at, data = excluded.data""",
        {"key": key, "now": stamp(now), "data": data},
    )


class SnapshotStore:
    """Figures by key."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, key: str) -> str:
        """Return the figures last told under a key, or empty text."""
        row = await self._database.fetch_one(
            "SELECT data FROM snapshots WHERE key = :key", {"key": key}
        )
        return str(row["data"]) if row else ""

    async def forget(self, *, before: datetime) -> int:
        """Delete figures nobody asked for since a moment."""
        return await self._database.execute(
            "DELETE FROM snapshots WHERE taken_at < :before", {"before": stamp(before)}
        )
