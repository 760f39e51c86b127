"""Tokens for assistants outside Slack: made, used and revoked by the person whose they are."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.mcp.tokens.desk import CLOSED
from bot.mcp.tokens.looks import EXPIRED, REVOKED
from sandbox.slack.views import View
from tests.asking.seeing import words as all_words
from tests.mcp.assistants import Bearer, call, call_of, client, post, while_working, words
from tests.stage import Stage

NAME = "Coding assistant"
REPORT = "get_training_report"
ONBOARDING = {"flow": "onboarding"}


async def home(stage: Stage, user: str = "UADA") -> View:
    stage.clock.advance(seconds=15)
    await stage.slack.open_home(user=user)
    await stage.settle()
    return seen(stage, user)


def seen(stage: Stage, user: str = "UADA") -> View:
    view = stage.slack.home_of(user)
    assert view is not None
    return view


def buttons(view: View) -> dict[str, tuple[str, str]]:
    """Return the block and the action of a view's buttons by their labels."""
    return {
        each["text"]["text"]: (block["block_id"], each["action_id"])
        for block in view.blocks
        for each in block.get("elements") or ()
        if isinstance(each.get("text"), dict)
    }


async def press(stage: Stage, view: View, label: str, user: str = "UADA") -> None:
    block, action = buttons(view)[label]
    await stage.slack.click(view, action_id=action, block_id=block, user=user)
    await stage.settle()


async def entered(stage: Stage, name: str = NAME, user: str = "UADA") -> None:
    await press(stage, await home(stage, user), "Make a token", user)
    window = stage.slack.view_of(user)
    assert window is not None
    field = "assistant_token_name"
    await stage.slack.submit(window, values={field: {field: name}}, user=user)
    await stage.settle()


async def made(stage: Stage, name: str = NAME, user: str = "UADA") -> str:
    """Return a token that somebody made."""
    await entered(stage, name, user)
    window = stage.slack.view_of(user)
    assert window is not None
    found = re.search(r"flbt_[\w-]{43}", all_words(window))
    assert found, all_words(window)
    return found[0]


async def audit(stage: Stage) -> list[tuple[str, str, str]]:
    rows = await stage.rows("SELECT action, thing, came_to FROM audit ORDER BY id")
    return [(row["action"], row["thing"], row["came_to"]) for row in rows]


async def asked(stage: Stage, token: str) -> tuple[int, Any]:
    """Return what becomes of a raw call with a token."""
    return await post(stage.slack, call_of(REPORT, {}), secret="", Authorization=f"Bearer {token}")


async def test_whoever_bears_a_token_asks_as_its_maker(stage: Stage) -> None:
    token = await made(stage, user="UGRACE")

    async with client(stage.slack, Bearer(token)) as assistant:
        assert (await assistant.list_tools()).tools
        pretends = {"user_id": "UADA", "team_id": "TLUMEN"}
        answer = await while_working(stage, call(assistant, REPORT, ONBOARDING, who=pretends))

    assert not answer.is_error
    assert "Onboarding" in words(answer) or "onboarding" in words(answer)
    assert answer.meta is None
    (job,) = await stage.rows("SELECT arguments FROM jobs WHERE name = 'report'")
    assert json.loads(job["arguments"])["user"] == "UGRACE"
    assert "last used" in all_words(await home(stage, "UGRACE"))


async def test_a_token_is_shown_once_and_is_in_no_row_and_no_log(stage: Stage, path: Path) -> None:
    with structlog.testing.capture_logs() as logged:
        token = await made(stage)
        assert (await asked(stage, token))[0] == 200

    shown = all_words(await home(stage))
    assert NAME in shown
    assert f"({token[:9]}…)" in shown
    assert token not in shown
    assert token not in repr(logged)
    for file in path.parent.iterdir():
        assert token.encode() not in file.read_bytes(), file
    assert await audit(stage) == [("Make an assistant's token", NAME, "done")]


async def test_a_revoked_token_is_refused_and_its_use_is_noted(stage: Stage) -> None:
    token = await made(stage)
    await press(stage, await home(stage), f"Revoke {NAME}")
    assert f"The token for {NAME} is revoked." in all_words(seen(stage))

    status, said = await asked(stage, token)

    assert (status, said["error"]["message"]) == (401, REVOKED)
    assert await audit(stage) == [
        ("Make an assistant's token", NAME, "done"),
        ("Revoke an assistant's token", NAME, "done"),
        ("Ask with an assistant's token", NAME, "denied"),
    ]


async def test_a_token_is_good_for_ninety_days(stage: Stage) -> None:
    token = await made(stage)
    stage.clock.advance(seconds=90 * 24 * 3600 - 60)
    assert (await asked(stage, token))[0] == 200
    stage.clock.advance(seconds=60)

    status, said = await asked(stage, token)

    assert (status, said["error"]["message"]) == (401, EXPIRED)
    assert "Revoke" not in " ".join(buttons(await home(stage)))


@pytest.mark.parametrize("token", ["flbt_" + "x" * 43, "xoxb-1", "", "flbt_" + "x" * 5_000])
async def test_a_token_that_nobody_made_lets_nobody_in(stage: Stage, token: str) -> None:
    assert (await asked(stage, token))[0] == 401


async def test_whoever_left_asks_no_more(stage: Stage) -> None:
    token = await made(stage, user="UGRACE")
    await stage.slack.admin.change_person("UGRACE", deleted=True)
    await stage.settle()

    status, said = await asked(stage, token)

    assert status == 200
    assert said["result"]["isError"]


async def test_five_are_enough(stage: Stage) -> None:
    for number in range(5):
        await made(stage, f"Assistant {number}")
    assert "Make a token" not in buttons(await home(stage))


async def test_a_guest_makes_none(stage: Stage) -> None:
    assert "Make a token" not in buttons(await home(stage, "UGUEST"))


async def test_nothing_is_kept_of_a_token_that_nobody_saw(stage: Stage) -> None:
    await press(stage, await home(stage), "Make a token")
    window = stage.slack.view_of("UADA")
    assert window is not None
    field = "assistant_token_name"
    await stage.slack.submit(window, values={field: {field: NAME}}, user="UADA")
    await stage.slack.close_view(stage.slack.view_of("UADA") or window, user="UADA")
    await stage.settle()

    assert await stage.rows("SELECT * FROM assistant_tokens") == []
    assert CLOSED in all_words(seen(stage))
