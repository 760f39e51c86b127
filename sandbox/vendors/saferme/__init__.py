"""A local SaferMe. What its pages leave open is decided here and can be switched (oddities.py)."""

import json
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.server import LocalServer
from sandbox.vendors.base import Vendor
from sandbox.vendors.faults import HTML
from sandbox.vendors.saferme import analytics, answers
from sandbox.vendors.saferme.analytics import Asked
from sandbox.vendors.saferme.oddities import oddity_switches
from sandbox.vendors.saferme.pictures import SIZES, picture
from sandbox.vendors.saferme.reports import (
    TEAM,
    ChannelPlan,
    Report,
    channel,
    channel_plans,
    reports,
)
from sandbox.vendors.saferme.sessions import APP, EMAIL, PASSWORD, Sessions

ROOT = "/api/v4"
REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden"}
INSTANT = timedelta(microseconds=1)
COUNTS: dict[str, Callable[[Asked], Any]] = {
    "reports_over_time": analytics.over_time,
    "reports_per_state": analytics.per_state,
    "reports_per_user": analytics.per_user,
    "reports_per_day_hour": analytics.per_hour,
    "reports_per_week_day": analytics.per_weekday,
}

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RefusedError(Exception):
    """A refusal with a status and a body."""

    def __init__(self, status: int, body: object) -> None:
        """Remember both."""
        super().__init__(status)
        self.status = status
        self.body = body


