"""Assistants that call tools: the protocol's official client, and requests as Slack signs them."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp
import httpx2
from mcp import Client
from mcp.client.extension import advertise
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, Implementation, TextContent

from bot.assembly.process import Process
from sandbox.slack import SlackSandbox
from sandbox.slack.delivery.signing import signature_headers
from tests.stage import Stage

T = TypeVar("T")
BLOCK_KIT = "io.slack/block-kit"
ADA: Mapping[str, Any] = {"user_id": "UADA", "team_id": "TLUMEN", "enterprise_id": None}


class Signed(httpx2.Auth):
    """Signs each request as Slack does."""

    requires_request_body = True

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:  # type: ignore[override]  # nothing is ever sent to it
        body = request.content.decode()
        headers = signature_headers(body, secret=self._secret, timestamp=int(time.time()))
        request.headers.update(headers)
        yield request


class Bearer(httpx2.Auth):
    """Bears a token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx2.Request) -> Iterator[httpx2.Request]:  # type: ignore[override]  # as above
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def address_of(slack: SlackSandbox) -> str:
    """Return where assistants call the bot that this Slack knows."""
    return slack.sender.address.replace("/slack/events", "/mcp")


@asynccontextmanager
async def client(
    slack: SlackSandbox, auth: httpx2.Auth | None = None, *, mode: str = "legacy"
) -> AsyncIterator[Client]:
    """Yield the official client, initialized, as Slackbot introduces itself."""
    auth = auth or Signed(slack.signing_secret)
    async with httpx2.AsyncClient(auth=auth, timeout=120) as http:
        transport = streamable_http_client(address_of(slack), http_client=http)
        introduced = Implementation(name="Slackbot MCP Client", version="1.0.0")
        async with Client(
            transport, mode=mode, client_info=introduced, extensions=[advertise(BLOCK_KIT)]
        ) as one:
            yield one


async def call(
    one: Client, tool: str, arguments: Any = None, *, who: Mapping[str, Any] | None = ADA
) -> CallToolResult:
    """Call a tool as Slackbot does for whom it says who asks."""
    meta: Any = {"slack": who} if who else None
    return await one.call_tool(tool, arguments or {}, meta=meta)


async def while_working(bot: Stage | Process, called: Coroutine[Any, Any, T]) -> T:
    """Return what comes of a call while what is due is done, the clock standing still."""
    working = bot.bot if isinstance(bot, Stage) else bot
    calling = asyncio.ensure_future(called)
    while not calling.done():
        await working.settle()
        await asyncio.wait([calling], timeout=0.01)
    return await calling


def words(result: CallToolResult) -> str:
    """Return the text of an answer."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def call_of(name: str, arguments: Any = None, *, who: Any = ADA, number: Any = 1) -> dict[str, Any]:
    """Return the message that calls a tool."""
    meta = {"_meta": {"slack": who}} if who else {}
    params = {"name": name, "arguments": arguments or {}, **meta}
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}


async def post(
    slack: SlackSandbox,
    message: Any,
    *,
    secret: str | None = None,
    at: int | None = None,
    **headers: str,
) -> tuple[int, Any]:
    """Return the status and the JSON of an answer to a raw request, signed as Slack does."""
    body = message if isinstance(message, str) else json.dumps(message)
    secret = slack.signing_secret if secret is None else secret
    stamp = int(time.time()) if at is None else at
    signed = signature_headers(body, secret=secret, timestamp=stamp) if secret else {}
    given = {"Content-Type": "application/json", "Accept": "application/json", **signed, **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address_of(slack), data=io.BytesIO(body.encode()), headers=given) as response,
    ):
        text = await response.text()
        return response.status, json.loads(text) if text.startswith("{") else text
