import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.credentials import SecretHeader
from bot.http.exchange import CONCURRENT_CALLS, HttpLimits
from bot.http.retrying import RetryRule
from bot.http.vendor_http import VendorHttp
from sandbox.clock import SandboxClock
from tests.http.contract import START, connected
from tests.http.scripted import Scripted, says

SECRET = "token-for-tests"


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(START)


@pytest.fixture
async def vendor() -> AsyncIterator[Scripted]:
    async with Scripted(says(200, {"ok": True})) as vendor:
        yield vendor


def client(
    vendor: Scripted, clock: SandboxClock, limits: HttpLimits | None = None
) -> AbstractAsyncContextManager[VendorHttp]:
    secret = SecretHeader("Authorization", SecretStr(SECRET), prefix="Token token=")
    headers = {"X-AppId": "com.example"}
    return connected(vendor, secret, clock=clock, headers=headers, limits=limits)


async def test_all_that_a_call_was_given_is_sent(vendor: Scripted, clock: SandboxClock) -> None:
    async with client(vendor, clock) as http:
        await http.call(
            "GET",
            "/v4/reads?team=1",
            safe=True,
            params={"page": "2"},
            headers={"Range": "objects=0-99"},
        )
    sent = vendor.received[0]
    assert (sent.method, sent.path) == ("GET", "/v4/reads?team=1&page=2")
    assert sent.headers["Authorization"] == f"Token token={SECRET}"
    assert sent.headers["X-AppId"] == "com.example"
    assert sent.headers["Range"] == "objects=0-99"


async def test_a_body_of_bytes_is_sent_as_it_is(vendor: Scripted, clock: SandboxClock) -> None:
    xml = {"Content-Type": 'application/xml; charset="utf-8"'}
    async with client(vendor, clock) as http:
        await http.call("POST", "run", safe=False, content="<a>ü</a>".encode(), headers=xml)
    assert vendor.received[0].body == "<a>ü</a>".encode()
    assert vendor.received[0].headers["Content-Type"] == xml["Content-Type"]


async def test_text_that_is_no_unicode_can_still_be_asked(
    vendor: Scripted, clock: SandboxClock
) -> None:
    async with client(vendor, clock) as http:
        await http.call("POST", "ask", safe=True, json={"q": "\ud800 ü"})
    assert vendor.received[0].json == {"q": "\ud800 ü"}


async def test_the_answer_keeps_status_headers_and_bytes(
    vendor: Scripted, clock: SandboxClock
) -> None:
    vendor.then(says(206, "a;b", content_type="text/csv", headers={"Content-Range": "x 0-1/2"}))
    async with client(vendor, clock) as http:
        answer = await http.call("GET", "csv", safe=True)
    assert (answer.status, answer.body) == (206, b"a;b")
    assert answer.headers["content-range"] == "x 0-1/2"


async def test_at_most_ten_calls_are_under_way(vendor: Scripted, clock: SandboxClock) -> None:
    under_way: set[int] = set()
    most = 0
    full = asyncio.Event()

    async def crowded(request: web.Request) -> web.StreamResponse:
        nonlocal most
        under_way.add(id(request))
        most = max(most, len(under_way))
        if len(under_way) == CONCURRENT_CALLS:
            full.set()
        await full.wait()
        under_way.discard(id(request))
        return web.json_response({})

    vendor.otherwise = crowded
    async with client(vendor, clock) as http:
        await asyncio.gather(*(http.call("GET", "x", safe=True) for _ in range(30)))
    assert (most, len(vendor.received)) == (CONCURRENT_CALLS, 30)


async def test_an_attempt_that_takes_too_long_as_a_whole_is_a_timeout(
    vendor: Scripted, clock: SandboxClock
) -> None:
    vendor.otherwise = vendor.silence
    limits = HttpLimits(read=0.04, attempt=0.05, retry=RetryRule(attempts=1))
    async with client(vendor, clock, limits) as http:
        with pytest.raises(VendorError) as failure:
            await http.call("GET", "x", safe=True)
    assert failure.value.reason is Reason.TIMEOUT


