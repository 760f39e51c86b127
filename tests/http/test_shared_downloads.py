"""Files that several want at the same time: one download, whole for each, and nothing kept."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.workflows.client import Giosg
from bot.workflows.model import StepQuestion
from sandbox.clock import SandboxClock
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.giosg.events import PLANS
from tests.http.contract import START, TLS

ASKED = StepQuestion(PLANS[0].id, 1, START - timedelta(days=7), START)


@pytest.fixture
async def vendor() -> AsyncIterator[GiosgVendor]:
    async with GiosgVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def giosg(vendor: GiosgVendor) -> AsyncIterator[Giosg]:
    token = SecretStr(vendor.api_token)
    here = vendor.url
    async with Giosg(token, base_url=here, service_url=here, clock=vendor.clock, tls=TLS) as client:
        await client.owner()
        yield client


def fetched(vendor: GiosgVendor) -> int:
    return len([call for call in vendor.calls if call.path.endswith("/download/")])


async def content(giosg: Giosg, asked: StepQuestion = ASKED, form: str = "csv") -> bytes:
    async with giosg.download_step(asked, form) as download:
        found = b"".join([chunk async for chunk in download.chunks])
        assert download.length in (None, len(found))
        return found


@pytest.mark.parametrize("length", ["known", "unknown"])
async def test_a_small_file_that_many_want_is_fetched_once(
    vendor: GiosgVendor, giosg: Giosg, length: str
) -> None:
    vendor.set_switch("unknown_length", length == "unknown")
    alone = await content(giosg)
    before = fetched(vendor)

    found = await asyncio.gather(*(content(giosg) for _ in range(6)))

    assert set(found) == {alone}
    assert fetched(vendor) - before == 1


async def test_it_is_fetched_anew_when_nobody_reads_it_any_more(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    await content(giosg)
    await content(giosg)
    assert fetched(vendor) == 2


async def test_other_questions_and_other_formats_are_files_of_their_own(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    other = replace(ASKED, step=2)
    asked = (content(giosg), content(giosg, other), content(giosg, form="xlsx"))
    assert len(set(await asyncio.gather(*asked))) == 3
    assert fetched(vendor) == 3


@pytest.mark.parametrize("length", ["known", "unknown"])
async def test_a_large_file_is_streamed_by_each(
    vendor: GiosgVendor, giosg: Giosg, length: str
) -> None:
    vendor.set_switch("unknown_length", length == "unknown")
    vendor.set_switch("export_megabytes", 9)

    found = await asyncio.gather(*(content(giosg) for _ in range(3)))

    assert len(set(found)) == 1
    assert len(found[0]) > 9_000_000
    assert fetched(vendor) == 3


async def test_a_failure_is_shared_as_well(vendor: GiosgVendor, giosg: Giosg) -> None:
    vendor.set_switch("forbidden", "permission")
    asked = [content(giosg) for _ in range(4)]
    failed = await asyncio.gather(*asked, return_exceptions=True)
    assert [error.reason for error in failed if isinstance(error, VendorError)] == [Reason.AUTH] * 4
    assert fetched(vendor) == 1


async def test_whoever_gives_up_leaves_the_file_to_the_others(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    first, *others = [asyncio.ensure_future(content(giosg)) for _ in range(3)]
    while not fetched(vendor):  # noqa: ASYNC110  # until the first has asked
        await asyncio.sleep(0)
    first.cancel()

    found = await asyncio.gather(*others)

    assert first.cancelled() or first.done()
    assert found[0] == found[1] == await content(giosg)
