"""The schema's steps, on both databases: each once, whole or not at all, never backwards."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from bot.store import migrations, steps
from bot.store.addresses import open_at
from bot.store.database import Database
from bot.store.opening import DatabaseNotOpenedError
from bot.store.postgres import steps as postgres_steps
from bot.store.steps import SchemaStep
from tests.postgres import Cluster
from tests.processes import said

ROWS = "SELECT value FROM sweep_marks"
PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES ('T1', 'a', 'kept')"
NEWER = "a_step_of_tomorrow"


def take_a_step_of_tomorrow(url: str) -> None:
    """Leave the database as a newer program would."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(urlsplit(url).path)) as file, file:
            file.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                "VALUES ('flowbot', ?, '')",
                [NEWER],
            )
    else:
        with psycopg.connect(url) as connection:
            connection.execute("INSERT INTO schema_steps (name) VALUES (%s)", [NEWER])


async def test_migrating_again_changes_nothing_and_keeps_the_rows(
    database: Database, url: str
) -> None:
    await database.execute(PUT)
    again = await open_at(url)
    await again.close()

    assert await database.fetch_all(ROWS) == [{"value": "kept"}]


async def test_a_program_that_is_older_than_the_schema_does_not_start(
    database: Database, url: str
) -> None:
    take_a_step_of_tomorrow(url)

    with pytest.raises(DatabaseNotOpenedError, match=f"newer Flowbot .*{NEWER}.* Start that"):
        await open_at(url)


@pytest.mark.parametrize("command", ["migrate", "worker", "web"])
async def test_and_says_so_and_ends(
    database: Database, url: str, tmp_path: Path, command: str
) -> None:
    take_a_step_of_tomorrow(url)
    settings = {
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": "http://127.0.0.1:1/api",
    }
    code, _, err = await said(command, folder=tmp_path, settings=settings)

    assert code == 1
    assert err.splitlines()[-1].startswith("Can't open the database ")
    assert NEWER in err


async def test_a_program_that_is_newer_takes_its_steps_at_the_start(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.execute(PUT)
    with_tomorrows_step(monkeypatch, "ALTER TABLE sweep_marks ADD COLUMN more TEXT")
    newer = await open_at(url)
    try:
        assert await newer.fetch_all("SELECT value, more FROM sweep_marks") == [
            {"value": "kept", "more": None}
        ]
    finally:
        await newer.close()


async def test_a_step_that_fails_leaves_nothing_behind(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        with_tomorrows_step(patch, "CREATE TABLE half_done (id IDENTITY)", "no statement")
        with pytest.raises(DatabaseNotOpenedError):
            await open_at(url)
    database = await open_at(url)
    try:
        await database.execute("CREATE TABLE half_done (id INTEGER)")
    finally:
        await database.close()


async def test_those_who_start_at_once_take_each_step_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    empty = cluster.create()
    for url in (f"sqlite:///{tmp_path / 'flowbot.db'}", cluster.at(empty)):
        opened = await asyncio.gather(*(open_at(url) for _ in range(5)))
        await opened[0].execute(PUT)
        assert await opened[4].fetch_all(ROWS) == [{"value": "kept"}]
        for each in opened:
            await each.close()
    cluster.drop(empty)


def with_tomorrows_step(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    """Let the program have one more step."""
    step = SchemaStep(NEWER, statements)
    monkeypatch.setattr(steps, "STEPS", (*steps.STEPS, step))
    monkeypatch.setattr(postgres_steps, "STEPS", steps.STEPS)
    known = list(migrations.MIGRATIONS._migrations)
    monkeypatch.setattr(migrations.MIGRATIONS, "_migrations", known)
    migrations.MIGRATIONS(name=NEWER)(migrations._taking(step))
