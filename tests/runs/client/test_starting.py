import asyncio
from contextlib import AsyncExitStack

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.runs.client.client import SmartFlows, open_smartflows
from bot.runs.model import QUEUED, RUNNING, SUCCESS
from bot.runs.settings import SmartFlowsSettings
from sandbox.clock import SandboxClock
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import BOT, FLOWS, FlowPlan
from tests.http.contract import START
from tests.runs.client.stage import HOUR, REPORT, TRAVEL, XML, course, launch, reason


async def test_flows_come_by_name_in_pages(flows: SmartFlows) -> None:
    first = await flows.flows(size=20)
    second = await flows.flows(page=1, size=20)
    names = [one.name for one in (*first.rows, *second.rows)]
    assert names == sorted((one.name for one in FLOWS), key=str.casefold)
    assert (first.more, second.more) == (True, False)


@pytest.mark.parametrize("search", ["report", "REPORT", " report,:"])
async def test_flows_are_found_by_a_part_of_their_name(flows: SmartFlows, search: str) -> None:
    assert [one.name for one in (await flows.flows(search=search)).rows] == ["Quarterly report"]


async def test_the_same_list_of_flows_is_asked_for_once(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    await asyncio.gather(flows.flows(), flows.flows())
    assert len(vendor.calls) == 1


@pytest.mark.parametrize(("one", "kind"), [(REPORT, "user"), (TRAVEL, "none")])
async def test_one_flow_says_what_it_needs(flows: SmartFlows, one: FlowPlan, kind: str) -> None:
    found = await flows.flow(one.id)
    assert (found.id, found.name, found.input) == (one.id, one.name, kind)


async def test_a_flow_is_started_and_goes_its_way(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("run_seconds", 100)
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start(REPORT.id, XML)
    assert (begun.status, begun.percentage, begun.documents) == (RUNNING, 0, ())
    vendor.clock.advance(seconds=30)
    half = await flows.progress(begun.id)
    assert (half.percentage, half.message) == (30, "Retrieving figures")
    vendor.clock.advance(seconds=70)
    ended = await flows.progress(begun.id)
    assert (ended.status, ended.percentage, ended.ended) == (SUCCESS, 100, True)
    assert [one.name.partition(" report ")[0] for one in ended.documents] == ["Quarterly"] * 2


async def test_what_was_given_is_in_the_document(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start(REPORT.id, XML)
    vendor.clock.advance(seconds=HOUR)
    pdf = (await flows.progress(begun.id)).documents[0]
    async with flows.content(await flows.document(pdf.id)) as download:
        content = b"".join([chunk async for chunk in download.chunks])
    assert XML.decode().encode("latin-1") in content


async def test_a_batch_asks_nothing_and_tells_its_outputs(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("next_outcome", SUCCESS)
    begun = await flows.start_batch(TRAVEL.name, {"any": 1})
    vendor.clock.advance(seconds=HOUR)
    ended = await flows.batch_status(begun.id)
    assert (begun.mode, ended.status, len(ended.outputs)) == ("batch", SUCCESS, 1)
    assert (await flows.batch_status(begun.id, output="nothing")).outputs == ()


@pytest.mark.parametrize("code", ["200", "201", "202"])
@pytest.mark.parametrize("status", [RUNNING, QUEUED])
async def test_any_way_to_confirm_a_start_is_understood(
    vendor: SmartFlowsVendor, flows: SmartFlows, code: str, status: str
) -> None:
    vendor.set_switch("start_code", code)
    vendor.set_switch("start_answer", status)
    assert (await flows.start(TRAVEL.id)).status == status


async def test_a_start_that_was_carried_out_without_an_answer_is_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    earlier = await flows.start(TRAVEL.id)
    launch(vendor, course(), TRAVEL)
    vendor.set_switch("drop_after", 1)
    with pytest.raises(VendorError) as failure:
        await flows.start(TRAVEL.id)
    assert failure.value.uncertain
    me = (await flows.me()).id
    found = await flows.started_since(TRAVEL.id, START, by=me, known=[earlier.id])
    assert found is not None
    assert (found.created_by.id, found.created_at) == (me, START)
    again = await flows.started_since(TRAVEL.id, START, by=me, known=[earlier.id, found.id])
    assert again is None


async def test_a_start_that_was_not_carried_out_is_not_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    await flows.start(TRAVEL.id)
    vendor.clock.advance(seconds=600)
    vendor.set_switch("drop", 1)
    assert await reason(flows.start(TRAVEL.id)) is Reason.UNAVAILABLE
    assert await flows.started_since(TRAVEL.id, vendor.clock.now(), by=BOT.id) is None


async def test_a_client_is_opened_where_both_settings_are_given(vendor: SmartFlowsVendor) -> None:
    settings = SmartFlowsSettings(api_key=SecretStr(vendor.api_key), base_url=vendor.url)
    async with AsyncExitStack() as stack:
        smartflows = await open_smartflows(settings, vendor.clock, stack)
        assert (await smartflows.client.me()).name == "Flowbot"


@pytest.mark.parametrize("missing", ["api_key", "base_url"])
async def test_without_a_key_or_an_address_there_is_no_client(missing: str) -> None:
    given = {"api_key": SecretStr("key"), "base_url": "https://flows.example.com"}
    settings = SmartFlowsSettings.model_validate({**given, missing: None})
    async with AsyncExitStack() as stack:
        smartflows = await open_smartflows(settings, SandboxClock(START), stack)
        assert not smartflows.is_on
