"""Leases: one holder a role, by the database's clock, and how a role passes on."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import metrics
from bot.store import leases as leases_module
from bot.store.leases import LEASE_SECONDS, TRUSTED_SECONDS, LateBeatError, Leases
from bot.store.sqlite import SqliteDatabase

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
GUARD = 10
"""Seconds. Only ends a test that hangs."""
ROLE = "speak:T1"
TAKER = """
import asyncio, sys
from bot.store.leases import Leases
from bot.store.sqlite import SqliteDatabase

async def take(path, role):
    database = await SqliteDatabase.open(path)
    print(await Leases(database).take(role), flush=True)
    await asyncio.Event().wait()

asyncio.run(take(*sys.argv[1:]))
"""


class Wall:
    """The database's clock, and the steady one of each process: both stand still."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.passed)

    def steady(self) -> float:
        return self.passed


@pytest.fixture
def wall() -> Wall:
    return Wall()


class Company:
    """Some processes on one database; `cut_off` is one whose steady clock still runs with ours."""

    def __init__(self, path: Path, wall: Wall, stack: AsyncExitStack) -> None:
        self._path, self._wall, self._stack = path, wall, stack

    async def process(self) -> Leases:
        database = await SqliteDatabase.open(str(self._path), wall=self._wall.now)
        self._stack.push_async_callback(database.close)
        return await self._stack.enter_async_context(Leases(database, steady=self._wall.steady))


@pytest.fixture
async def company(path: Path, wall: Wall) -> AsyncIterator[Company]:
    async with AsyncExitStack() as stack:
        yield Company(path, wall, stack)


async def test_a_role_is_taken_once_of_twenty(company: Company) -> None:
    all_of_them = [await company.process() for _ in range(20)]

    assert sorted(await asyncio.gather(*(each.take(ROLE) for each in all_of_them))) == [
        *[False] * 19,
        True,
    ]


async def test_a_role_passes_on_after_the_end_and_not_before(company: Company, wall: Wall) -> None:
    one, other = await company.process(), await company.process()
    assert await one.take(ROLE)

    wall.passed = LEASE_SECONDS - 0.001
    assert not await other.take(ROLE)
    wall.passed = LEASE_SECONDS
    assert await other.take(ROLE)
    assert not await one.take(ROLE)


async def test_what_is_renewed_is_kept(company: Company, wall: Wall) -> None:
    one, other = await company.process(), await company.process()
    assert await one.take(ROLE)
    assert await one.take("speak:T2")

    for _ in range(5):
        wall.passed += LEASE_SECONDS - 1
        assert await one.renew() == {ROLE, "speak:T2"}
        assert not await other.take(ROLE)
    assert await one.take(ROLE), "who has it may take it again"


async def test_who_could_not_renew_stops_before_the_end(company: Company, wall: Wall) -> None:
    one = await company.process()
    assert await one.take(ROLE)

    wall.passed = TRUSTED_SECONDS - 0.001
    assert one.held == {ROLE}
    assert one.holds(ROLE)
    wall.passed = TRUSTED_SECONDS
    assert one.held == frozenset()
    assert not one.holds(ROLE)
    assert TRUSTED_SECONDS < LEASE_SECONDS
    assert await one.renew() == one.held == {ROLE}


async def test_a_lease_that_ran_out_is_taken_again_unless_somebody_has_it(
    company: Company, wall: Wall
) -> None:
    one, other = await company.process(), await company.process()
    for role in (ROLE, "speak:T2"):
        assert await one.take(role)
    wall.passed = 2 * LEASE_SECONDS
    assert await other.take(ROLE)

    lost = asyncio.create_task(one.lost(ROLE))
    assert await one.renew() == {"speak:T2"}
    async with asyncio.timeout(GUARD):
        await lost
    assert other.held == {ROLE}
    assert one.held == {"speak:T2"}


async def test_what_is_given_back_is_free_at_once(company: Company) -> None:
    one, other = await company.process(), await company.process()
    assert await one.take(ROLE)
    lost = asyncio.create_task(one.lost(ROLE))
    await asyncio.sleep(0)

    await other.release(ROLE)  # it is not theirs to give
    assert not await other.take(ROLE)
    await one.release(ROLE)
    assert await other.take(ROLE)
    async with asyncio.timeout(GUARD):
        await lost


