"""Which database a test's bot stands on: a file of its own, or one on Postgres that stands for it.

TEST_DATABASE=postgres has all tests that stand on a stage stand on Postgres.
"""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.store.opening import PRIVATE, migrate_file

ON_POSTGRES = os.environ.get("TEST_DATABASE") == "postgres"
sqlite_alone = pytest.mark.skipif(ON_POSTGRES, reason="what happens in a file of SQLite alone")


def url_of(database: Path) -> str:
    """Return the URL of a file that need not be there yet, or of what stands for it."""
    return on_postgres(database) if ON_POSTGRES else f"sqlite:///{database}"


def prepared(database: Path) -> str:
    """Return the URL of a migrated database: all tests share the work of migrating it."""
    if not ON_POSTGRES and not database.exists():
        database.touch(PRIVATE)
        database.write_bytes(_migrated())
    return url_of(database)


def on_postgres(database: Path) -> str:
    """Return the URL of a database on Postgres that stands for this file of a test."""
    from tests.postgres import cluster  # noqa: PLC0415  # only where asked for

    return cluster().standing_for(database)


def after_update(name: str, table: str, when: str, then: str) -> tuple[str, ...]:
    """Return what has `then` happen whenever a row of a table was changed, `when` it was so."""
    if not ON_POSTGRES:
        return (f"CREATE TRIGGER {name} AFTER UPDATE ON {table} WHEN {when} BEGIN {then}; END",)
    body = f"BEGIN {then}; RETURN NULL; END"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"""CREATE TRIGGER {name} AFTER UPDATE ON {table} FOR EACH ROW WHEN ({when})
        EXECUTE FUNCTION {name}()""",
    )


def no_more(name: str, table: str) -> str:
    """Return what undoes `after_update`, if that was."""
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if ON_POSTGRES else "")


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "new.db")
        migrate_file(str(path))
        return path.read_bytes()
