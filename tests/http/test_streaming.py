import asyncio
import gzip
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.credentials import SecretHeader
from bot.http.exchange import CONCURRENT_DOWNLOADS, MOST_REDIRECTS, HttpLimits
from bot.http.retrying import RetryRule
from bot.http.streaming import Download, bare_filename, peeked
from bot.http.vendor_http import VendorHttp
from tests.http.contract import connected
from tests.http.scripted import Reply, Scripted, cuts, drops, page, says

SECRET = "token-for-tests"
FILE = says(
    200,
    "a,b\r\n1,2\r\n",
    content_type="text/csv",
    headers={"Content-Disposition": 'attachment; filename="r.csv"'},
)


@pytest.fixture
async def vendor() -> AsyncIterator[Scripted]:
    async with Scripted(FILE) as vendor:
        yield vendor


@pytest.fixture
async def other() -> AsyncIterator[Scripted]:
    async with Scripted(FILE) as other:
        yield other


def client(
    vendor: Scripted, hosts: Iterable[str] = (), limits: HttpLimits | None = None
) -> AbstractAsyncContextManager[VendorHttp]:
    secret = SecretHeader("Authorization", SecretStr(SECRET), prefix="Bearer ")
    return connected(vendor, secret, download_hosts=hosts, limits=limits)


async def fetched(
    client: AbstractAsyncContextManager[VendorHttp], url: str
) -> tuple[Download, bytes]:
    async with client as http, http.open_download(url) as download:
        return download, b"".join([chunk async for chunk in download.chunks])


async def failure(client: AbstractAsyncContextManager[VendorHttp], url: str) -> VendorError:
    with pytest.raises(VendorError) as failed:
        await fetched(client, url)
    return failed.value


def moved(url: str) -> Reply:
    return says(302, headers={"Location": url})


async def test_a_file_comes_with_its_length_type_and_name(vendor: Scripted) -> None:
    download, content = await fetched(client(vendor), f"{vendor.url}/f")
    assert (download.length, download.content_type) == (10, "text/csv")
    assert (download.filename, content) == ("r.csv", b"a,b\r\n1,2\r\n")


async def test_a_length_that_is_not_said_is_none(vendor: Scripted) -> None:
    async def chunked(_: web.Request) -> web.StreamResponse:
        response = web.Response(body=b"x" * 1000)
        response.enable_chunked_encoding()
        return response

    vendor.then(chunked)
    download, content = await fetched(client(vendor), f"{vendor.url}/f")
    assert (download.length, download.filename, len(content)) == (None, None, 1000)


async def test_the_own_host_sees_the_secret(vendor: Scripted) -> None:
    await fetched(client(vendor), f"{vendor.url}/f")
    assert vendor.received[0].headers["Authorization"] == f"Bearer {SECRET}"


async def test_a_trusted_host_serves_files_but_sees_no_secret(
    vendor: Scripted, other: Scripted
) -> None:
    await fetched(client(vendor, [other.host]), f"{other.url}/f")
    assert "Authorization" not in other.received[0].headers


async def test_a_host_that_is_not_listed_is_not_asked_at_all(
    vendor: Scripted, other: Scripted
) -> None:
    error = await failure(client(vendor), f"{other.url}/f")
    assert (error.reason, error.detail) == (Reason.UNTRUSTED_HOST, other.host)
    assert other.received == []


async def test_a_redirect_is_followed_and_checked_at_each_hop(
    vendor: Scripted, other: Scripted
) -> None:
    vendor.then(moved("/again"), moved(f"{other.url}/f"))
    await fetched(client(vendor, [other.host]), f"{vendor.url}/f")
    assert [request.path for request in vendor.received] == ["/f", "/again"]
    assert "Authorization" not in other.received[0].headers


async def test_a_redirect_to_a_stranger_ends_there(vendor: Scripted, other: Scripted) -> None:
    vendor.then(moved(f"{other.url}/steal"))
    error = await failure(client(vendor), f"{vendor.url}/f")
    assert (error.reason, other.received) == (Reason.UNTRUSTED_HOST, [])


async def test_a_question_by_post_may_lead_to_a_file(vendor: Scripted) -> None:
    vendor.then(says(303, headers={"Location": "/file"}))
    async with client(vendor) as http, http.open_download("f", method="POST", json={"n": 1}) as it:
        assert it.filename == "r.csv"
    assert [(one.method, one.body) for one in vendor.received] == [
        ("POST", b'{"n": 1}'),
        ("GET", b""),
    ]


async def test_a_question_by_post_is_not_sent_elsewhere(vendor: Scripted) -> None:
    vendor.then(moved("/again"))
    async with client(vendor) as http:
        with pytest.raises(VendorError) as failed:
            await http.open_download("f", method="POST", json={"n": 1}).__aenter__()
    assert (failed.value.reason, len(vendor.received)) == (Reason.REJECTED, 1)


async def test_redirects_in_a_circle_end(vendor: Scripted) -> None:
    vendor.otherwise = moved("/f")
    error = await failure(client(vendor), f"{vendor.url}/f")
    assert error.reason is Reason.REJECTED
    assert len(vendor.received) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/f",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//evil.example/f",
        "http://[::1/",
    ],
)
async def test_an_address_that_is_none_of_ours_is_refused(vendor: Scripted, url: str) -> None:
    assert (await failure(client(vendor), url)).reason is Reason.UNTRUSTED_HOST


