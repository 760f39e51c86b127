"""A vendor that says "come back later" to one process is left alone by all of the workspace."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.credentials import SecretHeader
from bot.http.holds.holds import Holds
from bot.http.holds.store import HoldStore
from bot.http.vendor_http import VendorHttp
from bot.store.database import Database
from bot.store.sqlite import SqliteDatabase
from sandbox.clock import SandboxClock
from tests.http.contract import START, connected
from tests.http.scripted import Scripted, says

BUSY = says(429, {"error": "slow down"}, headers={"Retry-After": "300"})
OURS, THEIRS = "T0001", "T0002"


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(START)


@pytest.fixture
async def vendor() -> AsyncIterator[Scripted]:
    async with Scripted(says(200, {"ok": True})) as vendor:
        yield vendor


def process(
    vendor: Scripted, clock: SandboxClock, database: Database
) -> AbstractAsyncContextManager[VendorHttp]:
    """Return the connections of one process of a workspace, whose view of the database is given."""
    holds = Holds(clock)
    holds.keep(HoldStore(database))
    secret = SecretHeader("Authorization", SecretStr("token-for-tests"))
    return connected(vendor, secret, clock=clock, holds=holds)


async def asked(http: VendorHttp) -> None:
    await http.call("GET", "/", safe=True)


async def refused(http: VendorHttp) -> None:
    with pytest.raises(VendorError) as raised:
        await asked(http)
    assert raised.value.reason is Reason.RATE_LIMITED


async def test_another_process_does_not_ask_before_the_time_and_does_after_it(
    vendor: Scripted, clock: SandboxClock, database: SqliteDatabase
) -> None:
    ours = database.of(OURS)
    async with process(vendor, clock, ours) as one, process(vendor, clock, ours) as other:
        vendor.then(BUSY)
        await refused(one)
        await refused(other)
        assert len(vendor.received) == 1

        clock.advance(seconds=301)
        await asked(other)
        assert len(vendor.received) == 2


async def test_a_process_that_asked_before_hears_of_it_within_a_second(
    vendor: Scripted, clock: SandboxClock, database: SqliteDatabase
) -> None:
    ours = database.of(OURS)
    async with process(vendor, clock, ours) as one, process(vendor, clock, ours) as other:
        await asked(other)
        vendor.then(BUSY)
        await refused(one)
        clock.advance(seconds=1)
        await refused(other)


async def test_another_workspace_asks_with_its_own_credential(
    vendor: Scripted, clock: SandboxClock, database: SqliteDatabase
) -> None:
    async with (
        process(vendor, clock, database.of(OURS)) as one,
        process(vendor, clock, database.of(THEIRS)) as other,
    ):
        vendor.then(BUSY)
        await refused(one)
        await asked(other)


async def test_a_shorter_hold_does_not_end_a_longer_one(
    clock: SandboxClock, database: SqliteDatabase
) -> None:
    kept = HoldStore(database.of(OURS))
    await kept.put("momoflow", START + timedelta(seconds=300))
    await kept.put("momoflow", START + timedelta(seconds=5))
    holds = Holds(clock)
    holds.keep(kept)
    assert await holds.left("momoflow") == 300


async def test_a_clock_that_was_months_ahead_does_not_silence_a_vendor_for_months(
    clock: SandboxClock, database: SqliteDatabase
) -> None:
    kept = HoldStore(database.of(OURS))
    await kept.put("momoflow", START + timedelta(days=90))
    holds = Holds(clock)
    holds.keep(kept)
    assert await holds.left("momoflow") == timedelta(days=1).total_seconds()