async def test_no_attempt_begins_that_could_not_end_before_the_deadline(
    vendor: Scripted, clock: SandboxClock
) -> None:
    async def late(_: web.Request) -> web.StreamResponse:
        clock.advance(seconds=99.9)
        return web.Response(status=503)

    vendor.otherwise = late
    async with client(vendor, clock) as http:
        with pytest.raises(VendorError):
            await http.call("GET", "x", safe=True)
    assert len(vendor.received) == 1
    assert clock.now() - START == timedelta(seconds=99.9)


async def test_a_cancelled_call_frees_its_place(vendor: Scripted, clock: SandboxClock) -> None:
    arrived = asyncio.Event()

    async def arrives(request: web.Request) -> web.StreamResponse:
        arrived.set()
        return await vendor.silence(request)

    vendor.then(arrives)
    async with client(vendor, clock, HttpLimits(concurrent_calls=1)) as http:
        first = asyncio.create_task(http.call("GET", "slow", safe=True))
        await arrived.wait()
        first.cancel()
        assert (await http.call("GET", "next", safe=True)).status == 200


@pytest.mark.parametrize("secret", ["", " key", "key\n", "schlüssel", "a\x00b"])
def test_a_secret_that_no_header_can_carry_is_refused_unquoted(secret: str) -> None:
    with pytest.raises(ValueError, match="X-API-Key") as refusal:
        SecretHeader("X-API-Key", SecretStr(secret))
    assert not secret or secret not in str(refusal.value)


async def test_silence_in_the_middle_of_an_answer_is_a_timeout(
    vendor: Scripted, clock: SandboxClock
) -> None:
    async def stalls(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "10"})
        await response.prepare(request)
        await response.write(b"x")
        return await vendor.silence(request)

    vendor.otherwise = stalls
    async with client(vendor, clock, HttpLimits(read=0.05, retry=RetryRule(attempts=1))) as http:
        with pytest.raises(VendorError) as failure:
            await http.call("GET", "x", safe=True)
    assert failure.value.reason is Reason.TIMEOUT


async def test_a_long_poll_may_be_silent_for_longer(vendor: Scripted, clock: SandboxClock) -> None:
    enough = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, enough.set)

    async def late(_: web.Request) -> web.StreamResponse:
        await enough.wait()
        return web.json_response({})

    vendor.then(late)
    limits = HttpLimits(connect=1, read=0.01, attempt=0.02, retry=RetryRule(attempts=1))
    async with client(vendor, clock, limits) as http:
        assert (await http.call("GET", "x", safe=True, read=5)).status == 200


async def test_a_change_that_never_got_its_turn_is_not_uncertain(
    vendor: Scripted, clock: SandboxClock
) -> None:
    arrived = asyncio.Event()

    async def arrives(request: web.Request) -> web.StreamResponse:
        arrived.set()
        return await vendor.silence(request)

    vendor.then(arrives)
    limits = HttpLimits(connect=0.2, read=0.04, attempt=0.05, concurrent_polls=1)
    async with client(vendor, clock, limits) as http:
        first = asyncio.create_task(http.call("GET", "slow", safe=True, read=30))
        await arrived.wait()
        with pytest.raises(VendorError) as failure:
            await http.call("POST", "start", safe=False, read=0.04)
        first.cancel()
    assert (failure.value.reason, failure.value.uncertain) == (Reason.TIMEOUT, False)
    assert len(vendor.received) == 1


async def test_a_long_poll_holds_up_no_other_call(vendor: Scripted, clock: SandboxClock) -> None:
    arrived = asyncio.Event()

    async def arrives(request: web.Request) -> web.StreamResponse:
        arrived.set()
        return await vendor.silence(request)

    vendor.then(arrives)
    limits = HttpLimits(read=1, attempt=1, concurrent_calls=1, concurrent_polls=1)
    async with client(vendor, clock, limits) as http:
        poll = asyncio.create_task(http.call("GET", "slow", safe=True, read=30))
        await arrived.wait()
        assert (await http.call("GET", "quick", safe=True)).status == 200
        poll.cancel()
