"""The local Slack as one object: served over HTTP, with one workspace or more."""

from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sandbox.clock import SandboxClock
from sandbox.server import LocalServer
from sandbox.slack.backend import Backend, Switches
from sandbox.slack.delivery.sender import Sender
from sandbox.slack.delivery.signing import signature_headers
from sandbox.slack.identity import Identity
from sandbox.slack.manifest import read_manifest
from sandbox.slack.oauth.tenants import Tenants
from sandbox.slack.server import build_app
from sandbox.slack.socket_mode import Sockets
from sandbox.slack.tenant import Tenant

if TYPE_CHECKING:
    from aiohttp import web


class SlackSandbox(Tenant):
    """A workspace with sample people and channels, and one app. An async context manager.

    `manifest` says which commands, shortcuts, scopes and events the app has; without it everything
    is allowed. `switches` (see backend.Switches) set what differs from Slack or is unknown of it.
    """

    def __init__(
        self,
        *,
        clock: SandboxClock,
        manifest: Path | str | None = None,
        port: int = 0,
        strict_rates: bool = True,
        switches: Switches | None = None,
        identity: Identity | None = None,
    ) -> None:
        """Build everything; nothing is served before `async with`."""
        self.clock = clock
        declared = read_manifest(manifest)
        switches = switches or Switches(strict_rates=strict_rates)
        backend = Backend.start(clock, identity or Identity(), declared, switches)
        super().__init__(backend, Sender(backend))
        self.tenants = Tenants(backend)
        self._others: list[Tenant] = []
        self._stack = AsyncExitStack()
        self._port = port
        self.app: web.Application = build_app(self.tenants)

    async def __aenter__(self) -> Self:
        """Serve on loopback; OSError when the port is taken."""
        for tenant in self.tenants:
            self._stack.enter_context(tenant.workspace.uploads)
        server = await self._stack.enter_async_context(LocalServer(self.app, port=self._port))
        for tenant in self.tenants:
            tenant.base_url = server.url
        # Unwound from the last: held calls are let go before the server stops.
        self._stack.push_async_callback(self._sender.close)
        self._stack.push_async_callback(self._backend.sockets.close)
        self._stack.push_async_callback(self._close_events)
        self._stack.callback(self._let_go)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving and remove uploaded bytes."""
        await self._stack.aclose()

    async def _close_events(self) -> None:
        for each in (self, *self._others):
            await each.close_events()

    def _let_go(self) -> None:
        for tenant in self.tenants:
            tenant.closing.set()

    # Workspaces

    def add_workspace(self, team_id: str, *, name: str = "", enterprise_id: str = "") -> Tenant:
        """Return a further workspace with the same sample people and channels.

        The app is not installed there, so no token speaks for it, until somebody allows it
        (`Tenant.install`, `Tenant.allow`) or a test says `installed()`. An `enterprise_id` makes it
        part of that organisation.
        """
        first = self._backend
        identity = self.identity.elsewhere(
            team_id, name=name or f"Workspace {team_id}", enterprise_id=enterprise_id
        )
        backend = Backend.start(self.clock, identity, first.manifest, first.switches)
        backend.sockets, backend.base_url = first.sockets, first.base_url
        self.tenants.add(backend)
        if first.base_url:
            self._stack.enter_context(backend.workspace.uploads)
        tenant = Tenant(backend, self._sender)
        self._others.append(tenant)
        return tenant

    @property
    def url(self) -> str:
        """The root address, such as `http://127.0.0.1:8787`."""
        return self._backend.base_url

    @property
    def api_url(self) -> str:
        """The base address for a Slack client."""
        return f"{self.url}/api/"

    # How the app is reached

    @property
    def sender(self) -> Sender:
        """What delivers to the app."""
        return self._sender

    @property
    def socket(self) -> Sockets:
        """The Socket Mode connections: `count`, `wait_for`, `ping`, `warn`, `refresh`."""
        return self._backend.sockets

    def connect(self, address: str) -> None:
        """Deliver to this address by signed HTTP, unless a Socket Mode connection is open."""
        self._sender.address = address

    def sign(self, body: str, *, timestamp: int) -> dict[str, str]:
        """Return the signature headers for a request of one's own."""
        return signature_headers(body, secret=self.signing_secret, timestamp=timestamp)
