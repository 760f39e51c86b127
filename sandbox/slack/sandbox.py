"""The local Slack as one object: served over HTTP, acted on from Python."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from sandbox.clock import SandboxClock
from sandbox.server import LocalServer
from sandbox.slack.acting.acts import Acts
from sandbox.slack.acting.admin import Admin
from sandbox.slack.acting.desk import Desk
from sandbox.slack.backend import Backend, Switches
from sandbox.slack.calls import Calls
from sandbox.slack.changes import Change, Changes
from sandbox.slack.delivery.sender import Sender
from sandbox.slack.delivery.signing import signature_headers
from sandbox.slack.drawing.transcript import picture, transcript
from sandbox.slack.faults import Arguments, Fault, Kind
from sandbox.slack.identity import Identity
from sandbox.slack.manifest import Manifest, read_manifest
from sandbox.slack.messages import Message
from sandbox.slack.server import build_app
from sandbox.slack.socket_mode import Sockets
from sandbox.slack.state import State
from sandbox.slack.uploads import File
from sandbox.slack.views import View

if TYPE_CHECKING:
    from aiohttp import web

T = TypeVar("T")


class SlackSandbox(Acts):
    """A workspace with sample people and channels, and one app. An async context manager.

    `manifest` says which commands, shortcuts, scopes and events the app has; without it everything
    is allowed. `switches` (see backend.Switches) set what differs from Slack or is unknown of it.
    """

    def __init__(
        self,
        *,
        clock: SandboxClock,
        manifest: Path | None = None,
        port: int = 0,
        strict_rates: bool = True,
        switches: Switches | None = None,
        identity: Identity | None = None,
    ) -> None:
        """Build everything; nothing is served before `async with`."""
        self.clock = clock
        declared = read_manifest(manifest)
        switches = switches or Switches(strict_rates=strict_rates)
        self._backend = Backend.start(clock, identity or Identity(), declared, switches)
        self._sender = Sender(self._backend)
        super().__init__(Desk(self._backend, self._sender))
        self._stack = AsyncExitStack()
        self._port = port
        self.admin = Admin(self._backend, self._events)
        self.app: web.Application = build_app(self._backend)
        self.state = State(self._backend)

    async def __aenter__(self) -> Self:
        """Serve on loopback; OSError when the port is taken."""
        self._stack.enter_context(self._backend.workspace.uploads)
        server = await self._stack.enter_async_context(LocalServer(self.app, port=self._port))
        self._backend.base_url = server.url
        # Unwound from the last: held calls are let go before the server stops.
        self._stack.push_async_callback(self._sender.close)
        self._stack.push_async_callback(self._backend.sockets.close)
        self._stack.push_async_callback(self._events.close)
        self._stack.callback(self._backend.closing.set)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving and remove uploaded bytes."""
        await self._stack.aclose()

    # Who and where

    @property
    def url(self) -> str:
        """The root address, such as `http://127.0.0.1:8787`."""
        return self._backend.base_url

    @property
    def api_url(self) -> str:
        """The base address for a Slack client."""
        return f"{self.url}/api/"

    @property
    def identity(self) -> Identity:
        """The app's ids and made-up tokens."""
        return self._backend.identity

    @property
    def bot_token(self) -> str:
        """The made-up bot token."""
        return self.identity.bot_token

    @property
    def app_token(self) -> str:
        """The made-up app-level token, for Socket Mode."""
        return self.identity.app_token

    @property
    def signing_secret(self) -> str:
        """The made-up secret that signs requests."""
        return self.identity.signing_secret

    @property
    def bot_user_id(self) -> str:
        """The bot's user id."""
        return self.identity.bot_user_id

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.identity.team_id

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.identity.app_id

    @property
    def manifest(self) -> Manifest:
        """What the app declared."""
        return self._backend.manifest

    @property
    def switches(self) -> Switches:
        """What may be set otherwise; takes effect at once."""
        return self._backend.switches

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

    def trigger(self, user: str, *, channel: str = "") -> str:
        """Return a trigger id as Slack sends one, for requests of one's own."""
        return self._backend.triggers.mint(user=user, channel=channel)

    # What is there

    @property
    def workspace(self) -> State:
        """The state to look at: users, channels, messages, files, views."""
        return self.state

    @property
    def last_trigger(self) -> str:
        """The trigger id of what a person did last."""
        return self._backend.triggers.last

    def messages(self, channel: str, *, user: str | None = None) -> list[Message]:
        """Return a channel's messages, oldest first; with `user` also what only they see."""
        return self.state.top_level(channel, user=user)

    def thread(self, channel: str, ts: str, *, user: str | None = None) -> list[Message]:
        """Return the replies under a message, oldest first."""
        return self.state.thread(channel, ts, user=user)

    def ephemerals(self, user: str) -> list[Message]:
        """Return what only this person sees, oldest first."""
        return self.state.ephemerals(user)

    @property
    def files(self) -> list[File]:
        """The files that were shared or completed, oldest first."""
        return self.state.files

    def view_of(self, user: str) -> View | None:
        """Return the modal a person has before them, or None."""
        return self._backend.views.top(user)

    def home_of(self, user: str) -> View | None:
        """Return what the app published as a person's Home, or None."""
        return self._backend.views.home(user)

    def transcript(self, channel: str, *, user: str | None = None) -> str:
        """Return a channel as readable text; with `user` as that person sees it."""
        return transcript(self.state, channel, user=user)

    def picture(self, view: View) -> str:
        """Return a modal or Home tab as readable text."""
        return picture(self.state, view)

    @property
    def calls(self) -> Calls:
        """The calls of the Web API, the last 2,000."""
        return self._backend.calls

    @property
    def changes(self) -> Changes:
        """Everything that happens, as it happens."""
        return self._backend.workspace.changes

    async def next_change(
        self,
        matches: Callable[[Change], bool] = lambda _change: True,
        *,
        timeout: float = 10,  # noqa: ASYNC109 - the agreed name
    ) -> Change:
        """Return the next matching change; TimeoutError after so many real seconds."""
        return await self.changes.next(matches, timeout=timeout)

    async def until(self, answer: Callable[[], T], *, timeout: float = 10) -> T:  # noqa: ASYNC109 - the agreed name
        """Return `answer()` as soon as it is truthy: now, or after a change."""
        return await self.changes.until(answer, timeout=timeout)

    # What goes wrong

    def refuse(
        self,
        method: str,
        *,
        error: str,
        times: int = 1,
        when: Callable[[Arguments], bool] = lambda _arguments: True,
    ) -> None:
        """Refuse the next calls of a method with one of Slack's error codes."""
        self._backend.faults.add(Fault(method, times, error=error, when=when))

    def answer(
        self,
        method: str,
        body: Arguments,
        *,
        times: int = 1,
        when: Callable[[Arguments], bool] = lambda _arguments: True,
    ) -> None:
        """Answer the next calls of a method with this body, and carry none of them out."""
        self._backend.faults.add(Fault(method, times, when=when, body=body))

    def disturb(
        self,
        method: str,
        *,
        kind: Kind,
        times: int = 1,
        seconds: float | None = None,
        when: Callable[[Arguments], bool] = lambda _arguments: True,
    ) -> None:
        """Disturb the next calls of a method; `drop_after` carries the call out first."""
        self._backend.faults.add(Fault(method, times, kind=kind, seconds=seconds, when=when))

    def mend(self) -> None:
        """Let nothing go wrong any more that was still to come."""
        self._backend.faults.clear()

    def grant(self, *scopes: str) -> None:
        """Give the bot token more scopes."""
        self._backend.scopes.update(scopes)

    def revoke(self, *scopes: str) -> None:
        """Take scopes from the bot token."""
        self._backend.scopes.difference_update(scopes)
