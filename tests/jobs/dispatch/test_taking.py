"""Whose a job is that was handed on: the row says it, whatever entries come, twice or late."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.jobs.dispatch.dispatcher import Dispatcher
from bot.jobs.dispatch.entries import JobEntry
from bot.jobs.dispatch.taking import JobTaker
from bot.jobs.store import JobRow, finish_job, retry_job
from bot.store.leases import Leases
from tests.jobs.engines import NOW, WORKSPACE, Desk, dispatched_desk, opened

TOGETHER = JobEntry(WORKSPACE, together="question")


@pytest.fixture
async def desk(postgres_url: str) -> AsyncIterator[Desk]:
    async with opened(postgres_url) as database, dispatched_desk(database, postgres_url) as desk:
        yield desk


@pytest.fixture
async def dispatcher(desk: Desk, postgres_url: str) -> AsyncIterator[Dispatcher]:
    dispatcher = Dispatcher(postgres_url, desk.clock)
    yield dispatcher
    await dispatcher.close()


@pytest.fixture
def dead(desk: Desk) -> JobTaker:
    return JobTaker(desk.database, "dead", desk.clock)


@pytest.fixture
def other(desk: Desk) -> JobTaker:
    return JobTaker(desk.database, "other", desk.clock)


async def entry_of(desk: Desk, key: str) -> JobEntry:
    [row] = await desk.database.fetch_all("SELECT * FROM jobs WHERE key = :key", {"key": key})
    return JobEntry(WORKSPACE, row["id"], row["handed_at"])


async def taken(taker: JobTaker, entry: JobEntry, *, most: int = 5) -> list[JobRow]:
    rows = await taker.take(entry, most=most, once=())
    assert rows is not None
    return rows


async def finish(desk: Desk, row: JobRow) -> None:
    await desk.database.of(WORKSPACE).transaction(lambda tx: finish_job(tx, row, now=NOW))


async def test_an_entry_that_comes_twice_finds_nothing_to_do(
    desk: Desk, dispatcher: Dispatcher, other: JobTaker
) -> None:
    await desk.ask("asked")
    await dispatcher.hand_on()
    entry = await entry_of(desk, "asked")
    [row] = await taken(other, entry)
    assert await taken(other, entry) == []
    await finish(desk, row)
    assert await taken(other, entry) == []


async def test_an_entry_of_before_is_not_about_a_job_that_was_handed_on_again(
    desk: Desk, dispatcher: Dispatcher, dead: JobTaker, other: JobTaker
) -> None:
    await desk.ask("asked")
    await dispatcher.hand_on()
    before = await entry_of(desk, "asked")
    [row] = await taken(dead, before)
    await desk.database.of(WORKSPACE).transaction(lambda tx: retry_job(tx, row, at=NOW))
    assert await dispatcher.hand_on() == 1

    assert await taken(other, before) == []
    [again] = await taken(other, await entry_of(desk, "asked"))
    assert again.attempts == 2


async def test_what_a_living_worker_has_in_hand_nobody_takes_away(
    desk: Desk, dispatcher: Dispatcher, other: JobTaker
) -> None:
    await desk.ask("asked")
    await dispatcher.hand_on()
    entry = await entry_of(desk, "asked")
    async with Leases(desk.database) as leases:
        await leases.join()
        await taken(JobTaker(desk.database, leases.owner, desk.clock), entry)
        assert await other.take(entry, most=1, once=()) is None
    assert [row.crashes for row in await taken(other, entry)] == [1]


async def test_of_what_a_dead_worker_had_one_suspect_at_a_time_is_carried_out(
    desk: Desk, dispatcher: Dispatcher, dead: JobTaker, other: JobTaker
) -> None:
    await desk.ask("first", "second", "third")
    await dispatcher.hand_on()
    entries = [await entry_of(desk, key) for key in ("first", "second", "third")]
    for entry in entries[:2]:
        await taken(dead, entry)

    [suspect] = await taken(other, entries[0])
    assert (suspect.crashes, suspect.attempts) == (0, 1)  # who of the two it was, nobody knows
    assert await other.take(entries[1], most=5, once=()) is None
    assert [row.key for row in await taken(other, entries[2])] == ["third"]
    await finish(desk, suspect)
    assert [row.key for row in await taken(other, entries[1])] == ["second"]


async def test_a_change_that_a_dead_worker_began_counts_as_begun(
    desk: Desk, dispatcher: Dispatcher, dead: JobTaker, other: JobTaker
) -> None:
    await desk.ask("asked")
    await dispatcher.hand_on()
    entry = await entry_of(desk, "asked")
    [row] = await taken(dead, entry)
    rows = await other.take(entry, most=1, once=(row.name,))
    assert [row.attempts for row in rows or ()] == [2]


async def test_what_a_dead_worker_left_of_a_group_comes_after_what_it_had_not_begun(
    desk: Desk, dispatcher: Dispatcher, dead: JobTaker, other: JobTaker
) -> None:
    await desk.plan(*(f"digest:{number}" for number in range(5)), together=TOGETHER.together)
    await dispatcher.hand_on()
    begun = await taken(dead, TOGETHER, most=2)
    rest = await taken(other, TOGETHER)
    assert {row.key for row in (*begun, *rest)} == {f"digest:{number}" for number in range(5)}

    for _ in begun:
        [suspect] = await taken(other, TOGETHER)
        assert await taken(other, replace(TOGETHER, together="another question")) == []
        await finish(desk, suspect)
    for row in rest:
        await finish(desk, row)
    assert await taken(other, TOGETHER) == []
