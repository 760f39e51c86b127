"""Live: tells an open page what has changed, by server-sent events.

The page reads again what it shows, so an event only names the place; nothing is lost when one is
missed, because every connection starts with `hello` and the page then reads everything shown.
"""

import asyncio
import contextlib
import json
from typing import Any

from aiohttp import web

from sandbox.slack import SlackSandbox
from sandbox.slack.changes import Change, Subscription
from sandbox.slack.messages import Message
from sandbox.slack.page import drawings
from sandbox.slack.page.answers import needed
from sandbox.slack.page.guard import HEADERS
from sandbox.slack.page.viewers import Viewers

_LOOK_SECONDS = 2.0  # real ones: between two looks at whether the app is still connected
_RECONNECT = b"retry: 500\n\n"  # milliseconds until a page that lost its connection comes back
_EVENT_NAMES = {"call": "vendor_call", "reaction": "message_changed"}


class Stream:
    """The route of live changes; `close` ends every open connection."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Follow this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)
        self._open: set[asyncio.Task[Any]] = set()

    async def close(self, _app: web.Application) -> None:
        """End every open connection, so that the server can stop."""
        for task in self._open:
            task.cancel()

    async def follow(self, request: web.Request) -> web.StreamResponse:
        """GET ?user=: the changes that a person can see, until either side hangs up."""
        user = self._viewers.person(needed(request.query, "user")).id
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        subscription = self._slack.changes.subscribe()
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await response.prepare(request)
            await response.write(_RECONNECT)
            await _write(response, "hello", {})
            await self._tell(response, subscription, user)
        except (ConnectionResetError, asyncio.CancelledError):
            pass  # the page has gone, or the server is stopping
        finally:
            self._open.discard(task)
            with contextlib.suppress(ValueError):  # its iterator closes it too, once it has run
                subscription.close()
        return response

    async def _tell(
        self, response: web.StreamResponse, subscription: Subscription, user: str
    ) -> None:
        changes = aiter(subscription)
        upcoming = asyncio.ensure_future(anext(changes))
        connected = drawings.is_connected(self._slack)
        try:
            while True:
                done, _ = await asyncio.wait({upcoming}, timeout=_LOOK_SECONDS)
                if connected != (connected := drawings.is_connected(self._slack)):
                    await _write(response, "bot_status", {"connected": connected})
                if not done:
                    await response.write(b": still here\n\n")
                    continue
                change = upcoming.result()
                upcoming = asyncio.ensure_future(anext(changes))
                await self._pass_on(response, change, user)
                if subscription.has_lost:
                    subscription.has_lost = False
                    await _write(response, "hello", {})
        finally:
            upcoming.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await upcoming

    async def _pass_on(self, response: web.StreamResponse, change: Change, user: str) -> None:
        if self._viewers.concerns(user, change):
            name = _EVENT_NAMES.get(change.kind, change.kind)
            await _write(response, name, await self._described(change))

    async def _described(self, change: Change) -> dict[str, Any]:
        if change.kind == "clock":
            return drawings.time(self._slack.clock)
        thread = change.payload.thread_ts if isinstance(change.payload, Message) else ""
        return {"channel": change.channel, "ts": change.ts, "thread_ts": thread}


async def _write(response: web.StreamResponse, name: str, data: dict[str, Any]) -> None:
    await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
