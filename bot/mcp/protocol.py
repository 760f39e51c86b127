"""JSON-RPC as the Model Context Protocol has it over HTTP: one message a request. Pure.

https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

Json = dict[str, Any]
Id = str | int | None

VERSIONS: Final = ("2025-06-18", "2025-11-25", "2025-03-26")
"""The revisions of the protocol that this server speaks, the one it proposes first."""


class ErrorCode(IntEnum):
    """What can be wrong with a message, in the numbers of JSON-RPC and of MCP."""

    PARSE = -32700
    INVALID_REQUEST = -32600
    UNKNOWN_METHOD = -32601
    INVALID_PARAMS = -32602
    INTERNAL = -32603
    UNSUPPORTED_VERSION = -32022
    UNAUTHORIZED = -32001
    """A number of our own, of those that JSON-RPC leaves to servers."""


class ProtocolError(Exception):
    """A message that is answered with an error; the text is for whoever writes clients."""

    def __init__(
        self,
        code: ErrorCode,
        words: str,
        *,
        id: Id = None,  # noqa: A002  # the protocol's own name
        status: int = 200,
        data: Any = None,
    ) -> None:
        """`status` is that of HTTP."""
        super().__init__(words)
        self.code = code
        self.id = id
        self.status = status
        self.data = data

    @property
    def body(self) -> Json:
        """The answer."""
        error = {"code": int(self.code), "message": str(self)}
        more = {} if self.data is None else {"data": self.data}
        return {"jsonrpc": "2.0", "id": self.id, "error": {**error, **more}}


@dataclass(frozen=True, slots=True)
class RpcMessage:
    """A message: a request where it has an id, else one that wants no answer."""

    method: str
    id: Id = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wants_answer(self) -> bool:
        """Whether it is a request."""
        return self.id is not None


def read_message(body: bytes) -> RpcMessage:
    """Return the message of a request's body. Raises ProtocolError."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        raise ProtocolError(ErrorCode.PARSE, "Not JSON.", status=400) from None
    if isinstance(read, list):
        raise _invalid("Batches are not taken: send one message a request.")
    if not isinstance(read, dict) or read.get("jsonrpc") != "2.0":
        raise _invalid('Not a JSON-RPC 2.0 message: an object with "jsonrpc": "2.0".')
    if "method" not in read and ("result" in read or "error" in read):
        return RpcMessage("")  # an answer, although nothing was asked
    return _message(read)


def _message(read: Json) -> RpcMessage:
    number = read.get("id")
    if "id" in read and (isinstance(number, bool) or not isinstance(number, str | int)):
        raise _invalid("The id must be a text or a whole number.")
    method, params = read.get("method"), read.get("params", {})
    if not isinstance(method, str) or not method:
        raise _invalid("The method must be a text.", number)
    if not isinstance(params, dict):
        raise ProtocolError(ErrorCode.INVALID_PARAMS, "The params must be an object.", id=number)
    return RpcMessage(method, number, params)


def result(message: RpcMessage, value: Mapping[str, Any]) -> Json:
    """Return the answer to a request."""
    return {"jsonrpc": "2.0", "id": message.id, "result": value}


def check_version(version: str | None, id: Id = None) -> None:  # noqa: A002
    """Raise ProtocolError for the header of a revision that this server does not speak."""
    if version and version not in VERSIONS:
        raise ProtocolError(
            ErrorCode.UNSUPPORTED_VERSION,
            f"This server speaks {', '.join(VERSIONS)}.",
            id=id,
            status=400,
            data={"supported": list(VERSIONS), "requested": version[:40]},
        )


def negotiated(params: Mapping[str, Any]) -> str:
    """Return the revision to speak: the one that the client wants, or else the one we propose."""
    wanted = params.get("protocolVersion")
    return wanted if wanted in VERSIONS else VERSIONS[0]


def _invalid(words: str, id: Id = None) -> ProtocolError:  # noqa: A002
    return ProtocolError(ErrorCode.INVALID_REQUEST, words, id=id, status=400)
