"""What rested before there were troubles: it is looked at, too, and comes back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlite_utils

from bot.store.migrations import MIGRATIONS, migrate
from tests.databases import sqlite_alone
from tests.stage import open_stage

NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def older(path: Path) -> None:
    """Write a database of the version before, with digests that rest and a watch that does."""
    newer = path.with_name("newer.db")
    async with open_stage(newer) as stage:
        for channel in ("CTRAIN", "CGENERAL"):
            line = "/flow subscribe report onboarding daily 09:00 Europe/Berlin"
            await stage.command(line, channel=channel)
        await stage.command("/flow-run watch all", channel="CFIELD")
    with closing(sqlite3.connect(path)) as connection, connection:
        MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before="troubles")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"ATTACH '{newer}' AS newer")
        for table in ("subscriptions", "watches", "aliases"):
            columns = ", ".join(
                row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")
            )
            connection.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}"  # noqa: S608  # names of ours
            )
        connection.execute(
            "UPDATE subscriptions SET state = 'stopped', last_error = 'That channel is archived.', "
            "skips_at = next_run_at WHERE id = 1"
        )
        connection.execute(
            "UPDATE subscriptions SET state = 'shared', skips_at = next_run_at WHERE id = 2"
        )
        connection.execute("UPDATE watches SET paused = 'gone'")
        connection.commit()
        migrate(connection)


@sqlite_alone
async def test_it_comes_back_at_the_first_look(path: Path) -> None:
    await older(path)
    async with open_stage(path, now=NINE) as stage:
        rows = await stage.rows("SELECT kind, subject FROM troubles ORDER BY kind, subject")
        assert [(each["kind"], each["subject"]) for each in rows] == [
            ("shared", "CGENERAL"),
            ("unseen", "CFIELD"),
            ("unseen", "CTRAIN"),
        ]
        await stage.bot.database.execute("UPDATE troubles SET look_at = ''")
        await stage.at(NINE + timedelta(minutes=1))

        assert {each["state"] for each in await stage.rows("SELECT state FROM subscriptions")} == {
            "active"
        }
        assert [each["paused"] for each in await stage.rows("SELECT paused FROM watches")] == [""]
        assert await stage.rows("SELECT id FROM troubles") == []
