"""Old rows are let go of some at a time."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.jobs.store import JobStore
from bot.store.sqlite import SqliteDatabase

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MANY = 2_300
FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO jobs (key, lane, name, arguments, state, run_at, created_at, finished_at)
SELECT :at || i, 'main', 'digest', '{}', 'done', :at, :at, :at FROM n"""


async def _jobs(path: Path) -> SqliteDatabase:
    database = await SqliteDatabase.open(str(path))
    for count, days in ((MANY, 9), (7, 1)):
        at = (NOW - timedelta(days=days)).isoformat()
        await database.execute(FILL, {"count": count, "at": at})
    return database


async def _left(database: SqliteDatabase) -> int:
    (row,) = await database.fetch_all("SELECT COUNT(*) AS n FROM jobs")
    return int(row["n"])


async def test_all_that_are_old_go_and_no_other(tmp_path: Path) -> None:
    database = await _jobs(tmp_path / "jobs.db")
    assert await JobStore(database.of("")).forget(before=NOW - timedelta(days=7)) == MANY
    assert await _left(database) == 7
    await database.close()


async def test_who_writes_meanwhile_does_not_wait_for_all_of_them(tmp_path: Path) -> None:
    """An acknowledgement is one write, and tidying up may concern a million rows."""
    database = await _jobs(tmp_path / "jobs.db")
    tidying = asyncio.create_task(JobStore(database.of("")).forget(before=NOW - timedelta(days=7)))
    await asyncio.sleep(0)  # it has begun
    await database.execute("UPDATE jobs SET error = 'seen' WHERE key LIKE '%1'")
    assert await _left(database) > 7
    assert await tidying == MANY
    await database.close()
