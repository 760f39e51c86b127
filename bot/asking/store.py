"""The last figures told about a thing, to say what changed since."""

from datetime import datetime

from bot.store.columns import stamp
from bot.store.database import Database, Transaction

INPUT = "input:"
"""Keys that begin so hold what a form is filled with, which nobody needs the day after."""


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

    async def forget(self, *, before: datetime, beginning: str = "") -> int:
        """Delete what was kept before a moment, under keys with a beginning if one is given."""
        return await self._database.execute(
            """DELETE FROM snapshots
            WHERE taken_at < :before AND SUBSTR(key, 1, :length) = :beginning""",
            {"before": stamp(before), "beginning": beginning, "length": len(beginning)},
        )
