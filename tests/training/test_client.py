"""The MomoFlow client against the local MomoFlow, over HTTP."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.fields import MOST_PAIRS
from bot.training.client import MomoFlow
from bot.training.model import COMPLETED, STATUSES, NewAssignment, ReportFilter
from bot.training.wire import Export
from sandbox.clock import SandboxClock
from sandbox.vendors.momoflow import MomoFlowVendor
from tests.http.contract import START, TLS

ASKED = ReportFilter("flow_onb001")
NEW = NewAssignment("flow_onb001", "ada@example.com")


@pytest.fixture
async def vendor() -> AsyncIterator[MomoFlowVendor]:
    async with MomoFlowVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def momoflow(vendor: MomoFlowVendor) -> AsyncIterator[MomoFlow]:
    hosts = [vendor.files_host]
    async with MomoFlow(
        SecretStr(vendor.api_key),
        base_url=vendor.url,
        clock=vendor.clock,
        download_hosts=hosts,
        tls=TLS,
    ) as client:
        yield client


async def content(momoflow: MomoFlow, export: Export) -> bytes:
    async with momoflow.download(export) as download:
        return b"".join([chunk async for chunk in download.chunks])


async def test_a_report_has_figures_people_and_schedules(momoflow: MomoFlow) -> None:
    report = await momoflow.report(ASKED)
    assert (report.flow_id, report.flow_name, report.total) == ("flow_onb001", "Onboarding", 45)
    assert report.completed == sum(one.status == COMPLETED for one in report.assignments)
    assert report.average_time.endswith(" days")
    assert [one.recurrence for one in report.scheduled] == ["weekly", "monthly"]
    assert {one.status for one in report.assignments} <= set(STATUSES)


async def test_modules_come_only_when_asked_for(momoflow: MomoFlow) -> None:
    plain = await momoflow.report(ASKED)
    detailed = await momoflow.report(replace(ASKED, detailed=True))
    assert not any(one.modules for one in plain.assignments)
    first = detailed.assignments[0].modules[0]
    assert (first.name, first.status) == ("Welcome", "completed")
    assert first.completed_at


async def test_a_status_narrows_the_people_and_not_the_figures(momoflow: MomoFlow) -> None:
    report = await momoflow.report(replace(ASKED, status="overdue"))
    assert {one.status for one in report.assignments} == {"overdue"}
    assert report.total == 45


async def test_a_period_is_sent_as_instants_in_utc(momoflow: MomoFlow) -> None:
    start = START - timedelta(days=20)
    report = await momoflow.report(replace(ASKED, start=start, end=START))
    assert 0 < report.total < 45
    assert all(one.assigned_at and one.assigned_at >= start for one in report.assignments)


async def test_the_same_question_within_seconds_is_asked_once(
    vendor: MomoFlowVendor, momoflow: MomoFlow
) -> None:
    first = await momoflow.report(ASKED)
    assert await momoflow.report(ASKED) == first
    vendor.clock.advance(seconds=6)
    await momoflow.report(ASKED)
    assert len(vendor.calls) == 2


@pytest.mark.parametrize(
    ("switch", "value"),
    [
        ("average_time", "null"),
        ("average_time", "empty"),
        ("missing_schedules", True),
        ("unknown_status", True),
        ("odd_dates", True),
        ("extra_fields", True),
        ("large_report", 5000),
    ],
)
async def test_an_odd_report_is_still_read(
    vendor: MomoFlowVendor, momoflow: MomoFlow, switch: str, value: object
) -> None:
    vendor.set_switch(switch, value)
    report = await momoflow.report(ASKED)
    assert len(report.assignments) == report.total >= 45


async def test_a_status_that_is_not_documented_is_kept(
    vendor: MomoFlowVendor, momoflow: MomoFlow
) -> None:
    vendor.set_switch("unknown_status", value=True)
    report = await momoflow.report(ASKED)
    assert "awaiting_review" in {one.status for one in report.assignments}


@pytest.mark.parametrize("switch", ["zero", "null"])
async def test_a_flow_that_nobody_has_is_an_empty_report(
    vendor: MomoFlowVendor, momoflow: MomoFlow, switch: str
) -> None:
    vendor.set_switch("empty_rate", switch)
    report = await momoflow.report(ReportFilter("flow_empty1"))
    assert (report.total, report.completed, report.assignments) == (0, 0, ())


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("totalAssignments", "metrics.totalAssignments"),
        ("assigneeEmail", "assignments[0].assigneeEmail"),
    ],
)
async def test_a_missing_field_is_named_with_its_place(
    vendor: MomoFlowVendor, momoflow: MomoFlow, name: str, path: str
) -> None:
    vendor.set_switch("missing_field", name)
    with pytest.raises(VendorError) as failure:
        await momoflow.report(ASKED)
    assert (failure.value.reason, failure.value.detail) == (Reason.MALFORMED, path)


async def test_what_an_aggregation_adds_is_kept_flat(momoflow: MomoFlow) -> None:
    report = await momoflow.report(replace(ASKED, by="quarter"))
    assert ("aggregation.series[0].period", "2026-Q3") in report.aggregate
    assert (report.total, len(report.assignments)) == (45, 45)


async def test_an_aggregation_without_people_gives_what_is_there(
    vendor: MomoFlowVendor, momoflow: MomoFlow
) -> None:
    vendor.set_switch("aggregate", "series only")
    report = await momoflow.report(replace(ASKED, by="day"))
    assert (report.flow_name, report.total, report.assignments) == ("flow_onb001", 0, ())
    assert len(report.aggregate) == MOST_PAIRS


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
async def test_an_export_is_fetched_as_a_file(momoflow: MomoFlow, form: str) -> None:
    export = await momoflow.export(ASKED, form)
    assert export.expires_at == START + timedelta(minutes=15)
    async with momoflow.download(export) as download:
        assert download.filename == f"flow_onb001-report.{form}"
        received = b"".join([chunk async for chunk in download.chunks])
    assert download.length == len(received)


async def test_an_export_holds_what_was_asked_for(momoflow: MomoFlow) -> None:
    asked = replace(ASKED, status="overdue")
    report = await momoflow.report(asked)
    text = (await content(momoflow, await momoflow.export(asked, "csv"))).decode()
    packed = io.BytesIO(await content(momoflow, await momoflow.export(asked, "xlsx")))
    emails = [one.email for one in report.assignments]
    assert [row["Assignee"] for row in csv.DictReader(io.StringIO(text))] == emails
    with zipfile.ZipFile(packed) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert all(email in sheet for email in emails)


@pytest.mark.parametrize(
    "switch", ["download_needs_key", "download_elsewhere", "download_redirects", "download_chunked"]
)
async def test_a_file_is_fetched_wherever_and_however_it_is_offered(
    vendor: MomoFlowVendor, momoflow: MomoFlow, switch: str
) -> None:
    vendor.set_switch(switch, value=True)
    assert (await content(momoflow, await momoflow.export(ASKED, "csv"))).startswith(b"Assignee,")


@pytest.mark.parametrize("status", ["404", "410"])
async def test_an_expired_link_is_said_to_be_a_link(
    vendor: MomoFlowVendor, momoflow: MomoFlow, status: str
) -> None:
    vendor.set_switch("expired_answer", status)
    export = await momoflow.export(ASKED, "csv")
    vendor.clock.advance(seconds=15 * 60)
    with pytest.raises(VendorError) as failure:
        await content(momoflow, export)
    assert failure.value.reason is Reason.NOT_FOUND
    assert failure.value.detail == "link: This export link has expired"


async def test_an_assignment_is_confirmed_and_shows_in_the_next_report(momoflow: MomoFlow) -> None:
    assigned = await momoflow.assign(
        replace(NEW, due_at=START + timedelta(days=3), priority="high", notes="Welcome!")
    )
    assert (assigned.flow_name, assigned.email) == ("Onboarding", "ada@example.com")
    assert (assigned.assigned_at, assigned.module_count) == (START, 5)
    report = await momoflow.report(ASKED)
    assert assigned.assignment_id in {one.id for one in report.assignments}


@pytest.mark.parametrize(
    ("new", "detail"),
    [
        (replace(NEW, flow_id="user_email"), "flow: Flow with ID 'user_email' does not exist"),
        (
            replace(NEW, email="flow@example.org"),
            "person: User with email 'flow@example.org' does not exist in your organization",
        ),
    ],
)
async def test_an_unknown_flow_and_an_unknown_person_are_told_apart(
    momoflow: MomoFlow, new: NewAssignment, detail: str
) -> None:
    with pytest.raises(VendorError) as failure:
        await momoflow.assign(new)
    assert (failure.value.reason, failure.value.detail) == (Reason.NOT_FOUND, detail)


async def test_a_polite_no_is_a_refusal(vendor: MomoFlowVendor, momoflow: MomoFlow) -> None:
    vendor.set_switch("assign_says_no", value=True)
    with pytest.raises(VendorError) as failure:
        await momoflow.assign(NEW)
    assert (failure.value.reason, failure.value.uncertain) == (Reason.REJECTED, False)
    assert failure.value.detail == "The flow is archived"


async def test_a_period_that_ends_before_it_begins_is_refused_in_the_vendors_words(
    momoflow: MomoFlow,
) -> None:
    with pytest.raises(VendorError) as failure:
        await momoflow.report(replace(ASKED, start=START, end=START))
    assert failure.value.reason is Reason.REJECTED
    assert failure.value.detail == "End date must be after start date"


async def test_an_expired_key_is_named_as_such(vendor: MomoFlowVendor, momoflow: MomoFlow) -> None:
    vendor.set_switch("expired_key", value=True)
    with pytest.raises(VendorError) as failure:
        await momoflow.report(ASKED)
    assert failure.value.reason is Reason.AUTH


@pytest.mark.parametrize("switch", ["answer_429", "answer_500", "answer_502", "cut_body", "drop"])
async def test_a_failure_that_passes_is_not_noticed(
    vendor: MomoFlowVendor, momoflow: MomoFlow, switch: str
) -> None:
    vendor.set_switch("retry_after", 20)
    vendor.set_switch(switch, 1)
    assert (await momoflow.report(ASKED)).total == 45
    assert len(vendor.calls) == 2


async def test_an_assignment_carried_out_without_an_answer_is_uncertain(
    vendor: MomoFlowVendor, momoflow: MomoFlow
) -> None:
    vendor.set_switch("drop_after", 1)
    with pytest.raises(VendorError) as failure:
        await momoflow.assign(NEW)
    assert failure.value.uncertain
    assert (await momoflow.report(ASKED)).total == 46
