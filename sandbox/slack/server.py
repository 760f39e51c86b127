"""The addresses of the local Slack: Web API, uploads, downloads, response_url, Socket Mode."""

import json
from collections.abc import AsyncIterator, Callable

from aiohttp import BodyPartReader, web

from sandbox.slack.api.server import WebApi
from sandbox.slack.backend import Backend
from sandbox.slack.oauth.consent import PATH, Consent
from sandbox.slack.oauth.tenants import Tenants
from sandbox.slack.refusals import Refusal
from sandbox.slack.replies import post_reply
from sandbox.slack.uploads import WrongLengthError

_LARGEST_CALL = 4 * 2**20  # bytes of one Web API request; uploads are streams and not bound by it
_CHUNK = 64 * 2**10
_SIGN_IN = "<!DOCTYPE html><html><title>Sign in to Slack</title></html>"


def build_app(tenants: Tenants) -> web.Application:
    """Return the application; more routes may be added before it is served."""
    app = web.Application(client_max_size=_LARGEST_CALL)
    api, doors, consent = WebApi(tenants), _Doors(tenants), Consent(tenants)
    app.router.add_route("*", "/api/{method}", api.answer)
    app.router.add_post("/upload/v1/{key}", doors.upload)
    app.router.add_get("/files/{id}/{name}", doors.download)
    app.router.add_post("/hooks/actions/{key}", doors.reply)
    app.router.add_get("/link/", tenants.first.sockets.serve)
    app.router.add_get(PATH, consent.show)
    app.router.add_post(PATH, consent.decide)
    return app


class _Doors:
    """Everything that is not the Web API."""

    def __init__(self, tenants: Tenants) -> None:
        self._tenants = tenants

    def _of(self, owns: Callable[[Backend], bool]) -> Backend:
        """Return the workspace that owns something, the first one where none does."""
        return next(filter(owns, self._tenants), self._tenants.first)

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of an announced file, raw or as the one part of a form."""
        key = request.match_info["key"]
        tenant = self._of(lambda each: each.workspace.uploads.knows(key))
        fault = tenant.faults.take("upload", {"key": key})
        if fault is not None and fault.kind == "rate_limited":
            headers = {"Retry-After": str(int(fault.seconds or 1))}
            return web.Response(status=429, text="rate_limited", headers=headers)
        try:
            written = await tenant.workspace.uploads.receive(key, _chunks(request))
        except KeyError:
            return web.Response(status=404, text="no such upload")
        except WrongLengthError:
            return web.Response(status=400, text="not the announced number of bytes")
        return web.Response(text=f"OK - {written}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give a file's bytes to the bot's token."""
        sent = request.headers.get("Authorization", "")
        token = sent.removeprefix("Bearer ")
        tenant = self._tenants.of_token(token, {})
        if token == sent or not tenant.tokens.knows(token) or tenant.tokens.problem(token):
            return web.Response(status=403, text="not allowed")
        if "files:read" not in tenant.scopes:
            # Slack says no with a page for people to sign in, and the status of a success.
            return web.Response(text=_SIGN_IN, content_type="text/html")
        try:
            file = tenant.workspace.uploads.find(request.match_info["id"])
        except Refusal:
            return web.Response(status=404, text="no such file")
        return web.FileResponse(file.path, headers={"Content-Type": file.mime})

    async def reply(self, request: web.Request) -> web.Response:
        """Answer at a `response_url`."""
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        key = request.match_info["key"]
        tenant = self._of(lambda each: each.response_urls.knows(key))
        try:
            place = tenant.response_urls.use(key)
        except Refusal as refusal:
            return web.json_response(refusal.body, status=404)
        try:
            post_reply(tenant, place, body)
        except Refusal as refusal:
            return web.json_response(refusal.body, status=400)
        return web.Response(text="ok")


async def _chunks(request: web.Request) -> AsyncIterator[bytes]:
    if not request.content_type.startswith("multipart/"):
        async for chunk in request.content.iter_chunked(_CHUNK):
            yield chunk
        return
    part = await (await request.multipart()).next()
    while isinstance(part, BodyPartReader) and (chunk := await part.read_chunk(_CHUNK)):
        yield chunk
