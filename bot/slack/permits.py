"""Permits to send, which grow old: what a process might do before it froze it may not do after.

A look at the clock before a call is too early, as a process may freeze between the two. So the body
of a request looks at it in the moment in which its bytes go out: where the permit is too old then
and is not renewed, nothing goes out, and half a request is none.
"""

import json
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import BytesPayload

from bot.errors import FencedError

FRESH_SECONDS: Final = 3.0
Renew = Callable[[], Awaitable[bool]]
"""Asks anew for what was permitted; False where that is over."""
_PERMIT: Final = ContextVar["Permit | None"]("permit", default=None)


class Permit:
    """What may be sent until it is three seconds old, and longer if it is renewed."""

    def __init__(self) -> None:
        """Count from now: make it before you ask for what it permits."""
        self._since = _moments()
        self._renew: Renew | None = None
        self.failure: FencedError | None = None

    @contextmanager
    def used(self, renew: Renew) -> Iterator[None]:
        """Let every call to Slack of this context depend on it."""
        self._renew = renew
        token = _PERMIT.set(self)
        try:
            yield
        finally:
            _PERMIT.reset(token)

    async def check(self) -> None:
        """Return if something may be sent in this very moment. Raises FencedError."""
        assert self._renew is not None
        while not self._is_fresh():
            since = _moments()
            try:
                renewed = await self._renew()
            except Exception as error:
                self.failure = FencedError("request")
                raise self.failure from error
            if not renewed:
                self.failure = FencedError("request")
                raise self.failure
            self._since = since

    def _is_fresh(self) -> bool:
        """Say it by two clocks: one may be set back, the other stops while a machine does."""
        pairs = zip(_moments(), self._since, strict=True)
        return max(now - since for now, since in pairs) < FRESH_SECONDS


def stopped_by_permit() -> FencedError | None:
    """Return why nothing went out in this context, if it was for its permit."""
    permit = _PERMIT.get()
    return permit.failure if permit else None


class PermittedSession:
    """An HTTP session whose requests go out by the permit of their context, where there is one."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        """Send through this session."""
        self._session = session

    @property
    def closed(self) -> bool:
        """Whether the session is."""
        return self._session.closed

    def request(self, method: str, url: str, **rest: Any) -> Any:
        """Return a request as `ClientSession.request` does; `data` is a mapping, or of JSON."""
        permit = _PERMIT.get()
        if permit is not None:
            rest["data"] = _body(permit, rest.pop("json", None), rest.pop("data", None))
        return self._session.request(method, url, **rest)


class _PermittedBody(BytesPayload):
    """A body that looks at its permit in the moment in which it goes out."""

    def __init__(self, content: bytes, permit: Permit, *, content_type: str) -> None:
        super().__init__(content, content_type=content_type)
        self._permit = permit

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self._permit.check()
        await super().write(writer)

    async def write_with_length(
        self, writer: AbstractStreamWriter, content_length: int | None
    ) -> None:
        await self._permit.check()
        await super().write_with_length(writer, content_length)


def _body(permit: Permit, in_json: Any, form: Mapping[str, str] | None) -> _PermittedBody:
    if in_json is not None:
        return _PermittedBody(json.dumps(in_json).encode(), permit, content_type="application/json")
    encoded = urlencode(form or {}).encode()
    return _PermittedBody(encoded, permit, content_type="application/x-www-form-urlencoded")


def _moments() -> tuple[float, float]:
    """Return now, by both of this machine's clocks, and not by the sandbox's, which people move."""
    return time.monotonic(), time.time()
