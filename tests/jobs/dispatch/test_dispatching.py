"""Handing on and taking between processes that know nothing of each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.asking.services import SendFileAgain
from bot.http.coalescing import Coalescer
from bot.jobs.dispatch.dispatcher import Dispatcher
from bot.jobs.dispatch.entries import JobEntry
from bot.jobs.dispatch.schema import install, prune
from bot.jobs.dispatch.taking import JobTaker
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.store import JobStore
from bot.store.database import Database
from bot.store.opening import DatabaseNotOpenedError
from tests.jobs.engines import NOW, OTHER, WORKSPACE, Desk, Work, dispatched_desk, opened
from tests.postgres import PASSWORD

GROUPS, EACH = 4, 25


@pytest.fixture
async def desk(postgres_url: str) -> AsyncIterator[Desk]:
    async with opened(postgres_url) as database, dispatched_desk(database, postgres_url) as desk:
        yield desk


async def entries(database: Database) -> int:
    [row] = await database.fetch_all("SELECT COUNT(*) AS count FROM pgqueuer")
    return int(row["count"])


class Vendor:
    """Counts what it is asked, by all processes together."""

    def __init__(self, desk: Desk) -> None:
        self.asked: list[str] = []
        self.told: list[str] = []
        self._desk = desk

    def process(self) -> Work:
        """Return the service of one process: what it knows stays in its own memory."""
        shared = Coalescer[str](self._desk.clock)

        async def work(job: Job[Intent]) -> Outcome:
            question = job.key.partition(":")[0]
            await shared.ask(question, lambda: self._answer(question))
            self._desk.clock.advance(seconds=10)  # longer than an answer is kept as a rule
            self.told.append(job.key)
            return Outcome()

        return work

    async def _answer(self, question: str) -> str:
        self.asked.append(question)
        return question


async def test_a_vendor_is_asked_once_for_all_that_ask_the_same_however_many_workers_there_are(
    desk: Desk,
) -> None:
    vendor = Vendor(desk)
    for group in range(GROUPS):
        keys = (f"question-{group}:{number}" for number in range(EACH))
        await desk.plan(*keys, together=f"question-{group}")
    async with AsyncExitStack() as stack:
        for _ in range(3):
            await stack.enter_async_context(desk.working(vendor.process()))
        await desk.idle()
    assert len(vendor.told) == len(set(vendor.told)) == GROUPS * EACH
    assert sorted(vendor.asked) == [f"question-{group}" for group in range(GROUPS)]


async def test_two_who_accept_the_same_command_accept_one_job(
    desk: Desk, postgres_url: str
) -> None:
    done: list[str] = []

    async def work(job: Job[Intent]) -> Outcome:
        done.append(job.key)
        return Outcome()

    async def accepted(database: Database) -> bool:
        jobs = JobStore(database.of(WORKSPACE))
        return await jobs.add(key="command:1", wanted=SendFileAgain("1"), now=NOW)

    async with opened(postgres_url) as other, desk.working(work):
        fresh = await asyncio.gather(accepted(desk.database), accepted(other))
        await asyncio.gather(*(Dispatcher(postgres_url, desk.clock).hand_on() for _ in range(2)))
        await desk.idle()
    assert sorted(fresh) == [False, True]
    assert done == ["command:1"]


async def test_two_who_hand_on_at_once_hand_each_job_on_once(desk: Desk, postgres_url: str) -> None:
    await desk.ask(*(f"command:{number}" for number in range(50)))
    one, other = (Dispatcher(postgres_url, desk.clock) for _ in range(2))
    counts = await asyncio.gather(one.hand_on(), other.hand_on())
    assert sum(counts) == await entries(desk.database) == 50
    assert await one.hand_on() == 0
    await asyncio.gather(one.close(), other.close())


async def test_the_jobs_of_every_workspace_are_carried_out_by_whoever_works(desk: Desk) -> None:
    done: list[str] = []

    async def work(job: Job[Intent]) -> Outcome:
        done.append(job.key)
        return Outcome()

    async with desk.working(work):
        await desk.ask("command:1")
        await desk.ask("command:1", workspace=OTHER)
        await desk.idle()
        await desk.idle(OTHER)
    assert done == ["command:1", "command:1"]


async def test_what_lost_its_entry_is_found_and_handed_on_again(
    desk: Desk, postgres_url: str
) -> None:
    done: list[str] = []

    async def work(job: Job[Intent]) -> Outcome:
        done.append(job.key)
        return Outcome()

    await desk.ask("queued", "running")
    await desk.plan("together", together="question")
    dispatcher = Dispatcher(postgres_url, desk.clock)
    await dispatcher.hand_on()
    await dispatcher.close()
    await desk.database.execute("DELETE FROM pgqueuer WHERE id > 0")
    await desk.database.execute(
        "UPDATE jobs SET state = 'running', holder = 'dead', attempts = 1 WHERE key = 'running'"
    )
    await desk.database.execute("UPDATE jobs SET handed_at = moment_in(-60) WHERE id > 0")
    async with desk.working(work) as engine:
        assert await engine.mend() == 3
        await desk.idle()
    assert sorted(done) == ["queued", "running", "together"]


async def test_what_is_running_by_the_table_but_in_nobodys_hands_is_put_back(
    desk: Desk, postgres_url: str
) -> None:
    await desk.ask("held", "lost")
    dispatcher = Dispatcher(postgres_url, desk.clock)
    await dispatcher.hand_on()
    taking = JobTaker(desk.database, "me", desk.clock)
    rows = await desk.database.fetch_all("SELECT * FROM jobs ORDER BY id")
    for row in rows:
        await taking.take(JobEntry(WORKSPACE, row["id"], row["handed_at"]), most=1, once=())

    assert await taking.put_back_but([rows[0]["id"]], once=()) == 1
    assert [each.key for each in await desk.jobs().running()] == ["held"]
    assert await dispatcher.hand_on() == 1
    await dispatcher.close()


async def test_the_tables_of_the_dispatch_are_made_once_and_kept_small(
    desk: Desk, postgres_url: str
) -> None:
    await asyncio.gather(*(install(postgres_url) for _ in range(3)))
    await desk.database.execute(
        """INSERT INTO pgqueuer_log (created, job_id, status, priority, entrypoint)
        VALUES (now() - interval '2 days', 1, 'successful', 0, 'asked'),
          (now(), 2, 'successful', 0, 'asked')"""
    )
    await prune(desk.database)
    rows = await desk.database.fetch_all("SELECT job_id FROM pgqueuer_log")
    assert [row["job_id"] for row in rows] == [2]


async def test_who_may_not_make_those_tables_is_told_so_in_words(
    postgres_url: str,
) -> None:
    guests = postgres_url.replace("//flowbot:", "//guest:")
    with pytest.raises(DatabaseNotOpenedError) as raised:
        await install(guests)
    assert "Can't open the database" in str(raised.value)
    assert PASSWORD not in str(raised.value)
