import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.vendors.base import CALLS_KEPT, Call, Vendor
from tests.http.contract import TLS

START = datetime(2026, 11, 23, 8, 59, tzinfo=UTC)


class Echo(Vendor):
    name = "echo"
    carried_out = 0

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/hello", self._hello)
        app.router.add_post("/hello", self._read)

    async def _read(self, request: web.Request) -> web.Response:
        await request.json()
        return await self._hello(request)

    async def _hello(self, _: web.Request) -> web.Response:
        self.carried_out += 1
        return web.json_response({"hello": "world"})


@pytest.fixture
async def vendor() -> AsyncIterator[Echo]:
    async with Echo(SandboxClock(START)) as vendor:
        yield vendor


@pytest.fixture
async def http(vendor: Echo) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=vendor.url, trust_env=False, verify=TLS) as http:
        yield http


async def slowly(vendor: Echo, http: httpx.AsyncClient, path: str) -> None:
    asking = asyncio.create_task(http.get(path))
    await vendor.clock.until_waiting(1)
    vendor.clock.advance(seconds=2)
    await asking


async def test_each_call_is_listed(vendor: Echo, http: httpx.AsyncClient) -> None:
    vendor.set_switch("slow", 2)
    await slowly(vendor, http, "/hello?x=1")
    await slowly(vendor, http, "/nowhere")
    assert list(vendor.calls) == [
        Call(START, "GET", "/hello", 200, 2000.0),
        Call(vendor.calls[1].at, "GET", "/nowhere", 404, 2000.0),
    ]


async def test_only_the_newest_calls_are_listed(vendor: Echo, http: httpx.AsyncClient) -> None:
    vendor.calls.extend([Call(START, "GET", "/old", 200, 0.0)] * CALLS_KEPT)
    await http.get("/hello")
    assert (len(vendor.calls), vendor.calls[-1].path) == (CALLS_KEPT, "/hello")


async def test_listeners_hear_of_calls_and_switches(vendor: Echo, http: httpx.AsyncClient) -> None:
    heard: list[int] = []
    vendor.on_change(lambda: heard.append(len(vendor.calls)))
    await http.get("/hello")
    vendor.set_switch("slow", 1)
    assert heard == [1, 1]


@pytest.mark.parametrize(
    ("switch", "status", "content_type"),
    [
        ("answer_429", 429, "application/json"),
        ("answer_500", 500, "application/json"),
        ("answer_502", 502, "text/html"),
        ("answer_html", 200, "text/html"),
    ],
)
async def test_a_failure_lasts_for_as_many_calls_as_set(
    vendor: Echo, http: httpx.AsyncClient, switch: str, status: int, content_type: str
) -> None:
    vendor.set_switch(switch, 2)
    answers = [await http.get("/hello") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].headers["content-type"].startswith(content_type)
    assert vendor.carried_out == 1


@pytest.mark.parametrize(("header", "expected"), [(False, None), (True, "7")])
async def test_a_429_names_the_wait_in_the_body_and_if_set_in_a_header(
    vendor: Echo, http: httpx.AsyncClient, *, header: bool, expected: str | None
) -> None:
    vendor.set_switch("retry_after", 7)
    vendor.set_switch("retry_after_header", header)
    vendor.set_switch("answer_429", 1)
    answer = await http.get("/hello")
    assert (answer.json()["retry_after"], answer.headers.get("Retry-After")) == (7, expected)


async def test_a_429_can_name_no_wait_at_all(vendor: Echo, http: httpx.AsyncClient) -> None:
    vendor.set_switch("retry_after", 0)
    vendor.set_switch("answer_429", 1)
    assert "retry_after" not in (await http.get("/hello")).json()


@pytest.mark.parametrize(
    ("switch", "carried_out"), [("cut_body", 1), ("drop", 0), ("drop_after", 1)]
)
async def test_a_broken_connection_is_one(
    vendor: Echo, http: httpx.AsyncClient, switch: str, carried_out: int
) -> None:
    vendor.set_switch(switch, 1)
    with pytest.raises(httpx.RemoteProtocolError):
        await http.get("/hello")
    assert vendor.carried_out == carried_out
    assert (await http.get("/hello")).status_code == 200


async def test_a_call_that_is_never_answered_ends_with_the_vendor() -> None:
    async with (
        Echo(SandboxClock(START)) as vendor,
        httpx.AsyncClient(trust_env=False, verify=TLS) as http,
    ):
        vendor.set_switch("silent", 1)
        arrived = asyncio.Event()
        vendor.on_change(arrived.set)
        waiting = asyncio.create_task(http.get(f"{vendor.url}/hello", timeout=60))
        await arrived.wait()
        assert not waiting.done()
        await vendor.__aexit__(None, None, None)
        with pytest.raises(httpx.RemoteProtocolError):
            await waiting


async def test_a_slow_call_is_carried_out_although_its_caller_gave_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = SandboxClock(START, running=True)
    async with Echo(clock) as vendor, httpx.AsyncClient(trust_env=False, verify=TLS) as http:
        vendor.set_switch("slow", 60)
        with pytest.raises(httpx.ReadTimeout):
            await http.post(f"{vendor.url}/hello", content=b"{}", timeout=0.05)
        vendor.set_switch("slow", 0)
        await http.get(f"{vendor.url}/hello")  # by now the vendor has seen the caller go
        ended = asyncio.Event()
        vendor.on_change(ended.set)
        clock.advance(seconds=60)
        await ended.wait()
    assert vendor.carried_out == 2
    assert not caplog.records


@pytest.mark.parametrize(
    ("switch", "value", "date"),
    [
        ("minutes_ahead", 0, "Mon, 23 Nov 2026 08:59:00 GMT"),
        ("minutes_ahead", 90, "Mon, 23 Nov 2026 10:29:00 GMT"),
        ("minutes_behind", 60 * 24, "Sun, 22 Nov 2026 08:59:00 GMT"),
        ("no_date", True, None),
    ],
)
async def test_answers_are_dated_by_the_vendors_own_clock(
    vendor: Echo, http: httpx.AsyncClient, switch: str, value: object, date: str | None
) -> None:
    vendor.set_switch(switch, value)
    for path in ("/hello", "/nowhere"):
        assert (await http.get(path)).headers.get("date") == date
