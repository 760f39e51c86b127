"""What all local vendors share: serving, a list of the calls received, and the switches."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.clock import SandboxClock
from sandbox.server import LocalServer
from sandbox.vendors.faults import Faults, ahead, fault_switches
from sandbox.vendors.switches import ODD_DATA, Switch, Switches, toggle

CALLS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Call:
    """One call that a vendor received; `ms` is how long its answer took on the sandbox's clock."""

    at: datetime
    method: str
    path: str
    status: int
    ms: float


class Vendor:
    """A local stand-in of one vendor's API, served on loopback. An async context manager.

    A vendor sets `name`, gives its own switches to the constructor and adds its routes.
    """

    name = ""

    def __init__(
        self,
        clock: SandboxClock,
        *,
        switches: Iterable[Switch] = (),
        port: int = 0,
        odd: bool = False,
    ) -> None:
        """Serve on `port` (0: a free one) once entered; `odd` begins with odd data."""
        self.clock = clock
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self._listeners: list[Callable[[], None]] = []
        every = [toggle(ODD_DATA, "Odd data", value=odd), *switches, *fault_switches()]
        self._switches = Switches(every, on_change=self._changed)
        self._faults = Faults(self._switches, clock)
        self._stack = AsyncExitStack()
        self._server = LocalServer(self.application(), port=port)

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here: its credential and addresses."""
        raise NotImplementedError

    def add_routes(self, app: web.Application) -> None:
        """Add the vendor's routes to an application; called once for each port it serves."""
        raise NotImplementedError

    def application(self) -> web.Application:
        """Return an application with the vendor's routes, call list, faults and clock."""
        app = web.Application(middlewares=[self._middleware()], client_max_size=16 * 1024**2)
        app.on_response_prepare.append(self._dated)
        self.add_routes(app)
        return app

    async def __aenter__(self) -> Self:
        """Listen; raises OSError when the port is taken."""
        await self._stack.enter_async_context(self._server)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the calls that are never answered, and stop listening."""
        self._faults.closing.set()
        await self._stack.aclose()

    @property
    def url(self) -> str:
        """The root address, without a trailing slash."""
        return self._server.url

    @property
    def switches(self) -> list[Switch]:
        """Every switch as it is now, the vendor's own first."""
        return self._switches.all()

    def set_switch(self, name: str, value: object) -> None:
        """Set a switch; raises ValueError with a sentence for a name or value it cannot take."""
        self._switches.set(name, value)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every call received and every switch moved."""
        self._listeners.append(listener)

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()

    async def _dated(self, _: web.Request, response: web.StreamResponse) -> None:
        """Date an answer by the vendor's own clock, as RFC 9110 (6.6.1) writes it."""
        del response.headers["Date"]  # the server's own, of the machine's clock
        if not self._switches.on("no_date"):
            now = self.clock.now() + ahead(self._switches)
            response.headers["Date"] = format_datetime(now, usegmt=True)

    def _middleware(self) -> Middleware:
        @web.middleware
        async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
            began = self.clock.now()
            status = 0  # what the list shows for a call that was hung up on
            try:
                response = await self._faults.disturb(request, handler)
                dropped = request.transport is None or request.transport.is_closing()
                status = 0 if dropped and not response.prepared else response.status
            except web.HTTPException as refused:
                status = refused.status
                raise
            finally:
                took = (self.clock.now() - began).total_seconds() * 1000
                self.calls.append(Call(began, request.method, request.path, status, round(took, 1)))
                self._changed()
            return response

        return record
