"""chat.*, conversations.* and reactions: what is posted, changed, found and refused."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import actions, button, code, refusal, section


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("CNOWHERE", "channel_not_found"),
        ("CRANDOM", "not_in_channel"),
        ("GLEADS", "channel_not_found"),
        ("CARCHIVE", "is_archived"),
        ("UNOBODY", "channel_not_found"),
        ("UGONE", "channel_not_found"),
    ],
)
async def test_a_channel_the_bot_cannot_write_to_is_refused(
    client: AsyncWebClient, channel: str, expected: str
) -> None:
    assert await code(client.chat_postMessage(channel=channel, text="x")) == expected


async def test_with_the_public_scope_an_open_channel_takes_messages(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    slack.grant("chat:write.public")
    await client.chat_postMessage(channel="CRANDOM", text="x")
    assert await code(client.chat_postMessage(channel="GLEADS", text="x")) == "channel_not_found"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "no_text"),
        ({"text": "  "}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": "{}"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": "c" * 20_000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "thread_ts": "yesterday"}, "invalid_ts"),
        ({"text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
    ],
)
async def test_a_message_that_slack_refuses_is_refused(
    client: AsyncWebClient, arguments: dict[str, Any], expected: str
) -> None:
    call = client.api_call("chat.postMessage", json={"channel": "CTRAIN", **arguments})
    assert await code(call) == expected


async def test_a_refused_block_is_named_by_its_place(client: AsyncWebClient) -> None:
    blocks = [section("fine"), section("x" * 3001)]
    refused = await refusal(client.chat_postMessage(channel="CTRAIN", text="x", blocks=blocks))
    assert refused["error"] == "invalid_blocks"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


async def test_a_message_to_a_person_arrives_in_the_direct_message(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(channel="UADA", text="psst")
    assert answer["channel"] == "DADA"
    assert [one.text for one in slack.messages("DADA")] == ["psst"]
    opened = await client.conversations_open(users="UADA")
    assert opened["channel"]["id"] == "DADA"


async def test_timestamps_grow_while_the_clock_stands(client: AsyncWebClient) -> None:
    first = await client.chat_postMessage(channel="CTRAIN", text="1")
    second = await client.chat_postMessage(channel="CTRAIN", text="2")
    assert first["ts"] == "1772438400.000000"
    assert second["ts"] > first["ts"]


async def test_blocks_and_elements_without_ids_get_some(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    element = button()
    del element["action_id"]
    await client.chat_postMessage(channel="CTRAIN", text="x", blocks=[actions(element)])
    [block] = slack.messages("CTRAIN")[0].blocks
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


async def test_an_update_keeps_what_it_does_not_send(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "1"}}
    sent = await client.chat_postMessage(
        channel="CTRAIN", text="old", blocks=[section("body")], metadata=metadata
    )
    await client.chat_update(channel="CTRAIN", ts=sent["ts"], text="new")
    [message] = slack.messages("CTRAIN")
    assert (message.text, len(message.blocks), message.metadata) == ("new", 1, metadata)
    assert message.edited_ts

    await client.chat_update(channel="CTRAIN", ts=sent["ts"], text="new", blocks=[])
    assert slack.messages("CTRAIN")[0].blocks == ()


async def test_an_update_that_says_nothing_is_refused(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="CTRAIN", text="x")
    place = {"channel": "CTRAIN", "ts": sent["ts"]}
    assert await code(client.api_call("chat.update", json=place)) == "no_text"
    empty = client.api_call("chat.update", json={**place, "text": "", "blocks": []})
    assert await code(empty) == "no_text"


async def test_only_own_visible_messages_can_be_changed(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    said = await slack.say("mine", user="UADA", channel="CTRAIN")
    whisper = await client.chat_postEphemeral(channel="CTRAIN", user="UADA", text="x")
    assert said.message is not None
    ts = said.message.ts

    update = client.chat_update
    assert await code(update(channel="CTRAIN", ts=ts, text="x")) == "cant_update_message"
    assert await code(client.chat_delete(channel="CTRAIN", ts=ts)) == "cant_delete_message"
    assert (
        await code(update(channel="CTRAIN", ts=whisper["message_ts"], text="x"))
        == "message_not_found"
    )
    assert await code(update(channel="CTRAIN", ts="1.000001", text="x")) == "message_not_found"
    assert await code(update(channel="CTRAIN", ts="now", text="x")) == "invalid_ts"


async def test_an_update_takes_only_four_thousand_characters(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="CTRAIN", text="x")
    long = client.chat_update(channel="CTRAIN", ts=sent["ts"], text="x" * 4001)
    assert await code(long) == "msg_too_long"


async def test_a_deleted_message_is_gone(slack: SlackSandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="CTRAIN", text="x")
    await client.chat_delete(channel="CTRAIN", ts=sent["ts"])
    assert slack.messages("CTRAIN") == []


async def test_an_ephemeral_message_is_seen_by_one_person_in_the_channel(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel="CTRAIN", user="UADA", text="psst")
    assert [one.text for one in slack.messages("CTRAIN", user="UADA")] == ["psst"]
    assert slack.messages("CTRAIN", user="UGRACE") == []
    assert slack.messages("CTRAIN") == []

    to = client.chat_postEphemeral
    assert await code(to(channel="CFIELD", user="UGUEST", text="x")) == "user_not_in_channel"
    assert await code(to(channel="CFIELD", user="UNOBODY", text="x")) == "user_not_found"


async def test_a_guest_sees_only_the_own_channel(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="CFIELD", text="x")
    await client.chat_postMessage(channel="CTRAIN", text="y")
    assert slack.messages("CFIELD", user="UGUEST") == []
    assert len(slack.messages("CTRAIN", user="UGUEST")) == 1


async def test_history_is_newest_first_in_pages_without_replies(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    for number in range(3):
        sent = await client.chat_postMessage(channel="CTRAIN", text=str(number))
    await client.chat_postMessage(channel="CTRAIN", text="reply", thread_ts=sent["ts"])

    first = await client.conversations_history(channel="CTRAIN", limit=2)
    assert [one["text"] for one in first["messages"]] == ["2", "1"]
    assert first["messages"][0]["reply_count"] == 1
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel="CTRAIN", limit=2, cursor=cursor)
    assert [one["text"] for one in rest["messages"]] == ["0"]

    thread = await client.conversations_replies(channel="CTRAIN", ts=sent["ts"])
    assert [one["text"] for one in thread["messages"]] == ["2", "reply"]
    assert [one.text for one in slack.thread("CTRAIN", sent["ts"])] == ["reply"]


async def test_history_shows_metadata_only_when_asked(client: AsyncWebClient) -> None:
    metadata = {"event_type": "digest", "event_payload": {"key": "digest:1"}}
    await client.chat_postMessage(channel="CTRAIN", text="x", metadata=metadata)

    plain = await client.conversations_history(channel="CTRAIN")
    assert "metadata" not in plain["messages"][0]
    whole = await client.conversations_history(channel="CTRAIN", include_all_metadata=True)
    assert whole["messages"][0]["metadata"] == metadata


async def test_history_can_be_bounded_in_time(client: AsyncWebClient, clock: SandboxClock) -> None:
    stamps = []
    for number in range(3):
        sent = await client.chat_postMessage(channel="CTRAIN", text=str(number))
        stamps.append(sent["ts"])
        clock.advance(seconds=10)

    async def texts(**bounds: Any) -> list[str]:
        found = await client.conversations_history(channel="CTRAIN", **bounds)
        return [one["text"] for one in found["messages"]]

    assert await texts(oldest=stamps[1]) == ["2"]
    assert await texts(oldest=stamps[1], inclusive=True) == ["2", "1"]
    assert await texts(latest=stamps[1]) == ["0"]
    wrong = client.conversations_history(channel="CTRAIN", oldest="noon")
    assert await code(wrong) == "invalid_ts_oldest"


async def test_history_needs_membership_and_the_right_scope(
    slack: SlackSandbox, client: AsyncWebClient
) -> None:
    assert await code(client.conversations_history(channel="CRANDOM")) == "not_in_channel"
    slack.revoke("channels:history")
    refused = await refusal(client.conversations_history(channel="CTRAIN"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:history")


async def test_channels_tell_what_they_are(client: AsyncWebClient) -> None:
    shared = (await client.conversations_info(channel="CSHARED"))["channel"]
    assert (shared["is_ext_shared"], shared["is_member"]) == (True, True)
    assert (await client.conversations_info(channel="CRANDOM"))["channel"]["is_member"] is False
    assert await code(client.conversations_info(channel="GLEADS")) == "channel_not_found"
    members = await client.conversations_members(channel="CTRAIN", limit=3)
    assert members["members"] == ["UADA", "UGRACE", "ULIN"]
    assert members["response_metadata"]["next_cursor"]


async def test_a_conversation_is_opened_with_one_known_person(client: AsyncWebClient) -> None:
    opened = client.conversations_open
    assert (await opened(users="ULIN"))["already_open"] is False
    assert (await opened(users="ULIN", return_im=True))["channel"]["user"] == "ULIN"
    assert await code(opened(users="UNOBODY")) == "user_not_found"
    assert await code(opened(users="UGONE")) == "user_disabled"
    assert await code(client.api_call("conversations.open", json={})) == "users_list_not_supplied"


async def test_the_bots_channels_are_listed(client: AsyncWebClient) -> None:
    found = await client.users_conversations(exclude_archived=True)
    assert [one["name"] for one in found["channels"]] == [
        "general",
        "training",
        "field-reports",
        "partners",
    ]


async def test_a_reaction_is_added_once(slack: SlackSandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="CTRAIN", text="x")
    place = {"channel": "CTRAIN", "timestamp": sent["ts"]}
    await client.reactions_add(name="eyes", **place)
    assert slack.messages("CTRAIN")[0].reactions == (("eyes", slack.bot_user_id),)
    assert await code(client.reactions_add(name="eyes", **place)) == "already_reacted"


async def test_a_permalink_names_channel_and_time(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="CTRAIN", text="x")
    link = await client.chat_getPermalink(channel="CTRAIN", message_ts=sent["ts"])
    assert link["permalink"].endswith("/archives/CTRAIN/p1772438400000000")
