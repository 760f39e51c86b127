"""What is accepted is carried out, whichever engine does it: the same for both databases."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.asking.services import SendFileAgain
from bot.jobs.engine import MOST_THAT_WAIT, WIDTH
from bot.jobs.outcome import NewJob, Outcome
from bot.jobs.request import Intent, Job
from tests.jobs.engines import LONGEST, Desk, dispatched_desk, opened, table_desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgres"])
async def desk(request: pytest.FixtureRequest, path: "Path") -> AsyncIterator[Desk]:
    """Yield a desk on each database."""
    if request.param == "sqlite":
        url = f"sqlite:///{path}"
        async with opened(url) as database, table_desk(database) as desk:
            yield desk
        return
    url = request.getfixturevalue("postgres_url")
    async with opened(url) as database, dispatched_desk(database, url) as desk:
        yield desk


class Counter:
    """A service that ends at once and notes what it did."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def work(self, job: Job[Intent]) -> Outcome:
        self.done.append(job.key)
        return Outcome()


class Gate:
    """A service that holds whatever begins with a word until it is opened."""

    def __init__(self, held: str) -> None:
        self.held = held
        self.begun: list[str] = []
        self.opened = asyncio.Event()
        self._news = asyncio.Condition()

    async def work(self, job: Job[Intent]) -> Outcome:
        async with self._news:
            self.begun.append(job.key)
            self._news.notify_all()
        if job.key.startswith(self.held):
            await self.opened.wait()
        return Outcome()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(LONGEST), self._news:
            await self._news.wait_for(lambda: len(self.begun) >= count)


async def test_what_is_accepted_is_carried_out_once(desk: Desk) -> None:
    counter = Counter()
    await desk.ask("before:1", "before:2")
    async with desk.working(counter.work):
        await desk.ask(*(f"during:{number}" for number in range(30)))
        await desk.plan(*(f"planned:{number}" for number in range(30)))
        await desk.ask("during:1")
        await desk.idle()
    assert len(counter.done) == len(set(counter.done)) == 62
    assert await desk.jobs().errors() == []


async def test_what_can_wait_never_takes_all_places(desk: Desk) -> None:
    gate = Gate("planned")
    async with desk.working(gate.work):
        await desk.plan(*(f"planned:{number}" for number in range(20)))
        await gate.until(MOST_THAT_WAIT)
        await desk.ask(*(f"asked:{number}" for number in range(10)))
        await gate.until(MOST_THAT_WAIT + 10)
        assert sum(key.startswith("planned") for key in gate.begun) == MOST_THAT_WAIT
        gate.opened.set()
        await desk.idle()


async def test_so_many_are_carried_out_at_once_and_no_more(desk: Desk) -> None:
    gate = Gate("asked")
    async with desk.working(gate.work):
        await desk.ask(*(f"asked:{number}" for number in range(2 * WIDTH)))
        await gate.until(WIDTH)
        await desk.plan("planned")
        await asyncio.sleep(0)
        assert len([key for key in gate.begun if key.startswith("asked")]) == WIDTH
        gate.opened.set()
        await desk.idle()
    assert len(gate.begun) == 2 * WIDTH + 1


async def test_a_job_to_be_tried_later_comes_again_when_it_is_due(desk: Desk) -> None:
    tries: list[int] = []
    put_off = asyncio.Event()

    async def work(job: Job[Intent]) -> Outcome:
        tries.append(job.attempts)
        if len(tries) > 1:
            return Outcome()
        put_off.set()
        return Outcome(again_at=desk.clock.now() + timedelta(minutes=5))

    async with desk.working(work) as engine:
        await desk.ask("asked")
        async with asyncio.timeout(LONGEST):
            await put_off.wait()
            while await desk.jobs().running():  # noqa: ASYNC110  # as a row says
                await asyncio.sleep(0.01)
        engine.wake()
        assert tries == [1]
        desk.clock.advance(seconds=300)
        engine.wake()
        await desk.idle()
    assert tries == [1, 2]


async def test_what_follows_from_a_job_is_carried_out(desk: Desk) -> None:
    done: list[str] = []

    async def work(job: Job[Intent]) -> Outcome:
        done.append(job.key)
        follows = NewJob("second", SendFileAgain("second"))
        return Outcome(jobs=(follows,) if job.key == "first" else ())

    async with desk.working(work):
        await desk.ask("first")
        await desk.idle()
    assert done == ["first", "second"]


async def test_a_stop_puts_back_what_is_under_way_for_whoever_works_next(desk: Desk) -> None:
    gate, counter = Gate("asked"), Counter()
    async with desk.working(gate.work):
        await desk.ask("asked:1", "asked:2")
        await gate.until(2)
    assert await desk.jobs().running() == []

    async with desk.working(counter.work):
        await desk.idle()
    assert sorted(counter.done) == ["asked:1", "asked:2"]
