"""Socket Mode: websockets over which payloads go out as envelopes and acks come back."""

import asyncio
import json
import secrets
from collections import deque
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.slack import limits
from sandbox.slack.identity import Identity

_TICKETS = 100


class NoConnectionError(Exception):
    """No websocket is open to send an envelope over."""


class Sockets:
    """The open connections; an envelope goes to one of them, in turn."""

    def __init__(self, identity: Identity) -> None:
        """Start with none open."""
        self._identity = identity
        self._tickets: deque[str] = deque(maxlen=_TICKETS)
        self._open: deque[web.WebSocketResponse] = deque()
        self._acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._sent = 0
        self._changed = asyncio.Event()

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """Return the path of a websocket that may be opened once."""
        ticket = secrets.token_hex(8)
        self._tickets.append(ticket)
        return f"/link/?ticket={ticket}&app_id={self._identity.app_id}"

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one connection until either side closes it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPForbidden(text="invalid ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        if len(self._open) >= limits.SOCKETS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._open.append(socket)
        try:
            await self._converse(socket)
        finally:
            self._forget(socket)
        return socket

    async def wait_for(self, connections: int) -> None:
        """Return once exactly so many connections are open."""
        while self.count != connections:
            self._changed.clear()
            await self._changed.wait()

    async def send(
        self, kind: str, payload: dict[str, Any], *, wait: float, **more: Any
    ) -> dict[str, Any]:
        """Send an envelope and return the ack's payload ({} for none).

        TimeoutError after `wait` real seconds; NoConnectionError when nothing is open.
        """
        if not self._open:
            raise NoConnectionError
        self._open.rotate(-1)
        self._sent += 1
        envelope_id = f"envelope-{self._sent:08d}"
        ack: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._acks[envelope_id] = ack
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            **more,
        }
        try:
            await self._open[0].send_json(envelope)
            return await asyncio.wait_for(ack, wait)
        except ConnectionError:
            raise NoConnectionError from None
        finally:
            self._acks.pop(envelope_id, None)

    async def ping(self) -> None:
        """Send a websocket ping over every connection."""
        for socket in list(self._open):
            await socket.ping(b"Ping from sandbox")

    async def warn(self) -> None:
        """Tell every connection that it will be closed soon, as Slack does 10 s before."""
        await self._tell("warning")

    async def refresh(self) -> None:
        """Ask every connection to reconnect and close it."""
        await self._tell("refresh_requested")
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        for socket in list(self._open):
            await socket.close()

    async def _tell(self, reason: str) -> None:
        for socket in list(self._open):
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            )

    async def _converse(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": self.count,
                "debug_info": {
                    "host": "sandbox",
                    "build_number": 1,
                    "approximate_connection_time": 3600,
                },
                "connection_info": {"app_id": self._identity.app_id},
            }
        )
        self._changed.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._receive(message.data)

    def _receive(self, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        ack = self._acks.get(str(answer.get("envelope_id")))
        if ack is not None and not ack.done():
            payload = answer.get("payload")
            ack.set_result(payload if isinstance(payload, dict) else {})

    def _forget(self, socket: web.WebSocketResponse) -> None:
        self._open.remove(socket)
        self._changed.set()
