import io
import re
import zipfile
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.vendors.momoflow.names import FLOWS, people
from tests.http.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
REPORT = "/v1/flows/report"
ASSIGN = "/v1/flows/assign"
ONBOARDING = {"flowId": "flow_onb001"}
EVIL = {"flowId": "flow_evil01"}
NEW = {**ONBOARDING, "userEmail": "ada@example.com"}


@pytest.fixture
async def vendor() -> AsyncIterator[MomoFlowVendor]:
    async with MomoFlowVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: MomoFlowVendor) -> AsyncIterator[httpx.AsyncClient]:
    key = {"Authorization": f"Bearer {vendor.api_key}"}
    async with httpx.AsyncClient(
        base_url=vendor.url, headers=key, trust_env=False, verify=TLS
    ) as http:
        yield http


async def asked(http: httpx.AsyncClient, body: object, path: str = REPORT) -> Any:
    return (await http.post(path, json=body)).json()


async def exported(http: httpx.AsyncClient, body: dict[str, Any]) -> bytes:
    return (await http.get((await asked(http, body))["downloadUrl"])).content


def statuses(report: Any) -> Counter[str]:
    return Counter(one["status"] for one in report["assignments"])


@pytest.mark.parametrize(("plan"), FLOWS, ids=lambda plan: plan.id)
async def test_each_flow_has_its_people(http: httpx.AsyncClient, plan: Any) -> None:
    report = await asked(http, {"flowId": plan.id})
    assert (report["flowName"], report["metrics"]["totalAssignments"]) == (plan.name, plan.size)
    assert bool(report["schedules"]) == bool(plan.size)


async def test_the_same_moment_gives_the_same_report(http: httpx.AsyncClient) -> None:
    async with MomoFlowVendor(SandboxClock(START), odd=True) as twin:
        headers = {"Authorization": f"Bearer {twin.api_key}"}
        second = await http.post(f"{twin.url}{REPORT}", json=ONBOARDING, headers=headers)
    assert await asked(http, ONBOARDING) == second.json()


async def test_a_day_later_some_have_finished_and_some_are_late(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    before = statuses(await asked(http, ONBOARDING))
    vendor.clock.advance(seconds=86_400)
    after = statuses(await asked(http, ONBOARDING))
    assert after["completed"] > before["completed"]
    assert after["overdue"] > before["overdue"]


async def test_every_status_occurs(http: httpx.AsyncClient) -> None:
    found = statuses(await asked(http, {"flowId": "flow_gdpr01"}))
    assert set(found) == {"pending", "in_progress", "completed", "overdue"}


async def test_what_is_scheduled_lies_ahead(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    for _ in range(3):
        now = vendor.clock.now()
        times = [one["scheduledAt"] for one in (await asked(http, ONBOARDING))["schedules"]]
        assert all(datetime.fromisoformat(time) > now for time in times)
        vendor.clock.advance(seconds=20 * 86_400)


async def test_modules_not_begun_are_left_out(http: httpx.AsyncClient) -> None:
    report = await asked(http, {**ONBOARDING, "detailed": True})
    for one in report["assignments"]:
        found = Counter(module["status"] for module in one["moduleProgress"])
        assert found["completed"] == one["completedModules"]
        assert found["pending"] == 0


async def test_a_period_is_of_the_day_of_assignment(http: httpx.AsyncClient) -> None:
    start = "2026-11-01T00:00:00Z"
    report = await asked(http, {**ONBOARDING, "startDate": start})
    assert 0 < len(report["assignments"]) < 45
    assert all(one["assignedAt"] >= start for one in report["assignments"])


@pytest.mark.parametrize(("inclusive", "total"), [(True, 1), (False, 0)])
async def test_the_last_instant_counts_as_switched(
    vendor: MomoFlowVendor, http: httpx.AsyncClient, *, inclusive: bool, total: int
) -> None:
    vendor.set_switch("end_inclusive", inclusive)
    empty = {"flowId": "flow_empty1"}
    await asked(http, {**NEW, **empty}, ASSIGN)
    vendor.clock.advance(seconds=60)
    report = await asked(http, {**empty, "endDate": "2026-11-23T08:59:00Z"})
    assert report["metrics"]["totalAssignments"] == total


@pytest.mark.parametrize(
    ("headers", "body", "status", "message"),
    [
        ({"Authorization": "Bearer wrong"}, b"{", 401, "Invalid or missing API key"),
        ({"Authorization": "sandbox-momoflow-key"}, b"{}", 401, "Invalid or missing API key"),
        ({}, b"{", 400, "Request body must be valid JSON"),
        ({}, b"[" * 100_000, 400, "Request body must be valid JSON"),
        ({}, b"[]", 400, "Request body must be a JSON object"),
        ({}, b"{}", 400, "flowId is required"),
        ({}, b'{"flowId": 7}', 400, "flowId is required"),
        (
            {},
            b'{"flowId": "x", "status": "late"}',
            400,
            "status must be one of: pending, in_progress, completed, overdue",
        ),
        ({}, b'{"flowId": "x", "format": ["csv"]}', 400, "format must be one of: csv, excel, pdf"),
        ({}, b'{"flowId": "x", "detailed": 1}', 400, "detailed must be true or false"),
        ({}, b'{"flowId": "x", "startDate": "x"}', 400, "startDate must be an ISO 8601 date"),
        ({}, b'{"flowId": "x", "startDate": 1}', 400, "startDate must be an ISO 8601 date"),
        (
            {},
            b'{"flowId": "x", "startDate": "2026-01-01", "endDate": "2026-01-01T00:00:00Z"}',
            400,
            "End date must be after start date",
        ),
        ({}, b'{"flowId": "x", "aggregate": {"metrics": []}}', 400, "aggregate.by is required"),
        (
            {},
            b'{"flowId": "x", "aggregate": {"by": "day", "metrics": "x"}}',
            400,
            "metrics must be a list of strings",
        ),
        ({}, b'{"flowId": "x"}', 404, "Flow with ID 'x' does not exist"),
    ],
)
async def test_a_bad_question_is_refused(
    http: httpx.AsyncClient, headers: dict[str, str], body: bytes, status: int, message: str
) -> None:
    answer = await http.post(REPORT, content=body, headers=headers)
    assert (answer.status_code, answer.json()["message"]) == (status, message)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"userEmail": "nobody@example.com"}, 404),
        ({"flowId": "x"}, 404),
        ({"userEmail": ""}, 400),
        ({"priority": "urgent"}, 400),
        ({"dueDate": "soon"}, 400),
        ({"userEmail": "ADA@example.com", "priority": "low", "dueDate": "2026-12-01"}, 200),
    ],
)
async def test_an_assignment_is_checked(
    http: httpx.AsyncClient, more: dict[str, str], status: int
) -> None:
    assert (await http.post(ASSIGN, json={**NEW, **more})).status_code == status


