"""Pages by their path, over connections within limits; on each port, whether Flowbot is well."""

import time
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web as http

from bot import log
from bot.door.connections import BoundedServer, ClientConnection, ConnectionLimits
from bot.door.readiness import Readiness

Page = Callable[[http.BaseRequest], Awaitable[http.Response]]
"""Answers a request; it may raise, which is a bug."""
Methods = Mapping[str, Page]


class Pages:
    """Answers requests by their path and method, GET /healthz and /readyz among them."""

    def __init__(
        self,
        pages: Mapping[str, Methods],
        readiness: Readiness,
        *,
        limits: ConnectionLimits | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Serve these pages, too. `now` is as of the server."""
        limits = limits or ConnectionLimits.of_this_process()
        self.server = BoundedServer(self._answer, limits=limits, now=now)
        self._readiness = readiness
        self._pages: dict[str, Methods] = {
            "/healthz": _shown(self._healthz),
            "/readyz": _shown(self._readyz),
            **pages,
        }

    def add(self, pages: Mapping[str, Methods]) -> None:
        """Answer more requests."""
        self._pages |= pages

    async def _answer(self, request: http.BaseRequest) -> http.StreamResponse:
        connection = request.protocol
        assert isinstance(connection, ClientConnection)
        try:
            return await self._page(request)(request)
        except Exception:  # noqa: BLE001  # a bug, and only what is Slack's gets as far as to meet it
            log.get().exception("request_broke")
            return refusal(500, "something went wrong in Flowbot itself\n")
        finally:
            connection.answered()

    def _page(self, request: http.BaseRequest) -> Page:
        methods = self._pages.get(request.path)
        if methods is None:
            return _not_found
        return methods.get(request.method, _not_allowed)

    async def _healthz(self, _: http.BaseRequest) -> http.Response:
        return http.Response(text="ok\n")

    async def _readyz(self, request: http.BaseRequest) -> http.Response:
        received(request)
        why = await self._readiness.unready()
        return http.Response(status=503 if why else 200, text=f"{why or 'ready'}\n")


def received(request: http.BaseRequest) -> None:
    """Say that all of a request is here, so that its time is no longer counted."""
    assert isinstance(request.protocol, ClientConnection)
    request.protocol.received()


def refusal(status: int, text: str) -> http.Response:
    """Return an answer after which the connection is closed."""
    response = http.Response(status=status, text=text)
    response.force_close()
    return response


def _shown(page: Page) -> Methods:
    return {"GET": page, "HEAD": page}


async def _not_found(_: http.BaseRequest) -> http.Response:
    return refusal(404, "nothing is here\n")


async def _not_allowed(_: http.BaseRequest) -> http.Response:
    return refusal(405, "not in this way\n")
