import asyncio
from datetime import timedelta

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.statuses import SUCCESS
from tests.http.contract import TLS
from tests.sandbox.vendors.smartflows.stage import ROOT, RUNS, START, launch


async def test_a_long_poll_ends_when_the_run_does() -> None:
    clock = SandboxClock(START, running=True)
    async with SmartFlowsVendor(clock, odd=True) as vendor:
        vendor.set_switch("poll_wakes", "status")
        run = launch(vendor, working=20)
        headers = {"X-API-Key": vendor.api_key}
        async with httpx.AsyncClient(headers=headers, trust_env=False, verify=TLS) as http:
            poll = asyncio.create_task(
                http.get(f"{vendor.url}{RUNS}/{run.id}/progress?timeout=30", timeout=60)
            )
            await http.get(f"{vendor.url}{ROOT}/users/me")
            assert not poll.done()
            clock.advance(seconds=20)
            assert (await poll).json()["status"] == SUCCESS


async def test_a_long_poll_ends_when_somebody_cancels() -> None:
    clock = SandboxClock(START, running=True)
    async with SmartFlowsVendor(clock, odd=True) as vendor:
        vendor.set_switch("poll_wakes", "status")
        vendor.set_switch("cancel_seconds", 0)
        run = launch(vendor)
        headers = {"X-API-Key": vendor.api_key}
        async with httpx.AsyncClient(headers=headers, trust_env=False, verify=TLS) as http:
            path = f"{vendor.url}{RUNS}/{run.id}/progress"
            poll = asyncio.create_task(http.get(f"{path}?timeout=30", timeout=60))
            await http.get(f"{vendor.url}{ROOT}/users/me")
            await http.delete(path)
            assert (await poll).json()["status"] == "Canceled"


async def test_a_long_poll_is_let_go_when_the_vendor_stops() -> None:
    clock = SandboxClock(START, running=True)
    async with httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        async with SmartFlowsVendor(clock, odd=True) as vendor:
            vendor.set_switch("poll_wakes", "nothing")
            headers = {"X-API-Key": vendor.api_key}
            path = f"{vendor.url}{RUNS}/{launch(vendor).id}/progress"
            poll = asyncio.create_task(http.get(path, headers=headers, timeout=60))
            await http.get(f"{vendor.url}{ROOT}/users/me", headers=headers)
        assert (await poll).status_code == 200


@pytest.mark.parametrize(
    ("query", "seconds"), [("", 30), ("?timeout=7", 7), ("?timeout=0", 0), ("?timeout=-1", 0)]
)
async def test_a_long_poll_lasts_as_long_as_asked(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, query: str, seconds: int
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    vendor.set_switch("poll_wakes", "nothing")
    await http.get(f"{RUNS}/{launch(vendor).id}/progress{query}")
    assert vendor.clock.now() == START + timedelta(seconds=seconds)


async def test_a_long_poll_ends_with_the_next_percent(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("poll_standing", "jumps")
    answer = await http.get(f"{RUNS}/{launch(vendor).id}/progress")
    assert answer.json()["percentage"] == 1
    assert vendor.clock.now() - START < timedelta(seconds=1.1)


async def test_on_a_standing_clock_a_long_poll_answers_at_once(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient
) -> None:
    assert (await http.get(f"{RUNS}/{launch(vendor).id}/progress")).json()["percentage"] == 0
    assert vendor.clock.now() == START
