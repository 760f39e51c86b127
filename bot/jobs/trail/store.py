"""The table of who did what. Rows are only added, and let go of when they are old."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.jobs.audit import AuditRow
from bot.jobs.outcome import CameTo
from bot.jobs.policy import Thing
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old

MOST: Final = 100_000
"""Rows of a file."""
_ANEW: Final = timedelta(minutes=1)

_ADD = """
INSERT INTO audit (workspace, at, user_id, user_name, action, right_id, came_to, thing, thing_name,
  channel, by, by_name, reason)
SELECT :workspace, :at, :user, :user_name, :action, :right, :came_to, :thing, :thing_name,
  :channel, :by, :by_name, :reason"""
# Who is refused the same at the same place again and again within a minute has one row.
_REFUSED_ANEW = """
 WHERE NOT EXISTS (
  SELECT 1 FROM audit WHERE workspace = :workspace AND at BETWEEN :since AND :at
    AND user_id = :user AND action = :action AND channel = :channel AND came_to = :came_to)"""
_LAST = """
SELECT * FROM audit WHERE workspace = :workspace AND (:before = 0 OR id < :before)
ORDER BY id DESC LIMIT :limit"""
_COUNT = "SELECT COUNT(*) AS count FROM audit WHERE workspace = :workspace"
_MOVE = "UPDATE audit SET channel = :new WHERE workspace = :workspace AND channel = :old"


def add_audit(tx: Transaction, row: AuditRow) -> None:
    """Note a deed, in the transaction of what it did."""
    refused = row.came_to is CameTo.DENIED
    tx.execute(f"{_ADD}{_REFUSED_ANEW if refused else ''}", _parameters(row))


class AuditTrail:
    """Reads the table, newest first."""

    def __init__(self, database: Database) -> None:
        """Keep it in this database."""
        self._database = database

    async def add(self, row: AuditRow, *, within: float | None = None) -> None:
        """Note what did not come as far as a job. Raises NotKeptError."""
        await self._database.transaction(lambda tx: add_audit(tx, row), within=within)

    async def last(self, limit: int, *, before: int = 0) -> list[tuple[int, AuditRow]]:
        """Return the last rows with their numbers; `before` one of them, where there are more."""
        rows = await self._database.fetch_all(_LAST, {"before": before, "limit": limit})
        return [(row["id"], _audit_row(row)) for row in rows]

    async def count(self) -> int:
        """Return how many rows there are."""
        row = await self._database.fetch_one(_COUNT)
        return int(row["count"]) if row else 0

    async def all(self) -> Sequence[AuditRow]:
        """Return all rows of a file, newest first, MOST at most."""
        return [row for _, row in await self.last(MOST)]

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let rows name a channel by its new id."""
        return tx.execute(_MOVE, {"old": old, "new": new})

    async def forget(self, *, before: datetime) -> int:
        """Delete what was noted before a moment."""
        return await delete_old(self._database, "audit", "at < :before", before=before)


def _parameters(row: AuditRow) -> dict[str, str]:
    return {
        "at": stamp(row.at),
        "since": stamp(row.at - _ANEW),
        "user": row.user,
        "user_name": row.user_name,
        "action": row.action,
        "right": row.right,
        "came_to": row.came_to,
        "thing": row.thing.id,
        "thing_name": row.thing.name,
        "channel": row.channel,
        "by": row.by,
        "by_name": row.by_name,
        "reason": row.reason,
    }


def _audit_row(row: Row) -> AuditRow:
    return AuditRow(
        at=datetime.fromisoformat(row["at"]),
        user=row["user_id"],
        user_name=row["user_name"],
        action=row["action"],
        right=row["right_id"],
        came_to=CameTo(row["came_to"]),
        thing=Thing(row["thing"], row["thing_name"]),
        channel=row["channel"],
        by=row["by"],
        by_name=row["by_name"],
        reason=row["reason"],
    )
