"""The parts behind the Web API, held together for the functions that answer calls."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

from bot.clock import Clock
from sandbox.clock import SandboxClock
from sandbox.slack import limits
from sandbox.slack.agents.sessions import Agents, Prompt
from sandbox.slack.calls import KEPT, Call
from sandbox.slack.faults import Faults
from sandbox.slack.functions.executions import Executions
from sandbox.slack.identity import Identity
from sandbox.slack.manifest import Manifest
from sandbox.slack.oauth.tokens import Tokens
from sandbox.slack.response_urls import ResponseUrls
from sandbox.slack.socket_mode import Sockets
from sandbox.slack.tiers import Rates
from sandbox.slack.triggers import Triggers
from sandbox.slack.unfurling.shared import Unfurling
from sandbox.slack.views import Views
from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack.oauth.tenants import Tenants


@dataclass(slots=True)
class Switches:
    """What may be set otherwise than Slack's known behaviour, or where it is not known."""

    strict_rates: bool = True
    complete_twice: Literal["file_not_found", "ok"] = "file_not_found"
    """What files.completeUploadExternal answers for a file that is complete; Slack tells nobody."""
    shares_after: float = 0.0
    """Seconds until files.info says where a completed file is: Slack works on it for a while."""
    few_messages: bool = False
    """Whether the app may read 15 messages a minute of a history, as one that is sold and not in
    the Marketplace: https://docs.slack.dev/apis/web-api/rate-limits"""
    headings_hold_text: bool = False
    """Whether a heading of a canvas and what follows it are one section; Slack's pages name other
    sections than headings, but do not say where one ends."""
    tables_are_searched: bool = True
    """Whether a section is found by a text in a table, of which they say nothing either."""
    paid_plan: bool = True
    """Whether the workspace pays: without, apps that are agents have no container there."""
    block_characters: int = limits.MESSAGE_BLOCK_CHARACTERS
    ack_seconds: float = limits.ACK_SECONDS
    """How long an app has to answer, in real seconds, because the app is really running."""
    background_retries: bool = False
    """Whether the retries of an event after minutes happen after `event` has returned."""


@dataclass(slots=True)
class Backend:
    """Everything a call may look at or change. `base_url` is known once the server listens."""

    clock: Clock
    identity: Identity
    manifest: Manifest
    workspace: Workspace
    switches: Switches
    views: Views = field(init=False)
    triggers: Triggers = field(init=False)
    response_urls: ResponseUrls = field(init=False)
    rates: Rates = field(init=False)
    agents: Agents = field(init=False)
    sockets: Sockets = field(init=False)
    scopes: set[str] = field(init=False)
    tokens: Tokens = field(init=False)
    """The bot tokens of the app here; those of an organisation serve all its workspaces."""
    tenants: "Tenants" = field(init=False)
    """All workspaces, this one among them."""
    is_org_install: bool = False
    unfurling: Unfurling = field(default_factory=Unfurling)
    faults: Faults = field(default_factory=Faults)
    executions: Executions = field(default_factory=Executions)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    delayed: list[Callable[[], bool]] = field(default_factory=list)
    """What is carried out later: each is asked whenever the clock moves, until it says yes."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    base_url: str = ""

    @classmethod
    def start(
        cls, clock: Clock, identity: Identity, manifest: Manifest, switches: Switches
    ) -> Self:
        """Return a backend with the sample workspace."""
        workspace = Workspace(clock=clock, identity=identity, bot_name=manifest.name)
        return cls(clock, identity, manifest, workspace, switches)

    def later(self, run: Callable[[], bool]) -> None:
        """Ask `run` whenever a standing clock is moved, until it returns true."""
        self.delayed.append(run)

    def moved(self) -> None:
        """Carry out what was to come later, as far as it is time."""
        self.delayed = [run for run in self.delayed if not run()]

    def __post_init__(self) -> None:
        """Build the parts that stand on the clock and the workspace."""
        self.views = Views(self.workspace)
        self.triggers = Triggers(self.clock, self.identity.mark)
        self.response_urls = ResponseUrls(self.clock, self.identity.mark)
        self.rates = Rates(self.clock)
        declared = [Prompt(*each) for each in self.manifest.prompts]
        self.agents = Agents(self.clock, self.workspace.changes, declared)
        self.sockets = Sockets(self.identity)
        self.scopes = set(self.manifest.scopes)
        self.tokens = Tokens(self.clock)
        if isinstance(self.clock, SandboxClock):
            self.clock.on_move(self.moved)
