import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.giosg.answers import ORGANIZATION
from sandbox.vendors.giosg.events import PLANS
from tests.http.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)
ROOT = f"/api/reporting/workflow/v1/orgs/{ORGANIZATION}/workflows/{PLANS[0].id}"
DOWNLOAD = f"{ROOT}/step/1/download/"
ASKED: dict[str, Any] = {
    "filters": [],
    "interval": {"start": "2026-11-16T00:00:00Z", "end": "2026-11-24T00:00:00Z"},
}


@pytest.fixture
async def vendor() -> AsyncIterator[GiosgVendor]:
    async with GiosgVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: GiosgVendor) -> AsyncIterator[httpx.AsyncClient]:
    key = {"Authorization": f"Token {vendor.api_token}"}
    async with httpx.AsyncClient(
        base_url=vendor.url, headers=key, trust_env=False, verify=TLS
    ) as http:
        yield http


async def text(http: httpx.AsyncClient, **more: object) -> str:
    return (await http.post(DOWNLOAD, json={**ASKED, **more})).text


async def test_the_same_question_gives_the_same_file(http: httpx.AsyncClient) -> None:
    assert await text(http) == await text(http)


async def test_time_brings_further_events_and_keeps_the_former(
    vendor: GiosgVendor, http: httpx.AsyncClient
) -> None:
    before = await text(http)
    vendor.clock.advance(seconds=6 * 3600)
    after = await text(http)
    assert after.startswith(before)
    assert len(after) > len(before)


@pytest.mark.parametrize(
    ("body", "status", "problem"),
    [
        ([], 400, {"non_field_errors": ["Expected an object."]}),
        ({"filters": []}, 400, {"interval": ["This field is required."]}),
        ({"interval": ASKED["interval"]}, 400, {"filters": ["This field is required."]}),
        ({**ASKED, "format": "pdf"}, 400, {"format": ['"pdf" is not a valid choice.']}),
        ({**ASKED, "target": "x"}, 400, {"target": ['"x" is not a valid choice.']}),
        (
            {**ASKED, "limit": 0},
            400,
            {"limit": ["Ensure this value is greater than or equal to 1."]},
        ),
        (
            {**ASKED, "interval": {"start": "x"}},
            400,
            {"interval": ["start is not an ISO 8601 time."]},
        ),
        (
            {**ASKED, "interval": {"start": "2026-11-02", "end": "2026-11-01"}},
            400,
            {"interval": ["start must be before end."]},
        ),
        (
            {**ASKED, "filters": [{"property": "moon", "values": []}]},
            406,
            {"detail": "Filtering with this is not implemented."},
        ),
    ],
)
async def test_a_bad_question_is_refused(
    http: httpx.AsyncClient, body: object, status: int, problem: object
) -> None:
    answer = await http.post(DOWNLOAD, json=body)
    assert (answer.status_code, answer.json()) == (status, problem)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/api/v5/users/me", {"Authorization": "Bearer x"}, 401),
        ("GET", DOWNLOAD, {}, 405),
        ("POST", DOWNLOAD.rstrip("/"), {}, 404),
        ("GET", DOWNLOAD.replace(ORGANIZATION, "other"), {}, 403),
        ("GET", "/api/nothing", {}, 404),
    ],
)
async def test_a_wrong_way_in_is_refused(
    http: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    assert (await http.request(method, path, headers=headers)).status_code == status


async def test_a_file_can_be_made_as_large_as_wanted_of_whole_rows(
    vendor: GiosgVendor, http: httpx.AsyncClient
) -> None:
    plain = await text(http)
    vendor.set_switch("export_megabytes", 3)
    large = await text(http)
    assert large.startswith(plain)
    assert len(large.encode()) >= 3_000_000
    assert large.endswith(plain[-100:])


async def test_a_file_can_have_exactly_as_many_rows_as_wanted(
    vendor: GiosgVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("export_rows", 4_321)
    vendor.set_switch("csv_columns", "two more")
    rows = list(csv.reader(io.StringIO(await text(http), newline="")))
    assert len(rows) == 1 + 4_321
    assert {len(row) for row in rows} == {10}


@pytest.mark.parametrize(
    ("switch", "value", "start"),
    [
        ("csv_bom", True, "\ufefftimestamp,action"),
        ("csv_semicolons", True, "timestamp;action"),
        ("csv_columns", "renamed", "Time,Action"),
        (
            "csv_columns",
            "one more",
            "timestamp,action,session_id,visitor_id,country,page_url,value,note,score",
        ),
    ],
)
async def test_csv_comes_in_the_form_of_the_switches(
    vendor: GiosgVendor, http: httpx.AsyncClient, switch: str, value: object, start: str
) -> None:
    vendor.set_switch(switch, value)
    assert (await http.post(DOWNLOAD, json=ASKED)).content.decode().startswith(start)


async def test_some_rows_are_hostile(vendor: GiosgVendor, http: httpx.AsyncClient) -> None:
    assert "=HYPERLINK" in await text(http)
    vendor.set_switch("hostile_rows", value=False)
    assert "=HYPERLINK" not in await text(http)


async def test_the_last_instant_counts_as_switched(
    vendor: GiosgVendor, http: httpx.AsyncClient
) -> None:
    last = (await text(http)).splitlines()[-1].partition(",")[0]
    asked = {"interval": {**ASKED["interval"], "end": last}}
    assert last not in await text(http, **asked)
    vendor.set_switch("end_inclusive", value=True)
    assert last in await text(http, **asked)


async def test_a_file_may_name_itself(vendor: GiosgVendor, http: httpx.AsyncClient) -> None:
    vendor.set_switch("named_files", value=True)
    answer = await http.post(DOWNLOAD, json=ASKED)
    assert answer.headers["content-disposition"] == 'attachment; filename="spring-1.csv"'
