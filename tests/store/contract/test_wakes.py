"""Processes hear of each other's work, without any commit that waits for it."""

import asyncio
import sys

import pytest

from bot.store.addresses import open_at
from bot.store.database import Database
from tests.processes import LONGEST

PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES ('T1', :name, '')"
OTHER = """
import asyncio, sys
from bot.store.addresses import open_at

async def main(url, sql):
    database = await open_at(url)
    await database.execute(sql, {"name": "theirs"})
    database.nudge("T1")
    await database.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_nudge_arrives_in_another_process(database: Database, url: str) -> None:
    heard = asyncio.Queue[str]()
    await database.listen(heard.put_nowait)
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", OTHER, url, PUT)
    async with asyncio.timeout(LONGEST):
        assert await heard.get() in {"T1", ""}
    assert await other.wait() == 0


async def test_what_this_process_wrote_wakes_it_not(database: Database, url: str) -> None:
    heard = asyncio.Queue[str]()
    await database.listen(heard.put_nowait)
    others = await open_at(url)
    for number in range(20):
        await database.execute(PUT, {"name": f"{number}"})
        database.nudge("T1")
    await others.execute(PUT, {"name": "last"})
    others.nudge("T2")
    async with asyncio.timeout(LONGEST):
        assert await heard.get() in {"T2", ""}
    await others.close()
    assert heard.empty()


async def test_many_nudges_are_told_together(postgres: Database, postgres_url: str) -> None:
    others = await open_at(postgres_url)
    heard: list[str] = []
    await others.listen(heard.append)
    for number in range(1000):
        postgres.nudge(f"T{number % 3}")
    last = asyncio.Queue[str]()
    await postgres.close()
    await others.listen(last.put_nowait)
    await others.close()
    assert len(heard) <= 3


@pytest.mark.parametrize("times", [2])
async def test_the_clock_is_the_databases(database: Database, times: int) -> None:
    seen = [await database.clock() for _ in range(times)]

    assert seen == sorted(seen)
    assert {each.utcoffset() for each in seen} == {seen[0].utcoffset()}
