"""Links in the local Slack: what the app hears of, what it may show, and who sees the pane."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.manifest import as_text, declared
from sandbox.clock import SandboxClock
from sandbox.slack import Message, SlackSandbox
from tests.sandbox.slack.apps import Recorder, button, code, section, served

LINK = "https://learn.example.com/flows/f_1"
ITEM = "slack#/entities/item"


def _manifest() -> str:
    made = declared()
    made["features"]["unfurl_domains"] = ["learn.example.com", "example.org"]
    made["features"]["rich_previews"] = {"is_active": True, "entity_types": [ITEM]}
    made["oauth_config"]["scopes"]["bot"] += ["links:read", "links:write"]
    events = made["settings"]["event_subscriptions"]["bot_events"]
    events += ["link_shared", "entity_details_requested"]
    return as_text(made)


@pytest.fixture
async def slack() -> AsyncIterator[SlackSandbox]:
    clock = SandboxClock(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    async with SlackSandbox(clock=clock, manifest=_manifest()) as sandbox:
        yield sandbox


@pytest.fixture
async def recorder(slack: SlackSandbox) -> AsyncIterator[Recorder]:
    recorder = Recorder()
    async with served(recorder.app()) as root:
        slack.connect(f"{root}/slack/events")
        yield recorder


@pytest.fixture
def client(slack: SlackSandbox) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


def _heard(recorder: Recorder) -> list[dict[str, Any]]:
    events = [one.payload["event"] for one in recorder.received]
    return [one for one in events if one["type"] == "link_shared"]


async def _said(slack: SlackSandbox, text: str, channel: str = "CRANDOM") -> Message:
    message = (await slack.say(text, user="UADA", channel=channel)).message
    assert message is not None
    return message


def _entity(**more: Any) -> dict[str, Any]:
    payload = {
        "attributes": {"title": {"text": "Onboarding"}},
        "custom_fields": [{"key": "a", "label": "Done", "value": "3", "type": "string"}],
        "actions": {"primary_actions": [{"text": "Report", "action_id": "do", "value": "1"}]},
    }
    return {
        "app_unfurl_url": LINK,
        "url": LINK,
        "external_ref": {"id": "f_1", "type": "flow"},
        "entity_type": ITEM,
        "entity_payload": {**payload, **more},
    }


async def test_the_app_hears_of_links_of_its_domains_in_every_channel(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    message = await _said(
        slack, f"see {LINK}?a=1&b=2 and https://deep.example.org/x, https://example.com/x"
    )

    assert [(one["channel"], one["message_ts"]) for one in _heard(recorder)] == [
        ("CRANDOM", message.ts)
    ]
    assert _heard(recorder)[0]["is_bot_user_member"] is False
    assert _heard(recorder)[0]["links"] == [
        {"domain": "learn.example.com", "url": f"{LINK}?a=1&b=2"},
        {"domain": "example.org", "url": "https://deep.example.org/x"},
    ]


async def test_it_hears_nothing_of_links_of_others_and_of_its_own(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    await slack.say(LINK, user="UPARTNER", channel="CSHARED")
    await client.chat_postMessage(channel="CTRAIN", text=LINK)

    assert _heard(recorder) == []


async def test_a_card_stands_under_the_message(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _said(slack, LINK)

    await client.chat_unfurl(
        channel="CRANDOM", ts=message.ts, unfurls={LINK: {"blocks": [section("one")]}}
    )
    await client.chat_unfurl(
        channel="CRANDOM", ts=message.ts, unfurls={LINK: {"blocks": [section("two")]}}
    )

    [card] = slack.messages("CRANDOM")[-1].attachments
    assert card["app_unfurl_url"] == LINK
    assert card["blocks"][0]["text"]["text"] == "two"


async def test_what_may_not_be_unfurled_is_refused(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _said(slack, LINK)
    plain = await _said(slack, "no link")
    card = {"blocks": [section("one")]}
    rich = {"blocks": [{"type": "rich_text", "elements": []}]}
    here = {"channel": "CRANDOM", "ts": message.ts}

    def unfurl(**given: Any) -> Any:
        return client.chat_unfurl(**given)

    assert await code(unfurl(**here, unfurls={f"{LINK}/": card})) == "cannot_unfurl_url"
    assert await code(unfurl(**here, unfurls={LINK: rich})) == "cannot_parse_attachment"
    assert await code(unfurl(**here, unfurls={LINK: {}})) == "cannot_parse_attachment"
    assert await code(unfurl(**here, unfurls={})) == "missing_unfurls"
    lost = {**here, "ts": plain.ts}
    assert await code(unfurl(**lost, unfurls={LINK: card})) == "cannot_unfurl_url"
    assert await code(unfurl(channel="CRANDOM", unfurls={LINK: card})) == "missing_ts"
    nobody = {"unfurl_id": "U1", "source": "composer"}
    assert await code(unfurl(**nobody, unfurls={LINK: card})) == "invalid_unfurl_id"


async def test_links_that_the_app_did_not_acknowledge_are_not_its_to_show(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    recorder.answers = [web.Response(status=500) for _ in range(4)]
    message = await _said(slack, LINK)

    refused = client.chat_unfurl(
        channel="CRANDOM", ts=message.ts, unfurls={LINK: {"blocks": [section("one")]}}
    )
    assert await code(refused) == "cannot_unfurl_url"


async def test_a_draft_shows_its_card_in_the_composer_alone(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    unfurl_id, _ = await slack.links.compose(LINK, user="UADA")
    assert _heard(recorder)[0]["channel"] == "COMPOSER"

    await client.chat_unfurl(
        unfurl_id=unfurl_id, source="composer", unfurls={LINK: {"blocks": [section("one")]}}
    )

    assert list(slack.links.drafted(unfurl_id)) == [LINK]


async def test_a_press_in_a_card_names_the_card_and_no_message(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _said(slack, LINK)
    blocks = [{"type": "actions", "elements": [button("go", value="1")]}]
    await client.chat_unfurl(channel="CRANDOM", ts=message.ts, unfurls={LINK: {"blocks": blocks}})

    await slack.links.press(message, LINK, action_id="go", user="ULIN")

    pressed = recorder.last.payload
    assert "message" not in pressed
    assert pressed["container"]["is_app_unfurl"] is True
    assert pressed["app_unfurl"]["app_unfurl_url"] == LINK
    assert (pressed["channel"]["id"], pressed["actions"][0]["value"]) == ("CRANDOM", "1")


async def _shown(slack: SlackSandbox, client: AsyncWebClient) -> Message:
    message = await _said(slack, LINK)
    await client.chat_unfurl(
        channel="CRANDOM",
        ts=message.ts,
        metadata={"entities": [_entity()]},
        unfurls={LINK: {"blocks": [section("one")]}},
    )
    return message


async def test_the_pane_is_one_persons_for_ten_minutes(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _shown(slack, client)
    assert await slack.links.open_pane(message, LINK, user="UADA") is None
    asked = recorder.last.payload["event"]
    assert (asked["type"], asked["external_ref"]["id"]) == ("entity_details_requested", "f_1")

    told = {"entity_type": ITEM, "entity_payload": _entity()["entity_payload"]}
    await client.api_call(
        "entity.presentDetails", json={"trigger_id": asked["trigger_id"], "metadata": told}
    )
    count = len(recorder.received)

    assert await slack.links.open_pane(message, LINK, user="UADA") is not None
    assert len(recorder.received) == count
    assert slack.links.pane(LINK, user="ULIN") is None
    slack.clock.advance(seconds=600)
    assert await slack.links.open_pane(message, LINK, user="UADA") is None


async def test_a_pane_has_its_trigger_and_its_kind(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _shown(slack, client)
    await slack.links.open_pane(message, LINK, user="UADA")
    trigger = recorder.last.payload["event"]["trigger_id"]

    def present(**given: Any) -> Any:
        return client.api_call("entity.presentDetails", json=given)

    task = {"entity_type": "slack#/entities/task", "entity_payload": _entity()["entity_payload"]}
    assert await code(present(trigger_id=trigger)) == "invalid_metadata"
    mismatch = "entity_metadata_does_not_match_trigger"
    assert await code(present(trigger_id=trigger, metadata=task)) == mismatch
    odd = _entity(fields={"status": {"value": "x"}})
    assert await code(present(trigger_id=trigger, metadata=odd)) == "invalid_metadata"
    slack.clock.advance(seconds=4)
    late = present(trigger_id=trigger, error={"status": "restricted"})
    assert await code(late) == "invalid_trigger_id"


async def test_a_work_object_of_a_kind_that_is_not_switched_on_is_refused(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    message = await _said(slack, LINK)
    task = {**_entity(), "entity_type": "slack#/entities/task"}

    refused = client.chat_unfurl(
        channel="CRANDOM", ts=message.ts, metadata={"entities": [task]}, unfurls={}
    )
    assert await code(refused) == "invalid_metadata_format"