async def test_a_name_in_the_address_is_refused_and_not_shown(vendor: Scripted) -> None:
    error = await failure(client(vendor), f"http://me:pass@{vendor.host}/f")
    assert (error.reason, error.detail) == (Reason.UNTRUSTED_HOST, vendor.host)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (says(404, {"message": "gone"}), Reason.NOT_FOUND),
        (says(410, {"message": "gone"}), Reason.NOT_FOUND),
        (says(401), Reason.AUTH),
        (page(200), Reason.MALFORMED),
        (page(502), Reason.UNAVAILABLE),
        (drops, Reason.UNAVAILABLE),
        (cuts({"rows": list(range(100))}), Reason.MALFORMED),
    ],
)
async def test_trouble_with_a_file_is_named(vendor: Scripted, reply: Reply, reason: Reason) -> None:
    vendor.otherwise = reply
    assert (await failure(client(vendor), f"{vendor.url}/f")).reason is reason


async def test_opening_is_tried_again(vendor: Scripted) -> None:
    vendor.then(says(503), drops)
    _, content = await fetched(client(vendor), f"{vendor.url}/f")
    assert (content[:3], len(vendor.received)) == (b"a,b", 3)


async def test_a_file_by_post_is_asked_for_with_its_json(vendor: Scripted) -> None:
    async with client(vendor) as http, http.open_download("f", method="POST", json={"n": 1}) as it:
        assert it.length == 10
    assert (vendor.received[0].method, vendor.received[0].json) == ("POST", {"n": 1})


async def test_a_file_said_to_be_too_large_is_not_begun(vendor: Scripted) -> None:
    error = await failure(client(vendor, limits=HttpLimits(largest_download=9)), f"{vendor.url}/f")
    assert error.reason is Reason.TOO_LARGE


async def test_a_file_that_turns_out_too_large_is_not_read_on(vendor: Scripted) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while request.transport and not request.transport.is_closing():
            await response.write(b"x" * 10_000)
        return response

    vendor.then(endless)
    error = await failure(client(vendor, limits=HttpLimits(largest_download=50_000)), "f")
    assert error.reason is Reason.TOO_LARGE


async def test_silence_in_the_middle_of_a_file_is_a_timeout(vendor: Scripted) -> None:
    async def stalls(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "10"})
        await response.prepare(request)
        await response.write(b"x")
        return await vendor.silence(request)

    vendor.then(stalls)
    error = await failure(client(vendor, limits=HttpLimits(read=0.05)), "f")
    assert error.reason is Reason.TIMEOUT


async def test_open_files_do_not_hold_up_questions(vendor: Scripted) -> None:
    async with client(vendor) as http:
        opened = [http.open_download("f") for _ in range(CONCURRENT_DOWNLOADS)]
        for download in opened:
            await download.__aenter__()
        waiting = asyncio.create_task(http.open_download("f").__aenter__())
        assert (await http.call("GET", "x", safe=True)).status == 200
        assert not waiting.done()
        waiting.cancel()
        for download in opened:
            await download.__aexit__(None, None, None)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", None),
        ("attachment", None),
        ('attachment; filename="a b.csv"', "a b.csv"),
        ("attachment; filename=../../etc/passwd", "passwd"),
        (r'attachment; filename="C:\\x\\r.csv"', "r.csv"),
        ("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.csv", "résumé.csv"),
        ("attachment; filename*=UTF-8''..%2F..%2Fx.csv", "x.csv"),
        ('attachment; filename=".."', None),
        ('attachment; filename="a\tb\u202e.csv"', "ab.csv"),
        (f'attachment; filename="{"x" * 300}.csv"', f"{'x' * 146}.csv"),
    ],
)
def test_a_suggested_name_is_reduced_to_a_bare_one(header: str, name: str | None) -> None:
    assert bare_filename(header) == name


async def test_silence_before_a_file_is_a_timeout(vendor: Scripted) -> None:
    vendor.otherwise = vendor.silence
    limits = HttpLimits(read=0.03, attempt=0.03, retry=RetryRule(attempts=1))
    error = await failure(client(vendor, limits=limits), "f")
    assert error.reason is Reason.TIMEOUT


async def test_a_file_that_comes_packed_is_unpacked_and_has_no_known_length(
    vendor: Scripted,
) -> None:
    async def packed(_: web.Request) -> web.StreamResponse:
        body = gzip.compress(b"a,b\n" * 1000)
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    vendor.then(packed)
    download, content = await fetched(client(vendor), "f")
    assert (download.length, content) == (None, b"a,b\n" * 1000)


async def test_a_web_page_is_a_file_where_one_is_expected(vendor: Scripted) -> None:
    vendor.otherwise = page(200)
    async with client(vendor) as http, http.open_download("f", pages=True) as download:
        content = b"".join([chunk async for chunk in download.chunks])
    assert content.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("pieces", "size", "first"),
    [
        ([b"abc", b"def"], 4, b"abcd"),
        ([b"abc", b"def"], 3, b"abc"),
        ([b"abc"], 100, b"abc"),
        ([], 4, b""),
    ],
)
async def test_the_beginning_of_a_file_can_be_seen_before_all_of_it(
    pieces: list[bytes], size: int, first: bytes
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    seen, download = await peeked(Download(None, "", None, chunks()), size)
    assert seen == first
    assert b"".join([chunk async for chunk in download.chunks]) == b"".join(pieces)