class SaferMeVendor(Vendor):
    """SaferMe with a made-up team. Its one account is `email` with `password`."""

    name = "saferme"

    def __init__(
        self,
        clock: SandboxClock,
        *,
        port: int = 0,
        email: str = EMAIL,
        password: str = PASSWORD,
        odd: bool = False,
    ) -> None:
        """Serve the team; its reports are there from the beginning of time."""
        self.email = email
        self.password = password
        self.team_id = TEAM
        self.teams_in_context = deque[str](maxlen=100)
        super().__init__(clock, switches=oddity_switches(), port=port, odd=odd)
        self.sessions = Sessions(self._switches, clock)
        self._files = LocalServer(self.application())

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {
            "SAFERME_EMAIL": self.email,
            "SAFERME_PASSWORD": self.password,
            "SAFERME_TEAM_ID": str(self.team_id),
            "SAFERME_BASE_URL": self.url,
            "SAFERME_DOWNLOAD_HOSTS": self.files_host,
        }

    def add_routes(self, app: web.Application) -> None:
        """Add the documented routes; everything else is not found."""
        get = app.router.add_get
        app.router.add_post(ROOT + "/session", self._open(self._sign_in))
        app.router.add_patch(ROOT + "/session", self._open(self._refresh))
        get(ROOT + "/session", self._locked(self._session))
        app.router.add_delete(ROOT + "/session", self._locked(self._sign_out))
        get(ROOT + "/teams", self._locked(self._teams))
        get(ROOT + "/teams/{team}/team_users", self._locked(self._people))
        get(ROOT + "/channels", self._locked(self._channels))
        get(ROOT + "/channels/{id}", self._locked(self._channel))
        get(ROOT + "/channels/{id}/categories", self._locked(self._categories))
        get(ROOT + "/forms", self._locked(self._forms))
        get(ROOT + "/forms/{id}", self._locked(self._form))
        get(ROOT + "/report_states", self._locked(self._states))
        get(ROOT + "/analytics/{name}", self._locked(self._analytics))
        get("/images/{id}/{style}", self._open(self._image))
        get("/moved/{id}/{style}", self._open(self._moved))
        app.router.add_route("*", "/{rest:.*}", self._open(self._nothing))

    async def __aenter__(self) -> Self:
        """Listen on both hosts; raises OSError when the port is taken."""
        await super().__aenter__()
        await self._stack.enter_async_context(self._files)
        return self

    @property
    def files_host(self) -> str:
        """The other host, "127.0.0.1:port", that pictures come from by switch."""
        return self._files.url.removeprefix("http://")

    def _open(self, handle: Handle) -> Handle:
        async def opened(request: web.Request) -> web.StreamResponse:
            try:
                if self._switches.used("answer_420"):
                    raise RefusedError(420, {"message": "Enhance your calm"})  # noqa: TRY301
                return await handle(request)
            except RefusedError as refused:
                told = {"X-Status-Reason": REASONS.get(refused.status, "Unprocessable")}
                return web.json_response(refused.body, status=refused.status, headers=told)
            except (ValueError, RecursionError):
                return web.json_response({"message": "client error"}, status=400)

        return opened

    def _locked(self, handle: Handle) -> Handle:
        async def locked(request: web.Request) -> web.StreamResponse:
            given = self.sessions.alive(request.headers.get("Authorization", ""))
            if given is None or self._switches.on("expired_key"):
                raise RefusedError(401, self._errors("Please sign in", "bad_credentials"))
            if request.headers.get("X-AppId") != APP:
                raise RefusedError(401, self._errors("Unknown app", "bad_app"))
            if request.path.endswith("/" + self._switches.choice("forbidden")):
                raise RefusedError(403, self._errors("You may not see this", "forbidden"))
            return await handle(request)

        return self._open(locked)

    def _errors(self, words: str, code: str) -> dict[str, Any]:
        failures = {"base": [words]}
        body: dict[str, Any] = {"failures": failures, "error_codes": {"base": [{"error": code}]}}
        listed = self._switches.choice("errors") == "a list"
        return {"errors": [words] if listed else failures, **body}

    async def _sign_in(self, request: web.Request) -> web.Response:
        given = _session_of(await request.read())
        right = (given.get("email"), given.get("password")) == (self.email, self.password)
        if not right or given.get("app_bundle_id") != APP or self._switches.on("expired_key"):
            raise RefusedError(401, self._errors("Wrong email or password", "bad_credentials"))
        if self._switches.on("account_locked"):
            raise RefusedError(403, self._errors("Your account is locked", "account_locked"))
        return web.json_response(self.sessions.shown(self.sessions.begin()))

    async def _refresh(self, request: web.Request) -> web.Response:
        given = _session_of(await request.read())
        pair = self.sessions.refresh(given.get("access_token"), given.get("refresh_token"))
        if pair is None:
            raise RefusedError(401, self._errors("Please sign in", "bad_credentials"))
        return web.json_response(self.sessions.shown(pair))

    async def _session(self, request: web.Request) -> web.Response:
        access = request.headers["Authorization"].removeprefix("Token token=")
        return web.json_response(self.sessions.told(access))

    async def _sign_out(self, request: web.Request) -> web.Response:
        self.sessions.end(request.headers["Authorization"].removeprefix("Token token="))
        return web.json_response({})

    async def _teams(self, request: web.Request) -> web.Response:
        teams = [{"id": TEAM, "name": "Example & Co", "sso_required": False}]
        return answers.paged(request, teams, self._switches, unit="teams")

    async def _people(self, request: web.Request) -> web.Response:
        if request.match_info["team"] != str(TEAM):
            raise RefusedError(404, {"message": "not found"})
        wanted = request.query.getall("user_ids[]", [])
        fields = request.query.get("fields", "").split(",")
        members = answers.people(wanted, fields, self._switches)
        return answers.paged(request, members, self._switches, unit="team_users")

    async def _channels(self, request: web.Request) -> web.Response:
        listed = answers.channels(self._switches)
        if request.query.get("only_operable_by_me") == "true":
            listed = [one for one in listed if one["is_operable_by"]]
        return answers.paged(request, listed, self._switches, unit="channels")

    async def _channel(self, request: web.Request) -> web.Response:
        listed = {str(one["id"]): one for one in answers.channels(self._switches)}
        if request.match_info["id"] not in listed:
            raise RefusedError(404, {"message": "not found"})
        return web.json_response(listed[request.match_info["id"]])

    async def _categories(self, request: web.Request) -> web.Response:
        fields = request.query.get("fields", "").split(",")
        found = answers.categories(self._plan(request.match_info["id"]), fields)
        return answers.paged(request, found, self._switches, unit="categories")

    async def _forms(self, request: web.Request) -> web.Response:
        forms = [answers.form(plan, self._switches) for plan in channel_plans(self._switches)]
        return answers.paged(request, forms, self._switches, unit="forms")

    async def _form(self, request: web.Request) -> web.Response:
        plan = channel(_number(request.match_info["id"], "id"), self._switches)
        if plan is None:
            raise RefusedError(404, {"message": "not found"})
        return web.json_response(answers.form(plan, self._switches))

    async def _states(self, request: web.Request) -> web.Response:
        only = request.query.get("channel_id")
        plans = channel_plans(self._switches) if only is None else [self._plan(only)]
        states = [state for plan in plans for state in answers.states(plan)]
        return answers.paged(request, states, self._switches, unit="report_states")

    async def _analytics(self, request: web.Request) -> web.Response:
        name, asked = request.match_info["name"], self._asked(request)
        fields = [one for one in request.query.get("fields", "").split(",") if one]
        found: Any
        if name in COUNTS:
            found = COUNTS[name](asked)
        elif name == "reports_images":
            found = analytics.images(asked, self._address)
        elif name == "reports_per_field_selection":
            found = analytics.per_choice(asked, _number(request.query.get("field_id"), "field_id"))
        elif name == "user_awareness":
            found = analytics.awareness(asked, fields)
        elif name == "reports_read":
            return web.json_response(analytics.reads(asked, fields))
        else:
            raise RefusedError(404, {"message": "not found"})
        if found is None:
            problem = {"field_id": ["is not a selection"]}
            raise RefusedError(422, {"failures": problem, "errors": problem})
        rows = [answers.odd(one, self._switches) for one in found]
        if self._switches.on("mixed"):
            random.Random(len(rows)).shuffle(rows)
        return web.json_response(rows)

    def _asked(self, request: web.Request) -> Asked:
        self.teams_in_context.append(request.headers.get("X-TeamId", ""))
        if self._switches.on("team_needed") and not self.teams_in_context[-1]:
            raise RefusedError(422, {"message": "client error", "param": "X-TeamId"})
        query, now = request.query, self.clock.now()
        plan = self._plan(query.get("channel_id"))
        start, end = (
            _moment(query.get("start_date"), "start_date"),
            _moment(query.get("end_date"), "end_date"),
        )
        kept = self._switches.number("keeps_days")
        if kept and start < now - timedelta(days=kept):
            problem = {"start_date": ["is too long ago"]}
            raise RefusedError(422, {"failures": problem, "errors": problem})
        last = end + INSTANT if self._switches.on("end_inclusive") else end
        found = [*reports(plan, start=start, end=min(last, now + INSTANT))]
        return Asked(plan, found, start, end, now, self._switches)

    def _plan(self, channel_id: str | None) -> ChannelPlan:
        number = _number(channel_id, "channel_id")
        extra = range(1000, 1000 + int(self._switches.number("many_channels")))
        plan = channel(number, self._switches) or (
            ChannelPlan(number, "", 0) if number in extra else None
        )
        if plan is None:
            status = int(self._switches.choice("no_rights"))
            raise RefusedError(status, self._errors("You may not see this channel", "forbidden"))
        return plan

    def _address(self, report: Report, style: str) -> str:
        elsewhere = self._switches.choice("image_host") == "another host"
        root = self._files.url if elsewhere else self.url
        path = "moved" if self._switches.on("image_redirects") else "images"
        life = timedelta(minutes=self._switches.number("image_minutes"))
        ends = int((self.clock.now() + life).timestamp())
        return f"{root}/{path}/{report.id}/{style}?Expires={ends}&Signature=x"

    async def _image(self, request: web.Request) -> web.Response:
        style = request.match_info["style"]
        ends = _number(request.query.get("Expires"), "Expires")
        if style not in SIZES or self.clock.now().timestamp() >= ends:
            raise RefusedError(403, {"message": "Request has expired"})
        if self._switches.choice("image_content") != "pictures":
            return web.Response(text=HTML, content_type="image/png")
        content = picture(_number(request.match_info["id"], "id"), style)
        return web.Response(body=content, content_type="image/png")

    async def _moved(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(request.path_qs.replace("/moved/", "/images/", 1))

    async def _nothing(self, _: web.Request) -> web.Response:
        raise RefusedError(404, {"message": "not found"})


def _session_of(body: bytes) -> dict[str, Any]:
    data = json.loads(body)
    session = data.get("session") if isinstance(data, dict) else None
    if not isinstance(session, dict):
        raise RefusedError(422, {"message": "client error", "param": "session"})
    return session


def _number(text: str | None, name: str) -> int:
    if text is None or not text.isdecimal():
        raise RefusedError(422, {"message": "client error", "param": name})
    return int(text)


def _moment(text: str | None, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        raise RefusedError(422, {"message": "client error", "param": name}) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


STAND_IN = SaferMeVendor