async def test_a_process_that_ends_gives_all_back_and_leaves_nothing_behind(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    async with Leases(database) as leases:
        await leases.join()
        assert await leases.take(ROLE)
        assert len(await database.fetch_all("SELECT * FROM leases")) == 1

    assert (
        await database.fetch_all("SELECT owner FROM leases UNION SELECT owner FROM members") == []
    )
    await database.close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


async def test_a_process_ends_in_order_also_when_nobody_can_write(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    await database.transaction(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        async with Leases(database) as leases:
            assert await leases.take(ROLE)
            other.execute("BEGIN IMMEDIATE")
    await database.close()
    assert len(list(path.parent.glob("*alive*"))) == 0


async def test_a_role_of_the_dead_is_taken_at_once_and_their_file_removed(
    company: Company, path: Path
) -> None:
    here = await company.process()
    async with taker(path) as other:
        assert not await here.take(ROLE)

        os.kill(other.pid, signal.SIGSTOP)
        assert not await here.take(ROLE), "who sleeps is not dead"
        os.kill(other.pid, signal.SIGKILL)
        await other.wait()
        assert await here.take(ROLE)
    assert len(list(path.parent.glob("*alive*"))) == 1


async def test_what_a_dead_process_left_is_removed_by_the_next_that_begins(
    company: Company, path: Path
) -> None:
    async with taker(path) as other:
        os.kill(other.pid, signal.SIGKILL)
        await other.wait()
    [left] = path.parent.glob("*alive*")

    assert await (await company.process()).take("another role")
    assert not left.exists()


async def test_turns_come_one_after_the_other_in_one_process_and_in_two(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases_module, "LOOK_AGAIN", 0.001)
    one, other = await company.process(), await company.process()
    within = list[int]()

    async def have(leases: Leases) -> None:
        async with leases.turn("session") as ours:
            assert ours
            within.append(1)
            await asyncio.sleep(0)
            assert len(within) == 1
            within.pop()

    async with asyncio.timeout(GUARD):
        await asyncio.gather(*(have(each) for each in (one, other) for _ in range(10)))


async def test_a_turn_that_does_not_come_is_given_up(company: Company) -> None:
    one, other = await company.process(), await company.process()
    async with one.turn("session") as first:
        assert first
        for each in (one, other):
            async with each.turn("session", looks=1) as second:
                assert not second
        assert not await other.take("session"), "it was not theirs to give back"


async def test_members_share_the_work_out(company: Company, wall: Wall) -> None:
    one, other, third = [await company.process() for _ in range(3)]
    await one.join()
    assert await one.share(7) == 7
    await other.join()
    assert await third.members() == 2
    assert await one.share(7) == 4

    wall.passed = LEASE_SECONDS - 1
    await one.renew()
    wall.passed = LEASE_SECONDS + 1
    assert await one.members() == 1, "the other did not renew"
    assert await one.share(7) == 7


@asynccontextmanager
async def taker(path: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Yield another process that has the role; it is ended at the end."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-c", TAKER, str(path), ROLE, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert started.stdout is not None
        assert await started.stdout.readline() == b"True\n"
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def test_a_member_that_cannot_renew_is_found_out_by_its_beat(
    company: Company, wall: Wall
) -> None:
    worker, web = await company.process(), await company.process()
    await worker.join()
    wall.passed = LEASE_SECONDS
    await worker.check_beat()

    wall.passed = LEASE_SECONDS + 0.001
    with pytest.raises(LateBeatError):
        await worker.check_beat()
    await web.check_beat()  # it speaks for nobody
    await worker.renew()
    await worker.check_beat()


async def test_what_is_held_and_taken_over_is_counted(company: Company, wall: Wall) -> None:
    before = metrics.TAKEOVERS.read()[()]
    one, other = await company.process(), await company.process()
    await one.take(ROLE)
    await one.take("saferme-session")  # of this nobody is spoken for
    assert metrics.LEASES_HELD.value == 1
    await one.release(ROLE)
    assert metrics.LEASES_HELD.value == 0
    await other.take(ROLE)
    assert metrics.TAKEOVERS.read()[()] == before

    wall.passed = LEASE_SECONDS
    await one.take(ROLE)
    assert metrics.TAKEOVERS.read()[()] == before + 1
    assert metrics.LEASES_HELD.value == 1
