"""What becomes of the rows of a workspace that leaves."""

from datetime import datetime
from typing import Final

from bot.store.database import Transaction, stamp

TABLES: Final = ("installations",)


def end_workspace(tx: Transaction, workspace: str, *, now: datetime) -> bool:
    """Delete a workspace's tokens and skip what waits; tell whether it was there until now."""
    ended = tx.execute(
        """UPDATE installations SET secrets = '', expires_at = NULL, gone_at = :now,
        changed_at = :now WHERE workspace = :workspace AND gone_at IS NULL""",
        {"workspace": workspace, "now": stamp(now)},
    )
    return bool(ended)


def delete_workspace(tx: Transaction, workspace: str) -> None:
    """Delete all rows of a workspace."""
    for table in TABLES:
        tx.execute(
            f"DELETE FROM {table} WHERE workspace = :workspace",  # noqa: S608  # our names
            {"workspace": workspace},
        )
