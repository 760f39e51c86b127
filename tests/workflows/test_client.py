"""The giosg client against the local giosg, over HTTP."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.workflows.client import Giosg
from bot.workflows.model import TRIGGERED_GOAL, ChartQuestion, Filter, SourceQuestion, StepQuestion
from sandbox.clock import SandboxClock
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.giosg.events import PLANS, actions
from sandbox.vendors.giosg.files import MEGABYTE
from tests.http.contract import START, TLS

SPRING, NAVIGATION, NEW = PLANS[0], PLANS[2], PLANS[-1]
WEEK = timedelta(days=7)
ASKED = StepQuestion(SPRING.id, 1, START - WEEK, START)
NOTHING = replace(ASKED, workflow_id=NEW.id)


@pytest.fixture
async def vendor() -> AsyncIterator[GiosgVendor]:
    async with GiosgVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def giosg(vendor: GiosgVendor) -> AsyncIterator[Giosg]:
    async with Giosg(
        SecretStr(vendor.api_token),
        base_url=vendor.url,
        service_url=vendor.url,
        clock=vendor.clock,
        tls=TLS,
    ) as client:
        yield client


async def content(giosg: Giosg, asked: StepQuestion, form: str = "csv") -> bytes:
    async with giosg.download_step(asked, form) as download:
        return b"".join([chunk async for chunk in download.chunks])


async def rows(giosg: Giosg, asked: StepQuestion) -> list[dict[str, str]]:
    text = (await content(giosg, asked)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def failure(asked: Awaitable[object]) -> VendorError:
    with pytest.raises(VendorError) as failed:
        await asked
    return failed.value


async def test_the_owner_of_the_token_names_the_organization(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    owner = await giosg.owner()
    assert (owner.organization_id, owner.name) == (vendor.organization_id, "Flow Bot")
    vendor.clock.advance(seconds=3600)
    await giosg.owner()
    assert len(vendor.calls) == 1


@pytest.mark.parametrize("form", ["results", "bare", "pages of two"])
async def test_every_workflow_is_listed(vendor: GiosgVendor, giosg: Giosg, form: str) -> None:
    vendor.set_switch("list_form", form)
    assert [one.name for one in await giosg.workflows()] == [plan.name for plan in PLANS]


async def test_a_workflow_has_kind_and_dates(giosg: Giosg) -> None:
    info = await giosg.info(SPRING.id)
    assert (info.name, info.kind, info.published) == ("Spring campaign", "interaction", True)
    assert (await giosg.workflow(SPRING.id)).description == "Lead form"
    assert info.first_event_at
    assert info.last_event_at
    assert (info.last_event_at - info.first_event_at).days == 300


async def test_the_counts_beside_the_chart_are_by_hour_and_weekday(giosg: Giosg) -> None:
    data = await giosg.sidedata(SPRING.id, start=START - WEEK, end=START)
    assert [day for day, _ in data.by_weekday] == [1, 2, 3, 4, 5, 6, 7]
    assert sum(count for _, count in data.by_hour) == len(await rows(giosg, ASKED))
    assert (data.visitors or 0) > 100


async def test_the_figures_of_the_chart_are_kept_flat(giosg: Giosg) -> None:
    filters = (Filter("action", ("/checkout",)),)
    found = await giosg.chart(ChartQuestion(NAVIGATION.id, START - WEEK, START, filters))
    values = {row[0]: row[1] for row in found.rows}
    assert found.columns == ("Field", "Value")
    assert (values["nodes[0].action"], values["nodes[0].step"]) == ("/checkout", "1")
    assert int(values["total"]) > 100


async def test_counts_of_another_kind_are_kept_flat(vendor: GiosgVendor, giosg: Giosg) -> None:
    vendor.set_switch("sidedata_form", "of interactions")
    data = await giosg.sidedata(SPRING.id, start=START - WEEK, end=START)
    assert (data.visitors, data.by_hour) == (None, ())
    assert "goals_triggered.total" in dict(data.more)


async def test_a_step_is_fetched_as_csv(giosg: Giosg) -> None:
    found = await rows(giosg, ASKED)
    stamps = [row["timestamp"] for row in found]
    assert len(found) > 200
    assert stamps == sorted(stamps)
    assert stamps[0] >= "2026-11-16T08:59:00"


async def test_a_step_is_fetched_as_a_workbook(giosg: Giosg) -> None:
    packed = await content(giosg, ASKED, "xlsx")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None


async def test_what_was_asked_for_narrows_the_events(giosg: Giosg) -> None:
    everything = await rows(giosg, ASKED)
    action = actions(SPRING, 1)[0]
    chosen = [row for row in everything if row["action"] == action]
    filtered = await rows(giosg, replace(ASKED, filters=(Filter("action", (action,)),)))
    charted = await rows(giosg, replace(ASKED, actions=((action,), ())))
    goals = await rows(giosg, replace(ASKED, target=TRIGGERED_GOAL))
    assert filtered == charted == chosen
    assert 0 < len(goals) < len(everything)
    assert await rows(giosg, replace(ASKED, limit=5)) == everything[:5]


@pytest.mark.parametrize("form", ["a list", "results", "fields and data"])
async def test_events_as_json_are_read_in_whatever_shape(
    vendor: GiosgVendor, giosg: Giosg, form: str
) -> None:
    vendor.set_switch("rows_form", form)
    events = await giosg.step_events(replace(ASKED, limit=3), basic=True)
    expected = await rows(giosg, replace(ASKED, limit=3))
    assert [dict(zip(events.columns, row, strict=True)) for row in events.rows] == expected


async def test_events_in_a_shape_beyond_all_guesses_are_a_surprise(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    vendor.set_switch("rows_form", "something else")
    assert (await failure(giosg.step_events(ASKED))).reason is Reason.MALFORMED


async def test_events_of_no_step_are_the_goals(giosg: Giosg) -> None:
    events = await giosg.source_events(SourceQuestion(SPRING.id, START - WEEK, START, limit=4))
    assert len(events.rows) == 4


@pytest.mark.parametrize(
    ("switch", "detail"),
    [
        ("subscription", "subscription: The organization has no active subscription."),
        ("organization", "organization: You have no access to this organization."),
        ("permission", "permission: The permission reporting is missing."),
        ("no reason given", "forbidden:"),
    ],
)
async def test_the_kinds_of_no_access_are_told_apart(
    vendor: GiosgVendor, giosg: Giosg, switch: str, detail: str
) -> None:
    vendor.set_switch("forbidden", switch)
    for asked in (giosg.workflows(), content(giosg, ASKED)):
        error = await failure(asked)
        assert (error.reason, error.detail) == (Reason.AUTH, detail)


@pytest.mark.parametrize("form", ["detail", "list", "text"])
async def test_a_refusal_is_quoted_in_whatever_form(
    vendor: GiosgVendor, giosg: Giosg, form: str
) -> None:
    vendor.set_switch("error_form", form)
    vendor.set_switch("most_days", 3)
    error = await failure(content(giosg, ASKED))
    words = "Interval is longer than 3 days."
    expected = f"interval: {words}" if form == "detail" else words
    assert (error.reason, error.detail) == (Reason.REJECTED, expected)


async def test_a_filter_that_is_not_implemented_is_named_as_such(giosg: Giosg) -> None:
    error = await failure(content(giosg, replace(ASKED, filters=(Filter("moon", ("full",)),))))
    assert (error.reason, error.detail[:8]) == (Reason.REJECTED, "filter: ")


@pytest.mark.parametrize(
    ("asked", "code"),
    [(replace(ASKED, step=9), "data: "), (replace(ASKED, workflow_id="nope"), "data: ")],
)
async def test_a_step_that_is_not_there_is_said_so(
    giosg: Giosg, asked: StepQuestion, code: str
) -> None:
    error = await failure(content(giosg, asked))
    assert (error.reason, error.detail) == (Reason.NOT_FOUND, f"{code}Not found.")


async def test_a_workflow_that_is_not_there_is_said_so(giosg: Giosg) -> None:
    error = await failure(giosg.info("nope"))
    assert (error.reason, error.detail) == (Reason.NOT_FOUND, "workflow: Not found.")


@pytest.mark.parametrize(("switch", "size"), [("a header", 68), ("no bytes", 0)])
async def test_a_period_without_events_is_nearly_no_file(
    vendor: GiosgVendor, giosg: Giosg, switch: str, size: int
) -> None:
    vendor.set_switch("empty_period", switch)
    assert len(await content(giosg, NOTHING)) == size


async def test_a_period_without_events_may_not_be_found(vendor: GiosgVendor, giosg: Giosg) -> None:
    vendor.set_switch("empty_period", "404")
    error = await failure(content(giosg, NOTHING))
    assert (error.reason, error.detail) == (Reason.NOT_FOUND, "data: No data.")


@pytest.mark.parametrize(
    ("switch", "reason", "detail"),
    [
        ("a page", Reason.MALFORMED, "body: an HTML page, not CSV"),
        ("a JSON refusal", Reason.REJECTED, "The query took too long."),
        ("a workbook as CSV", Reason.MALFORMED, "body: a workbook, not CSV"),
    ],
)
async def test_content_that_is_no_csv_is_refused_before_it_is_read_on(
    vendor: GiosgVendor, giosg: Giosg, switch: str, reason: Reason, detail: str
) -> None:
    vendor.set_switch("wrong_content", switch)
    error = await failure(content(giosg, ASKED))
    assert (error.reason, error.detail) == (reason, detail)


async def test_a_large_file_is_streamed_and_its_length_known(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    vendor.set_switch("export_megabytes", 20)
    seen = 0
    async with giosg.download_step(ASKED, "csv") as download:
        async for chunk in download.chunks:
            assert len(chunk) <= MEGABYTE
            seen += len(chunk)
    assert download.length == seen >= 20 * MEGABYTE
    vendor.set_switch("unknown_length", value=True)
    async with giosg.download_step(ASKED, "csv") as download:
        assert download.length is None


async def test_a_file_that_breaks_off_is_never_taken_for_whole(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    await giosg.owner()
    vendor.set_switch("cut_body", 1)
    error = await failure(content(giosg, ASKED))
    assert (error.reason, error.detail) == (Reason.MALFORMED, "body: cut short")
    assert len(await rows(giosg, ASKED)) > 200


@pytest.mark.parametrize(
    ("switch", "value"), [("extra_fields", True), ("answer_502", 1), ("missing_field", "name")]
)
async def test_an_odd_answer_is_still_read(
    vendor: GiosgVendor, giosg: Giosg, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    assert (await giosg.info(SPRING.id)).id == SPRING.id
    assert len(await giosg.workflows()) == len(PLANS)


async def test_an_owner_without_an_organization_is_a_surprise(
    vendor: GiosgVendor, giosg: Giosg
) -> None:
    vendor.set_switch("missing_field", "organization_id")
    error = await failure(giosg.info(SPRING.id))
    assert (error.reason, error.detail) == (Reason.MALFORMED, "organization.id")


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("pages of which one is empty", -(-len(PLANS) // 2) + 1),
        ("pages that lead to themselves", 2),
    ],
)
async def test_every_page_of_workflows_is_read_and_each_once(
    vendor: GiosgVendor, giosg: Giosg, form: str, asked: int
) -> None:
    vendor.set_switch("list_form", form)

    assert [one.name for one in await giosg.workflows()] == [plan.name for plan in PLANS]
    assert len([call for call in vendor.calls if call.path.endswith("/workflows")]) == asked
