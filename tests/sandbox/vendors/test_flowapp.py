from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.clock import SandboxClock
from sandbox.vendors.flowapp import REPORTS, SESSIONS, FlowAppVendor
from tests.http.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)


@pytest.fixture
async def vendor() -> AsyncIterator[FlowAppVendor]:
    async with FlowAppVendor(SandboxClock(START), odd=True) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: FlowAppVendor) -> AsyncIterator[httpx.AsyncClient]:
    key = {"api-secret": vendor.api_secret}
    async with httpx.AsyncClient(
        base_url=vendor.url, headers=key, trust_env=False, verify=TLS
    ) as http:
        yield http


async def got(http: httpx.AsyncClient, path: str) -> Any:
    return (await http.get(path)).json()["data"]


async def test_every_period_has_events(http: httpx.AsyncClient) -> None:
    everything = await got(http, SESSIONS)
    parts = [
        await got(http, f"{SESSIONS}?period={period}") for period in ("past", "current", "future")
    ]
    assert all(parts)
    assert [event for part in parts for event in part] == everything


async def test_the_same_moment_gives_the_same_account(http: httpx.AsyncClient) -> None:
    async with FlowAppVendor(SandboxClock(START), odd=True) as twin:
        headers = {"api-secret": twin.api_secret}
        second = await http.get(f"{twin.url}{SESSIONS}", headers=headers)
    assert await got(http, SESSIONS) == second.json()["data"]


async def test_an_event_fills_up_runs_and_is_over(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    event = next(e for e in await got(http, f"{SESSIONS}?period=future") if "tour" in e["title"])
    people = f"{REPORTS}/registrants/{event['token']}"
    first = len(await got(http, people))
    vendor.clock.advance(seconds=86_400)
    later = await got(http, people)
    assert first < len(later)
    assert not any(one["entryTime"] for one in later)
    vendor.clock.advance(seconds=86_400)
    assert any(one["entryTime"] for one in await got(http, people))
    assert event["token"] in [e["token"] for e in await got(http, f"{SESSIONS}?period=past")]


async def test_new_events_come_into_sight_with_time(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    before = {event["token"] for event in await got(http, SESSIONS)}
    vendor.clock.advance(seconds=14 * 86_400)
    after = {event["token"] for event in await got(http, SESSIONS)}
    assert before < after


async def test_an_event_keeps_its_local_time_over_a_change_of_the_clocks(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    vendor.clock.advance(to=datetime(2027, 4, 20, tzinfo=UTC))
    tours = [e for e in await got(http, SESSIONS) if e["title"] == "Product tour"]
    assert {event["time"] for event in tours} == {"15:00:00"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (SESSIONS, 401),
        (f"{SESSIONS}/x", 401),
        (f"{SESSIONS}/public/x", 404),
        ("/api/v1/users", 401),
        (f"{REPORTS}/csv/summary/x", 401),
        ("/api/v1/nothing", 404),
    ],
)
async def test_all_but_the_public_calls_need_the_secret(
    vendor: FlowAppVendor, http: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await http.get(path, headers={"api-secret": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    vendor.set_switch("refusal", "200 with a code")
    answer = await http.get(path, headers={"api-secret": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (200, status)


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/api/v1/registrants", [], "Request body must be a JSON object"),
        ("/api/v1/registrants", {"email": "a@b.c"}, "eventSessionToken is required"),
        (
            "/api/v1/registrants",
            {"eventSessionToken": "x", "email": "a", "firstName": "A", "lastName": "B"},
            "email is not valid",
        ),
        ("/api/v1/event", {}, "creatorID is required"),
        (
            "/api/v1/event",
            {
                "creatorID": 1,
                "title": "T",
                "description": "D",
                "date": "2026-12-01",
                "time": "10:00:00",
                "timezone": "UTC",
                "operators": [{"id": 40, "role": 7}],
            },
            "operators[].micEnabled is required",
        ),
    ],
)
async def test_a_bad_body_is_refused(
    http: httpx.AsyncClient, path: str, body: object, message: str
) -> None:
    answer = await http.post(path, json=body)
    assert (answer.status_code, answer.json()["message"]) == (400, message)


async def test_a_report_on_an_event_to_come_is_empty_or_missing(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    token = (await got(http, f"{SESSIONS}?period=future"))[-1]["token"]
    path = f"{REPORTS}/csv/attendeeChat/{token}"
    assert (await http.get(path)).text == "Time,Name,Message\r\n"
    vendor.set_switch("report_too_early", "404")
    assert (await http.get(path)).status_code == 404


async def test_an_event_can_have_as_many_registrants_as_wanted(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    vendor.set_switch("many_registrants", 5000)
    vendor.set_switch("hosts_listed", value=False)
    token = (await got(http, f"{SESSIONS}?period=past"))[-1]["token"]
    assert len(await got(http, f"{REPORTS}/registrants/{token}")) == 5000


@pytest.mark.parametrize("form", ["redirectURL", "302"])
async def test_a_registration_with_redirect_names_its_link_elsewhere(
    vendor: FlowAppVendor, http: httpx.AsyncClient, form: str
) -> None:
    vendor.set_switch("redirect", form)
    token = (await got(http, f"{SESSIONS}?period=future"))[0]["token"]
    person = {"email": "a@b.c", "firstName": "A", "lastName": "B", "eventSessionToken": token}
    answer = await http.post("/api/v1/registrants", json={**person, "redirect": True})
    if form == "302":
        link = answer.headers["location"]
    else:
        link = answer.json()["redirectURL"]
        assert "url" not in answer.json()["data"]
    assert (await http.get(link)).text.startswith("<!doctype html><title>FLOW</title>")


async def test_an_unknown_period_gives_all_or_a_refusal(
    vendor: FlowAppVendor, http: httpx.AsyncClient
) -> None:
    assert await got(http, f"{SESSIONS}?period=x") == await got(http, SESSIONS)
    vendor.set_switch("unknown_period", "400")
    assert (await http.get(f"{SESSIONS}?period=x")).status_code == 400
