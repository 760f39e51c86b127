"""The connection of Socket Mode: an address that does not work is not tried for ever."""

import asyncio

import pytest

from bot.assembly.features import load_settings
from bot.config import Settings, with_environment, with_values
from bot.door.socket_mode import TRIES, connected
from tests.stage import Stage

OPEN = "apps.connections.open"
PING_SECONDS = 0.05
LONGEST = 10.0


@pytest.fixture
def settings(stage: Stage) -> Settings:
    pointed = with_environment(load_settings(), stage.world.environment)
    return with_values(pointed, slack={"app_token": stage.slack.app_token})


def offer_stale(stage: Stage) -> None:
    """Let Slack hand out an address that does not work (any more)."""
    address = stage.slack.url.replace("http://", "ws://")
    body = {"ok": True, "url": f"{address}/link/?ticket=stale&app_id={stage.slack.app_id}"}
    stage.slack.answer(OPEN, body)


def asked(stage: Stage) -> int:
    return [each.method for each in stage.slack.calls].count(OPEN)


async def answers(stage: Stage) -> bool:
    """Return whether a command over the connection is answered."""
    await stage.slack.socket.wait_for(1)
    outcome = await stage.slack.command("/flow help")
    return "/flow" in outcome.text


async def test_a_stale_address_is_asked_for_anew_after_some_tries(
    stage: Stage, settings: Settings
) -> None:
    offer_stale(stage)
    async with (
        asyncio.timeout(LONGEST),
        connected(settings, stage.bot.process, ping_seconds=PING_SECONDS),
    ):
        assert await answers(stage)
    assert asked(stage) == 2
    assert TRIES > 1


async def test_so_it_is_after_a_connection_was_lost(stage: Stage, settings: Settings) -> None:
    async with (
        asyncio.timeout(LONGEST),
        connected(settings, stage.bot.process, ping_seconds=PING_SECONDS),
    ):
        assert await answers(stage)
        offer_stale(stage)
        await stage.slack.socket.refresh()
        assert await answers(stage)
    assert asked(stage) >= 3


@pytest.mark.parametrize("error", ["internal_error", "invalid_auth"])
async def test_while_slack_gives_no_address_it_is_asked_patiently(
    stage: Stage, settings: Settings, error: str
) -> None:
    async with (
        asyncio.timeout(LONGEST),
        connected(settings, stage.bot.process, ping_seconds=PING_SECONDS),
    ):
        assert await answers(stage)
        stage.slack.refuse(OPEN, error=error)
        stage.slack.disturb(OPEN, kind="rate_limited", seconds=40)
        began = stage.clock.now()
        await stage.slack.socket.refresh()
        assert await answers(stage)
        assert (stage.clock.now() - began).total_seconds() >= 40
