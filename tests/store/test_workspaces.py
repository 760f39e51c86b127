"""Each row belongs to a workspace: in files of before, in a new one, and in every statement."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
import sqlite_utils

from bot.asking.store import SnapshotStore, put_snapshot
from bot.store.migrations import MIGRATIONS, migrate
from bot.store.older.rebuilding import RENAMED
from bot.store.schema import TABLES
from bot.store.sqlite import SqliteDatabase
from bot.store.steps import EVERYTHING, SQLITE, STEPS, WITH_WORKSPACE
from bot.store.workspaces import WorkspaceForgottenError, settle_in

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROWS = 3
NUMBERS = {"INTEGER", "REAL", "BIGINT", "DOUBLE PRECISION"}


@pytest.fixture
def old(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a file as the last version without workspaces left it, with rows in every table."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before=EVERYTHING.name)
        for table in TABLES:
            for number in range(1, ROWS + 1):
                fill(connection, table, number)
        yield connection


def fill(connection: sqlite3.Connection, table: str, number: int) -> None:
    """Insert a row whose values are all different, numbers where numbers are kept."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    values = [
        number + 10 if column["type"] in NUMBERS else f"{column['name']} {number}"
        for column in columns
    ]
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608


def rows(connection: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
    return [dict(row) for row in found.fetchall()]


def alike(found: Iterable[dict[str, object]]) -> list[str]:
    """Return rows as texts, in whatever order they and their columns are."""
    return sorted(str(sorted(row.items())) for row in found)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_an_older_file_is_kept(old: sqlite3.Connection, table: str) -> None:
    renamed = RENAMED.get(table, {})
    before = [
        {renamed.get(name, name): value for name, value in row.items()} for row in rows(old, table)
    ]
    migrate(old)

    kept = [
        {name: row[name] for name in ("workspace", *before[0])}  # later steps add columns
        for row in rows(old, table)
    ]
    assert alike({**row, "workspace": ""} for row in before) == alike(kept)
    assert len(before) == ROWS


def test_numbers_go_on_after_those_of_rows_long_gone(old: sqlite3.Connection) -> None:
    numbered = ("subscriptions", "watches", "troubles", "digest_runs", "audit", "policy_rules")
    for table in numbered:
        old.execute(f"DELETE FROM {table} WHERE id = {ROWS + 10}")  # noqa: S608
    migrate(old)

    for table in (*numbered, "jobs", "ledger"):
        first = rows(old, table)[0]
        given = {**first, "id": None, "workspace": "T1"}
        marks = ", ".join(f":{name}" for name in given)
        new = old.execute(
            f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks}) RETURNING id",  # noqa: S608
            given,
        )
        assert new.fetchone()["id"] == ROWS + 11


def test_an_older_file_ends_as_a_new_one_begins(old: sqlite3.Connection) -> None:
    migrate(old)
    with closing(sqlite3.connect(":memory:")) as new:
        for statement in chain.from_iterable(step.statements for step in STEPS):
            new.execute(SQLITE.spelled(statement))
        wanted = new.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    found = old.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    assert {tuple(row) for row in wanted} <= {tuple(row) for row in found}
    assert not [row["name"] for row in found if "before" in row["name"]]


async def test_every_table_with_a_workspace_is_known_as_one(database: SqliteDatabase) -> None:
    """Unknown, it would not be refused when it is forgotten, nor deleted with its workspace."""
    found = await database.fetch_all(
        """SELECT tables.name FROM sqlite_master tables, pragma_table_info(tables.name) columns
        WHERE tables.type = 'table' AND columns.name = 'workspace'"""
    )
    assert sorted(row["name"] for row in found) == sorted((*WITH_WORKSPACE, "installations"))


async def test_rows_of_before_belong_to_the_first_that_starts(
    old: sqlite3.Connection, path: Path
) -> None:
    old.close()
    database = await SqliteDatabase.open(str(path))
    assert await settle_in(database, "T1") == "T1"
    assert await settle_in(database, "T2") == "T2"
    for table in TABLES:  # later ones held nothing then
        found = await database.fetch_all(f"SELECT DISTINCT workspace FROM {table}")  # noqa: S608
        assert found == [{"workspace": "T1"}], table
    await database.close()


async def test_a_command_line_without_a_token_works_in_the_only_workspace(
    database: SqliteDatabase,
) -> None:
    assert await settle_in(database, "") == ""
    for workspace in ("", "T1", "T2"):
        await database.of(workspace).execute(
            "INSERT INTO aliases (workspace, kind, name_key, name, target_id, created_by, "
            "created_at) VALUES (:workspace, '', '', '', '', '', '')"
        )
        assert await settle_in(database, "") == {"T1": "T1"}.get(workspace, "")


async def test_the_same_key_is_another_row_in_another_workspace(database: SqliteDatabase) -> None:
    for workspace in ("T1", "T2"):
        view = database.of(workspace)
        await view.transaction(partial(put_snapshot, key="key", value=f"of {workspace}", now=NOW))
    assert await SnapshotStore(database.of("T1")).get("key") == "of T1"
    assert await SnapshotStore(database.of("T2")).get("key") == "of T2"
    assert await SnapshotStore(database.of("T3")).get("key") == ""


async def test_a_statement_that_forgets_the_workspace_is_refused(database: SqliteDatabase) -> None:
    view = database.of("T1")
    sql = "UPDATE jobs SET error = 'seen'"
    for run in (view.execute(sql), view.fetch_all(sql), view.fetch_one(sql)):
        with pytest.raises(WorkspaceForgottenError, match="UPDATE jobs"):
            await run
    with pytest.raises(WorkspaceForgottenError):
        await view.transaction(lambda tx: tx.execute(sql))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM jobs JOIN ledger USING (key) WHERE jobs.workspace = :workspace",
        "SELECT * FROM cards WHERE workspace = :workspace AND EXISTS (SELECT 1 FROM ledger)",
        "INSERT INTO jobs (workspace, key) SELECT :workspace, token FROM agreements",
        "DELETE FROM flows WHERE id IN (SELECT flow_id FROM starts WHERE workspace = :workspace)",
    ],
)
async def test_each_table_of_a_statement_is_held_to_the_workspace(
    database: SqliteDatabase, sql: str
) -> None:
    with pytest.raises(WorkspaceForgottenError, match="held to"):
        await database.of("T1").fetch_all(sql)
