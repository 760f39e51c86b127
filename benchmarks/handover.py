"""From an acknowledgement to the start of its job in another process, on both databases.

`python -m benchmarks.handover [JOBS A_SECOND]` prints one JSON line: milliseconds from the moment
in which a job is durable in the process that accepts it until a worker process begins to carry it
out, at the same moment of the machine's steady clock. Postgres is a private one that is started for
this, or that of TEST_POSTGRES_URL.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from benchmarks.machine import facts, percentile
from bot.asking.services import SendFileAgain
from bot.clock import Clock
from bot.jobs.engine import TableEngine
from bot.jobs.store import JobRow, JobStore, finish_job
from bot.store.database import Database
from bot.store.leases import Leases
from bot.store.sqlite import SqliteDatabase

JOBS, A_SECOND = 200, 10.0
WORKSPACE = "T0001"
SETTLE_SECONDS = 2.0


class Starts:
    """A runner that says when it was given each job, and ends it."""

    once = ()

    def __init__(self, database: Database) -> None:
        """End jobs in this view of a workspace."""
        self._database = database

    async def carry_out(self, row: JobRow) -> None:
        """Say the moment on a line of its own."""
        print(json.dumps([row.key, time.monotonic()]), flush=True)
        await self._database.transaction(lambda tx: finish_job(tx, row, now=Clock().now()))


def main() -> None:
    if sys.argv[1:2] == ["worker"]:
        asyncio.run(_work(sys.argv[2]))
        return
    jobs, a_second = map(float, sys.argv[1:] or (JOBS, A_SECOND))
    with tempfile.TemporaryDirectory(prefix="flowbot-handover-", dir=".") as name:
        folder = Path(name)
        figures = asyncio.run(_measured(folder, int(jobs), a_second))
        print(json.dumps({"benchmark": "handover", "machine": facts(folder), **figures}))


async def _measured(folder: Path, jobs: int, a_second: float) -> dict[str, Any]:
    from tests.postgres import cluster  # noqa: PLC0415  # it asks for an extra

    figures = {"sqlite_ms": await _of(str(folder / "handover.db"), jobs, a_second)}
    server = cluster()
    database = server.create()
    try:
        figures["postgres_ms"] = await _of(server.at(database), jobs, a_second)
    finally:
        server.drop(database)
    return {"jobs": jobs, "a_second": a_second, **figures}


async def _of(url: str, jobs: int, a_second: float) -> dict[str, float]:
    async with _accepting(url) as (database, wake):
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.handover", "worker", url),
            stdout=asyncio.subprocess.PIPE,
        )
        assert worker.stdout is not None
        try:
            await worker.stdout.readline()
            await asyncio.sleep(SETTLE_SECONDS)
            accepted = await _accept(JobStore(database.of(WORKSPACE)), wake, jobs, a_second)
            begun = dict([await _said(worker.stdout) for _ in range(jobs)])
        finally:
            worker.kill()
            await worker.wait()
    took = [1000 * (begun[key] - accepted[key]) for key in accepted]
    return {name: round(percentile(took, part), 1) for name, part in _PARTS.items()}


async def _said(told: asyncio.StreamReader) -> tuple[str, float]:
    """Return the next job and when it was begun; what else the worker says is passed over."""
    while line := await told.readline():
        if line.startswith(b"["):
            key, at = json.loads(line)
            return key, at
    raise RuntimeError("the worker has ended")


_PARTS = {"p50": 0.5, "p95": 0.95, "longest": 1.0}


async def _accept(
    store: JobStore, wake: Callable[[], None], jobs: int, a_second: float
) -> dict[str, float]:
    accepted = {}
    for number in range(jobs):
        key = f"handover:{number}"
        await store.add(key=key, wanted=SendFileAgain(key), now=Clock().now())
        accepted[key] = time.monotonic()
        wake()
        await asyncio.sleep(1 / a_second)
    return accepted


@asynccontextmanager
async def _accepting(url: str) -> AsyncIterator[tuple[Database, Callable[[], None]]]:
    if not url.startswith("postgresql"):
        database = await SqliteDatabase.open(url)
        yield database, lambda: None  # the worker looks whether the file changed
        await database.close()
        return
    from bot.jobs.dispatch.dispatcher import Dispatcher  # noqa: PLC0415  # an extra
    from bot.jobs.dispatch.schema import install  # noqa: PLC0415
    from bot.store.postgres.driver import PostgresDatabase  # noqa: PLC0415

    opened = await PostgresDatabase.open(url)
    await install(url)
    dispatcher = Dispatcher(url, Clock())
    handing = asyncio.create_task(dispatcher.run())
    yield opened, dispatcher.wake
    handing.cancel()
    await asyncio.gather(handing, return_exceptions=True)
    await opened.close()


async def _work(url: str) -> None:
    if not url.startswith("postgresql"):
        database = await SqliteDatabase.open(url)
        seen = database.of(WORKSPACE)
        engine = TableEngine(JobStore(seen), Starts(seen), Clock())
        await database.listen(lambda _: engine.wake())
        print("ready", flush=True)
        await engine.run()
        return
    await _dispatched(url)


async def _dispatched(url: str) -> None:
    from bot.jobs.dispatch.dispatcher import Dispatcher  # noqa: PLC0415  # an extra
    from bot.jobs.dispatch.engine import DispatchEngine  # noqa: PLC0415
    from bot.jobs.dispatch.taking import JobTaker  # noqa: PLC0415
    from bot.store.postgres.driver import PostgresDatabase  # noqa: PLC0415

    database = await PostgresDatabase.open(url)

    @asynccontextmanager
    async def assembled(workspace: str) -> AsyncIterator[Starts]:
        yield Starts(database.of(workspace))

    async with Leases(database) as leases:
        await leases.join()
        taking = JobTaker(database, leases.owner, Clock())
        engine = DispatchEngine(url, taking, Dispatcher(url, Clock()), assembled)
        print("ready", flush=True)
        await engine.run()


if __name__ == "__main__":
    main()
