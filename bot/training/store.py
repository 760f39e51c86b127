"""Names that people gave to things a vendor only knows by id."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database, stamp

TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, as it was typed, and the vendor's id behind it."""

    name: str
    target_id: str
    created_by: str


class AliasStore:
    """Names by kind of thing; compared without case."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def all(self, kind: str) -> list[Alias]:
        """Return all names of a kind, in alphabetical order."""
        rows = await self._database.fetch_all(
            """SELECT * FROM aliases WHERE workspace = :workspace AND kind = :kind
            ORDER BY name_key""",
            {"kind": kind},
        )
        return [Alias(row["name"], row["target_id"], row["created_by"]) for row in rows]

    async def put(self, kind: str, alias: Alias, *, now: datetime) -> str:
        """Give a name; return the id it stood for before, or empty text."""
        parameters = {
            "kind": kind,
            "name_key": alias.name.casefold(),
            "name": alias.name,
            "target_id": alias.target_id,
            "created_by": alias.created_by,
            "now": stamp(now),
        }
        return await self._database.transaction(
            lambda tx: (
                (tx.fetch_one(_FIND, parameters) or {}).get("target_id", ""),
                tx.execute(_PUT, parameters),
            )[0]
        )

    async def remove(self, kind: str, name: str) -> str:
        """Take a name away; return the id it stood for, or empty text."""
        parameters = {"kind": kind, "name_key": name.casefold()}
        row = await self._database.transaction(lambda tx: tx.fetch_one(_REMOVE, parameters))
        return str(row["target_id"]) if row else ""


_NAMED = "FROM aliases WHERE workspace = :workspace AND kind = :kind AND name_key = :name_key"
_FIND = f"SELECT target_id {_NAMED}"
_REMOVE = f"DELETE {_NAMED} RETURNING target_id"
_PUT = """
INSERT INTO aliases (workspace, kind, name_key, name, target_id, created_by, created_at)
VALUES (:workspace, :kind, :name_key, :name, :target_id, :created_by, :now)
ON CONFLICT (workspace, kind, name_key) DO UPDATE
SET name = excluded.name, target_id = excluded.target_id, created_by = excluded.created_by"""
