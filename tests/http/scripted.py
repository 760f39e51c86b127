"""A server on loopback that answers what a test tells it to, and keeps what it was asked."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from sandbox.server import LocalServer
from sandbox.vendors.faults import cut, hung_up

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Received:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Scripted:
    def __init__(self, otherwise: Reply) -> None:
        self.otherwise = otherwise
        self.received: list[Received] = []
        self._replies: deque[Reply] = deque()
        self._closing = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._server = LocalServer(app)

    def then(self, *replies: Reply) -> None:
        self._replies.extend(replies)

    async def silence(self, request: web.Request) -> web.StreamResponse:
        await self._closing.wait()
        return hung_up(request)

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        await self._server.__aexit__(kind, error, trace)

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.received.append(Received(request.method, request.path_qs, request.headers, body))
        reply = self._replies.popleft() if self._replies else self.otherwise
        return await reply(request)


def says(
    status: int,
    body: object = "",
    *,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Reply:
    text = body if isinstance(body, str) else json.dumps(body)

    async def reply(_: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, content_type=content_type, headers=headers)

    return reply


def page(status: int) -> Reply:
    return says(status, "<!doctype html><h1>Bad gateway</h1>", content_type="text/html")


async def drops(request: web.Request) -> web.StreamResponse:
    return hung_up(request)


def cuts(body: object) -> Reply:
    async def reply(request: web.Request) -> web.StreamResponse:
        return await cut(request, web.Response(body=json.dumps(body).encode()))

    return reply
