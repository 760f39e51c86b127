"""Workspaces of a local Slack in which Flowbot is installed, for processes on one database."""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
from cryptography.fernet import Fernet
from prometheus_client import parser
from pydantic import SecretStr

from benchmarks.outside import variables_for
from bot.store.addresses import open_at
from bot.store.secret_keys import SecretKeys
from bot.workspaces.model import BotTokens, Installation
from bot.workspaces.store.installations import InstallationStore
from sandbox.slack import Tenant
from sandbox.world import World

LONGEST_SECONDS = 120.0


@dataclass(slots=True)
class Installs:
    """A world, and the database of those who serve it."""

    world: World
    url: str
    key: str = field(default_factory=lambda: Fernet.generate_key().decode())
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment of a process that serves the own workspace and all that installed."""
        identity = self.world.slack.identity
        return {
            **variables_for(self.world),
            "DATABASE_URL": self.url,
            "SECRET_KEYS": self.key,
            "SLACK_CLIENT_ID": identity.client_id,
            "SLACK_CLIENT_SECRET": identity.client_secret,
            "PUBLIC_URL": "https://flowbot.example",
        }

    async def add(self, count: int) -> list[Tenant]:
        """Let so many more workspaces install Flowbot; return them."""
        clock = self.world.clock
        database = await open_at(self.url)
        try:
            store = InstallationStore(database, SecretKeys(SecretStr(self.key)), clock)
            numbered = itertools.islice(self._numbers, count)
            added = [self.world.slack.add_workspace(f"TSCALE{each:04}") for each in numbered]
            for each in added:
                await store.put(installed(each, clock.now()))
            return added
        finally:
            await database.close()


async def speaking(port: int, wanted: int) -> None:
    """Return once the process with this METRICS_PORT speaks for so many workspaces."""
    async with asyncio.timeout(LONGEST_SECONDS):
        while (await numbers(port)).get("flowbot_leases_held", 0) < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def numbers(port: int) -> dict[str, float]:
    """Return the numbers without labels that a process shows at its METRICS_PORT."""
    async with (
        aiohttp.ClientSession() as web,
        web.get(f"http://127.0.0.1:{port}/metrics") as page,
    ):
        families = parser.text_string_to_metric_families(await page.text())
    samples = [sample for family in families for sample in family.samples]
    return {sample.name: sample.value for sample in samples if not sample.labels}


def installed(tenant: Tenant, now: datetime, *more_scopes: str) -> Installation:
    """Let a workspace allow the manifest's scopes, and more; return what is kept of that."""
    return Installation(
        workspace=tenant.team_id,
        team_id=tenant.team_id,
        enterprise_id="",
        name=tenant.team_id,
        bot_user_id=tenant.bot_user_id,
        bot_id=tenant.identity.bot_id,
        scopes=frozenset(tenant.manifest.scopes) | {*more_scopes},
        installer="UADA",
        installed_at=now,
        tokens=BotTokens(tenant.installed()),
    )
