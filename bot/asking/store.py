"""What was last seen: figures, to say what changed since, and lists to choose from."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from json import dumps, loads

from bot.asking.core.finder import Choice
from bot.store.columns import stamp
from bot.store.database import Database, Transaction

INPUT = "input:"
"""Keys that begin so hold what a form is filled with, which nobody needs the day after."""
CHOICES = "choices:"
"""Keys that begin so hold a list to choose from."""


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


class ChoiceLists:
    """Pick lists of forms as a job last saw them.

    Slack waits three seconds for such a list, and a vendor may take more.
    """

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def get(self, name: str) -> tuple[Choice, ...]:
        """Return a list, empty before the first look."""
        kept = await self._snapshots.get(f"{CHOICES}{name}")
        return tuple(Choice(**each) for each in loads(kept)) if kept else ()


def put_choices(tx: Transaction, name: str, choices: Sequence[Choice], *, now: datetime) -> None:
    """Replace a list."""
    data = dumps([asdict(each) for each in choices], ensure_ascii=False)
    put_snapshot(tx, f"{CHOICES}{name}", data, now=now)
