"""Everything the bot meets in the sandbox: one clock, one Slack, the vendors."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.page import mount
from sandbox.vendors.base import Vendor
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.smartflows import SmartFlowsVendor

MANIFEST = Path(__file__).parent.parent / "manifest.yml"

FLOW_NAMES = {
    "onboarding": "flow_onb001",
    "ladder safety": "flow_safe01",
    "gdpr": "flow_gdpr01",
    "new hires": "flow_empty1",
}
"""Names people gave to MomoFlow's sample flows; the one with the hostile name has none."""


class Vendors:
    """The five vendors' stand-ins. An async context manager."""

    def __init__(self, clock: SandboxClock) -> None:
        """Nothing is served before `async with`."""
        self.clock = clock
        self.momoflow = MomoFlowVendor(clock)
        self.smartflows = SmartFlowsVendor(clock)
        self.flowapp = FlowAppVendor(clock)
        self.giosg = GiosgVendor(clock)
        self.saferme = SaferMeVendor(clock)
        self._stack = AsyncExitStack()

    @property
    def all(self) -> tuple[Vendor, ...]:
        """Every vendor there is."""
        return (self.momoflow, self.flowapp, self.giosg, self.smartflows, self.saferme)

    @property
    def settings(self) -> Mapping[str, Mapping[str, Any]]:
        """The bot's settings that point here, by block."""
        momoflow = self.momoflow
        return {
            "momoflow": {
                "api_key": momoflow.api_key,
                "base_url": momoflow.url,
                "download_hosts": momoflow.files_host,
            },
            "smartflows": {
                "api_key": self.smartflows.api_key,
                "base_url": self.smartflows.url,
            },
            "flowapp": {"api_secret": self.flowapp.api_secret, "base_url": self.flowapp.url},
            "giosg": {
                "api_token": self.giosg.api_token,
                "base_url": self.giosg.url,
                "service_url": self.giosg.url,
            },
            "saferme": {
                "email": self.saferme.email,
                "password": self.saferme.password,
                "team_id": str(self.saferme.team_id),
                "base_url": self.saferme.url,
                "download_hosts": self.saferme.files_host,
            },
        }

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
        manifest: Path = MANIFEST,
        strict_rates: bool = True,
    ) -> None:
        """Use a clock that runs beside the machine's unless one is given."""
        self.clock = clock or SandboxClock(running=True)
        self.slack = SlackSandbox(
            clock=self.clock, manifest=manifest, port=slack_port, strict_rates=strict_rates
        )
        self.vendors = Vendors(self.clock)
        mount(self.slack.app, self.slack, self.vendors.all)
        self._stack = AsyncExitStack()

    @property
    def settings(self) -> Mapping[str, Mapping[str, Any]]:
        """The bot's settings that point here, by block, for signed HTTP."""
        slack = self.slack
        return {
            **self.vendors.settings,
            "slack": {
                "bot_token": slack.bot_token,
                "signing_secret": slack.signing_secret,
                "api_url": slack.api_url,
            },
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
