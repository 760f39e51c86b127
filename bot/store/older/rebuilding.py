"""An older SQLite file becomes what the schema says, with every row that it has.

SQLite cannot change a key, so each table is made anew beside the old one and filled from it.
"""

from collections.abc import Mapping

from sqlite_utils.db import Database

from bot.store.schema import INDEXES, TABLES
from bot.store.steps import SQLITE

RENAMED: Mapping[str, Mapping[str, str]] = {
    "cards": {"user": "user_id"},
    "audit": {"user": "user_id", "right": "right_id"},
    "agreements": {"user": "user_id", "right": "right_id"},
    "policy_rules": {"right": "right_id"},
}
"""Columns, by table and older name, that other databases need the words for."""
_BEFORE = "_before"


def rebuild(db: Database) -> None:
    """Make every table of the schema anew. Numbers go on where they were, also of rows long gone.

    To be run inside a transaction.
    """
    numbers = dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table, created in TABLES.items():
        _make_anew(db, table, SQLITE.spelled(created))
        if table in numbers:
            db.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
            db.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, numbers[table]]
            )
    for index in INDEXES:
        db.execute(SQLITE.spelled(index))


def _make_anew(db: Database, table: str, created: str) -> None:
    old = f"{table}{_BEFORE}"
    db.execute(f"ALTER TABLE {table} RENAME TO {old}")
    db.execute(created)
    names = [row[1] for row in db.execute(f"PRAGMA table_info({old})").fetchall()]
    renamed = RENAMED.get(table, {})
    into = ", ".join(renamed.get(name, name) for name in names)
    given = ", ".join(f'"{name}"' for name in names)
    db.execute(f"INSERT INTO {table} ({into}) SELECT {given} FROM {old} ORDER BY rowid")  # noqa: S608  # names of ours
    db.execute(f"DROP TABLE {old}")  # and with it its indexes, whose names are free then
