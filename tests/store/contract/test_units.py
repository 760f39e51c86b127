"""Units of work on both databases: whole or not at all, one after the other, and kept."""

import asyncio
import sys
import threading
from functools import partial

import pytest

from bot.store.addresses import open_at
from bot.store.database import Database, DatabaseUnavailableError, Transaction
from tests.processes import LONGEST

PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES ('T1', :name, :name)"
NAMES = "SELECT name FROM sweep_marks ORDER BY name"
WRITER = """
import asyncio, os, sys
from bot.store.addresses import open_at

async def write(url, sql):
    database = await open_at(url)
    await database.execute(sql, {"name": "alone"})
    await database.transaction(lambda tx: tx.execute(sql, {"name": "in a unit"}))
    os._exit(9)

asyncio.run(write(*sys.argv[1:]))
"""

COUNTER = """
import asyncio, sys
from bot.store.addresses import open_at

async def main(url, sql):
    def count_up(tx):
        row = tx.fetch_one("SELECT COUNT(*) AS count FROM sweep_marks")
        tx.execute(sql, {"name": f"{row['count']:03}"})

    database = await open_at(url)
    print("ready", flush=True)
    sys.stdin.readline()
    await asyncio.gather(*(database.transaction(count_up, alone="T1") for _ in range(50)))
    await database.close()

asyncio.run(main(*sys.argv[1:]))
"""


def count_up(tx: Transaction) -> None:
    row = tx.fetch_one("SELECT COUNT(*) AS count FROM sweep_marks")
    assert row is not None
    tx.execute(PUT, {"name": f"{row['count']:03}"})


async def names(database: Database) -> list[str]:
    return [row["name"] for row in await database.fetch_all(NAMES)]


def failing(tx: Transaction) -> None:
    tx.execute(PUT, {"name": "half done"})
    raise LookupError("on purpose")


async def test_a_unit_that_fails_takes_no_other_with_it(database: Database) -> None:
    ran = await asyncio.gather(
        database.execute(PUT, {"name": "before"}),
        database.transaction(failing),
        database.execute("INSERT INTO no_such_table VALUES (1)"),
        database.execute(PUT, {"name": "after"}),
        return_exceptions=True,
    )

    assert [ran[0], ran[3]] == [1, 1]
    assert isinstance(ran[1], LookupError)
    assert isinstance(ran[2], Exception)
    assert await names(database) == ["after", "before"]


async def test_a_unit_reads_what_it_wrote_itself_and_nobody_else_does(database: Database) -> None:
    wrote, read = threading.Event(), threading.Event()

    def write(tx: Transaction) -> int:
        tx.execute(PUT, {"name": "mine"})
        wrote.set()
        read.wait(LONGEST)
        return len(tx.fetch_all(NAMES))

    unit = asyncio.create_task(database.transaction(write))
    await asyncio.to_thread(wrote.wait, LONGEST)
    assert await names(database) == []
    read.set()
    assert await unit == 1
    assert await names(database) == ["mine"]


async def test_reading_and_then_writing_by_a_hundred_at_once_counts_right(
    database: Database,
) -> None:
    await asyncio.gather(*(database.transaction(count_up, alone="T1") for _ in range(100)))
    assert await names(database) == [f"{number:03}" for number in range(100)]


async def test_units_of_two_processes_are_alone_in_a_workspace(
    database: Database, url: str
) -> None:
    pipe = asyncio.subprocess.PIPE
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COUNTER, url, PUT, stdin=pipe, stdout=pipe
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"ready\n"
    theirs = asyncio.create_task(other.communicate(b"\n"))
    await asyncio.gather(*(database.transaction(count_up, alone="T1") for _ in range(50)))
    await theirs

    assert other.returncode == 0
    assert await names(database) == [f"{number:03}" for number in range(100)]


async def test_a_thousand_writers_at_once_are_all_heard(database: Database) -> None:
    written = (database.execute(PUT, {"name": f"{number:04}"}) for number in range(1000))

    assert await asyncio.gather(*written) == [1] * 1000
    assert len(await names(database)) == 1000


async def test_rows_outlive_the_process_that_wrote_them(database: Database, url: str) -> None:
    writer = await asyncio.create_subprocess_exec(sys.executable, "-c", WRITER, url, PUT)
    assert await writer.wait() == 9

    assert await names(database) == ["alone", "in a unit"]


async def test_a_unit_that_cannot_be_begun_in_time_never_is(database: Database) -> None:
    held, free = threading.Event(), threading.Event()

    def hold(tx: Transaction) -> None:
        tx.execute(PUT, {"name": "first"})
        held.set()
        free.wait(LONGEST)

    first = asyncio.create_task(database.transaction(hold, alone="T1"))
    await asyncio.to_thread(held.wait, LONGEST)
    with pytest.raises(DatabaseUnavailableError):
        await database.transaction(
            lambda tx: tx.execute(PUT, {"name": "second"}), within=0.05, alone="T1"
        )
    free.set()
    await first
    await database.transaction(lambda tx: tx.execute(PUT, {"name": "third"}), alone="T1")

    assert await names(database) == ["first", "third"]


async def test_a_unit_that_was_begun_in_time_is_waited_for(database: Database) -> None:
    begun, free = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> int:
        begun.set()
        free.wait(LONGEST)
        return tx.execute(PUT, {"name": "slow"})

    unit = asyncio.create_task(database.transaction(slow, within=0.5, alone="T1"))
    await asyncio.to_thread(begun.wait, LONGEST)
    await asyncio.sleep(0.6)  # longer than it might have waited
    assert not unit.done()
    free.set()

    assert await unit == 1


async def test_who_gave_up_waiting_does_not_stop_the_others(database: Database) -> None:
    given_up = asyncio.ensure_future(database.execute(PUT, {"name": "given up"}))
    await asyncio.sleep(0)
    given_up.cancel()
    await database.execute(PUT, {"name": "waited"})

    assert "waited" in await names(database)


async def test_closing_finishes_what_was_accepted(database: Database, url: str) -> None:
    def put(tx: Transaction, number: int) -> int:
        return tx.execute(PUT, {"name": f"{number}"})

    closing = await open_at(url)
    units = (partial(put, number=number) for number in range(50))
    written = [asyncio.ensure_future(closing.transaction(unit)) for unit in units]
    await asyncio.sleep(0)
    await closing.close()
    await asyncio.gather(*written)

    assert len(await names(database)) == 50
