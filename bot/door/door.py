"""What is served over HTTP: the requests of Slack, and whether Flowbot lives and can work.

A request proves with its signature that it is Slack's before anything in it is read. Whatever does
not is answered with 400 or 401, without a trace of its content in the log.
"""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot import log, metrics
from bot.door.connections import BoundedServer, ClientConnection, ConnectionLimits
from bot.slack.manifest import EVENTS_PATH
from bot.slack.signature import misshapen, problem_of

CONTENT_TYPE = "Content-Type"
STARTING = "Flowbot is starting"

Page = Callable[[http.BaseRequest], Awaitable[http.Response]]
Ready = Callable[[], Awaitable[str]]
"""Returns why Flowbot cannot work now, or an empty text."""


class Door:
    """Answers requests by their method and path."""

    def __init__(
        self,
        *,
        signing_secret: str,
        limits: ConnectionLimits | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Without a secret nobody's requests are taken. `now` is as of the server."""
        self.starting = STARTING
        """Why it is not ready, until it is opened."""
        self._app: AsyncApp | None = None
        self._secret = signing_secret
        self._unready: Ready = self._not_yet
        limits = limits or ConnectionLimits.of_this_process()
        self.server = BoundedServer(self._answer, limits=limits, now=now)
        self._pages: dict[str, dict[str, Page]] = {
            "/healthz": {"GET": self._healthz, "HEAD": self._healthz},
            "/readyz": {"GET": self._readyz, "HEAD": self._readyz},
        }
        if signing_secret:
            self._pages[EVENTS_PATH] = {"POST": self._from_slack}

    def open(self, app: AsyncApp, unready: Ready) -> None:
        """Let in what is Slack's from now on."""
        self._app, self._unready = app, unready

    async def _not_yet(self) -> str:
        return self.starting

    async def _answer(self, request: http.BaseRequest) -> http.StreamResponse:
        connection = request.protocol
        assert isinstance(connection, ClientConnection)
        try:
            return await self._page(request)(request)
        except Exception:  # noqa: BLE001  # a bug, and only what is Slack's gets as far as to meet it
            log.get().exception("request_broke")
            return _refusal(500, "something went wrong in Flowbot itself\n")
        finally:
            connection.answered()

    def _page(self, request: http.BaseRequest) -> Page:
        methods = self._pages.get(request.path)
        if methods is None:
            return _not_found
        if request.path == EVENTS_PATH and self._app is None:
            return _starting
        return methods.get(request.method, _not_allowed)

    async def _from_slack(self, request: http.BaseRequest) -> http.Response:
        if misshapen(request.headers):
            return self._refuse(401, "unsigned")
        try:
            body = await request.read()
        except http.HTTPRequestEntityTooLarge:
            return self._refuse(413, "too_large")
        except ConnectionError:  # nobody is left to be told
            return _refusal(400, "")
        except Exception:  # noqa: BLE001  # whatever spoils a body is its sender's doing
            return self._refuse(400, "no_http")
        _received(request)
        problem = problem_of(request.headers, body, secret=self._secret, now=time.time())
        if problem:
            return self._refuse(401, problem)
        with metrics.ACK.timed():
            return await self._dispatched(body, request.headers.get(CONTENT_TYPE, ""))

    async def _dispatched(self, body: bytes, content_type: str) -> http.Response:
        """Let Bolt answer what Slack sent; of the headers only those that it needs."""
        try:
            asked = AsyncBoltRequest(body=body.decode(), headers={CONTENT_TYPE: content_type})
        except Exception:  # noqa: BLE001  # signed, but in no form that Bolt can read
            return self._refuse(400, "unreadable")
        assert self._app is not None
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

    def _refuse(self, status: int, why: str) -> http.Response:
        self.server.refusals.count(why)
        return _refusal(status, "not a request of Slack\n")

    async def _healthz(self, _: http.BaseRequest) -> http.Response:
        return http.Response(text="ok\n")

    async def _readyz(self, request: http.BaseRequest) -> http.Response:
        _received(request)
        why = await self._unready()
        return http.Response(status=503 if why else 200, text=f"{why or 'ready'}\n")


def _received(request: http.BaseRequest) -> None:
    """Say that all of a request is here, so that its time is no longer counted."""
    assert isinstance(request.protocol, ClientConnection)
    request.protocol.received()


def _refusal(status: int, text: str) -> http.Response:
    response = http.Response(status=status, text=text)
    response.force_close()
    return response


async def _starting(_: http.BaseRequest) -> http.Response:
    return _refusal(503, f"{STARTING}\n")


async def _not_found(_: http.BaseRequest) -> http.Response:
    return _refusal(404, "nothing is here\n")


async def _not_allowed(_: http.BaseRequest) -> http.Response:
    return _refusal(405, "not in this way\n")
