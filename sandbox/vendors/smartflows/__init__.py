"""A local Smart Flows project. What the vendor's sources leave open is switched (oddities.py)."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.vendors.base import Vendor
from sandbox.vendors.smartflows import reading, running
from sandbox.vendors.smartflows.desk import Desk
from sandbox.vendors.smartflows.engine import Engine
from sandbox.vendors.smartflows.oddities import oddity_switches
from sandbox.vendors.smartflows.refusals import RefusedError, refusal
from sandbox.vendors.smartflows.wire import Wire

API_KEY = "sandbox-smartflows-key"
Route = Callable[[Desk, web.Request], Awaitable[web.StreamResponse]]

RUNS = "/flows/executions"
ROUTES: tuple[tuple[str, str, Route], ...] = (
    ("GET", "/flows", reading.flows),
    ("POST", RUNS, running.start),
    ("POST", f"{RUNS}/start", running.start_batch),
    ("GET", RUNS, reading.executions),
    ("POST", f"{RUNS}/filter", reading.filtered),
    ("POST", f"{RUNS}/statistics", reading.counts),
    ("GET", f"{RUNS}/{{run}}", running.execution),
    ("GET", f"{RUNS}/{{run}}/status", running.status),
    ("GET", f"{RUNS}/{{run}}/progress", running.progress),
    ("POST", f"{RUNS}/{{run}}/progress", running.answer),
    ("DELETE", f"{RUNS}/{{run}}/progress", running.cancel),
    ("GET", "/flows/{flow}", reading.flow),
    ("GET", "/flows/{flow}/executions", reading.executions),
    ("GET", "/documents/{document}", reading.document),
    ("GET", "/documents/{document}/content", reading.content),
    ("GET", "/data/{data}/content", reading.data),
    ("GET", "/users/me", reading.me),
    ("GET", "/system/info", reading.system),
)
OPEN_ROUTES: tuple[tuple[str, str, Route], ...] = (
    ("POST", "/flows/callback/{run}", running.callback),
    ("GET", "/settings/public", reading.panel),
    ("GET", "/system/license", reading.license_held),
)
"""Those that need no key."""


class SmartFlowsVendor(Vendor):
    """Smart Flows with made-up flows and people. Its one key is `api_key`, of the user BOT.

    `engine` is open to scripts: `engine.launch` starts a run with any course one likes.
    """

    name = "smartflows"

    def __init__(
        self, clock: SandboxClock, *, port: int = 0, api_key: str = API_KEY, odd: bool = False
    ) -> None:
        """Begin at the clock's present moment."""
        self.api_key = api_key
        self._began = clock.now()
        super().__init__(clock, switches=oddity_switches(), port=port, odd=odd)
        self._wire = Wire(self._switches)

    @cached_property
    def engine(self) -> Engine:
        """What runs, after an invented day; invented when first needed, as it takes a moment."""
        return Engine(self.clock, self._switches, began=self._began)

    def set_switch(self, name: str, value: object) -> None:
        """Set a switch for what comes, not for the day before: that is invented first."""
        _ = self.engine
        super().set_switch(name, value)

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {"SMARTFLOWS_API_KEY": self.api_key, "SMARTFLOWS_BASE_URL": self.url}

    def add_routes(self, app: web.Application) -> None:
        """Add what a client needs; everything else is not found."""
        for method, path, route in OPEN_ROUTES:
            app.router.add_route(method, f"/api/v1{path}", self._answering(route, needs_key=False))
        for method, path, route in ROUTES:
            app.router.add_route(method, f"/api/v1{path}", self._answering(route))
        app.router.add_route("*", "/{rest:.*}", self._answering(reading.nothing))

    def _answering(
        self, route: Route, *, needs_key: bool = True
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                if needs_key:
                    self._check_key(request)
                return await route(self._desk(), request)
            except RefusedError as error:
                form = self._switches.choice("error_body")
                return refusal(error, form=form, path=request.path, now=self.clock.now())

        return answer

    def _desk(self) -> Desk:
        return Desk(
            engine=self.engine,
            switches=self._switches,
            wire=self._wire,
            root=self.url,
            began=self._began,
            closing=self._faults.closing,
        )

    def _check_key(self, request: web.Request) -> None:
        given = request.headers.get("X-API-Key", "").encode()
        right = hmac.compare_digest(given, self.api_key.encode())
        if not right or self._switches.on("expired_key"):
            status = int(self._switches.choice("key_refused"))
            raise RefusedError(status, "Full authentication is required")


STAND_IN = SmartFlowsVendor
