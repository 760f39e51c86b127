"""Sending one payload to the app and waiting for its answer."""

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

import aiohttp

from sandbox.slack import limits
from sandbox.slack.backend import Backend
from sandbox.slack.delivery.outcome import Delivery
from sandbox.slack.delivery.signing import signature_headers
from sandbox.slack.socket_mode import NoConnectionError

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["slash_commands", "interactive", "events_api"]

_HEADERS = {
    "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "Accept": "application/json,*/*",
}
_FORM = "application/x-www-form-urlencoded"
_FAILED = "dispatch_failed"
_LATE = "operation_timeout"


class Sender:
    """Delivers to the connected address, or over Socket Mode while a connection is open.

    `unix_time` stamps requests: the machine's clock, because receivers compare it with theirs.
    """

    def __init__(self, backend: Backend) -> None:
        """Deliver to nobody until `address` is set."""
        self._backend = backend
        self._session: aiohttp.ClientSession | None = None
        self.address = ""
        self.unix_time: Callable[[], float] = time.time

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()

    async def deliver(
        self, kind: Kind, payload: dict[str, Any], *, retry: int = 0, reason: str = ""
    ) -> Delivery:
        """Send one payload; never raises for what the app does."""
        if self._backend.sockets.count:
            return await self._over_socket(kind, payload, retry, reason)
        if not self.address:
            # Nobody was ever there: waiting for minutes and trying again would change nothing.
            return Delivery(None, error=_FAILED, reason="connection_failed", may_retry=False)
        return await self._over_http(kind, payload, retry, reason)

    async def _over_socket(
        self, kind: Kind, payload: dict[str, Any], retry: int, reason: str
    ) -> Delivery:
        wait = self._backend.switches.ack_seconds
        retried = {"retry_attempt": retry, "retry_reason": reason} if kind == "events_api" else {}
        try:
            body = await self._backend.sockets.send(kind, payload, wait=wait, **retried)
        except TimeoutError:
            return Delivery(None, error=_LATE, reason="http_timeout", retry=retry)
        except NoConnectionError:
            return Delivery(None, error=_FAILED, reason="connection_failed", retry=retry)
        return Delivery(200, body=body, retry=retry)

    async def _over_http(
        self, kind: Kind, payload: dict[str, Any], retry: int, reason: str
    ) -> Delivery:
        try:
            return await self._post(kind, payload, retry, reason)
        except asyncio.TimeoutError:  # noqa: UP041 - aiohttp's own subclasses both
            return Delivery(None, error=_LATE, reason="http_timeout", retry=retry)
        except aiohttp.TooManyRedirects:
            return Delivery(None, error=_FAILED, reason="too_many_redirects", retry=retry)
        except aiohttp.ClientError:
            return Delivery(None, error=_FAILED, reason="connection_failed", retry=retry)

    async def _post(self, kind: Kind, payload: dict[str, Any], retry: int, reason: str) -> Delivery:
        content_type, body = _encoded(kind, payload)
        headers = {
            **_HEADERS,
            "Content-Type": content_type,
            **signature_headers(
                body,
                secret=self._backend.identity.signing_secret,
                timestamp=int(self.unix_time()),
            ),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        async with self._opened().post(
            self.address,
            data=body.encode(),
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=self._backend.switches.ack_seconds),
            max_redirects=limits.EVENT_REDIRECTS,
        ) as response:
            text = await response.text()
            is_good = 200 <= response.status < 300
            return Delivery(
                response.status,
                body=_parsed(text),
                error="" if is_good else _FAILED,
                reason="" if is_good else "http_error",
                retry=retry,
                may_retry=response.headers.get("X-Slack-No-Retry") != "1",
            )

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


def _encoded(kind: Kind, payload: dict[str, Any]) -> tuple[str, str]:
    if kind == "events_api":
        return "application/json", json.dumps(payload)
    if kind == "interactive":
        return _FORM, urlencode({"payload": json.dumps(payload)})
    return _FORM, urlencode(payload)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
