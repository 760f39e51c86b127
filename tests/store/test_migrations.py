"""The schema: from blank, again, and from a file that another tool looks into."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import sqlite_utils

from bot.store.migrations import MIGRATIONS, migrate
from bot.store.opening import migrate_file
from bot.store.sqlite import SqliteDatabase

TABLES = {"jobs", "ledger", "subscriptions", "aliases", "snapshots"}


def schema(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return set(rows.fetchall())


def test_a_blank_file_gets_every_table(path: Path) -> None:
    migrate_file(str(path))

    assert {name for name, _ in schema(path)} >= TABLES


def test_migrating_again_changes_nothing_and_keeps_the_rows(path: Path) -> None:
    migrate_file(str(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO snapshots VALUES ('', 'key', '2026-11-23', 'data')")
    before = schema(path)

    migrate_file(str(path))
    assert schema(path) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT data FROM snapshots").fetchall() == [("data",)]


def test_migrating_runs_on_a_connection_of_its_callers(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        migrate(connection)

        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert {name for (name,) in tables} >= TABLES


async def test_the_tables_can_be_read_with_the_sqlite_utils_tool(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    try:
        with closing(sqlite3.connect(path)) as connection:
            seen = sqlite_utils.Database(connection)
            assert set(seen.table_names()) >= TABLES
            assert "wal_warmth" not in seen.table_names()
    finally:
        await database.close()


async def test_what_was_acknowledged_survives_a_power_cut(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    try:
        row = await database.transaction(lambda tx: tx.fetch_one("PRAGMA synchronous"))
        assert row == {"synchronous": 2}  # FULL: each commit is on the disk before it is told
        assert await database.fetch_one("PRAGMA journal_mode") == {"journal_mode": "wal"}
    finally:
        await database.close()


def test_numbers_of_an_old_file_are_kept_and_never_given_again(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        old = sqlite_utils.Database(connection)
        MIGRATIONS.apply(old, stop_before="numbers_used_once")
        connection.execute(
            """INSERT INTO subscriptions (id, channel, kind, question, cron, words, zone, creator,
            created_at) VALUES (3, 'C', 'report', '{}', '0 9 * * *', '', 'UTC', 'U', '')"""
        )
        connection.execute(
            """INSERT INTO ledger (key, lane, kind, priority, channel, target, payload,
            subscription_id, next_try_at, created_at)
            VALUES ('k', 'main', 'message', 1, 'C', '{}', '{}', 8, '', '')"""
        )
        connection.execute(
            """INSERT INTO watches (id, channel, flow_id, flow_name, conditions, creator,
            created_at) VALUES (5, 'C', '', '', '[]', 'U', '')"""
        )
        indexes = {each.name for each in old.table("subscriptions").indexes}
        migrate(connection)

        assert [row["id"] for row in old["subscriptions"].rows] == [3]
        assert {each.name for each in old.table("subscriptions").indexes} >= indexes
        numbers = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        assert (numbers["subscriptions"], numbers["watches"]) == (8, 5)


def test_what_an_old_file_kept_of_private_answers_is_blanked(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before="forgotten_when_sent")
        connection.executemany(
            """INSERT INTO ledger (key, lane, kind, priority, channel, target, payload, state,
            next_try_at, created_at) VALUES (?, 'main', 'message', 1, 'C',
            '{"channel": "C", "private": true, "response_url": "secret"}',
            '{"text": "secret", "blocks": []}', ?, '', '')""",
            [("old", "sent"), ("waiting", "queued")],
        )
        connection.execute(
            """INSERT INTO jobs (key, lane, name, arguments, state, run_at, created_at)
            VALUES ('j', 'main', 'x', '{"user": "U", "details": {"xml": "secret"}}', 'done', '',
            '')"""
        )
        migrate(connection)

        rows = connection.execute("SELECT key, target, payload FROM ledger").fetchall()
        assert [key for key, *kept in rows if "secret" in str(kept)] == ["waiting"]
        assert connection.execute("SELECT arguments FROM jobs").fetchall() == [('{"user":"U"}',)]


def test_what_an_old_file_knows_of_digests_is_on_their_record(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before="what_became_of_digests")
        connection.executemany(
            """INSERT INTO ledger (key, lane, kind, priority, channel, target, payload, state,
            parent_key, subscription_id, next_try_at, created_at, settled_at, posted_channel, ts)
            VALUES (?, 'main', 'message', 1, 'C', '{}', '{}', ?, ?, 3, '', 'made', 'settled', 'C',
            '1.0')""",
            [
                ("digest:3:2026-11-23T08:00Z", "sent", None),
                ("digest:3:2026-11-23T08:00Z#1", "sent", "digest:3:2026-11-23T08:00Z"),
                ("digest:3:2026-11-24T08:00Z", "failed", None),
                ("digest:3:2026-11-25T08:00Z", "retry", None),
                ("digest:now:command:1", "skipped", None),
            ],
        )
        connection.executemany(
            """INSERT INTO jobs (key, lane, name, arguments, state, run_at, created_at)
            VALUES (?, 'main', 'digest', ?, ?, '', 'made')""",
            [
                ("digest:3:2026-11-26T08:00Z", '{"subscription": 3, "planned": "x"}', "queued"),
                ("digest:3:2026-11-25T08:00Z", '{"subscription": 3, "planned": "x"}', "done"),
            ],
        )
        migrate(connection)

        sql = "SELECT planned_at, cause, state, told_at FROM digest_runs ORDER BY id"
        assert connection.execute(sql).fetchall() == [
            ("2026-11-23T08:00:00.000000+00:00", "planned", "sent", "settled"),
            ("2026-11-24T08:00:00.000000+00:00", "planned", "failed", None),
            ("2026-11-25T08:00:00.000000+00:00", "planned", "telling", None),
            ("made", "now", "removed", None),
            ("2026-11-26T08:00:00.000000+00:00", "planned", "making", None),
        ]


def test_those_that_start_at_once_bring_it_up_to_date_one_after_the_other(path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        assert list(starting.map(migrate_file, [str(path)] * 8)) == [None] * 8
