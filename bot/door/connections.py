"""Connections from outside: how many there may be, and how long they may keep us waiting.

Nothing here asks who somebody is. So nobody may hold more than a place for some seconds, and what
is no HTTP at all costs one short answer and a number in the log.
"""

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web as http

from bot import log

LINGER_SECONDS = 1.0
"""How long the rest of a body that nobody wants is read, so that the refusal arrives."""
LOG_SECONDS = 60.0
FEWEST, MOST = 8, 256
SERVER_ERROR = 500

Handler = Callable[[http.BaseRequest], Awaitable[http.StreamResponse]]


def _most_connections() -> int:
    """Return a quarter of the files that this process may have open; the rest is for its work."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else max(FEWEST, min(MOST, soft // 4))


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections may be open, and for how many seconds each may keep us waiting.

    `request` is from the first byte of a request (or the opening of the connection) to its last,
    `idle` from an answer to the next request: longer than the minute for which proxies keep one.
    """

    most: int
    request: float = 10.0
    idle: float = 75.0

    @classmethod
    def of_this_process(cls) -> "ConnectionLimits":
        """Return the limits for the file descriptors that this process may have."""
        return cls(_most_connections())


class RefusalLog:
    """Counts what was refused, and says it: the first time at once, then once a minute at most."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Go by this clock, in seconds."""
        self._now = now
        self._counts: Counter[str] = Counter()
        self._quiet_until = now()

    def count(self, why: str) -> None:
        """Count one refusal; `why` is a word of ours, never what somebody sent."""
        self._counts[why] += 1
        self.tell()

    def tell(self) -> None:
        """Say what has been counted, if it is time."""
        if self._counts and self._now() >= self._quiet_until:
            log.get().warning("requests_refused", **self._counts)
            self._counts.clear()
            self._quiet_until = self._now() + LOG_SECONDS


class ClientConnection(http.RequestHandler):
    """One connection, and until when we wait for what it owes us."""

    __slots__ = ("_server", "between", "dropped", "due", "since")

    def __init__(self, server: "BoundedServer", **options: Any) -> None:
        """Belong to this server."""
        super().__init__(server, **options)
        self._server = server
        self.between = False
        """Whether an answer was given and nothing has come since."""
        self.since = 0.0
        self.due: float | None = None
        """When it is to be closed; None while it is our turn to answer."""
        self.dropped = False

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait(self._server.limits.request)
        self._server.make_room(self)

    def data_received(self, data: bytes) -> None:
        """Take some bytes; the first of a request start its time."""
        if self.between:
            self.between = False
            self._wait(self._server.limits.request)
        super().data_received(data)

    def received(self) -> None:
        """Say that a request is here as a whole."""
        self.between, self.due = False, None

    def answered(self) -> None:
        """Say that its answer is known, and wait for the next one."""
        self.between = True
        self._wait(self._server.limits.idle)

    def drop(self) -> None:
        """Close it at once, whatever was still to be said."""
        self.dropped = True
        transport = self.transport
        self.force_close()
        if transport is not None:
            transport.abort()

    def handle_error(
        self,
        _request: http.BaseRequest,
        status: int = SERVER_ERROR,
        exc: BaseException | None = None,
        _message: str | None = None,
    ) -> http.StreamResponse:
        """Answer what is no HTTP, and count it: nothing from outside gets into the log."""
        self._server.refusals.count("no_http" if status < SERVER_ERROR else type(exc).__name__)
        response = http.Response(status=status, text="not understood\n")
        response.force_close()
        return response

    def log_exception(self, *_: Any, exc_info: BaseException | None = None, **__: Any) -> None:
        """Count what broke below all handlers, where only the other side can be the reason."""
        self._server.refusals.count(type(exc_info).__name__)

    def _wait(self, seconds: float) -> None:
        self.since = self._server.now()
        self.due = self.since + seconds


class BoundedServer(http.Server):
    """Serves requests over connections within limits; `look` has to be called every second."""

    def __init__(
        self,
        handler: Handler,
        *,
        limits: ConnectionLimits,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Answer with `handler`, which must not raise and tells the connection how far it is."""
        super().__init__(handler)
        self.limits = limits
        self.now = now
        self.refusals = RefusalLog(now)

    def __call__(self) -> ClientConnection:
        """Return what serves a new connection."""
        return ClientConnection(
            self,
            loop=asyncio.get_running_loop(),
            access_log=None,
            auto_decompress=False,  # the signature is over the bytes as they came
            lingering_time=LINGER_SECONDS,
        )

    async def look(self) -> None:
        """Close the connections that kept us waiting for too long."""
        now = self.now()
        for each in self._open():
            if each.due is not None and each.due <= now:
                if not each.between:
                    self.refusals.count("too_slow")
                each.drop()
        self.refusals.tell()

    def make_room(self, newest: ClientConnection) -> None:
        """Close the one that has kept us waiting longest, if the newest is one too many."""
        open_now = self._open()
        if len(open_now) > self.limits.most:
            waiting = (each for each in open_now if each.due is not None)
            self.refusals.count("too_many")
            min(waiting, key=lambda each: each.since, default=newest).drop()

    def _open(self) -> list[ClientConnection]:
        known = (each for each in self.connections if isinstance(each, ClientConnection))
        return [each for each in known if not each.dropped]
