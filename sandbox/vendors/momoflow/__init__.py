"""A local MomoFlow. What its pages leave open is decided here and can be switched (oddities.py)."""

import hmac
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Self

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.server import LocalServer
from sandbox.vendors.base import Vendor
from sandbox.vendors.momoflow.files import export_file
from sandbox.vendors.momoflow.links import Links, refused
from sandbox.vendors.momoflow.oddities import oddity_switches
from sandbox.vendors.momoflow.organisation import Flow, Organisation
from sandbox.vendors.momoflow.questions import (
    AssignQuestion,
    InvalidError,
    ReportQuestion,
    assign_question,
    report_question,
)
from sandbox.vendors.momoflow.reports import iso, report
from sandbox.vendors.switches import ODD_DATA

API_KEY = "sandbox-momoflow-key"
MINUTE = timedelta(minutes=1)


class MomoFlowVendor(Vendor):
    """MomoFlow with a made-up organisation. Its one key is `api_key`."""

    name = "momoflow"

    def __init__(
        self, clock: SandboxClock, *, port: int = 0, api_key: str = API_KEY, odd: bool = False
    ) -> None:
        """Invent the organisation around the clock's present moment."""
        self.api_key = api_key
        self.organisation = Organisation(clock.now())
        super().__init__(clock, switches=oddity_switches(), port=port, odd=odd)
        self._links = Links(self._switches, clock)
        self._recent: deque[datetime] = deque()
        self._files = LocalServer(self.application())

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {
            "MOMOFLOW_API_KEY": self.api_key,
            "MOMOFLOW_BASE_URL": self.url,
            "MOMOFLOW_DOWNLOAD_HOSTS": self.files_host,
        }

    def add_routes(self, app: web.Application) -> None:
        """Add the three documented routes; everything else is not found."""
        app.router.add_post("/v1/flows/report", self._guarded(self._report))
        app.router.add_post("/v1/flows/assign", self._guarded(self._assign))
        app.router.add_get("/v1/exports/{id}", self._export)
        app.router.add_get("/v1/moved/{id}", self._moved)
        app.router.add_route("*", "/{rest:.*}", self._nothing)

    async def __aenter__(self) -> Self:
        """Listen on both hosts; raises OSError when the port is taken."""
        await super().__aenter__()
        await self._stack.enter_async_context(self._files)
        return self

    @property
    def files_host(self) -> str:
        """The other host, "127.0.0.1:port", that downloads come from by switch."""
        return self._files.url.removeprefix("http://")

    def _flow(self, flow_id: str) -> Flow | None:
        found = self.organisation.flows.get(flow_id)
        return found if found and (self._switches.on(ODD_DATA) or not found.plan.odd) else None

    def _guarded(
        self, handler: Callable[[object], web.Response]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def guarded(request: web.Request) -> web.Response:
            if not self._key_is_right(request):
                return refused(401, "unauthorized", "Invalid or missing API key")
            try:
                body = json.loads(await request.read())
            except (ValueError, RecursionError):
                return refused(400, "invalid_request", "Request body must be valid JSON")
            try:
                return handler(body)
            except InvalidError as problem:
                return refused(400, "invalid_request", str(problem))

        return guarded

    def _key_is_right(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "").encode()
        right = hmac.compare_digest(given, f"Bearer {self.api_key}".encode())
        return right and not self._switches.on("expired_key")

    def _report(self, body: object) -> web.Response:
        asked = report_question(body)
        if asked.by and self._switches.choice("aggregate") == "refused":
            raise InvalidError("aggregate is not supported")
        flow = self._flow(asked.flow_id)
        refusal = _no_flow(asked.flow_id) if flow is None else self._too_many()
        if flow is None or refusal is not None:
            return refusal or _no_flow(asked.flow_id)
        content = report(flow, asked, self._switches, self.clock.now())
        if asked.format is None:
            return web.json_response(content)
        return self._exported(asked, export_file(content, asked.format, self._switches))

    def _exported(self, asked: ReportQuestion, content: bytes) -> web.Response:
        link = self._links.make(content, form=asked.format or "", flow_id=asked.flow_id)
        root = self._files.url if self._switches.on("download_elsewhere") else self.url
        path = "moved" if self._switches.on("download_redirects") else "exports"
        address = f"{root}/v1/{path}/{link.id}"
        return web.json_response({"downloadUrl": address, "expiresAt": iso(link.expires_at)})

    def _assign(self, body: object) -> web.Response:
        asked = assign_question(body)
        flow = self._flow(asked.flow_id)
        if flow is None:
            return _no_flow(asked.flow_id)
        if self._switches.on("lost_users") or not self.organisation.has(asked.email):
            words = f"User with email '{asked.email}' does not exist in your organization"
            return refused(404, "not_found", words)
        refusal = self._too_many()
        if refusal is not None:
            return refusal
        if self._switches.on("assign_says_no"):
            return web.json_response({"success": False, "message": "The flow is archived"})
        return self._assigned(flow, asked)

    def _assigned(self, flow: Flow, asked: AssignQuestion) -> web.Response:
        now = self.clock.now()
        made = self.organisation.assign(
            flow.plan.id, asked.email, now=now, due=asked.due, notes=asked.notes
        )
        details = {
            "assignedAt": iso(now),
            "assigneeEmail": asked.email,
            "flowName": flow.plan.name,
            "moduleCount": len(flow.plan.modules),
            "estimatedDuration": flow.plan.estimated,
        }
        words = "Flow assigned successfully"
        return web.json_response(
            {"success": True, "assignmentId": made.id, "message": words, "details": details}
        )

    def _too_many(self) -> web.Response | None:
        """Count a call; return a refusal when the last minute already held as many as allowed."""
        now = self.clock.now()
        while self._recent and self._recent[0] <= now - MINUTE:
            self._recent.popleft()
        if len(self._recent) >= self._switches.number("rate_limit"):
            oldest = self._recent[0] if self._recent else now
            return self._faults.too_many(float(-(-(oldest + MINUTE - now) // timedelta(seconds=1))))
        self._recent.append(now)
        return None

    async def _export(self, request: web.Request) -> web.Response:
        if self._switches.on("download_needs_key") and not self._key_is_right(request):
            return refused(401, "unauthorized", "Invalid or missing API key")
        return self._links.answer(request.match_info["id"])

    async def _moved(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(f"/v1/exports/{request.match_info['id']}")

    async def _nothing(self, request: web.Request) -> web.Response:
        return refused(404, "not_found", f"Cannot {request.method} {request.path}")


def _no_flow(flow_id: str) -> web.Response:
    return refused(404, "not_found", f"Flow with ID '{flow_id}' does not exist")


STAND_IN = MomoFlowVendor
