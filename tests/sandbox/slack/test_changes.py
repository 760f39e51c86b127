"""Hearing of what happens."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox


async def test_the_next_matching_change_is_awaited(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    waiting = asyncio.create_task(slack.next_change(lambda one: one.kind == "message_changed"))
    sent = await client.chat_postMessage(channel="CTRAIN", text="old")
    await client.chat_update(channel="CTRAIN", ts=sent["ts"], text="new")
    change = await waiting
    assert (change.channel, change.ts, change.payload.text) == ("CTRAIN", sent["ts"], "new")


async def test_until_returns_at_once_what_is_already_true(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="CTRAIN", text="x")
    assert len(await slack.until(lambda: slack.messages("CTRAIN"))) == 1


async def test_until_wakes_at_the_change_that_makes_it_true(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    waiting = asyncio.create_task(slack.until(lambda: slack.messages("CFIELD")))
    await client.chat_postMessage(channel="CTRAIN", text="elsewhere")
    await client.chat_postMessage(channel="CFIELD", text="here")
    assert [one.text for one in await waiting] == ["here"]


async def test_waiting_has_an_end(slack: SlackSandbox) -> None:
    with pytest.raises(TimeoutError):
        await slack.next_change(timeout=0.01)


async def test_a_wrong_condition_fails_who_waits_and_not_the_app(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    waiting = asyncio.create_task(slack.next_change(lambda one: one.payload.nothing))
    await client.chat_postMessage(channel="CTRAIN", text="x")
    with pytest.raises(AttributeError):
        await waiting


async def test_a_subscription_hears_everything_in_order(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    subscription = slack.changes.subscribe()
    await client.chat_postEphemeral(channel="CTRAIN", user="UADA", text="x")
    await client.views_publish(user_id="UADA", view={"type": "home", "blocks": []})
    heard = []
    async for change in subscription:
        heard.append((change.kind, change.user))
        if len(heard) == 4:
            break
    assert heard == [("ephemeral", "UADA"), ("call", ""), ("home", "UADA"), ("call", "")]
    subscription.close()
    subscription.close()


async def test_a_reader_that_lags_loses_the_oldest(slack: SlackSandbox) -> None:
    subscription = slack.changes.subscribe()
    for number in range(1_001):
        await slack.say(str(number), user="UADA", channel="CTRAIN")
    assert subscription.has_lost is True
    first = await anext(aiter(subscription))
    assert first.payload.text == "1"
    subscription.close()


async def test_a_channel_keeps_a_bounded_number_of_messages(slack: SlackSandbox) -> None:
    for number in range(2_001):
        await slack.say(str(number), user="UADA", channel="CTRAIN")
    kept = slack.messages("CTRAIN")
    assert (len(kept), kept[0].text) == (2_000, "1")
