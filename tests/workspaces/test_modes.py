"""The ways to start: with a token, with a client, with both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import structlog

from bot.assembly.features import load_settings
from bot.assembly.process import Process
from bot.cli.running import running
from bot.config import with_environment
from sandbox.slack import Browser
from sandbox.world import World
from tests.workspaces.conftest import INSTALL, KEY, REDIRECT, ROOT

CLIENT_ALONE = {"SECRET_KEYS": KEY, "PUBLIC_URL": ROOT, "PORT": "0", "LISTEN_HOST": "127.0.0.1"}


@asynccontextmanager
async def started(
    world: World, *, url: str, **more: str
) -> AsyncIterator[tuple[Process, int, str]]:
    """Yield a web process that has a client and no token, its port, and what it said."""
    own = world.slack.identity
    pointed = {name: each for name, each in world.environment.items() if "BOT_TOKEN" not in name}
    client = {"SLACK_CLIENT_ID": own.client_id, "SLACK_CLIENT_SECRET": own.client_secret}
    environment = {**pointed, **client, **CLIENT_ALONE, "DATABASE_URL": url, **more}
    settings = with_environment(load_settings(), environment)
    with structlog.testing.capture_logs() as logged:
        async with running(settings, world.clock, program="web") as process:
            port = next(each["port"] for each in logged if each["event"] == "listening")
            yield process, port, repr(logged)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with World() as world:
        world.slack.tenants.redirect_urls.append(REDIRECT)
        yield world


async def test_with_a_client_alone_everybody_comes_by_the_page(world: World, path: Path) -> None:
    second = world.slack.add_workspace("TSECOND")
    async with started(world, url=f"sqlite:///{path}") as (process, port, said):
        door = f"http://127.0.0.1:{port}"
        world.slack.connect(f"{door}/slack/events")
        async with Browser({ROOT: door}) as browser:
            assert (await second.install(browser, INSTALL)).status == 200
        asked = await second.command("/flow help", channel="CTRAIN")
        stranger = await world.slack.command("/flow help", channel="CTRAIN")

        assert (asked.status, asked.error) == (200, "")
        assert stranger.status == 200
        assert [each.workspace for each in await process.installs.installations.alive()] == [
            "TSECOND"
        ]
    assert "anyone_may_install" in said


async def test_where_some_may_install_a_start_does_not_warn(world: World, path: Path) -> None:
    async with started(world, url=f"sqlite:///{path}", WORKSPACES="TSECOND") as (_, _, said):
        assert "'event': 'workspaces'" in said
    assert "anyone_may_install" not in said
