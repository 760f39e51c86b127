"""Everything the bot meets in the sandbox: one clock, one Slack, the vendors."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sandbox.clock import SandboxClock
from sandbox.guide import GUIDE
from sandbox.slack import SlackSandbox
from sandbox.slack.identity import Identity
from sandbox.slack.page import mount
from sandbox.vendors import stand_ins
from sandbox.vendors.base import Vendor

MANIFEST = Path(__file__).parent.parent / "bot" / "manifest.yml"

FLOW_NAMES = {
    "onboarding": "flow_onb001",
    "ladder safety": "flow_safe01",
    "gdpr": "flow_gdpr01",
    "new hires": "flow_empty1",
}
"""Names people gave to MomoFlow's sample flows; the odd one has none."""


V = TypeVar("V", bound=Vendor)


class Vendors:
    """The stand-ins of all vendors, one for each folder of `sandbox.vendors`.

    An async context manager.
    """

    def __init__(self, clock: SandboxClock, *, odd: bool = False) -> None:
        """Nothing is served before `async with`; `odd` begins with odd data."""
        self.clock = clock
        self.all = tuple(stand_in(clock, odd=odd) for stand_in in stand_ins())
        self._stack = AsyncExitStack()

    def of(self, stand_in: type[V]) -> V:
        """Return the stand-in of a class. Raises LookupError for one that is not here."""
        for each in self.all:
            if isinstance(each, stand_in):
                return each
        raise LookupError(stand_in.__name__)

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here."""
        return {name: value for each in self.all for name, value in each.environment.items()}

    async def __aenter__(self) -> Self:
        """Serve all vendors on free ports of loopback."""
        for vendor in self.all:
            await self._stack.enter_async_context(vendor)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        await self._stack.aclose()


class World:
    """A local Slack and the vendors on one clock. An async context manager."""

    def __init__(
        self,
        *,
        clock: SandboxClock | None = None,
        slack_port: int = 0,
        manifest: Path | str = MANIFEST,
        strict_rates: bool = True,
        identity: Identity | None = None,
        odd: bool = False,
    ) -> None:
        """Use a clock that runs beside the machine's unless one is given.

        A `manifest` is a file, or its text. An `identity` makes Slack's workspace another one,
        such as one of an organisation, or puts a mark into its ids, so that no two worlds share
        any. `odd` begins with odd data: names and texts that are markup, formulas and the like.
        """
        self.clock = clock or SandboxClock(running=True)
        self.slack = SlackSandbox(
            clock=self.clock,
            manifest=manifest,
            port=slack_port,
            strict_rates=strict_rates,
            identity=identity,
        )
        self.vendors = Vendors(self.clock, odd=odd)
        mount(self.slack.app, self.slack, self.vendors.all, GUIDE)
        self._stack = AsyncExitStack()

    @property
    def environment(self) -> Mapping[str, str]:
        """The bot's environment variables that point here, for signed HTTP."""
        slack = self.slack
        return {
            **self.vendors.environment,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
        }

    async def __aenter__(self) -> Self:
        """Serve everything; OSError when Slack's port is taken."""
        await self._stack.enter_async_context(self.slack)
        await self._stack.enter_async_context(self.vendors)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything."""
        await self._stack.aclose()
