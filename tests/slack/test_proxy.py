"""Behind a proxy everything goes through it: calls, answers to forms, files there and back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.errors import SlackUnreachableError
from bot.slack.client import Slack

HOST = "files.slack.com"


@asynccontextmanager
async def proxy(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """Have a proxy that lets nobody through; yield what it is asked for."""
    asked: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readline()).decode().strip())
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        yield asked


async def bytes_of_a_file() -> AsyncIterator[bytes]:
    yield b"a file"


async def test_nothing_passes_it_by(monkeypatch: pytest.MonkeyPatch) -> None:
    async with (
        proxy(monkeypatch) as asked,
        Slack(token="xoxb-x", api_url="https://slack.com/api") as slack,
    ):
        for call in (
            slack.call("auth.test"),
            slack.respond("https://hooks.slack.com/commands/1", {"text": "hello"}),
            slack.put_file(f"https://{HOST}/upload/1", bytes_of_a_file(), length=6),
        ):
            with suppress(SlackUnreachableError):
                await call

    assert asked == [
        "CONNECT slack.com:443 HTTP/1.1",
        "CONNECT hooks.slack.com:443 HTTP/1.1",
        f"CONNECT {HOST}:443 HTTP/1.1",
    ]
