"""Where assistants call tools: one address, POST alone, one JSON-RPC message a request.

A request is Slack's, signed over its raw bytes as all that Slack sends, or it bears a token that a
person made in the Home tab: then it is theirs, whatever it says of Slack. Nothing else is read.
There are no sessions and no streams, so that any process may answer any request.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from aiohttp import web as http

from bot import log
from bot.assembly.assistants import Assistants
from bot.assembly.process import Process
from bot.codec import dumps
from bot.door.connections import BoundedServer
from bot.door.pages import Page, received
from bot.errors import DeniedError, UserError
from bot.mcp.callers import Caller, slack_identity
from bot.mcp.manifest import MCP_PATH
from bot.mcp.protocol import (
    ErrorCode,
    Json,
    ProtocolError,
    RpcMessage,
    check_version,
    read_message,
)
from bot.mcp.server import Call
from bot.mcp.tool import Tool, ToolAnswer
from bot.slack.signature import SIGNATURE, misshapen, problem_of

JSON: Final = "application/json"
VERSION_HEADER: Final = "MCP-Protocol-Version"
HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
NOT_LET_IN: Final = "This request is neither signed by Slack nor does it bear a token."
UNAUTHORIZED: Final = 401
NO_LONGER_READ: Final = frozenset({UNAUTHORIZED, 406, 413, 415})
"""Answers after which the connection is closed, as the body was not read."""


class AssistantDoor:
    """Answers the one address."""

    def __init__(
        self,
        process: Process,
        *,
        secret: str,
        connections: BoundedServer,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take what is signed with the `secret`; `now` is in seconds since 1970."""
        self._assistants = Assistants(process, connections=connections.limits.most)
        self._secret = secret
        self._connections = connections
        self._now = now
        self.pages: Mapping[str, Mapping[str, Page]] = {MCP_PATH: {"POST": self._post}}

    async def _post(self, request: http.BaseRequest) -> http.Response:
        try:
            return await self._answer(request)
        except ProtocolError as error:
            return _response(error.body, status=error.status)

    async def _answer(self, request: http.BaseRequest) -> http.Response:
        token = _token(request)
        if token is None and misshapen(request.headers):
            raise self._not_let_in("unsigned", NOT_LET_IN)
        _check_types(request)
        holder = None if token is None else await self._holder(token)
        body = await _body(request)
        if holder is None:
            self._check_signature(request, body)
        message = read_message(body)
        check_version(request.headers.get(VERSION_HEADER), message.id)
        if not message.wants_answer:
            return http.Response(status=202)

        async def call(tool: Tool, arguments: Any) -> ToolAnswer:
            try:
                if holder:
                    caller = replace(holder, is_there=lambda: _is_there(request))
                    return await self._assistants.call(tool, arguments, caller)
                return await self._from_slack(request, message, tool, arguments)
            except UserError as error:
                return ToolAnswer(str(error), is_error=True)

        with log.about(request_id=log.id_of(_once(request))):
            return _response(await self._answered(message, call, shows_blocks=holder is None))

    async def _answered(self, message: RpcMessage, call: Call, *, shows_blocks: bool) -> Json:
        """Return the answer to a message. Raises ProtocolError, of a bug with its reference."""
        try:
            return await self._assistants.server.answer(message, call, shows_blocks=shows_blocks)
        except ProtocolError:
            raise
        except Exception:  # noqa: BLE001  # a bug: the reference leads to the log
            log.get().exception("tool_broke", method=message.method)
            words = f"Something went wrong in Flowbot (reference {log.request_id()})."
            raise ProtocolError(ErrorCode.INTERNAL, words, id=message.id) from None

    async def _holder(self, token: str) -> Caller:
        try:
            return await self._assistants.holder(token)
        except DeniedError as error:
            raise self._not_let_in("no_good_token", str(error)) from None

    async def _from_slack(
        self, request: http.BaseRequest, message: RpcMessage, tool: Tool, arguments: Any
    ) -> ToolAnswer:
        who = slack_identity(message.params)
        return await self._assistants.by_slack(
            tool, arguments, who, once=_once(request), is_there=lambda: _is_there(request)
        )

    def _check_signature(self, request: http.BaseRequest, body: bytes) -> None:
        problem = problem_of(request.headers, body, secret=self._secret, now=self._now())
        if problem:
            raise self._not_let_in(problem, NOT_LET_IN)

    def _not_let_in(self, why: str, words: str) -> ProtocolError:
        self._connections.refusals.count(why)
        return ProtocolError(ErrorCode.UNAUTHORIZED, words, status=UNAUTHORIZED)


def _is_there(request: http.BaseRequest) -> bool:
    """Return whether somebody still reads what is answered."""
    return request.transport is not None and not request.transport.is_closing()


def _once(request: http.BaseRequest) -> str:
    """Return what is the same where the same signed request comes a second time; else empty."""
    signature = request.headers.get(SIGNATURE, "")
    return sha256(signature.encode()).hexdigest()[:32] if signature else ""


def _token(request: http.BaseRequest) -> str | None:
    """Return the token that a request bears, None for none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _check_types(request: http.BaseRequest) -> None:
    """Raise ProtocolError for what is no JSON, or wants none."""
    if request.content_type != JSON:
        words = f"The Content-Type must be {JSON}."
        raise ProtocolError(ErrorCode.INVALID_REQUEST, words, status=415)
    accepts = request.headers.get("Accept", "*/*")
    if not any(each in accepts for each in (JSON, "application/*", "*/*")):
        words = f"The answer is {JSON}: accept that."
        raise ProtocolError(ErrorCode.INVALID_REQUEST, words, status=406)


async def _body(request: http.BaseRequest) -> bytes:
    """Return what was sent, as far as the door takes: a mebibyte. Raises ProtocolError."""
    try:
        body = await request.read()
    except http.HTTPRequestEntityTooLarge:
        words = "The message is too long."
        raise ProtocolError(ErrorCode.INVALID_REQUEST, words, status=413) from None
    except Exception:  # noqa: BLE001  # whatever spoils a body is its sender's doing
        raise ProtocolError(ErrorCode.PARSE, "Not a whole message.", status=400) from None
    received(request)
    return body


def _response(body: Json, *, status: int = 200) -> http.Response:
    made = http.Response(status=status, text=dumps(body), content_type=JSON, headers=HEADERS)
    if status == UNAUTHORIZED:
        made.headers["WWW-Authenticate"] = "Bearer"
    if status in NO_LONGER_READ:
        made.force_close()
    return made
