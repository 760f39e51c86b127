"""Workers that are killed, frozen or cut off in the middle of their work: nothing is lost or done
twice, and the job that kills them is found."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg
import pytest

from bot.asking.runner import MOST_CRASHES
from bot.asking.services import SendFileAgain
from bot.clock import Clock
from bot.jobs.dispatch.schema import install
from bot.jobs.store import JobStore
from bot.store.database import Database
from bot.store.postgres.troubles import CommitLostError
from tests.jobs.engines import LONGEST, WORKSPACE, opened
from tests.processes import Process


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    await install(postgres_url)
    async with opened(postgres_url) as database:
        yield database


@asynccontextmanager
async def worker(url: str) -> AsyncIterator[Process]:
    """Yield a worker process that has begun."""
    started = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.jobs.dispatch.worker", url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    process = Process(started)
    try:
        await process.event("working")
        yield process
    finally:
        with suppress(ProcessLookupError):  # it has ended
            process.send(signal.SIGCONT)
        await process.end()


async def ask(database: Database, *keys: str) -> None:
    for key in keys:
        try:
            await add(database, key)
        except CommitLostError:  # cut off as the worker is; its key makes it one job all the same
            await add(database, key)


async def add(database: Database, key: str) -> None:
    jobs = JobStore(database.of(WORKSPACE))
    await jobs.add(key=key, wanted=SendFileAgain(key), now=Clock().now())


async def idle(database: Database, *, left: int = 0) -> None:
    async with asyncio.timeout(4 * LONGEST):
        while await JobStore(database.of(WORKSPACE)).waiting() > left:  # noqa: ASYNC110  # others' work
            await asyncio.sleep(0.05)


async def rows(database: Database) -> dict[str, str]:
    found = await database.of(WORKSPACE).fetch_all(
        "SELECT key, state FROM jobs WHERE workspace = :workspace"
    )
    return {row["key"]: row["state"] for row in found}


async def test_what_a_killed_worker_and_a_frozen_one_had_is_done_once_by_another(
    database: Database, postgres_url: str
) -> None:
    async with worker(postgres_url) as killed:
        await ask(database, "slow:killed")
        await killed.event("begun")
        killed.send(signal.SIGKILL)
    async with worker(postgres_url) as frozen:
        await ask(database, "slow:frozen")
        await frozen.line("slow:frozen")
        frozen.send(signal.SIGSTOP)
        async with worker(postgres_url) as third:
            third.write("\n\n")
            await idle(database)
            frozen.send(signal.SIGCONT)
            frozen.write("\n\n")
            await frozen.line("job_was_taken_over")
            found = await rows(database)
    assert set(found.values()) == {"done"}
    assert set(found) == {
        "slow:killed",
        "slow:frozen",
        f"after slow:killed by {third.pid}",
        f"after slow:frozen by {third.pid}",
    }


async def test_the_job_that_kills_its_workers_is_found_and_no_other_pays_for_it(
    database: Database, postgres_url: str
) -> None:
    await ask(database, "good:1", "deadly", "good:2")
    for _ in range(1 + MOST_CRASHES + 1):  # of the first death nobody is to blame
        async with worker(postgres_url) as process:
            begun = asyncio.ensure_future(process.ended())
            done = asyncio.ensure_future(idle(database))
            await asyncio.wait({begun, done}, return_when=asyncio.FIRST_COMPLETED)
            done.cancel()
            if not begun.done():
                begun.cancel()
                break
    found = await rows(database)
    assert (found["good:1"], found["good:2"]) == ("done", "done")
    assert found["deadly"] == "failed"


async def test_a_worker_that_is_cut_off_from_the_database_goes_on(
    database: Database, postgres_url: str
) -> None:
    async with worker(postgres_url) as process:
        await ask(database, "slow:1")
        await process.event("begun")
        async with await psycopg.AsyncConnection.connect(postgres_url, autocommit=True) as admin:
            await admin.execute(
                """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()"""
            )
        process.write("\n")
        await ask(database, "quick")
        await idle(database)
        assert set((await rows(database)).values()) == {"done"}
        begun = [json.loads(line) for line in process.out if '"begun"' in line]
    assert sum(each["key"] == "slow:1" for each in begun) == 1
