"""A local FLOW. What its pages leave open is decided here and can be switched (oddities.py)."""

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from sandbox.clock import SandboxClock
from sandbox.vendors.base import Vendor
from sandbox.vendors.flowapp import answers
from sandbox.vendors.flowapp.account import Account, Guest, Session, token_of
from sandbox.vendors.flowapp.names import SURVEYS
from sandbox.vendors.flowapp.oddities import oddity_switches
from sandbox.vendors.flowapp.questions import InvalidError, new_event, person
from sandbox.vendors.flowapp.reports import compiled, report, survey
from sandbox.vendors.switches import ODD_DATA

API_SECRET = "sandbox-flowapp-secret"
PERIODS = ("current", "past", "future")
SESSIONS = "/api/v1/events/sessions"
REPORTS = "/api/v1/reports/events/sessions"
CSV_KINDS = ("registrants", "attendeeChat", "operatorChat")

Handle = Callable[[web.Request], Awaitable[web.Response]]


class RefusedError(Exception):
    """A refusal with a status and the vendor's words."""

    def __init__(self, status: int, words: str) -> None:
        """Remember both."""
        super().__init__(words)
        self.status = status


class FlowAppVendor(Vendor):
    """FLOW with a made-up account. Its one secret is `api_secret`."""

    name = "flowapp"

    def __init__(
        self, clock: SandboxClock, *, port: int = 0, api_secret: str = API_SECRET, odd: bool = False
    ) -> None:
        """Invent the account around the clock's present moment."""
        self.api_secret = api_secret
        self.account_token = answers.ACCOUNT_TOKEN
        self.account = Account(clock.now(), odd=lambda: self._switches.on(ODD_DATA))
        super().__init__(clock, switches=oddity_switches(), port=port, odd=odd)

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {"FLOWAPP_API_SECRET": self.api_secret, "FLOWAPP_BASE_URL": self.url}

    def add_routes(self, app: web.Application) -> None:
        """Add the fifteen documented routes and where links lead; all else is not found."""
        get, post = app.router.add_get, app.router.add_post
        get("/s/{event}/{guest}/{code}", self._room)
        get(SESSIONS, self._locked(self._events))
        get(SESSIONS + "/public/{token}", self._open(self._event))
        get(SESSIONS + "/{token}", self._locked(self._event))
        post("/api/v1/registrants", self._open(self._register))
        get(REPORTS + "/registrants/{token}", self._locked(self._registrants))
        post("/api/v1/event", self._locked(self._create))
        get("/api/v1/users", self._locked(self._operators))
        get(REPORTS + "/surveys/{token}", self._locked(self._surveys))
        get(REPORTS + "/csv/summary/{token}", self._locked(self._compiled))
        get(REPORTS + "/csv/surveyDetail/{token}/{survey}", self._locked(self._survey))
        get(REPORTS + "/csv/{kind}/{token}", self._locked(self._csv))
        get("/api/v1/rooms/lookup/{account}", self._locked(self._rooms))
        get("/api/v1/rooms/register/{room}/{person}", self._locked(self._sign_on))
        app.router.add_route("*", "/{rest:.*}", self._open(self._nothing))

    def _locked(self, handle: Handle) -> Handle:
        async def locked(request: web.Request) -> web.Response:
            if not self._key_is_right(request):
                return self._refused(401, "The api-secret is missing or wrong")
            return await self._answered(handle, request)

        return locked

    def _open(self, handle: Handle) -> Handle:
        async def opened(request: web.Request) -> web.Response:
            if self._switches.on("key_everywhere") and not self._key_is_right(request):
                return self._refused(401, "The api-secret is missing or wrong")
            return await self._answered(handle, request)

        return opened

    async def _answered(self, handle: Handle, request: web.Request) -> web.Response:
        try:
            return await handle(request)
        except RefusedError as refused:
            return self._refused(refused.status, str(refused))
        except InvalidError as problem:
            return self._refused(400, str(problem))
        except (ValueError, RecursionError):
            return self._refused(400, "Request body must be valid JSON")

    def _key_is_right(self, request: web.Request) -> bool:
        given = request.headers.get("api-secret", "").encode("utf-8", "replace")
        right = hmac.compare_digest(given, self.api_secret.encode())
        return right and not self._switches.on("expired_key")

    def _refused(self, status: int, words: str) -> web.Response:
        body = {"code": status, "message": words, "localDescription": words}
        inside = self._switches.choice("refusal") == "200 with a code"
        return web.json_response(body, status=200 if inside else status)

    def _said(self, data: object, *, redirect: str | None = None) -> web.Response:
        if data == [] and self._switches.on("null_lists"):
            data = None
        if self._switches.choice("envelope") == "bare" and redirect is None:
            return web.json_response(data)
        return web.json_response({"code": 200, "data": data, "redirectURL": redirect})

    def _session(self, token: str) -> Session:
        found = self.account.find(token, self.clock.now())
        if found is None:
            raise RefusedError(404, "The session does not exist")
        return found

    async def _events(self, request: web.Request) -> web.Response:
        now = self.clock.now()
        period = request.query.get("period") or request.query.get("periodName")
        if period not in (None, *PERIODS) and self._switches.choice("unknown_period") == "400":
            raise RefusedError(400, f"period must be one of: {', '.join(PERIODS)}")
        figures = request.query.get("simple_analytics") == "1"
        chosen = [
            answers.event(one, self._switches, now, analytics=figures)
            for one in self.account.sessions(now)
            if period not in PERIODS or one.period(now) == period
        ]
        return self._said(chosen)

    async def _event(self, request: web.Request) -> web.Response:
        one = self._session(request.match_info["token"])
        body = answers.event(one, self._switches, self.clock.now(), analytics=False)
        if "/public/" not in request.path:
            body["feedbackQuestions"] = [{"id": 1, "question": "How was the sound?"}]
        elif self._switches.on("bare_public"):
            body = answers.public(body)
        return self._said(body)

    async def _register(self, request: web.Request) -> web.Response:
        sent = json.loads(await request.read())
        token, email, first, last = person(sent)
        one, redirect = self._session(token), bool(sent.get("redirect"))
        return self._registered(one, email, first, last, redirect=redirect)

    def _registered(
        self, one: Session, email: str, first: str, last: str, *, redirect: bool = False
    ) -> web.Response:
        if self._switches.on("registration_closed"):
            raise RefusedError(403, "Registration closed")
        now = self.clock.now()
        known = {guest.email.casefold(): guest for guest in one.registered(now)}
        guest = known.get(email.casefold())
        if guest is None:
            token = token_of(one.token, email.casefold(), length=10)
            guest = Guest(30_000 + len(one.joined), token, first, last, email, now)
            one.joined.append(guest)
        new = email.casefold() not in known
        body = answers.registration(one, guest, self._switches, root=self.url, new=new)
        if redirect and self._switches.choice("redirect") == "302":
            return web.Response(status=302, headers={"Location": body["url"]})
        if redirect or self._switches.on("link_in_envelope"):
            return self._said(body, redirect=body.pop("url"))
        return self._said(body)

    async def _registrants(self, request: web.Request) -> web.Response:
        one = self._session(request.match_info["token"])
        return self._said(answers.registrants(one, self._switches, self.clock.now()))

    async def _create(self, request: web.Request) -> web.Response:
        series, starts_at = new_event(json.loads(await request.read()))
        if self._switches.on("creation_says_no"):
            raise RefusedError(400, "The account may not create events")
        made = self.account.create(series, starts_at)
        return self._created(made)

    def _created(self, made: Session) -> web.Response:
        form = self._switches.choice("created_answer")
        if form == "empty body":
            return web.Response(status=201)
        if form == "null":
            return self._said(None)
        tokens = {"token": made.token, "eventToken": token_of("event", made.token)}
        creator = {"creator": answers.operators(self._switches)[0]}
        return self._said(tokens | creator if form == "with its creator" else tokens)

    async def _operators(self, _: web.Request) -> web.Response:
        return self._said(answers.operators(self._switches))

    async def _surveys(self, request: web.Request) -> web.Response:
        self._session(request.match_info["token"])
        return self._said(answers.surveys(self._switches))

    async def _compiled(self, request: web.Request) -> web.Response:
        one = self._reported(request)
        return self._said(compiled(one, SURVEYS[0][0], self._switches, self.clock.now()))

    async def _csv(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        if kind not in CSV_KINDS:
            return await self._nothing(request)
        one = self._reported(request)
        return self._csv_said(report(one, kind, self._switches, self.clock.now()))

    async def _survey(self, request: web.Request) -> web.Response:
        one, number = self._reported(request), request.match_info["survey"]
        if number not in {str(id_) for id_, _, _ in SURVEYS}:
            raise RefusedError(404, "The survey does not exist")
        return self._csv_said(survey(one, int(number), self._switches, self.clock.now()))

    def _reported(self, request: web.Request) -> Session:
        one = self._session(request.match_info["token"])
        early = one.period(self.clock.now()) == "future"
        if early and self._switches.choice("report_too_early") == "404":
            raise RefusedError(404, "There is no report yet")
        return one

    def _csv_said(self, text: str) -> web.Response:
        form = self._switches.choice("csv_form")
        if form == "words alone":
            return web.json_response({"message": "There is no report for this event"})
        if form != "text":
            return self._said(text)
        encoding = "latin-1" if self._switches.on("csv_latin_1") else "utf-8"
        body = text.encode(encoding, "replace")
        return web.Response(body=body, headers={"Content-Type": "text/csv"})

    async def _rooms(self, request: web.Request) -> web.Response:
        if request.match_info["account"] != self.account_token:
            raise RefusedError(404, "The account does not exist")
        return self._said(answers.rooms(self._switches))

    async def _sign_on(self, request: web.Request) -> web.Response:
        parts = request.match_info["person"].split("*_*")
        rooms = {
            str(room[self._switches.choice("room_key")]) for room in answers.rooms(self._switches)
        }
        if request.match_info["room"] not in rooms or len(parts) != 3:
            raise RefusedError(404, "The room does not exist")
        hours = next(s for s in self.account.sessions(self.clock.now()) if s.series.key == "office")
        return self._registered(hours, *parts)

    async def _room(self, _: web.Request) -> web.Response:
        page = "<!doctype html><title>FLOW</title><h1>You would be in the room now.</h1>"
        return web.Response(text=page, content_type="text/html")

    async def _nothing(self, request: web.Request) -> web.Response:
        raise RefusedError(404, f"Cannot {request.method} {request.path}")


STAND_IN = FlowAppVendor
