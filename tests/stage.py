"""A bot on a stage: everything real but the clock, which stands still until somebody moves it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.assembly.bot import Bot
from bot.assembly.features import load_settings
from bot.cli.with_sandbox import local
from bot.config import Settings, with_values
from sandbox.clock import SandboxClock
from sandbox.slack import Message, Outcome, SlackSandbox
from sandbox.slack.identity import Identity
from sandbox.vendors.base import Vendor
from sandbox.vendors.flowapp import FlowAppVendor
from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.vendors.saferme import SaferMeVendor
from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.world import World
from tests.databases import prepared

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""08:30 in Berlin, where Ada is."""
SOON = timedelta(seconds=5)
ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Stage:
    """What a test acts on and looks at."""

    world: World
    bot: Bot

    @property
    def slack(self) -> SlackSandbox:
        """The local Slack."""
        return self.world.slack

    @property
    def momoflow(self) -> MomoFlowVendor:
        """The local MomoFlow."""
        return self.world.vendors.of(MomoFlowVendor)

    @property
    def smartflows(self) -> SmartFlowsVendor:
        """The local Smart Flows project."""
        return self.world.vendors.of(SmartFlowsVendor)

    @property
    def flowapp(self) -> FlowAppVendor:
        """The local FLOW."""
        return self.world.vendors.of(FlowAppVendor)

    @property
    def giosg(self) -> GiosgVendor:
        """The local giosg."""
        return self.world.vendors.of(GiosgVendor)

    @property
    def saferme(self) -> SaferMeVendor:
        """The local SaferMe."""
        return self.world.vendors.of(SaferMeVendor)

    def vendor(self, name: str) -> Vendor:
        """Return a local vendor by its name."""
        return next(each for each in self.world.vendors.all if each.name == name)

    @property
    def clock(self) -> SandboxClock:
        """The clock of all."""
        return self.world.clock

    async def command(
        self, text: str, *, user: str = "UADA", channel: str = "CTRAIN", redeliver: int = 0
    ) -> Outcome:
        """Type a slash command and wait until the bot has nothing left to do."""
        outcome = await self.slack.command(text, user=user, channel=channel, redeliver=redeliver)
        await self.settle()
        return outcome

    async def settle(self) -> None:
        """Let the bot finish what is due within some seconds; its pace moves the clock."""
        await self.bot.settle()
        for _ in range(ROUNDS):
            if not await self._has_more():
                return
            self.clock.advance(seconds=1)
            await self.bot.settle()
        raise AssertionError("the bot does not come to rest")

    async def at(self, moment: datetime) -> None:
        """Move the clock to a moment and let the bot do what is due then."""
        self.clock.advance(to=moment)
        await self.bot.tick()
        await self.bot.poll()
        await self.settle()

    async def after(self, *, step: float = 5, **time: float) -> None:
        """Let that much time pass in steps of seconds, the bot looking at what runs each time."""
        until = self.clock.now() + timedelta(**time)
        while self.clock.now() < until:
            await self.at(min(until, self.clock.now() + timedelta(seconds=step)))

    async def until_sure(self) -> None:
        """Let the minute pass in which what Slack did not confirm may still appear there."""
        for _ in range(6):
            self.clock.advance(seconds=10)
            await self.settle()

    def said(self, channel: str = "CTRAIN") -> list[Message]:
        """Return the bot's messages in a channel, oldest first."""
        bot = self.slack.bot_user_id
        return [each for each in self.slack.messages(channel) if each.user == bot]

    def whispered(self, user: str = "UADA") -> list[str]:
        """Return the texts that only this person saw, oldest first."""
        return [each.text for each in self.slack.ephemerals(user)]

    async def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return rows of the bot's database."""
        return [dict(row) for row in await self.bot.database.fetch_all(sql, parameters)]

    async def _has_more(self) -> bool:
        soon = (self.clock.now() + SOON).isoformat(timespec="microseconds")
        waiting = await self.rows(
            """SELECT entry.id FROM ledger entry LEFT JOIN ledger parent
            ON parent.key = entry.parent_key
            WHERE entry.state IN ('queued', 'retry') AND entry.next_try_at <= :soon
            AND (parent.id IS NULL OR parent.state IN ('sent', 'in_doubt'))
            UNION ALL SELECT id FROM jobs WHERE state = 'queued' AND run_at <= :soon""",
            soon=soon,
        )
        return bool(waiting)


@asynccontextmanager
async def open_stage(
    database: Path,
    *,
    now: datetime = MONDAY,
    socket: bool = False,
    identity: Identity | None = None,
    odd: bool = True,
    installs: bool = False,
    **general: Any,
) -> AsyncIterator[Stage]:
    """Yield a stage; `general` are settings of that block, `identity` is Slack's workspace.

    Its data are odd unless it shall look ordinary. Where it `installs`, workspaces may do so
    themselves.
    """
    identity = identity or Identity()
    general = {"database_url": prepared(database), **general}
    client = {"client_id": identity.client_id, "client_secret": identity.client_secret}
    settings = with_values(_settings(), general=general, slack=client if installs else {})
    async with local(settings, SandboxClock(now), socket=socket, identity=identity, odd=odd) as (
        world,
        bot,
    ):
        yield Stage(world, bot)


@cache
def _settings() -> Settings:
    return load_settings()
