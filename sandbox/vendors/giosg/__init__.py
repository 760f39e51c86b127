"""A local giosg. What its pages leave open is decided here and can be switched (oddities.py)."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import islice

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.vendors.base import Vendor
from sandbox.vendors.faults import HTML
from sandbox.vendors.giosg import answers
from sandbox.vendors.giosg.bombs import bomb
from sandbox.vendors.giosg.events import PLANS, Event, Plan, events, first_event_at
from sandbox.vendors.giosg.files import MIME_TYPES, ExportFile, csv_file, xlsx_file
from sandbox.vendors.giosg.oddities import oddity_switches
from sandbox.vendors.giosg.questions import InvalidError, Question, interval, question
from sandbox.vendors.switches import ODD_DATA

API_TOKEN = "5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c"
OBJECTIVES = "/api/objectives/v1/orgs/{org}/workflows"
REPORT = "/api/reporting/workflow/v1/orgs/{org}/workflows/{id}"
STEP_TARGETS = ("default", "triggered_goal")
SOURCE_TARGETS = ("affected_goal", "affected_goal_total")
FORBIDDEN = {
    "subscription": "The organization has no active subscription.",
    "organization": "You have no access to this organization.",
    "permission": "The permission reporting is missing.",
    "no reason given": "",
}
PAGE = 2
INSTANT = timedelta(microseconds=1)

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RefusedError(Exception):
    """A refusal with a status and words, about a field or as a whole."""

    def __init__(self, status: int, words: str, field: str = "") -> None:
        """Remember all of it."""
        super().__init__(words)
        self.status = status
        self.field = field


class GiosgVendor(Vendor):
    """giosg with a made-up organization. Its one token is `api_token`; both hosts are this one."""

    name = "giosg"

    def __init__(
        self, clock: SandboxClock, *, port: int = 0, api_token: str = API_TOKEN, odd: bool = False
    ) -> None:
        """Invent the organization around the clock's present moment."""
        self.api_token = api_token
        self.organization_id = answers.ORGANIZATION
        self._begun = clock.now()
        super().__init__(clock, switches=oddity_switches(), port=port, odd=odd)

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {
            "GIOSG_API_TOKEN": self.api_token,
            "GIOSG_BASE_URL": self.url,
            "GIOSG_SERVICE_URL": self.url,
        }

    def add_routes(self, app: web.Application) -> None:
        """Add the documented routes, their trailing slashes as documented."""
        for method, path, handle in (
            ("GET", "/api/v5/users/me", self._me),
            ("GET", OBJECTIVES, self._list),
            ("GET", OBJECTIVES + "/{id}", self._one),
            ("GET", REPORT + "/info/", self._info),
            ("POST", REPORT + "/sidedata/", self._sidedata),
            ("POST", REPORT + "/query/", self._query),
            ("POST", REPORT + "/source_data", self._source),
            ("POST", REPORT + "/step/{step}", self._step),
            ("POST", REPORT + "/step/{step}/download/", self._download),
        ):
            app.router.add_route("*", path, self._guarded(handle, method))
        app.router.add_route("*", "/{rest:.*}", self._guarded(self._nothing))

    def _guarded(self, handle: Handle, method: str = "") -> Handle:
        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                self._check(request)
                _check_method(request, method)
                return await handle(request)
            except RefusedError as refused:
                return self._refused(refused.status, str(refused), refused.field)
            except InvalidError as problem:
                return self._refused(problem.status, str(problem), problem.field)
            except (ValueError, RecursionError):
                return self._refused(400, "JSON parse error")

        return guarded

    def _refused(self, status: int, words: str, field: str = "") -> web.Response:
        body = answers.refusal(words, self._switches, field=field if status == 400 else "")
        return web.json_response(body, status=status)

    def _check(self, request: web.Request) -> None:
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        right = hmac.compare_digest(given, f"Token {self.api_token}".encode())
        if not right or self._switches.on("expired_key"):
            raise RefusedError(401, "Authentication credentials were not provided.")
        forbidden = self._switches.choice("forbidden")
        if forbidden != "nothing" and "/users/me" not in request.path:
            raise RefusedError(403, FORBIDDEN[forbidden])
        if request.match_info.get("org", self.organization_id) != self.organization_id:
            raise RefusedError(403, FORBIDDEN["organization"])

    def _plans(self) -> list[Plan]:
        return [plan for plan in PLANS if self._switches.on(ODD_DATA) or not plan.odd]

    def _plan(self, request: web.Request) -> Plan:
        found = next((plan for plan in self._plans() if plan.id == request.match_info["id"]), None)
        if found is None:
            raise RefusedError(404, "Not found.")
        return found

    async def _question(self, request: web.Request, targets: tuple[str, ...]) -> Question:
        asked = question(json.loads(await request.read()), targets=targets)
        most = self._switches.number("most_days")
        if most and asked.end - asked.start > timedelta(days=most):
            raise RefusedError(400, f"Interval is longer than {most:g} days.", "interval")
        return asked

    def _events(self, plan: Plan, step: int, asked: Question) -> Iterator[Event]:
        end = asked.end + INSTANT if self._switches.on("end_inclusive") else asked.end
        first = first_event_at(plan, self._begun) or asked.start
        start = max(asked.start, first)
        found = events(plan, step, start=start, end=min(end, self.clock.now()))
        wanted = set(asked.filters.get("action", ())) | set(asked.actions(step))
        chosen = (
            one
            for one in found
            if (not wanted or one.action in wanted)
            and one.country in asked.filters.get("country", (one.country,))
            and (one.goal or asked.target != "triggered_goal")
        )
        return islice(chosen, asked.limit)

    def _step_of(self, request: web.Request, plan: Plan) -> int:
        number = request.match_info["step"]
        if not number.isdecimal() or int(number) not in plan.steps:
            raise RefusedError(404, "Not found.")
        return int(number)

    async def _me(self, _: web.Request) -> web.Response:
        return web.json_response(answers.me(self._switches))

    async def _list(self, request: web.Request) -> web.Response:
        form = self._switches.choice("list_form")
        listed = [answers.workflow(plan, self._switches, self._begun) for plan in self._named()]
        if form == "bare":
            return web.json_response(listed)
        first = int(request.query.get("cursor", 0))
        last = first + PAGE if form.startswith("pages of") else len(listed)
        cursor = str(last) if last < len(listed) else None
        results = listed[first:last]
        if form == "pages of which one is empty" and first == PAGE and "again" not in request.query:
            results, cursor = [], f"{first}&again=1"
        if form == "pages that lead to themselves":
            cursor = str(first)
        following = None if cursor is None else f"{self.url}{request.path}?cursor={cursor}"
        return web.json_response({"next": following, "previous": None, "results": results})

    def _named(self) -> Iterator[Plan]:
        """Yield the workflows as they are called at the moment."""
        first, *others = self._plans()
        called = self._switches.choice("names")
        names = {"like the third": PLANS[2].name, "by a new name": "Renewed campaign"}
        yield replace(first, name=names.get(called, first.name))
        yield from others

    async def _one(self, request: web.Request) -> web.Response:
        return web.json_response(answers.workflow(self._plan(request), self._switches, self._begun))

    async def _info(self, request: web.Request) -> web.Response:
        plan, now = self._plan(request), self.clock.now()
        return web.json_response(answers.info(plan, self._switches, begun=self._begun, now=now))

    async def _sidedata(self, request: web.Request) -> web.Response:
        plan = self._plan(request)
        body = json.loads(await request.read())
        start, end = interval(body if isinstance(body, dict) else {})
        found = events(plan, 1, start=start, end=min(end, self.clock.now()))
        return web.json_response(answers.sidedata(found, self._switches))

    async def _query(self, request: web.Request) -> web.Response:
        plan = self._plan(request)
        asked = await self._question(request, ())
        steps = {step: list(self._events(plan, step, asked)) for step in plan.steps}
        return web.json_response(answers.chart(steps, self._switches))

    async def _source(self, request: web.Request) -> web.Response:
        plan = self._plan(request)
        asked = await self._question(request, SOURCE_TARGETS)
        # Today only interaction workflows have events of no step, the "outer goals".
        goals = self._events(plan, 1, replace(asked, target="triggered_goal"))
        listed = list(goals) if plan.kind == "interaction" else []
        self._refuse_nothing(listed)
        return web.json_response(answers.rows(listed, self._switches))

    async def _step(self, request: web.Request) -> web.Response:
        plan = self._plan(request)
        step = self._step_of(request, plan)
        asked = await self._question(request, STEP_TARGETS)
        return web.json_response(answers.rows(self._events(plan, step, asked), self._switches))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        plan = self._plan(request)
        step = self._step_of(request, plan)
        asked = await self._question(request, STEP_TARGETS)
        found = list(self._events(plan, step, asked))
        self._refuse_nothing(found)
        make = xlsx_file if asked.format == "xlsx" else csv_file
        file = await asyncio.to_thread(make, found, self._switches)
        if not found and self._switches.choice("empty_period") == "no bytes":
            file = ExportFile(b"", b"", 0)
        return await self._sent(
            request, self._spoilt(file, asked.format), f"{plan.key}-{step}", asked.format
        )

    def _refuse_nothing(self, found: list[Event]) -> None:
        if not found and self._switches.choice("empty_period") == "404":
            raise RefusedError(404, "No data.")

    def _spoilt(self, file: ExportFile, form: str) -> ExportFile:
        instead = {
            "a page": HTML.encode(),
            "a JSON refusal": b'{"detail": "The query took too long."}',
            "a workbook as CSV": b"PK\x03\x04 and so on",
        }
        chosen = self._switches.choice("wrong_content")
        if form == "xlsx" and chosen == "a zip bomb":
            return ExportFile(bomb(), b"", 0)
        if form == "xlsx" and chosen == "half a workbook":
            return replace(file, block=file.block[: len(file.block) // 2])
        return ExportFile(instead[chosen], b"", 0) if chosen in instead else file

    async def _sent(
        self, request: web.Request, file: ExportFile, name: str, form: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": MIME_TYPES[form]})
        if self._switches.on("named_files"):
            response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        if self._switches.on("unknown_length"):
            response.enable_chunked_encoding()
        else:
            response.content_length = file.length
        await response.prepare(request)
        last = file.length // 2 if self._switches.used("cut_body") else file.length
        return await self._poured(request, response, file, last)

    async def _poured(
        self, request: web.Request, response: web.StreamResponse, file: ExportFile, last: int
    ) -> web.StreamResponse:
        sent = 0
        with suppress(ConnectionError):  # whoever asked may have seen enough
            for piece in file.pieces():
                part = piece[: last - sent]
                await response.write(part)
                sent += len(part)
                if sent >= last < file.length:
                    if request.transport is not None:
                        request.transport.close()
                    return response
            await response.write_eof()
        return response

    async def _nothing(self, _: web.Request) -> web.Response:
        raise RefusedError(404, "Not found.")


def _check_method(request: web.Request, method: str) -> None:
    if method not in ("", request.method):
        raise RefusedError(405, f'Method "{request.method}" not allowed.')


STAND_IN = GiosgVendor
