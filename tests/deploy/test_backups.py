"""The lines of docs/operating.md about backups, run as they stand there."""

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from bot.store.sqlite import SqliteDatabase
from tests.postgres import Cluster
from tests.programs import program
from tests.test_papers import fenced

LINES = [
    line.removeprefix("$ ")
    for block in fenced("docs/operating.md")
    for line in block.splitlines()
    if line.startswith("$ ")
]
NOTE = "INSERT INTO oauth_states (state, until) VALUES ('kept', '2026-12-01')"
KEPT = "SELECT state FROM oauth_states"


def shell(line: str, folder: Path, **environment: str) -> None:
    """Run a line as it would be typed in a folder."""
    subprocess.run(  # noqa: S602  # a line of our own paper
        line,
        shell=True,
        check=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
    )


async def test_a_file_is_saved_while_it_is_written(tmp_path: Path) -> None:
    [line] = [each for each in LINES if each.startswith("python3 -c 'import sqlite3")]
    database = await SqliteDatabase.open(str(tmp_path / "flowbot.db"))
    await database.execute(NOTE)  # as yet in the log beside the file alone
    shell(line, tmp_path)
    await database.close()

    with closing(sqlite3.connect(tmp_path / "flowbot-copy.db")) as copy:
        assert copy.execute(KEPT).fetchall() == [("kept",)]
    restored = await SqliteDatabase.open(str(tmp_path / "flowbot-copy.db"))
    await restored.close()


@pytest.mark.skipif("TEST_POSTGRES_URL" in os.environ, reason="its tools may be of another version")
def test_a_postgres_is_saved_and_restored(cluster: Cluster, tmp_path: Path) -> None:
    program("pg_dump", missing="no pg_dump here (Debian: postgresql-client)")
    [dump] = [each for each in LINES if re.match(r"pg_dump\b", each)]
    [restore] = [each for each in LINES if re.match(r"pg_restore\b", each)]
    full, empty = cluster.create(cluster.migrated), cluster.create()
    with psycopg.connect(cluster.at(full), autocommit=True) as link:
        link.execute(NOTE)

    shell(dump, tmp_path, DATABASE_URL=cluster.at(full))
    shell(restore, tmp_path, DATABASE_URL=cluster.at(empty))

    with psycopg.connect(cluster.at(empty)) as link:
        assert link.execute(KEPT).fetchall() == [("kept",)]
    for name in (full, empty):
        cluster.drop(name)
