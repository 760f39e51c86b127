"""What anybody may send to the port: short answers, few lines, and no place held for long."""

import asyncio
import logging
import sqlite3
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog

from bot.assembly.features import load_settings
from bot.config import with_environment, with_values
from bot.door.connections import LOG_SECONDS, ConnectionLimits
from bot.door.serving import Endpoint, serving
from bot.door.serving import listening as serving_at
from sandbox.world import World
from tests.processes import flowbot
from tests.stage import Stage

LIMITS = ConnectionLimits(most=20)
HOST = b"Host: flowbot\r\nConnection: close\r\n"
EVENTS = b"POST /slack/events HTTP/1.1\r\n" + HOST
STAMP = b"X-Slack-Request-Timestamp: "
SIGNED = STAMP + b"1764500000\r\nX-Slack-Signature: v0=" + b"0" * 64 + b"\r\n"
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: flowbot\r\n\r\n"
READY = b"GET /readyz HTTP/1.1\r\nHost: flowbot\r\n\r\n"
HALF = {
    "nothing": b"",
    "half a line": b"POST /slack",
    "half the headers": EVENTS + b"X-Slack",
    "half the body": EVENTS + SIGNED + b"Content-Length: 100\r\n\r\nhalf",
}


def post(body: bytes, headers: bytes = b"") -> bytes:
    return EVENTS + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body


ODD = {
    "no body": post(b""),
    "a list": post(b"payload=[]"),
    "null": post(b"payload=null"),
    "cut JSON": post(b"{"),
    "deep JSON": post(b"[" * 100_000),
    "no number for a time": post(b"a", SIGNED.replace(b": 1764500000", b": abc")),
    "a time far ahead": post(b"a", SIGNED.replace(b": 1764500000", b": 99999999999")),
    "a time beyond all": post(b"a", SIGNED.replace(b": 1764500000", b": " + b"9" * 30)),
    "digits of elsewhere": post(b"a", SIGNED.replace(b": 1764500000", ": ١٢".encode())),
    "a signature not in ASCII": post(b"a", STAMP + b"1\r\nX-Slack-Signature: v0=\xc3\xa9\r\n"),
    "a wrong signature": post(b"command=%2Fflow", SIGNED),
    "bytes that are no text": post(b"\xff\xfe\x00", SIGNED),
    "an unknown charset": post(b"a", SIGNED + b"Content-Type: text/plain; charset=none\r\n"),
    "packed, it says": post(b"a", SIGNED + b"Content-Encoding: gzip\r\n"),
    "broken chunks": EVENTS + SIGNED + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "a length below nothing": EVENTS + SIGNED + b"Content-Length: -5\r\n\r\n",
    "a header without end": EVENTS + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
    "thousands of headers": EVENTS + b"X: y\r\n" * 5_000 + b"\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200)),
    "an address that is none": b"GET http://[::1 HTTP/1.1\r\n" + HOST + b"\r\n",
}


class Time:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Time:
    return Time()


@asynccontextmanager
async def door(
    stage: Stage, time: Time, limits: ConnectionLimits = LIMITS, **slack: Any
) -> AsyncIterator[Endpoint]:
    """Yield a port of its own to the stage's bot."""
    settings = with_environment(load_settings(), stage.world.environment)
    settings = with_values(settings, slack=slack, general={"port": 0})
    port = None if slack else 0
    async with (
        serving_at(settings, port=port, limits=limits, now=time) as endpoint,
        serving(settings, stage.bot.process, endpoint),
    ):
        yield endpoint


@pytest.fixture
async def listening(stage: Stage, time: Time) -> AsyncIterator[Endpoint]:
    async with door(stage, time) as listening:
        yield listening


class Clients:
    """Connections of somebody else, closed at the end."""

    def __init__(self, stack: AsyncExitStack, port: int) -> None:
        self._stack = stack
        self._port = port

    async def send(self, raw: bytes) -> StreamReader:
        """Open a connection and send some bytes; return what is answered."""
        return (await self.connect(raw))[0]

    async def connect(self, raw: bytes) -> tuple[StreamReader, StreamWriter]:
        """Open a connection and send some bytes; return both ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._stack.callback(writer.close)
        writer.write(raw)
        await writer.drain()
        return reader, writer

    async def half_sent(self) -> list[StreamReader]:
        """Begin requests of each kind, one of them a second; return once the bot has them."""
        readers = [await self.send(raw) for raw in HALF.values()]
        second, writer = await self.connect(ALIVE)
        assert await answer(second) == 200
        writer.write(b"POST /slack")
        assert await self.alive()
        return [*readers, second]

    async def alive(self) -> bool:
        return await answer(await self.send(ALIVE)) == 200


@asynccontextmanager
async def clients(port: int) -> AsyncIterator[Clients]:
    async with AsyncExitStack() as stack:
        yield Clients(stack, port)


async def answer(reader: StreamReader) -> int:
    """Return the status of the next answer, read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = head.lower().partition("content-length:")[2].split("\r")[0]
    await reader.readexactly(int(length))
    return int(head.split()[1])


async def closed(readers: Iterable[StreamReader]) -> list[bool]:
    """Return which connections the bot has closed by now."""
    return [await _ended(reader) for reader in readers]


async def _ended(reader: StreamReader) -> bool:
    try:
        return await reader.read() == b""
    except ConnectionError:
        return True


