"""One workspace of the local Slack as an object: acted on and looked at from Python."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sandbox.slack.acting.acts import Acts
from sandbox.slack.acting.admin import Admin
from sandbox.slack.acting.desk import Desk
from sandbox.slack.agents.sessions import Agents
from sandbox.slack.backend import Backend, Switches
from sandbox.slack.calls import Calls
from sandbox.slack.changes import Change, Changes
from sandbox.slack.delivery.sender import Sender
from sandbox.slack.drawing.transcript import picture, transcript
from sandbox.slack.faults import Arguments, Fault, Kind
from sandbox.slack.identity import Identity
from sandbox.slack.manifest import Manifest
from sandbox.slack.messages import Message
from sandbox.slack.oauth.browser import Browser, Page
from sandbox.slack.oauth.consent import PATH
from sandbox.slack.oauth.tenants import Grant
from sandbox.slack.oauth.tokens import Tokens
from sandbox.slack.slackbot.client import SlackbotClient
from sandbox.slack.state import State
from sandbox.slack.uploads import File
from sandbox.slack.views import View

T = TypeVar("T")


class Tenant(Acts):
    """People, channels and messages of one workspace, and the app in it."""

    def __init__(self, backend: Backend, sender: Sender) -> None:
        """Act in this workspace; what the app is to hear goes through `sender`."""
        self._backend = backend
        self._sender = sender
        super().__init__(Desk(backend, sender))
        self.admin = Admin(backend, self._events)
        self.state = State(backend)
        self.slackbot = SlackbotClient(backend, sender)

    @property
    def identity(self) -> Identity:
        """The app's ids and made-up tokens."""
        return self._backend.identity

    @property
    def bot_token(self) -> str:
        """The made-up bot token: the one the sandbox began with, or the one issued last."""
        return self._backend.tokens.newest or self.identity.bot_token

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

    @property
    def tokens(self) -> Tokens:
        """The app's bot tokens here, and how often they were renewed."""
        return self._backend.tokens

    @property
    def agents(self) -> Agents:
        """What Slack knows of the app as an agent: sessions, prompts, where people look."""
        return self._backend.agents

    async def close_events(self) -> None:
        """Give up retries of events that are still to come."""
        await self._events.close()

    # The app, let in and put out

    def installed(self, *, org: bool = False) -> str:
        """Let the app be installed, as by hand on its own page; returns its token."""
        tenants, scopes = self._backend.tenants, tuple(self._backend.manifest.scopes)
        tenants.install(Grant(self._backend, "UADA", scopes, "", self._backend.clock.now(), org))
        return self._backend.tokens.issue(rotates=tenants.rotates).access

    async def allow(
        self,
        browser: Browser,
        address: str,
        *,
        user: str = "UADA",
        org: bool = False,
        cancel: bool = False,
    ) -> str:
        """Decide on Slack's page at `address`; returns where Slack sends the browser back to.

        Raises LookupError with the page that Slack shows instead.
        """
        form = {"team": self.team_id, "user": user}
        form |= {"org": "1"} if org else {}
        form |= {"deny": "1"} if cancel else {}
        page = await browser.ask("POST", address, form)
        if page.status not in {302, 303}:
            raise LookupError(page.text)
        return page.headers["Location"]

    async def install(
        self, browser: Browser, address: str, *, user: str = "UADA", org: bool = False
    ) -> Page:
        """Go all the way from the app's own page to the one it shows at the end."""
        page = await browser.get(address)
        back = await self.allow(browser, page.link(PATH), user=user, org=org)
        return await browser.get(back)

    async def uninstall(
        self, *, told: Sequence[str] = ("tokens_revoked", "app_uninstalled")
    ) -> None:
        """Remove the app; it hears `told`, which Slack sends in any order or only in part."""
        self._backend.tokens.end()
        tokens = {"oauth": [], "bot": [self.bot_user_id]}
        for kind in told:
            more = {"tokens": tokens} if kind == "tokens_revoked" else {}
            await self._events.send({"type": kind, **more})

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
