"""SQLite behind the seam: group commit, many writers, a second process."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import structlog

from bot.store.database import DatabaseUnavailableError, Transaction
from bot.store.sqlite import SqliteDatabase

PUT = (
    "INSERT INTO aliases (kind, name_key, name, target_id, created_by, created_at) "
    "VALUES ('training', :name, :name, 'flow_1', 'UADA', '2026-11-23')"
)
GUARD = 10
"""Seconds. Only ends a test that hangs."""
NAMES = "SELECT name FROM aliases ORDER BY name"

WRITER = """
import asyncio, sys
from bot.store.sqlite import SqliteDatabase

async def write(path, sql):
    database = await SqliteDatabase.open(path)
    names = [{"name": f"theirs {number}"} for number in range(200)]
    await asyncio.gather(*(database.execute(sql, name) for name in names))
    await database.close()

asyncio.run(write(*sys.argv[1:]))
"""


async def names(database: SqliteDatabase) -> list[str]:
    return [row["name"] for row in await database.fetch_all(NAMES)]


@asynccontextmanager
async def process(script: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Yield another Python process; it is ended at the end, if it has not ended by then."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        script,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def test_a_unit_of_work_that_fails_takes_no_other_with_it(database: SqliteDatabase) -> None:
    def fail(tx: Transaction) -> None:
        tx.execute(PUT, {"name": "half done"})
        raise LookupError("on purpose")

    ran = await asyncio.gather(
        database.execute(PUT, {"name": "before"}),
        database.transaction(fail),
        database.execute("INSERT INTO no_such_table VALUES (1)"),
        database.execute(PUT, {"name": "after"}),
        return_exceptions=True,
    )

    assert [type(each) for each in ran] == [int, LookupError, sqlite3.OperationalError, int]
    assert await names(database) == ["after", "before"]


async def test_what_was_written_is_there_for_another_reader_at_once(
    database: SqliteDatabase, path: Path
) -> None:
    await database.execute(PUT, {"name": "onboarding"})

    with closing(sqlite3.connect(path)) as other:
        assert other.execute(NAMES).fetchall() == [("onboarding",)]


async def test_a_transaction_reads_what_it_wrote_itself(database: SqliteDatabase) -> None:
    def write_and_read(tx: Transaction) -> list[str]:
        tx.execute(PUT, {"name": "onboarding"})
        return [row["name"] for row in tx.fetch_all(NAMES)]

    assert await database.transaction(write_and_read) == ["onboarding"]


async def test_a_thousand_writers_at_once_are_all_heard(database: SqliteDatabase) -> None:
    written = (database.execute(PUT, {"name": f"{number:04}"}) for number in range(1000))

    assert await asyncio.gather(*written) == [1] * 1000
    assert len(await names(database)) == 1000


async def test_reading_and_then_writing_is_never_locked_out(database: SqliteDatabase) -> None:
    def count_up(tx: Transaction) -> None:
        row = tx.fetch_one("SELECT COUNT(*) AS count FROM aliases")
        assert row is not None
        tx.execute(PUT, {"name": f"{row['count']:04}"})

    await asyncio.gather(*(database.transaction(count_up) for _ in range(100)))
    assert await names(database) == [f"{number:04}" for number in range(100)]


async def test_who_gave_up_waiting_does_not_stop_the_others(database: SqliteDatabase) -> None:
    given_up = asyncio.ensure_future(database.execute(PUT, {"name": "given up"}))
    await asyncio.sleep(0)
    given_up.cancel()
    await database.execute(PUT, {"name": "waited"})

    assert "waited" in await names(database)


async def test_a_queue_that_is_full_refuses_at_once_and_in_words(path: Path) -> None:
    database = SqliteDatabase(str(path))  # its writer has not begun
    while not database._waiting.full():
        database._waiting.put_nowait((lambda _: None, Future()))

    with pytest.raises(DatabaseUnavailableError):
        await database.execute("SELECT 1")
    database._thread.start()
    await database.close()


async def test_a_second_process_may_write_at_the_same_time(
    database: SqliteDatabase, path: Path
) -> None:
    async with process(WRITER, str(path), PUT) as other:
        for number in range(200):
            await database.execute(PUT, {"name": f"ours {number}"})
        assert await other.wait() == 0

    assert len(await names(database)) == 400


async def test_closing_finishes_what_was_accepted(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    written = [
        asyncio.ensure_future(database.execute(PUT, {"name": f"{number}"})) for number in range(50)
    ]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*written)

    with closing(sqlite3.connect(path)) as later:
        assert len(later.execute(NAMES).fetchall()) == 50


async def test_a_folder_that_does_not_exist_is_made(tmp_path: Path) -> None:
    path = tmp_path / "data" / "here" / "flowbot.db"
    database = await SqliteDatabase.open(str(path))
    await database.close()

    assert path.exists()


async def test_a_new_database_is_its_owners_alone_and_an_old_one_keeps_its_mode(
    tmp_path: Path,
) -> None:
    path = tmp_path / "flowbot.db"
    async with opened(str(path)) as database:
        await database.execute(PUT, {"name": "one"})
        await database.live("me")
        beside = list(tmp_path.iterdir())  # noqa: ASYNC240  # of a folder of this test
        assert len(beside) == 4
        assert {each.stat().st_mode & 0o777 for each in beside} == {0o600}

    path.chmod(0o644)
    with structlog.testing.capture_logs() as logs:
        async with opened(str(path)):
            assert path.stat().st_mode & 0o777 == 0o644
    assert [each["mend"] for each in logs] == ["chmod 600 flowbot.db*"]


@asynccontextmanager
async def opened(path: str) -> AsyncIterator[SqliteDatabase]:
    """Yield a database that is closed at the end."""
    database = await SqliteDatabase.open(path)
    try:
        yield database
    finally:
        await database.close()


async def test_what_another_process_writes_is_heard_of_at_once(path: Path) -> None:
    ours = await SqliteDatabase.open(str(path))
    others = await SqliteDatabase.open(str(path))
    heard = asyncio.Event()
    await ours.listen(lambda _: heard.set())
    try:
        for number in range(3):
            await others.execute("INSERT INTO snapshots VALUES ('', :key, '', '')", {"key": number})
            async with asyncio.timeout(GUARD):
                await heard.wait()
            heard.clear()
    finally:
        await ours.close()
        await others.close()


async def test_what_this_process_writes_is_not_taken_for_anothers(path: Path) -> None:
    ours = await SqliteDatabase.open(str(path))
    others = await SqliteDatabase.open(str(path))
    heard = asyncio.Queue[None]()
    await ours.listen(lambda _: heard.put_nowait(None))
    try:
        for number in range(50):
            await ours.execute("INSERT INTO snapshots VALUES ('', :key, '', '')", {"key": number})
        await others.execute("INSERT INTO snapshots VALUES ('', 'last', '', '')")
        async with asyncio.timeout(GUARD):
            await heard.get()
        assert heard.empty()
    finally:
        await ours.close()
        await others.close()
