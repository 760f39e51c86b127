"""A worker process of a test: `python -m tests.jobs.dispatch.worker URL`.

It says in JSON lines what it begins and ends. A job whose key begins with "slow" ends when the next
line comes in, one that begins with "deadly" kills the process. What it takes for dead, and by when,
goes four times as fast as in earnest.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import psycopg

from bot.asking.runner import JobRunner
from bot.asking.services import SendFileAgain
from bot.clock import Clock
from bot.errors import BotError
from bot.jobs.dispatch.dispatcher import Dispatcher
from bot.jobs.dispatch.engine import DispatchEngine
from bot.jobs.dispatch.taking import JobTaker
from bot.jobs.outcome import NewJob, Outcome
from bot.jobs.request import Intent, Job
from bot.store import leases
from bot.store.leases import Leases
from bot.store.postgres.driver import PostgresDatabase
from tests.jobs.engines import runner_of

FASTER = 4


def say(event: str, **values: object) -> None:
    """Tell whoever reads the output."""
    print(json.dumps({"event": event, **values}), flush=True)  # noqa: T201  # that is what it is for


async def carry_out(job: Job[Intent]) -> Outcome:
    say("begun", key=job.key, attempts=job.attempts, crashes=job.crashes)
    if job.key.startswith("deadly"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.key.startswith("slow"):
        await asyncio.to_thread(sys.stdin.readline)
    say("ended", key=job.key)
    follows = f"after {job.key} by {os.getpid()}"
    return Outcome(
        jobs=(NewJob(follows, SendFileAgain(follows)),) if "after" not in job.key else ()
    )


async def work(url: str) -> None:
    leases.LEASE_SECONDS /= FASTER
    leases.RENEW_SECONDS /= FASTER
    database, clock = await PostgresDatabase.open(url), Clock()

    @asynccontextmanager
    async def assembled(workspace: str) -> AsyncIterator[JobRunner]:
        yield runner_of(database.of(workspace), carry_out, clock)

    async with Leases(database) as held:
        await held.join()
        taking, dispatcher = JobTaker(database, held.owner, clock), Dispatcher(url, clock)
        engine = DispatchEngine(
            url, taking, dispatcher, assembled, heartbeat=timedelta(seconds=8 / FASTER)
        )
        say("working", owner=held.owner)
        await asyncio.gather(engine.run(), dispatcher.run(), agenda(engine, dispatcher))


async def agenda(engine: DispatchEngine, dispatcher: Dispatcher) -> None:
    while True:
        with suppress(psycopg.Error, BotError):
            await dispatcher.hand_on()
            await engine.mend()
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1]))
