"""Whom a message notifies."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSandbox
from tests.sandbox.slack.apps import section


def _rich(*elements: dict[str, Any]) -> dict[str, Any]:
    part = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [part]}


@pytest.mark.parametrize(
    ("text", "blocks", "expected"),
    [
        ("<!channel> <!here> <!everyone>", [], ("!channel", "!here", "!everyone")),
        ("<!subteam^S123|ops> <@UADA>", [], ("!subteam^S123", "UADA")),
        ("&lt;!channel&gt; @here", [], ()),
        ("x", [section("Dear <!channel>")], ("!channel",)),
        ("x", [{"type": "header", "text": {"type": "plain_text", "text": "<!channel>"}}], ()),
        ("x", [_rich({"type": "text", "text": "<!channel> <@UADA>"})], ()),
        ("x", [_rich({"type": "broadcast", "range": "here"})], ("!here",)),
        ("x", [_rich({"type": "user", "user_id": "UADA"})], ("UADA",)),
    ],
)
async def test_pages_says_whom_a_message_notifies(
    slack: SlackSandbox,
    client: AsyncWebClient,
    text: str,
    blocks: list[dict[str, Any]],
    expected: tuple[str, ...],
) -> None:
    await client.chat_postMessage(channel="CTRAIN", text=text, blocks=blocks)
    assert slack.messages("CTRAIN")[0].pages == expected


async def test_linked_names_notify_as_well(slack: SlackSandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="CTRAIN", text="@channel", link_names=True)
    assert slack.messages("CTRAIN")[0].pages == ("!channel",)