async def test_three_hundred_odd_requests_get_short_answers_and_one_line(
    listening: Endpoint, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "aiohttp.server")
    async with clients(listening.port) as others:
        with structlog.testing.capture_logs() as logged:
            statuses = [
                await answer(await others.send(raw)) for raw in ODD.values() for _ in range(15)
            ]
            time.seconds += LOG_SECONDS
            await listening.door.server.look()

    assert len(statuses) == 300
    assert set(statuses) == {400, 401}
    first, rest = logged
    assert first == {"event": "requests_refused", "log_level": "warning", "unsigned": 1}
    assert sum(value for value in rest.values() if isinstance(value, int)) == 299
    assert "exc_info" not in rest
    assert caplog.messages == []


async def test_a_body_beyond_all_that_slack_sends_is_refused(listening: Endpoint) -> None:
    async with clients(listening.port) as others:
        assert await answer(await others.send(post(b"x" * 2_000_000, SIGNED))) == 413
        assert await others.alive()


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.1", 404),
        (b"GET /slack/events HTTP/1.1", 405),
        (b"HEAD /readyz HTTP/1.1", 200),
    ],
)
async def test_other_addresses_and_methods_have_their_own_answers(
    listening: Endpoint, request_line: bytes, status: int
) -> None:
    async with clients(listening.port) as others:
        reader = await others.send(request_line + b"\r\n" + HOST + b"\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 %d " % status)


async def test_half_sent_requests_are_closed_after_ten_seconds(
    listening: Endpoint, time: Time
) -> None:
    async with clients(listening.port) as others:
        readers = await others.half_sent()
        time.seconds += LIMITS.request - 0.1
        await listening.door.server.look()
        assert len(listening.door.server.connections) >= len(readers)

        time.seconds += 0.2
        with structlog.testing.capture_logs() as logged:
            await listening.door.server.look()
            assert await closed(readers) == [True] * len(readers)
            time.seconds += LOG_SECONDS
            await listening.door.server.look()

    assert [each["too_slow"] for each in logged] == [1, len(readers) - 1]


async def test_a_connection_between_two_requests_may_rest_for_longer_than_proxies_do(
    listening: Endpoint, time: Time
) -> None:
    async with clients(listening.port) as others:
        reader, writer = await others.connect(ALIVE)
        assert await answer(reader) == 200
        time.seconds += 70
        await listening.door.server.look()
        writer.write(ALIVE)
        assert await answer(reader) == 200

        time.seconds += LIMITS.idle
        with structlog.testing.capture_logs() as logged:
            await listening.door.server.look()
            assert await closed([reader]) == [True]
    assert logged == []


async def test_bytes_that_come_one_by_one_win_no_time(listening: Endpoint, time: Time) -> None:
    async with clients(listening.port) as others:
        reader, writer = await others.connect(b"")
        for byte in b"POST /slack/ev":
            writer.write(bytes([byte]))
            assert await others.alive()
            time.seconds += 1
            await listening.door.server.look()
        assert await closed([reader]) == [True]


async def test_where_all_places_are_taken_the_longest_waiting_makes_room(
    stage: Stage, time: Time
) -> None:
    limits = ConnectionLimits(most=10)
    async with door(stage, time, limits) as listening, clients(listening.port) as others:
        readers = []
        for _ in range(8):
            readers += await others.half_sent()
            time.seconds += 0.5
            assert len(listening.door.server.connections) <= limits.most

        assert await closed(readers[:25]) == [True] * 25


async def test_with_few_files_to_open_hundreds_of_half_sent_requests_stop_nothing(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    async with flowbot("web", folder=tmp_path, settings=settings, files=256) as process:
        port = (await process.event("listening"))["port"]
        async with clients(port) as others:
            for _ in range(300):
                await others.send(HALF["half the body"])
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"http://127.0.0.1:{port}/readyz") as ready,
            ):
                assert ready.status == 200
    assert "Traceback" not in "".join(process.err)


async def test_it_is_not_ready_while_nothing_can_be_written_and_asks_once_a_second(
    stage: Stage, time: Time, listening: Endpoint, path: Path
) -> None:
    await stage.bot.database.transaction(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))
    async with clients(listening.port) as others:
        assert await answer(await others.send(READY)) == 200
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert [await answer(await others.send(READY)) for _ in range(5)] == [200] * 5
            time.seconds += 1
            assert [await answer(await others.send(READY)) for _ in range(5)] == [503] * 5
        time.seconds += 1
        assert await answer(await others.send(READY)) == 200


async def test_it_is_not_ready_while_slack_refuses_all_messages(
    stage: Stage, time: Time, listening: Endpoint
) -> None:
    stage.slack.refuse("chat.postMessage", error="token_revoked")
    async with clients(listening.port) as others:
        await stage.slack.command("/flow-report onboarding", channel="CTRAIN")
        await stage.bot.settle()
        assert await answer(await others.send(READY)) == 503

        stage.clock.advance(seconds=31)
        await stage.bot.settle()
        time.seconds += 1
        assert await answer(await others.send(READY)) == 200


async def test_with_socket_mode_only_this_machine_is_listened_to(stage: Stage, time: Time) -> None:
    async with door(stage, time, app_token=stage.slack.app_token) as listening:
        assert listening.host == "127.0.0.1"


async def test_over_http_everybody_may_come(stage: Stage, time: Time) -> None:
    async with door(stage, time, app_token=None) as listening:
        assert listening.host in {"::", "0.0.0.0"}  # noqa: S104
