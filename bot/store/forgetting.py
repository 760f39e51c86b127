"""Letting go of old rows, some at a time, so that whoever writes never waits for all of them."""

from datetime import datetime
from typing import Final

from bot.store.database import Database, stamp
from bot.store.schema import TABLES

BITE: Final = 500
"""Rows that are deleted in one transaction: a few milliseconds."""
_OURS: Final = "workspace = :workspace"


async def delete_old(
    database: Database, table: str, old: str, *, before: datetime, key: str = "id"
) -> int:
    """Delete the rows of a table that are `old`, a condition on `:before`; return how many.

    `table`, `old` and `key`, the column by which rows are found, are words of ours.
    """
    # By number, and not by all that is old: no index leads from the workspace written so.
    numbered = "id IDENTITY" in TABLES.get(table, "")
    ours = "workspace || '' = :workspace" if numbered else _OURS
    some = f"SELECT {key} FROM {table} WHERE {_OURS} AND {old} LIMIT :bite"  # noqa: S608  # as said above
    statement = f"DELETE FROM {table} WHERE {ours} AND {key} IN ({some}) AND {old}"  # noqa: S608
    total, parameters = 0, {"before": stamp(before), "bite": BITE}
    while count := await database.execute(statement, parameters):
        total += count
    return total
