"""Jobs: accepted once by key, taken once, never lost."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.asking.services import SendFileAgain
from bot.digests.intents import SendDigest
from bot.jobs.store import JobStore, finish_job, retry_job
from bot.store.database import Database

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def add(jobs: JobStore, key: str, *, now: datetime = NOW) -> bool:
    return await jobs.add(key=key, wanted=SendFileAgain("file:1"), now=now)


async def test_a_key_is_accepted_once(ours: Database) -> None:
    jobs = JobStore(ours)
    fresh = await asyncio.gather(*(add(jobs, "command:1") for _ in range(20)))

    assert sorted(fresh) == [False] * 19 + [True]
    assert len(await jobs.claim(now=NOW, limit=50)) == 1


async def test_a_key_that_is_done_is_not_accepted_again_until_it_is_forgotten(
    ours: Database,
) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    [job] = await jobs.claim(now=NOW, limit=1)
    await ours.transaction(lambda tx: finish_job(tx, job, now=NOW))
    assert not await add(jobs, "command:1")

    assert await jobs.forget(before=NOW + MINUTE) == 1
    assert await add(jobs, "command:1")


async def test_a_job_that_is_not_done_is_never_forgotten(ours: Database) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    await add(jobs, "command:2")
    await jobs.claim(now=NOW, limit=1)

    assert await jobs.forget(before=NOW + 1000 * MINUTE) == 0


async def test_two_who_take_jobs_at_once_never_take_the_same(ours: Database) -> None:
    jobs = JobStore(ours)
    for number in range(20):
        await add(jobs, f"command:{number}")

    taken = await asyncio.gather(*(jobs.claim(now=NOW, limit=7) for _ in range(4)))
    keys = [job.key for batch in taken for job in batch]
    assert len(keys) == len(set(keys)) == 20


async def test_jobs_are_taken_in_the_order_they_came(ours: Database) -> None:
    jobs = JobStore(ours)
    for number in range(5):
        await add(jobs, f"command:{number}")

    taken = await jobs.claim(now=NOW, limit=3)
    assert [job.key for job in taken] == ["command:0", "command:1", "command:2"]


async def test_a_job_put_off_is_not_taken_before_its_time(ours: Database) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    [job] = await jobs.claim(now=NOW, limit=1)
    await ours.transaction(lambda tx: retry_job(tx, job, at=NOW + 5 * MINUTE))

    assert await jobs.claim(now=NOW + 4 * MINUTE, limit=1) == []
    [again] = await jobs.claim(now=NOW + 5 * MINUTE, limit=1)
    assert again.attempts == 2


async def test_a_job_given_back_at_a_stop_was_not_begun(ours: Database) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    [job] = await jobs.claim(now=NOW, limit=1)
    await jobs.release(job)

    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == 1


async def test_a_job_given_back_in_the_middle_of_a_change_counts_as_begun(
    ours: Database,
) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    [job] = await jobs.claim(now=NOW, limit=1)
    await jobs.release(job, begun=True)

    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == 2


async def test_what_a_dead_process_left_is_taken_again(ours: Database) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    await jobs.claim(now=NOW, limit=1)
    assert await jobs.claim(now=NOW, limit=1) == []

    assert await jobs.reclaim(once=()) == 1
    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == 1
    assert again.arguments == {"key": "file:1"}


async def test_a_change_that_a_dead_process_began_counts_as_begun(
    ours: Database,
) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    [job] = await jobs.claim(now=NOW, limit=1)

    await jobs.reclaim(once=(job.name,))
    [again] = await jobs.claim(now=NOW, limit=1)
    assert again.attempts == 2


async def test_who_ran_alone_when_the_process_died_is_to_blame(ours: Database) -> None:
    jobs = JobStore(ours)
    await add(jobs, "command:1")
    for deaths in range(3):
        [job] = await jobs.claim(now=NOW, limit=1)
        assert job.crashes == deaths
        await jobs.reclaim(once=())


async def test_of_several_nobody_is_to_blame_but_they_go_on_one_at_a_time(
    ours: Database,
) -> None:
    jobs = JobStore(ours)
    for number in range(4):
        await add(jobs, f"command:{number}")
    assert len(await jobs.claim(now=NOW, limit=8)) == 4
    await jobs.reclaim(once=())

    await add(jobs, "command:new")
    first = await jobs.claim(now=NOW, limit=8)
    assert [(job.key, job.crashes) for job in first] == [("command:0", 0), ("command:new", 0)]
    assert await jobs.claim(now=NOW, limit=8) == []

    await ours.transaction(lambda tx: finish_job(tx, first[0], now=NOW))
    [second] = await jobs.claim(now=NOW, limit=8)
    assert second.key == "command:1"


async def test_the_suspect_that_ran_is_blamed_and_waits_until_the_others_had_their_turn(
    ours: Database,
) -> None:
    jobs = JobStore(ours)
    for number in range(2):
        await add(jobs, f"command:{number}")
    await jobs.claim(now=NOW, limit=8)
    await jobs.reclaim(once=())
    await add(jobs, "command:new")
    await jobs.claim(now=NOW, limit=8)
    await jobs.reclaim(once=())

    seen = []
    for _ in range(3):
        [job] = await jobs.claim(now=NOW, limit=8)
        seen.append((job.key, job.crashes))
        await ours.execute(
            """UPDATE jobs SET state = 'done', suspect = 0
            WHERE workspace = :workspace AND key = :key""",
            {"key": job.key},
        )
    assert seen == [("command:1", 0), ("command:new", 0), ("command:0", 1)]


async def test_each_queue_has_its_own_jobs(ours: Database) -> None:
    main, asked = JobStore(ours), JobStore(ours, queue="ask-1")
    await add(asked, "command:1")

    assert await main.claim(now=NOW, limit=1) == []
    assert await main.reclaim(once=()) == 0
    assert len(await asked.claim(now=NOW, limit=1)) == 1


async def test_digests_that_are_due_let_people_go_first(ours: Database) -> None:
    jobs = JobStore(ours)
    for number in range(20):
        wanted = SendDigest(number, planned=NOW - MINUTE)
        await jobs.add(key=f"digest:{number}", wanted=wanted, now=NOW - MINUTE)
    await jobs.add(key="by hand", wanted=SendDigest(1), now=NOW)
    await add(jobs, "command:1")

    taken = await jobs.claim(now=NOW, limit=8, most_that_wait=3)
    assert [job.key for job in taken if not job.can_wait] == ["by hand", "command:1"]
    assert [job.key for job in taken if job.can_wait] == ["digest:0", "digest:1", "digest:2"]


async def test_digests_are_made_while_nobody_asks(ours: Database) -> None:
    jobs = JobStore(ours)
    for number in range(4):
        await jobs.add(key=f"digest:{number}", wanted=SendDigest(number, planned=NOW), now=NOW)

    assert len(await jobs.claim(now=NOW, limit=8, most_that_wait=3)) == 3
    assert await jobs.claim(now=NOW, limit=8, most_that_wait=0) == []
    assert len(await jobs.claim(now=NOW, limit=8)) == 1
