"""Serving an aiohttp application on loopback, for the local Slack and the local vendors alike."""

import socket
from types import TracebackType
from typing import Self

from aiohttp import web

LOOPBACK = "127.0.0.1"


def available(port: int) -> int:
    """Return the port, or 0 for any free one when something listens on it already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return 0
    return port


class LocalServer:
    """One application on 127.0.0.1; port 0 takes a free one. An async context manager."""

    def __init__(self, app: web.Application, *, port: int = 0) -> None:
        """Remember what to serve and where."""
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._port = port

    async def __aenter__(self) -> Self:
        """Listen; raises OSError when the port is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening and close what is open."""
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return self._port

    @property
    def url(self) -> str:
        """The root address, without a trailing slash."""
        return f"http://{LOOPBACK}:{self._port}"
