"""The failures every stand-in can show, each behind a switch: what goes wrong on any network."""

import asyncio
import json
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.clock import SandboxClock
from sandbox.vendors.switches import Switch, Switches, number, toggle

HTML = "<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><p>proxy</p>"

REFUSALS = (
    ("answer_400", 400, "invalid_request", "This cannot be asked"),
    ("answer_408", 408, "request_timeout", "That took too long"),
    ("answer_500", 500, "internal_error", "Oops"),
)


def fault_switches() -> list[Switch]:
    """Return the switches, all in the position in which nothing goes wrong."""
    return [
        number("answer_429", "Refuse the next calls with 429"),
        toggle("retry_after_header", "Send a Retry-After header with a 429"),
        number("retry_after", "Seconds to wait named in a 429 (0: none named)", 60),
        number("answer_400", "Refuse the next calls with 400"),
        number("answer_408", "Answer the next calls with 408, too slow"),
        number("answer_500", "Answer the next calls with 500"),
        number("answer_502", "Answer the next calls with 502 and an HTML page"),
        number("answer_html", "Answer the next calls with 200 and an HTML page"),
        number("cut_body", "Cut the body of the next answers"),
        number("drop", "Drop the connection of the next calls without an answer"),
        number("drop_after", "Carry out the next calls, then drop the connection"),
        number("silent", "Never answer the next calls"),
        number("slow", "Answer every call after so many seconds"),
        toggle("expired_key", "The key has expired"),
        number("minutes_ahead", "Minutes by which the vendor's clock is ahead of ours"),
        number("minutes_behind", "Minutes by which the vendor's clock is behind ours"),
        toggle("no_date", "Send no Date header"),
    ]


def ahead(switches: Switches) -> timedelta:
    """Return by how much the vendor's clock is ahead of the sandbox's, as switched."""
    minutes = switches.number("minutes_ahead") - switches.number("minutes_behind")
    return timedelta(minutes=minutes)


class Faults:
    """Disturbs answers as the switches say."""

    def __init__(self, switches: Switches, clock: SandboxClock) -> None:
        """Begin with `closing` unset; set it to release the calls that are never answered."""
        self._switches = switches
        self._clock = clock
        self.closing = asyncio.Event()

    async def disturb(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Return the handler's answer, disturbed, or a failure in its place.

        The request is read first, so that a slow call is carried out even if its caller gave up.
        """
        await request.read()
        if self._switches.number("slow"):
            await self._clock.alarm(self._switches.number("slow"))
        instead = await self._instead(request)
        if instead is not None:
            return instead
        response = await handler(request)
        if self._switches.used("drop_after"):
            return hung_up(request)
        if self._switches.used("cut_body"):
            return await cut(request, response)
        return response

    async def _instead(self, request: web.Request) -> web.StreamResponse | None:
        if self._switches.used("silent"):
            await self.closing.wait()
            return hung_up(request)
        if self._switches.used("drop"):
            return hung_up(request)
        if self._switches.used("answer_429"):
            return self.too_many()
        for switch, status, error, words in REFUSALS:
            if self._switches.used(switch):
                return web.json_response({"error": error, "message": words}, status=status)
        for switch, status in (("answer_502", 502), ("answer_html", 200)):
            if self._switches.used(switch):
                return web.Response(text=HTML, status=status, content_type="text/html")
        return None

    def too_many(self, seconds: float | None = None) -> web.Response:
        """Return a 429 that names `seconds`, by default those of the switch."""
        wait = self._switches.number("retry_after") if seconds is None else seconds
        body: dict[str, object] = {"error": "rate_limit_exceeded", "message": "Too many requests."}
        headers = {}
        if wait:
            body |= {"message": f"Too many requests. Please try again in {wait:g} seconds"}
            body |= {"retry_after": int(wait) if wait == int(wait) else wait}
            if self._switches.on("retry_after_header"):
                headers["Retry-After"] = f"{wait:.0f}"
        return web.Response(
            text=json.dumps(body), status=429, headers=headers, content_type="application/json"
        )


def hung_up(request: web.Request) -> web.Response:
    """Close the connection without a word; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def cut(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """Send the head and half of the body of `response`, then close the connection."""
    whole = response.body if isinstance(response, web.Response) else b""
    body = whole if isinstance(whole, bytes) else b""
    part = web.StreamResponse(status=response.status)
    part.content_type = response.content_type
    part.content_length = max(len(body), 2)
    await part.prepare(request)
    await part.write(body[: len(body) // 2] or b"{")
    if request.transport is not None:
        request.transport.close()
    return part
