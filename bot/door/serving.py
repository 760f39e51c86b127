"""Taking what Slack sends: over HTTP, and over Socket Mode where an app-level token is set."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from socket import socket

from aiohttp import web as http
from pydantic import SecretStr

from bot import log
from bot.assembly.installs import Installs
from bot.assembly.process import Process
from bot.config import Settings
from bot.door.connections import BoundedServer, ConnectionLimits
from bot.door.door import Door
from bot.door.ports import LOOPBACK, bound, listener
from bot.door.readiness import Check, Readiness
from bot.door.socket_mode import connected
from bot.scheduler import Round, repeating

LONGEST_ANSWER = 5.0
"""Seconds that a stop waits for answers under way; Slack waits for three."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where is listened, and what answers there."""

    host: str
    port: int
    door: Door
    readiness: Readiness


@asynccontextmanager
async def listening(
    settings: Settings,
    *,
    readiness: Readiness | None = None,
    port: int | None = None,
    limits: ConnectionLimits | None = None,
    now: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Endpoint]:
    """Listen on the port: whoever hosts Flowbot hears that it lives, and why it is not ready yet.

    The HTTP server runs with Socket Mode too, as /healthz and /readyz are asked in any case. A
    `port` that is given is one of loopback; `limits` and `now` are those of the connections.
    """
    readiness = readiness or Readiness(now)
    secret = _secret(settings.slack.signing_secret)
    door = Door(signing_secret=secret, readiness=readiness, limits=limits, now=now)
    # With Socket Mode Slack never comes here, so nobody else need.
    comes = settings.slack.installs or settings.general.lets_assistants
    is_private = settings.slack.app_token and not comes
    host = settings.general.listen_host or (LOOPBACK if is_private else "")
    taken = listener(host, settings.general.port) if port is None else bound(LOOPBACK, port)
    async with answering(door.server, taken):
        host, number = taken.getsockname()[:2]
        yield Endpoint(host, number, door, readiness)


@asynccontextmanager
async def answering(server: BoundedServer, taken: socket) -> AsyncIterator[None]:
    """Answer at a port for as long as this lasts; at the end, what is under way is answered."""
    runner = http.ServerRunner(server, shutdown_timeout=LONGEST_ANSWER)
    await runner.setup()
    try:
        await http.SockSite(runner, taken, backlog=server.limits.most).start()
        async with repeating(Round("connections", server.look, every=1.0)):
            yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serving(settings: Settings, process: Process, endpoint: Endpoint) -> AsyncIterator[None]:
    """Take what Slack sends: at the endpoint and, with an app token, over Socket Mode."""
    async with AsyncExitStack() as stack:
        if settings.slack.app_token:
            connecting = connected(settings, process, waiting=endpoint.readiness.waiting)
            await stack.enter_async_context(connecting)
        endpoint.door.open(process.app)
        _let_install(process.installs, endpoint.door)
        _let_assistants(settings, process, endpoint.door)
        endpoint.readiness.begin(checks_of(process))
        over_socket = bool(settings.slack.app_token)
        log.get().info("listening", port=endpoint.port, socket_mode=over_socket)
        yield


def _let_install(installs: Installs, door: Door) -> None:
    """Serve the install pages where workspaces may install Flowbot themselves."""
    flow = installs.flow()
    if flow:
        # Some milliseconds of a start, only for whoever needs it.
        from bot.door.installing import InstallDoor  # noqa: PLC0415

        door.add(InstallDoor(flow).pages)


def _let_assistants(settings: Settings, process: Process, door: Door) -> None:
    """Let assistants call tools where that is switched on."""
    if settings.general.lets_assistants:
        from bot.door.assistants import AssistantDoor  # noqa: PLC0415  # only where it is on

        secret = _secret(settings.slack.signing_secret)
        door.add(AssistantDoor(process, secret=secret, connections=door.server).pages)


def checks_of(process: Process) -> dict[str, Check]:
    """Return what must go well for a process to be ready, by the words for its failure."""
    database, leases = process.resources.database, process.resources.leases
    return {
        "the database takes no writes": database.ping,
        "another version of Flowbot has changed the database": database.check_schema,
        "the leases are not renewed in time": leases.check_beat,
        "Slack refuses all messages": process.check_slack,
    }


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
