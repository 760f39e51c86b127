"""Further places in Slack in several workspaces: people of one meet nothing of the other there.

Both have the same channels and the same people by their ids, and both ask the same service.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack import Message, Tenant
from tests.asking.seeing import interactive, label
from tests.digests.people import stand
from tests.follow.people import NINE
from tests.links.steps import DOMAINS, card, words
from tests.links.steps import ROOT as LINKS
from tests.stage import open_stage
from tests.training.reminding.acting import ANNA, REMIND
from tests.workspaces.conftest import KEY, REDIRECT, ROOT, Front
from tests.workspaces.test_connections import connect

FOLLOW = "/flow follow report flow_onb001 overdue"
LINK = f"{LINKS}/flows/flow_onb001"


@pytest.fixture
async def front(path: Path) -> AsyncIterator[Front]:
    settings: dict[str, Any] = {"secret_keys": KEY, "public_url": ROOT, "link_domains": DOMAINS}
    async with open_stage(
        path, installs=True, surfaces="agent,links,mcp,scoreboards", **settings
    ) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        yield Front(stage)


@pytest.fixture
async def second(front: Front) -> Tenant:
    tenant = front.slack.add_workspace("TSECOND", name="Second Works")
    await front.install(tenant)
    await connect(front, tenant.team_id, front.stage.momoflow.api_key)
    return tenant


async def command(front: Front, tenant: Tenant, line: str, *, user: str = "UADA") -> str:
    """Return what somebody alone is told after a command."""
    await tenant.command(line, user=user, channel="CTRAIN")
    await front.settle_all(5)
    return tenant.ephemerals(user)[-1].text


async def press(
    front: Front, tenant: Tenant, on: Message, name: str, *, user: str = "UADA"
) -> None:
    element = next(each for each in interactive(on.blocks) if label(each) == name)
    await tenant.click(on, action_id=element["action_id"], user=user)
    await front.settle_all(5)


async def at(front: Front, moment: datetime) -> None:
    """Let it be some moment, and both workspaces do what is due."""
    front.stage.clock.advance(to=moment)
    for workspace in (front.slack.team_id, "TSECOND"):
        async with front.stage.bot.process.bots.using(workspace) as bot:
            for _ in range(2):
                await bot.tick()
    await front.settle_all(5)


async def owners(front: Front, table: str) -> list[str]:
    rows = await front.stage.rows(f"SELECT workspace FROM {table} ORDER BY workspace")  # noqa: S608
    return [row["workspace"] for row in rows]


async def test_what_somebody_follows_is_told_where_they_follow_it(
    front: Front, second: Tenant
) -> None:
    stand(front.stage, done=1, late=4)
    assert (await command(front, front.slack, FOLLOW)).startswith("You follow Onboarding")
    assert "You don't follow anything" in await command(front, second, "/flow following")
    stand(front.stage, done=0, late=5)
    await at(front, NINE)

    assert len(front.said(front.slack, "DADA")) == 1
    assert front.said(second, "DADA") == []


async def test_who_follows_the_same_in_both_hears_it_once_in_each(
    front: Front, second: Tenant
) -> None:
    stand(front.stage, done=1, late=4)
    for tenant in (front.slack, second):
        await command(front, tenant, FOLLOW)
    stand(front.stage, done=0, late=5)
    await at(front, NINE)

    assert [len(front.said(each, "DADA")) for each in (front.slack, second)] == [1, 1]
    assert await owners(front, "follows") == ["TLUMEN", "TSECOND"]


async def test_nobody_ends_what_is_followed_in_another(front: Front, second: Tenant) -> None:
    for tenant in (front.slack, second):
        await command(front, tenant, FOLLOW)
    [ours] = await front.stage.rows("SELECT id FROM follows WHERE workspace = 'TLUMEN'")
    [theirs] = await front.stage.rows("SELECT id FROM follows WHERE workspace = 'TSECOND'")
    shown = second.ephemerals("UADA")[-1]
    pressed = next(each for each in interactive(shown.blocks) if label(each) == "Unfollow")
    pressed["value"] = pressed["value"].replace(f":{theirs['id']}", f":{ours['id']}")
    assert f":{ours['id']}" in pressed["value"]
    await press(front, second, shown, "Unfollow")

    assert await owners(front, "follows") == ["TLUMEN", "TSECOND"]


async def test_links_lead_to_what_the_workspace_itself_says(front: Front, second: Tenant) -> None:
    await front.stage.bot.database.execute(
        """INSERT INTO link_rules (workspace, domain, pattern, kind, set_by, set_at)
        VALUES ('TLUMEN', 'learn.example.com', '/flows/{id}', 'momoflow_flow', 'UADA',
        '2026-11-01T00:00:00+00:00')"""
    )
    pasted = []
    for tenant in (front.slack, second):
        said = (await tenant.say(LINK, user="UADA", channel="CTRAIN")).message
        assert said
        await front.settle_all(5)
        pasted.append(tenant.state.find("CTRAIN", said.ts))
    ours, theirs = pasted

    assert ours
    assert theirs
    assert words(card(ours, LINK)).startswith("Onboarding")
    assert not theirs.attachments


async def test_threads_and_thumbs_are_of_their_workspace(front: Front, second: Tenant) -> None:
    answers = []
    for tenant in (front.slack, second):
        direct = tenant.agent.conversation("UADA").id
        said = (await tenant.say("report flow_onb001", user="UADA", channel=direct)).message
        assert said
        await front.settle_all(5)
        answers.append(tenant.thread(direct, said.ts)[-1])
    assert await owners(front, "agent_sessions") == ["TLUMEN", "TSECOND"]
    assert [each.user for each in answers] == [front.slack.bot_user_id, second.bot_user_id]

    [thumbs] = [each for each in answers[1].blocks if each["type"] == "context_actions"]
    thumb = thumbs["elements"][0]["positive_button"]["value"]
    await second.click(answers[1], action_id="agent_rate", value=thumb, user="UADA")
    await front.settle_all(5)
    assert await owners(front, "agent_ratings") == ["TSECOND"]


async def test_who_agreed_in_one_is_not_found_in_the_other(front: Front, second: Tenant) -> None:
    await front.stage.bot.database.execute(
        """INSERT INTO consents (workspace, user_id, state, asked_by, changed_at)
        VALUES ('TLUMEN', :user, 'agreed', '', '2026-11-01T00:00:00+00:00')""",
        {"user": ANNA},
    )
    for tenant in (front.slack, second):
        await tenant.command(
            REMIND.replace("onboarding", "flow_onb001"), user="UADA", channel="CTRAIN"
        )
        await front.settle_all(5)
    ours, theirs = (
        [label(each) for each in interactive(tenant.ephemerals("UADA")[-1].blocks)]
        for tenant in (front.slack, second)
    )

    assert ours[0].startswith("Remind")
    assert theirs[0].startswith("Ask")
