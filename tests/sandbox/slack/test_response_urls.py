"""response_url: five answers in half an hour, new or in place of the original."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import Recorder, actions, button


async def _post(http: aiohttp.ClientSession, url: str, body: Any) -> tuple[int, str]:
    async with http.post(url, json=body) as response:
        text = await response.text()
        return response.status, text


@pytest.fixture
async def address(slack: SlackSandbox, recorder: Recorder) -> str:
    await slack.command("/flow", user="UADA", channel="CRANDOM")
    return recorder.last.form["response_url"]


async def test_it_works_five_times(
    slack: SlackSandbox, http: aiohttp.ClientSession, address: str
) -> None:
    for _ in range(5):
        assert await _post(http, address, {"text": "x"}) == (200, "ok")
    status, text = await _post(http, address, {"text": "x"})
    assert status == 404
    assert "used_url" in text
    assert len(slack.ephemerals("UADA")) == 5


async def test_it_works_for_thirty_minutes(
    http: aiohttp.ClientSession, address: str, clock: SandboxClock
) -> None:
    clock.advance(seconds=30 * 60)
    assert (await _post(http, address, {"text": "x"}))[0] == 200
    clock.advance(seconds=1)
    status, text = await _post(http, address, {"text": "x"})
    assert status == 404
    assert "expired_url" in text


async def test_it_posts_to_all_where_the_bot_is_no_member(
    slack: SlackSandbox, http: aiohttp.ClientSession, address: str
) -> None:
    await _post(http, address, {"text": "for all", "response_type": "in_channel"})
    assert [one.text for one in slack.messages("CRANDOM")] == ["for all"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, "no_text"),
        ([], "invalid_payload"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
    ],
)
async def test_it_refuses_what_slack_refuses(
    http: aiohttp.ClientSession, address: str, body: Any, expected: str
) -> None:
    status, text = await _post(http, address, body)
    assert status == 400
    assert expected in text


async def test_after_a_click_it_replaces_and_deletes_the_message(
    slack: SlackSandbox,
    recorder: Recorder,
    client: AsyncWebClient,
    http: aiohttp.ClientSession,
) -> None:
    blocks = [actions(button())]
    await client.chat_postEphemeral(channel="CTRAIN", user="UADA", text="old", blocks=blocks)
    await slack.click(slack.ephemerals("UADA")[0], action_id="go", user="UADA")
    url = recorder.last.payload["response_url"]

    await _post(http, url, {"text": "new", "replace_original": True})
    assert [one.text for one in slack.ephemerals("UADA")] == ["new"]
    await _post(http, url, {"delete_original": True})
    assert slack.ephemerals("UADA") == []
