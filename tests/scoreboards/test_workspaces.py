"""Scoreboards of several workspaces in one process: each in its own canvas alone."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.slack import Tenant
from tests.scoreboards.acting import button, canvas, open_boards
from tests.workspaces.conftest import KEY, REDIRECT, ROOT, Front
from tests.workspaces.test_connections import connect


@pytest.fixture
async def front(path: Path) -> AsyncIterator[Front]:
    async with open_boards(path, installs=True, secret_keys=KEY, public_url=ROOT) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        yield Front(stage)


@pytest.fixture
async def second(front: Front) -> Tenant:
    tenant = front.slack.add_workspace("TSECOND")
    await front.install(tenant)
    await connect(front, tenant.team_id, front.stage.momoflow.api_key)
    return tenant


async def add(front: Front, tenant: Tenant) -> None:
    line = "/flow scoreboard add report flow_onb001"
    await tenant.command(line, user="UADA", channel="CTRAIN")
    await front.settle_all()
    preview = tenant.ephemerals("UADA")[-1]
    await tenant.click(preview, user="UADA", **button(preview, "Add to the canvas"))
    await front.settle_all()


async def test_each_workspace_has_its_figures_in_its_own_canvas(
    front: Front, second: Tenant
) -> None:
    await add(front, front.slack)
    assert second.workspace.canvas("CTRAIN") is None

    await add(front, second)
    theirs = second.workspace.canvas("CTRAIN") or ""
    assert theirs.count("(Flowbot 2)") == 1
    assert canvas(front.stage).count("(Flowbot ") == 1

    await second.command("/flow scoreboard remove 1", user="UADA", channel="CTRAIN")
    await front.settle_all()
    assert "There's no figure 1" in second.ephemerals("UADA")[-1].text
    front.stage.clock.advance(seconds=timedelta(days=1).total_seconds())
    for workspace in (front.slack.team_id, second.team_id):
        async with front.stage.bot.process.bots.using(workspace) as bot:
            await bot.tick()
    await front.settle_all()
    assert "Tue 24 Nov" in canvas(front.stage)
    assert "Tue 24 Nov" in (second.workspace.canvas("CTRAIN") or "")
