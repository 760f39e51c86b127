"""Every secret of the database under the first of SECRET_KEYS, so that older keys may go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.store.database import Database, Row, Transaction
from bot.store.secret_keys import SecretKeys

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "credentials": ("access", "refresh"),
    "installations": ("secrets",),
    "connections": ("secrets",),
}
"""By table, the columns that are encrypted. Each of these tables has a workspace."""


@dataclass(slots=True)
class RekeyingCount:
    """How many secrets were encrypted anew, and how many had the first key already.

    `locked` are the tables and workspaces of those that no key opens, which stay as they are.
    """

    renewed: int = 0
    current: int = 0
    locked: list[tuple[str, str]] = field(default_factory=list)


async def rekey(
    database: Database, keys: SecretKeys, tables: Collection[str] = tuple(COLUMNS)
) -> RekeyingCount:
    """Encrypt under the first key what is kept in plain text or under an older key.

    When this returns, the database's files hold nothing of it in its old form. `database` is that
    of all workspaces.
    """
    count = RekeyingCount()
    for table in tables:
        for column in COLUMNS[table]:
            rows = await database.fetch_all(
                f"SELECT workspace, {column} AS kept FROM {table} WHERE {column} > ''"  # noqa: S608  # our names
            )
            stale = [each for each in rows if _is_stale(each, keys, table, count)]
            count.renewed += await database.transaction(
                partial(_renew_all, stale=stale, keys=keys, table=table, column=column)
            )
    if count.renewed:
        await database.scrub()
    return count


def _is_stale(row: Row, keys: SecretKeys, table: str, count: RekeyingCount) -> bool:
    if keys.decrypt(row["kept"]) is None:
        count.locked.append((table, row["workspace"]))
        return False
    if keys.renew(row["kept"]) == row["kept"]:
        count.current += 1
        return False
    return True


def _renew_all(
    tx: Transaction, *, stale: Sequence[Row], keys: SecretKeys, table: str, column: str
) -> int:
    """Encrypt secrets anew, but none that another process has replaced meanwhile."""
    update = f"""UPDATE {table} SET {column} = :renewed
    WHERE workspace = :workspace AND {column} = :kept"""  # noqa: S608  # our names
    return sum(tx.execute(update, {**each, "renewed": keys.renew(each["kept"])}) for each in stale)
