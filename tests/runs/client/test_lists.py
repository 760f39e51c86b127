from datetime import timedelta

import pytest

from bot.errors import Reason
from bot.runs.client.client import LAST_CHANGED_FIRST, SmartFlows
from bot.runs.model import ENDED, SUCCESS, ExecutionFilter
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import PEOPLE
from tests.http.contract import START
from tests.runs.client.stage import HOUR, REPORT, TRAVEL, course, launch, reason


async def test_what_others_start_is_in_the_list_newest_first(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    before = {one.id for one in (await flows.executions(size=200)).rows}
    vendor.clock.advance(seconds=HOUR)
    page = await flows.executions()
    new = [one for one in page.rows if one.id not in before]
    created = [one.created_at for one in page.rows if one.created_at]
    assert len(new) > 5
    assert created == sorted(created, reverse=True)
    assert all(one.details is None and one.created_by.name for one in page.rows)


async def test_pages_follow_each_other_to_the_end(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("largest_page", 30)  # silently less than asked for
    seen: list[str] = []
    page, more = 0, True
    while more:
        found = await flows.executions(page=page, size=50)
        seen += [one.id for one in found.rows]
        page, more = page + 1, found.more
    assert len(seen) == len(set(seen)) == len(vendor.engine.index.runs)


async def test_executions_of_one_flow_are_of_that_flow(flows: SmartFlows) -> None:
    page = await flows.executions(flow_id=REPORT.id)
    assert {one.flow.name for one in page.rows} == {"Quarterly report"}


@pytest.mark.parametrize("date_times", [False, True])
async def test_a_filter_keeps_statuses_and_cuts_at_the_moment(
    vendor: SmartFlowsVendor, flows: SmartFlows, *, date_times: bool
) -> None:
    vendor.set_switch("date_times", date_times)
    since = START - timedelta(hours=5)
    page = await flows.filtered(ExecutionFilter(ENDED, since=since), size=200)
    expected = [
        run.id
        for run in vendor.engine.index.runs.values()
        if run.status in ENDED and run.created_at >= since
    ]
    assert [one.id for one in page.rows] == expected[::-1]
    assert 0 < len(expected) < len(vendor.engine.index.runs)


async def test_a_filter_for_one_flow_is_cut_here(flows: SmartFlows) -> None:
    page = await flows.filtered(ExecutionFilter((SUCCESS,), flow_id=REPORT.id), size=200)
    assert {(one.flow.name, one.status) for one in page.rows} == {("Quarterly report", SUCCESS)}


async def test_a_filter_that_keeps_all_statuses_is_the_list(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    assert await flows.filtered(ExecutionFilter()) == await flows.executions()
    assert [call.method for call in vendor.calls] == ["GET", "GET"]


async def test_the_last_changed_come_first_where_the_vendor_can(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    asked = ExecutionFilter(ENDED)
    page = await flows.filtered(asked, sort=LAST_CHANGED_FIRST)
    changed = [one.modified_at for one in page.rows if one.modified_at]
    assert changed == sorted(changed, reverse=True)
    vendor.set_switch("sort_modified", "refused")
    assert await reason(flows.filtered(asked, sort=LAST_CHANGED_FIRST)) is Reason.REJECTED


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("spring_pages", True),
        ("extra_fields", True),
        ("untyped_names", True),
        ("bare_rows", False),
        ("dates", "without offset"),
        ("dates", "+0000"),
        ("dates", "milliseconds"),
        ("spelling", "lower case"),
    ],
)
async def test_an_odd_list_is_read_as_any_other(
    vendor: SmartFlowsVendor, flows: SmartFlows, switch: str, value: object
) -> None:
    plain = await flows.executions()
    vendor.set_switch(switch, value)
    odd = await flows.executions()
    for one, other in zip(plain.rows, odd.rows, strict=True):
        assert (one.id, one.status, one.created_at, one.flow, one.created_by) == (
            other.id,
            other.status,
            other.created_at,
            other.flow,
            other.created_by,
        )


async def test_statistics_count_what_there_is(vendor: SmartFlowsVendor, flows: SmartFlows) -> None:
    runs = vendor.engine.index.runs.values()
    found = await flows.statistics(since=vendor.clock.now().date() - timedelta(days=2), by="Hour")
    assert found.by_status()[SUCCESS] == sum(run.status == SUCCESS for run in runs)
    assert sum(one.total for one in found.per_time) == len(runs)
    top = found.per_flow[0]
    assert top.count == sum(run.plan is not None and run.plan.id == top.who.id for run in runs)
    assert {one.who.name for one in found.per_person} <= {one.name for one in PEOPLE}


async def test_a_narrow_key_lists_its_own_runs_and_says_nothing(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("own_only", value=True)
    others = launch(vendor, course())
    mine = await flows.start(TRAVEL.id)
    assert [one.id for one in (await flows.executions()).rows] == [mine.id]
    assert await reason(flows.progress(others)) is Reason.NOT_FOUND
    vendor.set_switch("others_answer", "403")
    assert await reason(flows.progress(others)) is Reason.AUTH
