"""Assistants of several workspaces: each person asks in their own, and what left is refused."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.mcp.callers import NO_WORKSPACE
from bot.mcp.tokens.model import LIFE, digest_of, new_token, prefix_of
from bot.mcp.tokens.store import put_token
from bot.workspaces.installations import NOT_INSTALLED
from sandbox.slack import Tenant
from tests.mcp.assistants import ADA, call_of, post, while_working
from tests.stage import open_stage
from tests.workspaces.conftest import KEY, REDIRECT, ROOT, Front

TOOL = "list_my_digests"
SECOND = "TSECOND"
THEIRS = {**ADA, "team_id": SECOND}


@pytest.fixture
async def front(path: Path) -> AsyncIterator[Front]:
    settings: dict[str, Any] = {"secret_keys": KEY, "public_url": ROOT, "surfaces": "mcp"}
    async with open_stage(path, installs=True, **settings) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        yield Front(stage)


@pytest.fixture
async def second(front: Front) -> Tenant:
    tenant = front.slack.add_workspace(SECOND, name="Second Works")
    await front.install(tenant)
    return tenant


async def asked(front: Front, who: Any, **headers: Any) -> tuple[int, Any]:
    """Return the status of a call, and its result or what is wrong."""
    secret = "" if "Authorization" in headers else None
    called = post(front.slack, call_of(TOOL, who=who), secret=secret, **headers)
    working = front.stage.bot.process
    status, said = await while_working(working, called)
    return status, said.get("result") or said["error"]


async def jobs(front: Front) -> list[str]:
    rows = await front.stage.rows("SELECT DISTINCT workspace FROM calls ORDER BY workspace")
    return [row["workspace"] for row in rows]


async def token_of(front: Front, workspace: str, user: str = "UADA") -> str:
    """Return a token that somebody of a workspace made."""
    token, now = new_token(), front.stage.clock.now()
    database = front.stage.bot.process.resources.database.of(workspace)
    await database.transaction(
        lambda tx: put_token(
            tx,
            "made",
            user=user,
            name="Assistant",
            prefix=prefix_of(token),
            digest=digest_of(token),
            now=now,
            until=now + LIFE,
        )
    )
    return token


async def test_each_asks_in_their_own_workspace(front: Front, second: Tenant) -> None:
    ours, theirs = await asked(front, ADA), await asked(front, THEIRS)

    assert [ours[1]["isError"], theirs[1]["isError"]] == [False, False]
    assert await jobs(front) == ["TLUMEN", SECOND]


async def test_whose_workspace_has_no_flowbot_is_told_so(front: Front) -> None:
    _, said = await asked(front, {**ADA, "team_id": "TNOBODYS"})
    _, unsaid = await asked(front, {**ADA, "team_id": None, "enterprise_id": "ENOBODYS"})

    assert said["content"][0]["text"] == NOT_INSTALLED
    assert unsaid["content"][0]["text"] == NO_WORKSPACE
    assert await jobs(front) == []


async def test_a_token_is_good_in_the_workspace_of_its_maker(front: Front, second: Tenant) -> None:
    token = await token_of(front, SECOND)

    status, said = await asked(front, ADA, Authorization=f"Bearer {token}")

    assert (status, said["isError"]) == (200, False)
    assert await jobs(front) == [SECOND]


async def test_what_left_asks_no_more_and_its_tokens_are_gone(front: Front, second: Tenant) -> None:
    token = await token_of(front, SECOND)
    await second.uninstall()
    await front.settle_all(2)

    status, _ = await asked(front, ADA, Authorization=f"Bearer {token}")
    _, said = await asked(front, THEIRS)

    assert status == 401
    assert said["content"][0]["text"] == NOT_INSTALLED
    assert await front.stage.rows("SELECT * FROM assistant_tokens") == []
