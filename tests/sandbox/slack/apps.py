"""Apps for the sandbox to deliver to, on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.errors import SlackApiError

from sandbox.server import LocalServer


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    async with LocalServer(app) as server:
        yield server.url


@dataclass
class Received:
    headers: dict[str, str]
    body: str

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body, keep_blank_values=True))

    @property
    def payload(self) -> dict[str, Any]:
        """The interaction's payload, or the event's JSON."""
        found: dict[str, Any] = json.loads(self.form.get("payload") or self.body)
        return found


@dataclass
class Recorder:
    """Keeps what comes and answers with the next of `answers`, or an empty 200."""

    received: list[Received] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    arrival: asyncio.Condition = field(default_factory=asyncio.Condition)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/slack/events", self._receive)
        return app

    async def _receive(self, request: web.Request) -> web.Response:
        received = Received(dict(request.headers), await request.text())
        async with self.arrival:
            self.received.append(received)
            self.arrival.notify_all()
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5), self.arrival:
            await self.arrival.wait_for(lambda: len(self.received) >= count)

    @property
    def last(self) -> Received:
        return self.received[-1]


async def refusal(call: Awaitable[Any]) -> Any:
    """Await a call that is refused and return Slack's whole answer."""
    try:
        await call
    except SlackApiError as error:
        return error.response
    raise AssertionError("the call was not refused")


async def code(call: Awaitable[Any]) -> str:
    """Await a call that is refused and return Slack's error code."""
    return str((await refusal(call))["error"])


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text)}


def button(action_id: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain("Go"), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def text_input(block_id: str = "name", action_id: str = "value", **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": action_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Name"),
        "element": element,
        **more,
    }


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("A form"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }
