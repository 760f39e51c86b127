"""Tokens that rotate: renewed early and once, whoever asks, and kept before they are used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import structlog

from bot.assembly.process import Process, open_process
from sandbox.slack import Tenant
from tests.workspaces.conftest import Front

HOUR = 3_600


@pytest.fixture
async def second(front: Front) -> Tenant:
    front.slack.tenants.rotates = True
    tenant = front.slack.add_workspace("TSECOND", name="Second Works")
    await front.install(tenant)
    return tenant


@pytest.fixture
async def webs(front: Front, second: Tenant) -> AsyncIterator[tuple[Process, Process]]:
    """Yield two processes on one database."""
    first = front.stage.bot.process
    settings, clock = first.resources.settings, front.stage.clock
    async with open_process(settings, clock=clock) as other:
        yield first, other


async def ask(webs: tuple[Process, ...], times: int) -> list[object]:
    """Let each process ask Slack at once so many times; return what came of each."""
    async with AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(web.bots.using("TSECOND")) for web in webs]
        asked = [bot.parts.slack.call("users.info", user="UADA") for bot in bots * times]
        return list(await asyncio.gather(*asked, return_exceptions=True))


async def use(webs: tuple[Process, ...]) -> None:
    """Let each process have a client with the token that is good now."""
    assert all(isinstance(each, dict) for each in await ask(webs, 1))


async def test_a_token_is_renewed_two_hours_early_by_who_speaks(
    front: Front, second: Tenant
) -> None:
    renewals = front.stage.bot.process.installs.renewals
    front.stage.clock.advance(seconds=10 * HOUR - 60)
    early = await renewals.renew_due(["TSECOND"])
    front.stage.clock.advance(seconds=60)

    assert early == 0
    assert await renewals.renew_due(["TOTHER"]) == 0
    assert await renewals.renew_due(["TSECOND"]) == 1
    assert await renewals.renew_due(["TSECOND"]) == 0
    assert second.tokens.refreshes == 1


async def test_two_who_renew_at_once_renew_once(
    second: Tenant, front: Front, webs: tuple[Process, Process]
) -> None:
    front.stage.clock.advance(seconds=11 * HOUR)
    done = [web.installs.renewals.renew_due(["TSECOND"]) for web in webs * 4]
    await asyncio.gather(*done)

    assert second.tokens.refreshes == 1


async def test_processes_that_hold_the_old_token_read_the_new_one_when_it_has_expired(
    front: Front, second: Tenant, webs: tuple[Process, Process]
) -> None:
    await use(webs)
    front.stage.clock.advance(seconds=11 * HOUR)
    await webs[0].installs.renewals.renew_due(["TSECOND"])
    front.stage.clock.advance(seconds=2 * HOUR)
    answers = await ask(webs, 4)

    assert [isinstance(each, dict) for each in answers] == [True] * 8
    assert second.tokens.refreshes == 1


async def test_eight_requests_at_once_after_it_has_expired_are_one_renewal(
    front: Front, second: Tenant, webs: tuple[Process, Process]
) -> None:
    await use(webs)
    front.stage.clock.advance(seconds=13 * HOUR)
    answers = await ask(webs, 4)

    assert [isinstance(each, dict) for each in answers] == [True] * 8
    assert second.tokens.refreshes == 1


async def test_the_pair_is_kept_before_it_is_used(front: Front, second: Tenant) -> None:
    front.stage.clock.advance(seconds=11 * HOUR)
    process = front.stage.bot.process
    await process.installs.renewals.renew_due(["TSECOND"])
    kept = await process.installs.installations.store.get("TSECOND")

    assert kept is not None
    assert kept.tokens is not None
    assert kept.tokens.access == second.tokens.newest


async def test_what_slack_refuses_now_is_renewed_later(front: Front, second: Tenant) -> None:
    renewals = front.stage.bot.process.installs.renewals
    front.stage.clock.advance(seconds=11 * HOUR)
    front.slack.refuse("oauth.v2.access", error="ratelimited")

    assert await renewals.renew_due(["TSECOND"]) == 0
    assert await renewals.renew_due(["TSECOND"]) == 1


async def test_neither_what_works_nor_what_fails_brings_a_token_into_log_or_files(
    front: Front, second: Tenant, path: Path
) -> None:
    renewals = front.stage.bot.process.installs.renewals
    front.stage.clock.advance(seconds=11 * HOUR)
    front.slack.refuse("oauth.v2.access", error="invalid_refresh_token")
    with structlog.testing.capture_logs() as logged:
        await renewals.renew_due(["TSECOND"])
        await renewals.renew_due(["TSECOND"])
        await second.uninstall()

    events = [each["event"] for each in logged]
    assert events == ["token_not_renewed", "token_renewed", "workspace_left"]
    assert "install Flowbot again" in logged[0]["mend"]
    assert "xox" not in repr(logged)
    for file in path.parent.iterdir():
        assert b"xox" not in file.read_bytes(), file


async def test_a_token_without_an_end_is_not_renewed(front: Front) -> None:
    tenant = front.slack.add_workspace("TLONG")
    await front.install(tenant)
    front.stage.clock.advance(seconds=300 * HOUR)

    assert await front.stage.bot.process.installs.renewals.renew_due(["TLONG"]) == 0
    async with front.stage.bot.process.bots.using("TLONG") as bot:
        assert (await bot.parts.slack.call("auth.test"))["team_id"] == "TLONG"
