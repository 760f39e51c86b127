"""Jobs that a stop cuts off: what may have changed something is not begun again as if untouched."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.asking.runner import ONCE, JobRunner
from bot.jobs.outcome import Outcome
from bot.jobs.store import Job, JobStore
from bot.store.sqlite import SqliteDatabase
from sandbox.clock import SandboxClock

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Endless:
    """A service that begins and never ends."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def carry_out(self, job: Job) -> Outcome:
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError(job.name)


@pytest.mark.parametrize(
    ("name", "attempts"), [("report", 1), *((name, 2) for name in sorted(ONCE))]
)
async def test_a_stop_gives_a_question_back_and_remembers_that_a_change_was_begun(
    database: SqliteDatabase, name: str, attempts: int
) -> None:
    jobs, service = JobStore(database), Endless()
    await jobs.add(key="form:1", name=name, arguments={"user": "UADA"}, now=NOW)
    services = {name: service.carry_out}
    runner = JobRunner(database, jobs, services, SandboxClock(NOW), told=lambda: None, grace=0)

    working = asyncio.create_task(runner.worker.run())
    await service.begun.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)

    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == attempts
