"""`flowbot move`: everything to Postgres, counted, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from bot.store.addresses import open_at
from bot.store.database import stamp
from bot.store.opening import migrate_file
from bot.store.postgres.moving import OF_PROCESSES, tables
from bot.store.schema import TABLES
from tests.cli.conftest import Typed
from tests.store.test_workspaces import fill

ROWS = 3
GONE = 40
ODD = "nul \0, ü, tab\t, \\N, line\nend"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a file with rows in every table that moves."""
    path = tmp_path / "flowbot.db"
    migrate_file(str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for table in tables():
            for number in range(1, ROWS + 1):
                fill(connection, table, number)
        connection.execute("UPDATE jobs SET arguments = ?", [ODD])
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'jobs'", [GONE])
        yield connection


@pytest.fixture
def moving(typed: Typed, tmp_path: Path, postgres_url: str) -> "tuple[Typed, str]":
    """Return what moves the file, and where to."""

    async def move(*more: str) -> tuple[int, str, str]:
        settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/flowbot.db"}
        return await typed("move", *more or ("--to", postgres_url), settings=settings)

    return move, postgres_url


def there(url: str, table: str) -> list[dict[str, Any]]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608


def alike(rows: Any) -> list[list[tuple[str, Any]]]:
    return sorted(sorted(dict(row).items()) for row in rows)


async def test_every_row_of_every_table_arrives_and_is_counted(
    file: sqlite3.Connection, moving: tuple[Typed, str]
) -> None:
    move, url = moving
    code, out, err = await move()

    assert (code, err) == (0, "")
    assert set(tables()) >= set(TABLES)
    file.execute("UPDATE jobs SET arguments = ?", [ODD.replace("\0", "\ufffd")])
    for table in tables():
        rows = file.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        assert alike(there(url, table)) == alike(rows)
        assert f"{table} " in out
    *counts, together, last = out.splitlines()
    assert {line.split()[1] for line in counts} == {f"{ROWS}"}
    assert together.split() == ["together", f"{ROWS * len(tables())}"]
    assert last.startswith("All of it arrived.")


async def test_numbers_go_on_after_those_of_rows_long_gone(
    file: sqlite3.Connection, moving: tuple[Typed, str]
) -> None:
    move, url = moving
    await move()
    database = await open_at(url)
    row = await database.fetch_one(
        """INSERT INTO jobs (workspace, key, lane, name, arguments, run_at, created_at)
        VALUES ('T1', 'new', '', '', '', '', '') RETURNING id"""
    )
    await database.close()

    assert row == {"id": GONE + 1}


async def test_it_moves_into_an_empty_database_alone(
    file: sqlite3.Connection, moving: tuple[Typed, str]
) -> None:
    move, url = moving
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO sweep_marks (name, value) VALUES ('a', 'b')")
    code, _, err = await move()

    assert code == 1
    assert "has rows already (in sweep_marks)" in err
    assert there(url, "jobs") == []


@pytest.mark.parametrize("table", sorted(OF_PROCESSES))
async def test_nothing_moves_while_somebody_works(
    file: sqlite3.Connection, moving: tuple[Typed, str], table: str
) -> None:
    move, url = moving
    soon = stamp(datetime.now(UTC) + timedelta(seconds=60))
    names = "role, owner, until" if table == "leases" else "owner, until, host"
    file.execute(f"INSERT INTO {table} ({names}) VALUES ('a', ?, ?)", ["b", soon])  # noqa: S608
    if table == "members":
        file.execute("UPDATE members SET until = host")
    code, _, err = await move()

    assert code == 1
    assert "Stop every process of it" in err
    assert there(url, "jobs") == []


async def test_a_row_that_cannot_be_moved_is_told_of_and_nothing_is_left_half_way(
    file: sqlite3.Connection, moving: tuple[Typed, str]
) -> None:
    move, url = moving
    file.execute("UPDATE watches SET id = id, trouble_id = 'no number'")
    code, _, err = await move()

    assert code == 1
    assert "A row of watches cannot be moved" in err
    assert there(url, "jobs") == []


async def test_only_postgres_is_a_place_to_move_to(
    file: sqlite3.Connection, moving: tuple[Typed, str]
) -> None:
    move, _ = moving
    code, _, err = await move("--to", "sqlite:///other.db")

    assert (code, err) == (1, "--to takes postgresql://user:password@host/database.\n")
