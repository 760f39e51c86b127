"""Jobs that a stop cuts off: what may have changed something is not begun again as if untouched."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.asking.runner import JobRunner
from bot.asking.services import SendFileAgain
from bot.asking.waiting import WaitingWords
from bot.jobs.engine import TableEngine
from bot.jobs.outcome import NewJob, Outcome
from bot.jobs.request import Intent, Job, Request
from bot.jobs.store import JobStore
from bot.jobs.tasks import Task, Tasks
from bot.store.database import Database
from bot.training.core.command import Assign
from bot.webinars.intents import CreateEvent, Register, SignOn
from sandbox.clock import SandboxClock

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Endless:
    """A service that begins and never ends."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def carry_out(self, job: Job[Intent]) -> Outcome:
        self.begun.set()
        await asyncio.Event().wait()
        raise AssertionError(job.name)


async def everybody(job: Job[Intent]) -> Job[Intent]:
    return job


def runner_of(
    ours: Database,
    jobs: JobStore,
    work: Callable[[Job[Intent]], Awaitable[Outcome]],
    intent: type[Intent],
    clock: SandboxClock,
) -> JobRunner:
    return JobRunner(
        ours,
        jobs,
        Tasks([Task(intent, work)]),
        clock,
        admitted=everybody,
        wake=lambda: None,
        waiting=WaitingWords(ours, clock, {}, queue="main", wake=lambda: None),
    )


GUEST = {"email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"}


@pytest.mark.parametrize(
    ("wanted", "attempts"),
    [
        (SendFileAgain("answer:1"), 1),
        (Assign("flow_1", "Onboarding", "ada@example.com"), 2),
        (CreateEvent("draft:1"), 2),
        (Register("token", "Office hours", **GUEST), 2),
        (SignOn(7, **GUEST), 2),
    ],
    ids=lambda each: each.job if isinstance(each, Intent) else "",
)
async def test_a_stop_gives_a_question_back_and_remembers_that_a_change_was_begun(
    ours: Database, wanted: Intent, attempts: int
) -> None:
    jobs, service = JobStore(ours), Endless()
    await jobs.add(key="form:1", wanted=Request("UADA", "ada", "C1", wanted), now=NOW)
    clock = SandboxClock(NOW)
    runner = runner_of(ours, jobs, service.carry_out, type(wanted), clock)

    working = asyncio.create_task(TableEngine(jobs, runner, clock, grace=0).run())
    await service.begun.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)

    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == attempts


class Freeze:
    """A service that works until it is let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.thawed = asyncio.Event()

    async def carry_out(self, job: Job[Intent]) -> Outcome:
        self.begun.set()
        await self.thawed.wait()
        following = NewJob("follows", SendFileAgain("answer:2"))
        return Outcome(jobs=(following,), error=f"frozen: {job.name}")


@pytest.mark.parametrize(
    "wanted", [Assign("flow_1", "Onboarding", "a@example.com"), SendFileAgain("answer:1")]
)
async def test_what_a_frozen_process_brings_forth_is_not_written_once_somebody_else_has_the_job(
    ours: Database, wanted: Intent
) -> None:
    jobs, service, clock = JobStore(ours), Freeze(), SandboxClock(NOW)
    await jobs.add(key="form:1", wanted=wanted, now=NOW)
    runner = runner_of(ours, jobs, service.carry_out, type(wanted), clock)
    [row] = await jobs.claim(now=NOW, limit=1)
    working = asyncio.create_task(runner.carry_out(row))
    await service.begun.wait()

    await jobs.reclaim(once=runner.once)
    [again] = await JobStore(ours).claim(now=NOW, limit=1)
    service.thawed.set()
    await working
    assert [each.id for each in await jobs.running()] == [again.id]
    assert await jobs.by_key("follows") is None
    assert await jobs.errors() == []

    await runner.carry_out(again)
    assert await jobs.running() == []
    assert await jobs.by_key("follows") is not None
