"""Reading what Slack sends: commands, clicks, shortcuts and forms become requests."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.asking.forms import Shown
from bot.jobs.request import I, Request
from bot.slack.blocks.ids import Action

Payload = Mapping[str, Any]


def from_command(command: Payload, intent: I, *, privately: bool = False) -> Request[I]:
    """Return the request of a slash command."""
    return Request(
        user=command["user_id"],
        user_name=command.get("user_name", ""),
        channel=command["channel_id"],
        response_url=command.get("response_url", ""),
        privately=privately,
        details=intent,
    )


def from_click(
    body: Payload, intent: I, *, replaces: bool = False, privately: bool = False
) -> Request[I]:
    """Return the request of a button in a message."""
    return Request(
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=body.get("channel", {}).get("id", ""),
        response_url=body.get("response_url", ""),
        privately=replaces or privately,
        replaces=replaces,
        details=intent,
    )


def from_form(body: Payload, intent: I, *, channel: str) -> Request[I]:
    """Return the request of a submitted form; without a channel it is answered directly."""
    urls = {each["channel_id"]: each["response_url"] for each in body.get("response_urls", ())}
    return Request(
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=channel,
        response_url=urls.get(channel, ""),
        details=intent,
    )


def shown_message(body: Payload, context: AsyncBoltContext) -> Shown:
    """Return the message in whose menu a shortcut was chosen."""
    message = body["message"]
    ours = message.get("bot_id") or message.get("user")
    return Shown(
        channel=body["channel"]["id"],
        ts=message["ts"],
        thread_ts=message.get("thread_ts", ""),
        key=next(_export_keys(message), ""),
        ours=bool(ours) and ours in (context.bot_id, context.bot_user_id),
    )


def _export_keys(message: Payload) -> Iterator[str]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if element.get("action_id") == Action.OPEN_EXPORT:
                yield str(element.get("value", ""))


def _user_name(body: Payload) -> str:
    user = body["user"]
    return str(user.get("username") or user.get("name") or "")
