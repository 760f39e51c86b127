"""The two pages with which workspaces install Flowbot, served only where they may.

Nothing is read of these requests but their method, their query and the one cookie; the rest is
bounded by the door. What is sent is never shown again, and no other page may frame these.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Final

from aiohttp import web as http
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.door.pages import received, refusal
from bot.slack.manifest import REDIRECT_PATH
from bot.workspaces.flow import INSTALL_PATH, InstallFlow
from bot.workspaces.pages import STYLE

LONGEST_QUERY: Final = 2_000
"""Characters; Slack's own code and our state have some 150 together."""
LONGEST_COOKIE: Final = 4_000
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",  # the address of the last step holds a code
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class InstallDoor:
    """Answers the two addresses."""

    def __init__(self, flow: InstallFlow) -> None:
        """Answer by this flow."""
        self._flow = flow
        self.pages = {
            INSTALL_PATH: {"GET": self._begin},
            REDIRECT_PATH: {"GET": self._end},
        }

    async def _begin(self, request: http.BaseRequest) -> http.Response:
        asked = _read(request)
        return await _page(await self._flow.begin(asked)) if asked else _too_long()

    async def _end(self, request: http.BaseRequest) -> http.Response:
        asked = _read(request)
        return await _page(await self._flow.end(asked)) if asked else _too_long()


def _read(request: http.BaseRequest) -> AsyncBoltRequest | None:
    """Return what is looked at of a request, None of one that is too long."""
    received(request)  # it has no body that anybody reads, and Slack may take its time
    query, cookie = request.query_string, request.headers.get("Cookie", "")
    if len(query) > LONGEST_QUERY or len(cookie) > LONGEST_COOKIE:
        return None
    return AsyncBoltRequest(body="", query=query, headers={"cookie": cookie})


async def _page(answer: BoltResponse) -> http.Response:
    response = await to_aiohttp_response(answer)
    response.headers.update(HEADERS)
    return response


def _too_long() -> http.Response:
    return refusal(414, "too long\n")
