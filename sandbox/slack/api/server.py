"""`/api/<method>` over HTTP: token, scope, rate and arguments checked, then the method run."""

from datetime import timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from sandbox.slack.api.arguments import check_arguments
from sandbox.slack.api.calls import ApiCall, need_scope
from sandbox.slack.api.methods import HISTORIES, METHODS, Method
from sandbox.slack.api.requests import ApiRequest, read_request
from sandbox.slack.backend import Backend
from sandbox.slack.calls import Call
from sandbox.slack.changes import Change
from sandbox.slack.faults import AFTER, Fault
from sandbox.slack.oauth.tenants import Tenants
from sandbox.slack.refusals import Refusal, explained

Json = dict[str, Any]

_UNKNOWN = {"not_authed", "invalid_auth", "token_expired", "token_revoked", "account_inactive"}


class WebApi:
    """Answers calls of the Web API."""

    def __init__(self, tenants: Tenants) -> None:
        """Answer from these workspaces, each call from the one that its token speaks for."""
        self._tenants = tenants

    async def answer(self, request: web.Request) -> web.Response:
        """Carry out one call, or the fault that was ordered for it."""
        name = request.match_info["method"]
        method = METHODS.get(name)
        try:
            sent = await read_request(request, takes_json=method is None or method.takes_json)
        except Refusal as refusal:
            return _Answering(self._tenants.first).refused(name, {}, refusal)
        tenant = self._tenants.of_token(sent.token, sent.arguments)
        return await _Answering(tenant).answer(request, name, method, sent)


class _Answering:
    """Answers one call from its workspace."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def answer(
        self, request: web.Request, name: str, method: Method | None, sent: ApiRequest
    ) -> web.Response:
        fault = self._backend.faults.take(name, sent.arguments)
        if fault is not None and fault.kind == "late":
            self._run_later(fault.seconds or 0.0, name, method, sent)
            _drop(request)
            return web.Response()
        if fault is not None and fault.kind not in AFTER:
            spoiled = await self._spoil(fault, request, sent.arguments)
            if spoiled is not None:
                return spoiled
        response = self._run(name, method, sent)
        return response if fault is None else _after(fault, request, response)

    def _run_later(
        self, seconds: float, name: str, method: Method | None, sent: ApiRequest
    ) -> None:
        due = self._backend.clock.now() + timedelta(seconds=seconds)

        def run() -> bool:
            if self._backend.clock.now() < due:
                return False
            self._run(name, method, sent)
            return True

        self._backend.later(run)

    def _run(self, name: str, method: Method | None, sent: ApiRequest) -> web.Response:
        if method is None:
            return self.refused(name, sent.arguments, Refusal("unknown_method", req_method=name))
        try:
            self._check(name, method, sent)
            answer = method.run(ApiCall(name, sent.arguments, self._backend, sent.token))
        except Refusal as refusal:
            return self.refused(name, sent.arguments, refusal, method)
        return self._respond(name, sent.arguments, answer, method=method)

    def _check(self, name: str, method: Method, sent: ApiRequest) -> None:
        self._check_token(method, sent.token)
        if method.scopes:
            need_scope(self._backend, *method.scopes)
        if self._backend.switches.strict_rates:
            few = self._backend.switches.few_messages and name in HISTORIES
            self._backend.rates.count(name, 1 if few else method.per_minute)
        missing = [one for one in method.required if sent.arguments.get(one) in (None, "")]
        if missing:
            problems = [f"missing required field: {one}" for one in missing]
            raise explained("invalid_arguments", problems)
        check_arguments(name, sent.arguments)

    def _check_token(self, method: Method, token: str) -> None:
        if method.token == "none":
            return
        if not token:
            raise Refusal("not_authed")
        tokens, is_app = self._backend.tokens, token == self._backend.identity.app_token
        if not is_app and not tokens.knows(token):
            raise Refusal("invalid_auth")
        if problem := "" if is_app else tokens.problem(token):
            raise Refusal(problem)
        kind = "app" if is_app else "bot"
        if method.token not in {"any", kind}:
            raise Refusal("not_allowed_token_type")

    async def _spoil(
        self, fault: Fault, request: web.Request, arguments: Json
    ) -> web.Response | None:
        name = fault.method
        if fault.body is not None:
            return self._respond(name, arguments, fault.body)
        if fault.kind == "slow":
            if fault.seconds is not None:
                await self._backend.clock.sleep(fault.seconds)
                return None
            await self._backend.closing.wait()
        if fault.kind in {"slow", "drop_before"}:
            _drop(request)
            return self._respond(name, arguments, {"ok": False, "error": "dropped"})
        if fault.kind == "http_500":
            self._note(name, arguments, 500, "http_500")
            return web.Response(status=500, text="<html>Server Error</html>")
        if fault.kind == "rate_limited":
            refusal = Refusal("ratelimited", retry_after=int(fault.seconds or 1))
            return self.refused(name, arguments, refusal)
        retry_after = int(fault.seconds or 1) if fault.error == "ratelimited" else None
        return self.refused(name, arguments, Refusal(fault.error, retry_after=retry_after))

    def refused(
        self, name: str, arguments: Json, refusal: Refusal, method: Method | None = None
    ) -> web.Response:
        if refusal.retry_after is None:
            return self._respond(name, arguments, refusal.body, method=method)
        response = self._respond(name, arguments, refusal.body, status=429, method=method)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response

    def _respond(
        self,
        name: str,
        arguments: Json,
        body: Json,
        *,
        status: int = 200,
        method: Method | None = None,
    ) -> web.Response:
        self._note(name, arguments, status, str(body.get("error") or ""))
        headers = {
            "X-Slack-Req-Id": self._backend.workspace.mint("R"),
            "Date": format_datetime(self._backend.clock.now(), usegmt=True),
        }
        if body.get("error") not in _UNKNOWN:
            headers["X-OAuth-Scopes"] = ",".join(sorted(self._backend.scopes))
            headers["X-Accepted-OAuth-Scopes"] = ",".join(method.scopes) if method else ""
        return web.json_response(body, status=status, headers=headers)

    def _note(self, name: str, arguments: Json, status: int, error: str) -> None:
        call = Call(name, arguments, status, error, self._backend.clock.now())
        self._backend.calls.append(call)
        self._backend.workspace.changes.announce(Change("call", payload=call))


def _after(fault: Fault, request: web.Request, response: web.Response) -> web.Response:
    """Return what comes back of a call that was carried out."""
    if fault.kind == "drop_after":
        _drop(request)
    if fault.kind == "html_after":
        return web.Response(text="<html>Please stand by</html>", content_type="text/html")
    return web.json_response({"ok": True}) if fault.kind == "bare_after" else response


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
