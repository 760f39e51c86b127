"""Failures on demand around calls of the Web API."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import code, refusal


async def _post(slack: SlackSandbox, http: aiohttp.ClientSession) -> int:
    form = {"token": slack.bot_token, "channel": "CTRAIN", "text": "x"}
    async with http.post(f"{slack.api_url}chat.postMessage", data=form) as response:
        return response.status


async def test_a_call_is_refused_as_often_as_told_when_it_matches(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    slack.refuse("chat.postMessage", error="invalid_blocks", when=lambda one: "blocks" in one)
    await client.chat_postMessage(channel="CTRAIN", text="x")
    with_blocks: dict[str, Any] = {
        "channel": "CTRAIN",
        "text": "x",
        "blocks": [{"type": "divider"}],
    }
    assert await code(client.chat_postMessage(**with_blocks)) == "invalid_blocks"
    await client.chat_postMessage(**with_blocks)


async def test_a_dropped_connection_may_hide_a_message_that_was_posted(
    slack: SlackSandbox, http: aiohttp.ClientSession
) -> None:
    slack.disturb("chat.postMessage", kind="drop_before")
    with pytest.raises(aiohttp.ClientError):
        await _post(slack, http)
    assert slack.messages("CTRAIN") == []

    slack.disturb("chat.postMessage", kind="drop_after")
    with pytest.raises(aiohttp.ClientError):
        await _post(slack, http)
    assert len(slack.messages("CTRAIN")) == 1


async def test_slack_can_be_down_or_busy(
    slack: SlackSandbox, http: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    slack.disturb("chat.postMessage", kind="http_500")
    assert await _post(slack, http) == 500
    slack.disturb("chat.postMessage", kind="rate_limited", seconds=7)
    refused = await refusal(client.chat_postMessage(channel="CTRAIN", text="x"))
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")


async def test_slow_is_told_by_the_sandbox_clock_and_endless_without_seconds(
    slack: SlackSandbox, http: aiohttp.ClientSession, clock: SandboxClock
) -> None:
    before = clock.now()
    slack.disturb("chat.postMessage", kind="slow", seconds=30)
    assert await _post(slack, http) == 200
    assert (clock.now() - before).total_seconds() == 30

    slack.disturb("chat.postMessage", kind="slow")
    form = {"token": slack.bot_token, "channel": "CTRAIN", "text": "x"}
    limit = aiohttp.ClientTimeout(total=0.05)
    with pytest.raises(TimeoutError):
        await http.post(f"{slack.api_url}chat.postMessage", data=form, timeout=limit)
    assert len(slack.messages("CTRAIN")) == 1
