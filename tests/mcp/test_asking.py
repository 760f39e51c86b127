"""Slackbot asks for a person: by the protocol's official client, with Slack's signature."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from mcp_types import CallToolResult

from bot.jobs.access import OTHERS
from bot.jobs.calls.store import MOST_WAITING
from bot.mcp.callers import NO_WORKSPACE, NOBODY_NAMED
from bot.mcp.desk import LATER, MOST_A_MINUTE, TOO_MANY, TOO_OFTEN
from sandbox.slack.identity import Identity
from tests.mcp.assistants import ADA, call, call_of, client, post, while_working, words
from tests.stage import Stage, open_stage

REPORT = "get_training_report"
ONBOARDING = {"flow": "onboarding"}


async def ask(
    stage: Stage, arguments: dict[str, Any] | None = None, *, tool: str = REPORT, **slack: Any
) -> CallToolResult:
    """Return what a tool answers to Ada, or to whom Slack names in her place."""
    who = {**ADA, **slack}
    async with client(stage.slack) as slackbot:
        asked = call(slackbot, tool, arguments or ONBOARDING, who=who)
        return await while_working(stage, asked)


async def jobs(stage: Stage) -> list[dict[str, Any]]:
    return await stage.rows("SELECT * FROM jobs WHERE name = 'report' ORDER BY id")


# Who asks


async def test_a_question_is_answered_to_who_asks_and_nobody_else(stage: Stage) -> None:
    answer = await ask(stage)

    assert not answer.is_error
    assert "onboarding" in words(answer).lower()
    assert answer.meta is not None
    assert answer.meta["slack"]["blocks"]
    await stage.settle()
    assert await stage.rows("SELECT * FROM ledger") == []


@pytest.mark.parametrize(
    ("slack", "said"),
    [
        ({"user_id": "UPARTNER", "team_id": "TPARTNER"}, OTHERS),
        ({"user_id": "UPARTNER"}, OTHERS),
        ({"user_id": "UGONE"}, OTHERS),
        ({"user_id": "UNOBODY"}, OTHERS),
        ({"team_id": "TPARTNER"}, OTHERS),
        ({"user_id": None}, NOBODY_NAMED),
        ({"user_id": ["UADA"]}, NOBODY_NAMED),
        ({"team_id": None}, NO_WORKSPACE),
    ],
    ids=[
        *("of another workspace", "a stranger", "who left", "nobody known"),
        *("a workspace of others", "nobody", "no text", "nowhere"),
    ],
)
async def test_whoever_is_not_ours_is_told_so(
    stage: Stage, slack: dict[str, Any], said: str
) -> None:
    answer = await ask(stage, **slack)

    assert answer.is_error
    assert words(answer) == said
    assert await jobs(stage) == []


async def test_a_call_without_an_identity_is_nobodys(stage: Stage) -> None:
    _, said = await post(stage.slack, call_of(REPORT, ONBOARDING, who=None))

    assert said["result"]["isError"]
    assert said["result"]["content"][0]["text"] == NOBODY_NAMED


async def test_in_a_grid_the_organisation_says_whose_somebody_is(tmp_path: Path) -> None:
    grid = Identity(enterprise_id="ELUMEN", enterprise_name="Lumen")
    async with open_stage(tmp_path / "grid.db", surfaces="mcp", identity=grid) as stage:
        ours = await ask(stage, team_id=None, enterprise_id="ELUMEN")
        others = await ask(stage, user_id="UPARTNER", team_id=None, enterprise_id="ELUMEN")

    assert not ours.is_error
    assert (others.is_error, words(others)) == (True, OTHERS)


# What they are told


async def test_a_file_comes_in_the_direct_messages(stage: Stage) -> None:
    answer = await ask(stage, {**ONBOARDING, "file": "csv"})
    await stage.settle()

    assert not answer.is_error
    (parent,) = stage.said("DADA")
    (file,) = stage.slack.files
    assert (file.channel, file.thread_ts) == ("DADA", parent.ts)
    assert answer.meta
    assert "Sent to your direct messages with Flowbot" in str(answer.meta["slack"]["blocks"])


async def test_a_service_that_does_not_answer_is_told_as_an_error(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 100)

    answer = await ask(stage)

    assert answer.is_error
    assert "MomoFlow" in words(answer)
    await stage.settle()
    assert await stage.rows("SELECT * FROM ledger") == []


async def test_the_same_request_that_comes_twice_is_one_question(stage: Stage) -> None:
    message = call_of(REPORT, ONBOARDING)
    both = asyncio.gather(post(stage.slack, message, at=None), post(stage.slack, message))

    first, second = await while_working(stage, _wait(both))

    assert first == second
    assert len(await jobs(stage)) == 1


async def _wait(both: "asyncio.Future[Any]") -> Any:
    return await both


async def test_more_than_a_few_at_once_are_not_waited_for(stage: Stage) -> None:
    async with client(stage.slack) as slackbot:
        waiting = [
            asyncio.ensure_future(call(slackbot, REPORT, ONBOARDING)) for _ in range(MOST_WAITING)
        ]
        await stage.clock.until_waiting(MOST_WAITING)
        one_more = await call(slackbot, REPORT, ONBOARDING)
        await while_working(stage, _wait(asyncio.gather(*waiting)))

    assert (one_more.is_error, words(one_more)) == (True, TOO_MANY)


async def test_nobody_asks_all_the_time(stage: Stage) -> None:
    async with client(stage.slack) as slackbot:
        for _ in range(MOST_A_MINUTE):
            await call(slackbot, REPORT)
        one_more = await call(slackbot, REPORT, ONBOARDING)

    assert (one_more.is_error, words(one_more)) == (True, TOO_OFTEN)


# How long they wait


async def test_what_takes_too_long_comes_in_the_direct_messages(stage: Stage) -> None:
    async with client(stage.slack) as slackbot:
        asked = asyncio.ensure_future(call(slackbot, REPORT, ONBOARDING))
        await stage.clock.until_waiting(1)
        stage.clock.advance(seconds=50)
        answer = await asked
    await stage.settle()

    assert (answer.is_error, words(answer)) == (False, LATER)
    (told,) = stage.said("DADA")
    assert "Onboarding" in told.text or "onboarding" in told.text


async def _answered_to_nobody(stage: Stage) -> None:
    """As if the process that waited died between the acceptance and the answer."""
    async with client(stage.slack) as slackbot:
        asked = asyncio.ensure_future(call(slackbot, REPORT, ONBOARDING))
        await stage.clock.until_waiting(1)
        await stage.bot.database.execute("UPDATE calls SET key = 'gone'")
        await asked
    await stage.bot.database.execute(
        "UPDATE calls SET key = (SELECT substr(key, 6) FROM jobs LIMIT 1)"
    )
    await stage.bot.settle()
    assert await stage.rows("SELECT state FROM calls") == [{"state": "answered"}]


async def test_what_nobody_is_there_to_hear_comes_in_the_direct_messages(stage: Stage) -> None:
    await _answered_to_nobody(stage)
    await stage.after(seconds=90)

    assert len(stage.said("DADA")) == 1
    assert await stage.rows("SELECT state, answer FROM calls") == [{"state": "left", "answer": ""}]


async def test_whoever_hangs_up_is_told_directly(stage: Stage) -> None:
    asked = asyncio.ensure_future(post(stage.slack, call_of(REPORT, ONBOARDING)))
    await stage.clock.until_waiting(1)
    asked.cancel()
    await asyncio.wait([asked])
    await stage.settle()
    assert stage.said("DADA") == []

    await stage.after(seconds=90)

    assert len(stage.said("DADA")) == 1


async def test_it_waits_no_longer_where_the_clock_is_set_back(stage: Stage) -> None:
    await stage.bot.tick()
    await _answered_to_nobody(stage)
    stage.clock.set_back(3_600)
    await stage.after(seconds=90)

    assert len(stage.said("DADA")) == 1


async def test_a_call_is_forgotten_ten_minutes_later(stage: Stage) -> None:
    await ask(stage)

    await stage.after(minutes=15, step=60)

    assert await stage.rows("SELECT * FROM calls") == []
