"""What Slack is let in by over HTTP.

A request proves with its signature that it is Slack's before anything in it is read. Whatever does
not is answered with 400 or 401, without a trace of its content in the log.
"""

import time
from collections.abc import Callable, Mapping

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot import metrics
from bot.door.connections import BoundedServer, ConnectionLimits
from bot.door.pages import Page, Pages, received, refusal
from bot.door.readiness import STARTING, Readiness
from bot.door.request_ids import request_of
from bot.slack.manifest import EVENTS_PATH
from bot.slack.signature import misshapen, problem_of

CONTENT_TYPE = "Content-Type"


class Door:
    """Answers what is Slack's, and whether Flowbot lives and can work."""

    def __init__(
        self,
        *,
        signing_secret: str,
        readiness: Readiness,
        limits: ConnectionLimits | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Without a secret nobody's requests are taken. `now` is as of the server."""
        self._app: AsyncApp | None = None
        self._secret = signing_secret
        events = {EVENTS_PATH: {"POST": self._events}} if signing_secret else {}
        self._pages = Pages(events, readiness, limits=limits, now=now)

    @property
    def server(self) -> BoundedServer:
        """What serves its connections."""
        return self._pages.server

    def open(self, app: AsyncApp) -> None:
        """Let in what is Slack's from now on."""
        self._app = app

    def add(self, pages: Mapping[str, Mapping[str, Page]]) -> None:
        """Answer more requests, by their path and method."""
        self._pages.add(pages)

    async def _events(self, request: http.BaseRequest) -> http.Response:
        if self._app is None:
            return refusal(503, f"{STARTING}\n")
        return await self._from_slack(request, self._app)

    async def _from_slack(self, request: http.BaseRequest, app: AsyncApp) -> http.Response:
        if misshapen(request.headers):
            return self._refuse(401, "unsigned")
        try:
            body = await request.read()
        except http.HTTPRequestEntityTooLarge:
            return self._refuse(413, "too_large")
        except ConnectionError:  # nobody is left to be told
            return refusal(400, "")
        except Exception:  # noqa: BLE001  # whatever spoils a body is its sender's doing
            return self._refuse(400, "no_http")
        received(request)
        problem = problem_of(request.headers, body, secret=self._secret, now=time.time())
        if problem:
            return self._refuse(401, problem)
        with metrics.ACK.timed():
            return await self._dispatched(body, request.headers.get(CONTENT_TYPE, ""), app)

    async def _dispatched(self, body: bytes, content_type: str, app: AsyncApp) -> http.Response:
        """Let Bolt answer what Slack sent; of the headers only those that it needs."""
        try:
            asked = AsyncBoltRequest(body=body.decode(), headers={CONTENT_TYPE: content_type})
        except Exception:  # noqa: BLE001  # signed, but in no form that Bolt can read
            return self._refuse(400, "unreadable")
        with request_of(asked.body):
            return await to_aiohttp_response(await app.async_dispatch(asked))

    def _refuse(self, status: int, why: str) -> http.Response:
        self.server.refusals.count(why)
        return refusal(status, "not a request of Slack\n")
