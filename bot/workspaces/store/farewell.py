"""What becomes of the rows of a workspace that leaves."""

from datetime import datetime
from typing import Final

from bot.store.database import Database, Transaction, stamp
from bot.store.steps import WITH_WORKSPACE

SKIPPED: Final = "Flowbot was removed from the workspace before that."


def end_workspace(tx: Transaction, workspace: str, *, now: datetime) -> bool:
    """Delete a workspace's secrets and skip what waits; tell whether it was there until now."""
    given = {"workspace": workspace, "now": stamp(now), "why": SKIPPED}
    ended = tx.execute(_END, given)
    for statement in _FAREWELL if ended else ():
        tx.execute(statement, given)
    return bool(ended)


async def delete_workspace(database: Database, workspace: str) -> None:
    """Delete all rows of a workspace, table by table; that it was there comes last."""
    for table in (*(each for each in WITH_WORKSPACE if each != _ITSELF), _ITSELF):
        await database.execute(
            f"DELETE FROM {table} WHERE workspace = :workspace",  # noqa: S608  # our names
            {"workspace": workspace},
        )


_ITSELF: Final = "installations"

_END: Final = """
UPDATE installations SET secrets = '', expires_at = NULL, gone_at = :now, changed_at = :now
WHERE workspace = :workspace AND gone_at IS NULL"""

_FAREWELL: Final = (
    """
UPDATE ledger SET state = 'skipped', settled_at = :now, error = :why
WHERE workspace = :workspace AND state IN ('queued', 'retry')""",
    """
UPDATE jobs SET state = 'failed', finished_at = :now, error = :why
WHERE workspace = :workspace AND state = 'queued'""",
    """
UPDATE digest_runs SET state = 'missed', reason = :why
WHERE workspace = :workspace AND state IN ('making', 'telling')""",
    """
UPDATE step_executions SET state = 'told', awaits = '', inputs = '{}', so_far = '{}', error = :why,
  ended_at = :now
WHERE workspace = :workspace AND ended_at IS NULL""",
    "DELETE FROM credentials WHERE workspace = :workspace",
    "DELETE FROM connections WHERE workspace = :workspace",
    "DELETE FROM assistant_tokens WHERE workspace = :workspace",
    "DELETE FROM calls WHERE workspace = :workspace",
)