async def test_a_repeated_assignment_is_made_twice(http: httpx.AsyncClient) -> None:
    first, second = await asked(http, NEW, ASSIGN), await asked(http, NEW, ASSIGN)
    assert first["assignmentId"] != second["assignmentId"]
    assert len((await asked(http, ONBOARDING))["assignments"]) == 47


async def test_an_assignment_becomes_overdue_when_nobody_acts(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    flow = {"flowId": "flow_empty1"}
    await asked(http, {**NEW, **flow, "dueDate": "2026-11-24T00:00:00Z"}, ASSIGN)
    assert statuses(await asked(http, flow)) == {"pending": 1}
    vendor.clock.advance(seconds=86_400)
    assert statuses(await asked(http, flow)) == {"overdue": 1}


async def test_the_51st_call_of_a_minute_is_too_many(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    body = {"flowId": "flow_empty1"}
    answers = [await http.post(REPORT, json=body) for _ in range(51)]
    assert Counter(answer.status_code for answer in answers) == {200: 50, 429: 1}
    assert answers[50].json()["retry_after"] == 60
    vendor.clock.advance(seconds=60)
    assert (await http.post(REPORT, json=body)).status_code == 200


async def test_an_aggregation_can_be_refused(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("aggregate", "refused")
    assert (await asked(http, {**ONBOARDING, "aggregate": {"by": "day"}}))["error"]


@pytest.mark.parametrize(
    ("grain", "label"),
    [("day", "2026-11-03"), ("week", "2026-W45"), ("month", "2026-11"), ("year", "2026")],
)
async def test_a_series_has_a_point_for_each_period(
    http: httpx.AsyncClient, grain: str, label: str
) -> None:
    aggregate = {"by": grain, "metrics": ["completion_rate"]}
    body = {"flowId": "flow_gdpr01", "aggregate": aggregate}
    series = (await asked(http, body))["aggregation"]["series"]
    assert label in [point["period"] for point in series]
    assert all(set(point) == {"period", "completion_rate"} for point in series)


async def test_a_route_that_does_not_exist_is_refused_in_the_vendors_form(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/v1/flows")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


async def test_an_unknown_export_is_not_found(http: httpx.AsyncClient) -> None:
    assert (await http.get("/v1/exports/exp_999999")).status_code == 404


async def test_a_workbook_shows_vendor_text_as_text(http: httpx.AsyncClient) -> None:
    content = await exported(http, {**EVIL, "format": "excel", "detailed": True})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own file
    cells = ["".join(cell.itertext()) for cell in parts["xl/worksheets/sheet1.xml"].iter()]
    assert "=1+1@example.com" in cells
    assert any("<b>bold</b> & _italic_" in cell for cell in cells)


async def test_a_pdf_finds_its_own_parts(http: httpx.AsyncClient) -> None:
    content = await exported(http, {"flowId": "flow_gdpr01", "format": "pdf"})
    table = int(re.findall(rb"startxref\n(\d+)", content)[0])
    offsets = [int(at) for at in re.findall(rb"(\d{10}) 00000 n", content[table:])]
    starts = [content[at:].split(b"\n", 1)[0] for at in offsets]
    assert starts == [b"%d 0 obj" % (n + 1) for n in range(len(offsets))]
    assert content.count(b"/Type /Page ") == 25


async def test_downloads_without_a_name_have_none(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("download_plain_name", value=True)
    export = await asked(http, {**ONBOARDING, "format": "csv"})
    answer = await http.get(export["downloadUrl"])
    assert "Content-Disposition" not in answer.headers
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


async def test_a_link_lives_as_long_as_switched(
    vendor: MomoFlowVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("link_minutes", 1)
    export = await asked(http, {**ONBOARDING, "format": "csv"})
    vendor.clock.advance(seconds=59)
    assert (await http.get(export["downloadUrl"])).status_code == 200
    vendor.clock.advance(seconds=1)
    assert (await http.get(export["downloadUrl"])).status_code == 410


def test_people_are_all_different() -> None:
    assert len(set(people(1204, odd=True))) == 1204


def test_history_reaches_back_about_ninety_days() -> None:
    vendor = MomoFlowVendor(SandboxClock(START), odd=True)
    given = [one.assigned_at for one in vendor.organisation.flows["flow_gdpr01"].enrolments]
    assert START - timedelta(days=91) < min(given) < START - timedelta(days=85)
    assert max(given) < START
