"""Reading a request as Slack does: query, form, or JSON when its type says so."""

import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.slack.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """The arguments and the token of a request."""

    arguments: dict[str, Any]
    token: str


async def read_request(request: web.Request, *, takes_json: bool) -> ApiRequest:
    """Return what was sent; refuses `invalid_json` and `json_not_object`.

    A token in a JSON body does not count, and a method that takes no JSON ignores the body.
    """
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        sent = _json(await request.text())
        arguments |= sent if takes_json else {}
        token = str(request.query.get("token", ""))
    else:
        form = await request.post()
        arguments |= {name: value for name, value in form.items() if isinstance(value, str)}
        token = str(arguments.get("token", ""))
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        token = header.removeprefix("Bearer ").strip()
    elif header.startswith("Basic "):
        arguments |= _client(header)
    arguments.pop("token", None)
    return ApiRequest(arguments, token)


def _client(header: str) -> dict[str, str]:
    """Return an app's id and secret, which oauth.v2.access prefers in this form."""
    try:
        sent = b64decode(header.removeprefix("Basic ")).decode()
    except ValueError:
        return {}
    login, _, password = sent.partition(":")
    return {"client_id": login, "client_secret": password}


def _json(body: str) -> dict[str, Any]:
    try:
        sent = json.loads(body or "{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(sent, dict):
        raise Refusal("json_not_object")
    return sent
