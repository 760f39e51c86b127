"""A bot that workspaces install themselves: its pages behind https, as behind a proxy."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from sandbox.slack import Browser, Page, Tenant
from tests.stage import Stage, open_stage

ROOT = "https://flowbot.example"
INSTALL = f"{ROOT}/slack/install"
REDIRECT = f"{ROOT}/slack/oauth_redirect"
KEY = Fernet.generate_key().decode()


class Front:
    """What people of other workspaces meet: Slack's pages, ours, and their browsers."""

    def __init__(self, stage: Stage, *others: Stage) -> None:
        self.stage = stage
        self.stages = (stage, *others)
        self.slack = stage.slack

    def browser(self, *, of: int = 0) -> Browser:
        """Return a browser that reaches the pages at one of the processes."""
        door = self.stages[of].slack.sender.address.removesuffix("/slack/events")
        return Browser({ROOT: door})

    async def settle_all(self, seconds: int = 10) -> None:
        """Let what is due within some seconds be done in all workspaces."""
        for _ in range(seconds):
            await self.stage.bot.process.settle()
            self.stage.clock.advance(seconds=1)

    async def install(self, tenant: Tenant, *, org: bool = False) -> Page:
        async with self.browser() as browser:
            return await tenant.install(browser, INSTALL, org=org)

    async def settle(self, workspace: str) -> None:
        """Let the bot of a workspace finish what is due."""
        async with self.stage.bot.process.bots.using(workspace) as bot:
            await bot.settle()

    def said(self, tenant: Tenant, channel: str = "CTRAIN") -> list[str]:
        bot = tenant.bot_user_id
        return [each.text for each in tenant.messages(channel) if each.user == bot]


@pytest.fixture
def second(front: Front) -> Tenant:
    return front.slack.add_workspace("TSECOND", name="Second <Works>")


@pytest.fixture
def general() -> dict[str, str]:
    return {}


@pytest.fixture
async def front(path: Path, general: dict[str, str]) -> AsyncIterator[Front]:
    settings: dict[str, Any] = {"secret_keys": KEY, "public_url": ROOT, **general}
    async with open_stage(path, installs=True, **settings) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        yield Front(stage)
