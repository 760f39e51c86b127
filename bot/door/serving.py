"""Taking what Slack sends: over HTTP, and over Socket Mode where an app-level token is set."""

import errno
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from aiohttp import web as http
from pydantic import SecretStr

from bot import log
from bot.assembly.bot import Bot
from bot.assembly.starting import StartError
from bot.config import Settings
from bot.config.own import GeneralSettings
from bot.door.connections import ConnectionLimits
from bot.door.door import STARTING, Door
from bot.door.readiness import Check, Readiness
from bot.door.socket_mode import connected
from bot.errors import BotError
from bot.scheduler import Round, repeating
from bot.slack_app import note_waiting

LOOPBACK = "127.0.0.1"
LONGEST_ANSWER = 5.0
"""Seconds that a stop waits for answers under way; Slack waits for three."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where is listened, and what answers there."""

    host: str
    port: int
    door: Door

    def waiting(self, error: BotError, seconds: float) -> None:
        """Say, in the log and to who asks whether it is ready, that Slack is waited for."""
        note_waiting(error, seconds)
        self.door.starting = f"{STARTING} and waits for Slack ({error})"


@asynccontextmanager
async def listening(
    settings: Settings,
    *,
    port: int | None = None,
    limits: ConnectionLimits | None = None,
    now: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Endpoint]:
    """Listen on the port: whoever hosts Flowbot hears that it lives, and why it is not ready yet.

    The HTTP server runs with Socket Mode too, as /healthz and /readyz are asked in any case. A
    `port` that is given is one of loopback; `limits` and `now` are those of the connections.
    """
    async with AsyncExitStack() as stack:
        secret = _secret(settings.slack.signing_secret)
        door = Door(signing_secret=secret, limits=limits, now=now)
        runner = http.ServerRunner(door.server, shutdown_timeout=LONGEST_ANSWER)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        listener = _listener(settings) if port is None else _on(LOOPBACK, port)
        await http.SockSite(runner, listener, backlog=door.server.limits.most).start()
        look = Round("connections", door.server.look, every=1.0)
        await stack.enter_async_context(repeating(look))
        host, taken = listener.getsockname()[:2]
        yield Endpoint(host, taken, door)


@asynccontextmanager
async def serving(
    settings: Settings, bot: Bot, endpoint: Endpoint, *, now: Callable[[], float] = time.monotonic
) -> AsyncIterator[None]:
    """Take what Slack sends: at the endpoint and, with an app token, over Socket Mode."""
    checks: dict[str, Check] = {
        "the database takes no writes": bot.database.ping,
        "Slack refuses all messages": bot.delivery.check,
    }
    async with AsyncExitStack() as stack:
        if settings.slack.app_token:
            connecting = connected(settings, bot, waiting=endpoint.waiting)
            await stack.enter_async_context(connecting)
        endpoint.door.open(bot.app, Readiness(checks, now).unready)
        over_socket = bool(settings.slack.app_token)
        log.get().info("listening", port=endpoint.port, socket_mode=over_socket)
        yield


def _listener(settings: Settings) -> socket.socket:
    """Return what is listened on; with Socket Mode Slack never comes here, so nobody else need."""
    host = settings.general.listen_host or (LOOPBACK if settings.slack.app_token else "")
    try:
        return _on(host, settings.general.port) if host else _everywhere(settings.general.port)
    except OSError as error:
        raise StartError(_not_listening(error, settings.general)) from None


def _on(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def _everywhere(port: int) -> socket.socket:
    """Return one socket for IPv4 and IPv6: two would have two ports where any port is taken."""
    if not socket.has_dualstack_ipv6():
        return _on("", port)
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:  # IPv6 is known but switched off
            raise
        return _on("", port)


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


def _not_listening(error: OSError, general: GeneralSettings) -> str:
    """Return why a port cannot be had, and the mend."""
    host = f"LISTEN_HOST={general.listen_host} " if general.listen_host else ""
    nowhere = "that is no address of this machine. Correct LISTEN_HOST, or leave it empty"
    reasons = {
        errno.EADDRINUSE: "it is in use by another process. Stop that one, or set another PORT",
        errno.EACCES: "ports below 1024 are not for everybody. Set PORT to a higher one",
        errno.EADDRNOTAVAIL: nowhere,
    }
    unknown = f"{error.strerror or error}. Set another PORT or LISTEN_HOST"
    number = error.errno or 0
    why = nowhere if number < 0 else reasons.get(number, unknown)  # below 0: a name of nobody
    return f"{host}PORT={general.port} cannot be listened on: {why}."
