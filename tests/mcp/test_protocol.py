"""The one address of assistants: who is let in, and what is answered to what is no good message."""

import re
import time
from typing import Any

import aiohttp
import pytest

from bot.mcp.protocol import VERSIONS
from bot.mcp.server import BLOCK_KIT
from tests.mcp.assistants import address_of, call_of, client, post
from tests.stage import Stage

PING = {"jsonrpc": "2.0", "id": 7, "method": "ping"}


def initialize(version: str) -> dict[str, Any]:
    params = {
        "protocolVersion": version,
        "capabilities": {"extensions": {BLOCK_KIT: {}}},
        "clientInfo": {"name": "Slackbot MCP Client", "version": "1.0.0"},
    }
    return {"jsonrpc": "2.0", "id": "first", "method": "initialize", "params": params}


# Who is let in


@pytest.mark.parametrize(
    "given",
    [
        {"secret": ""},
        {"secret": "another"},
        {"at": int(time.time()) - 3600},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Signature": "v0=1234"},
    ],
    ids=["unsigned", "wrongly", "long ago", "at no time", "badly"],
)
async def test_what_is_not_slacks_is_not_let_in(stage: Stage, given: dict[str, Any]) -> None:
    status, said = await post(stage.slack, call_of("get_training_report", {"flow": "x"}), **given)

    assert (status, said["error"]["code"], said["id"]) == (401, -32001, None)
    assert await stage.rows("SELECT * FROM jobs WHERE name = 'report'") == []


async def test_what_is_not_slacks_is_not_let_in_whatever_it_says_of_itself(stage: Stage) -> None:
    status, _ = await post(stage.slack, PING, secret="")

    assert status == 401


# What is no message


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ("{", 400, -32700),
        ("[" * 5_000, 400, -32700),
        ([PING, PING], 400, -32600),
        ("3", 400, -32600),
        ({"id": 1, "method": "ping"}, 400, -32600),
        ({**PING, "id": True}, 400, -32600),
        ({**PING, "id": 1.5}, 400, -32600),
        ({**PING, "id": None}, 400, -32600),
        ({**PING, "method": 4}, 400, -32600),
        ({**PING, "params": [1]}, 200, -32602),
        ({**PING, "method": "resources/list"}, 200, -32601),
        ({**PING, "method": "tools/list", "params": {"cursor": "2"}}, 200, -32602),
        (call_of("drop_everything"), 200, -32602),
    ],
)
async def test_what_is_wrong_with_a_message_is_said_as_json_rpc_has_it(
    stage: Stage, message: Any, status: int, code: int
) -> None:
    answered, said = await post(stage.slack, message)

    assert (answered, said["error"]["code"]) == (status, code)
    assert said["jsonrpc"] == "2.0"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Accept": "text/html"}, 406),
        ({"MCP-Protocol-Version": "2024-11-05"}, 400),
    ],
)
async def test_headers_are_looked_at(stage: Stage, headers: dict[str, Any], status: int) -> None:
    answered, said = await post(stage.slack, PING, **headers)

    assert answered == status
    assert said["error"]["message"]


async def test_a_message_has_at_most_a_mebibyte(stage: Stage) -> None:
    status, said = await post(stage.slack, {**PING, "params": {"much": "x" * 1_100_000}})

    assert (status, said["error"]["message"]) == (413, "The message is too long.")


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
async def test_nothing_but_post_is_taken(stage: Stage, method: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, address_of(stage.slack)) as response,
    ):
        assert response.status == 405


# What is one


async def test_a_notification_is_taken_without_an_answer(stage: Stage) -> None:
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}

    assert await post(stage.slack, note) == (202, "")


async def test_a_ping_is_answered(stage: Stage) -> None:
    assert await post(stage.slack, PING) == (200, {"jsonrpc": "2.0", "id": 7, "result": {}})


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_revision_that_both_speak_is_spoken(stage: Stage, version: str) -> None:
    _, said = await post(stage.slack, initialize(version))

    assert said["id"] == "first"
    assert said["result"]["protocolVersion"] == version
    assert said["result"]["capabilities"] == {"tools": {"listChanged": False}}


async def test_to_a_client_of_another_revision_the_usual_one_is_proposed(stage: Stage) -> None:
    _, said = await post(stage.slack, initialize("2019-01-01"))

    assert said["result"]["protocolVersion"] == "2025-06-18"


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_the_official_client_finds_its_way(stage: Stage, mode: str) -> None:
    async with client(stage.slack, mode=mode) as slackbot:
        assert slackbot.server_info is not None
        assert slackbot.server_info.name == "flowbot"
        assert (await slackbot.list_tools()).tools


async def test_every_tool_says_whether_it_only_reads(stage: Stage) -> None:
    async with client(stage.slack) as slackbot:
        tools = (await slackbot.list_tools()).tools

    assert all(each.annotations and each.annotations.read_only_hint is not None for each in tools)
    assert all(each.title and each.description and each.input_schema for each in tools)
    assert len({each.name for each in tools}) == len(tools)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "flow is missing"),
        ({"flow": 3}, "flow must be a text."),
        ({"flow": "onboarding", "flavour": "sweet"}, 'There is no argument "flavour". It takes:'),
        ("onboarding", "The arguments must be an object."),
    ],
)
async def test_arguments_that_do_not_fit_are_explained(
    stage: Stage, arguments: Any, said: str
) -> None:
    message = call_of("get_training_report")
    message["params"]["arguments"] = arguments

    _, answer = await post(stage.slack, message)

    assert answer["result"]["isError"]
    assert said in answer["result"]["content"][0]["text"]


async def test_a_bug_is_told_by_its_reference(stage: Stage) -> None:
    await stage.bot.database.execute("DROP TABLE calls")

    status, said = await post(stage.slack, call_of("list_my_digests"))

    assert (status, said["id"], said["error"]["code"]) == (200, 1, -32603)
    assert re.search(r"\(reference [0-9a-f]{8}\)", said["error"]["message"])
