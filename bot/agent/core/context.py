"""What Slack says of a conversation with an agent: where somebody looks, what a thread is about."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, Final

from bot.slack.blocks.budget import clean

CHANNEL: Final = "slack#/types/channel_id"
MESSAGE: Final = "slack#/types/message_context"
LONGEST_TITLE: Final = 80
_TOKEN: Final = re.compile(r"<[@#!]?([^<>|]*)(?:\|([^<>]*))?>")


def channel_in_view(event: Mapping[str, Any]) -> str:
    """Return the channel that somebody looks at, in itself or in a message; empty for none.

    Whatever else Slack names there, or names otherwise, is none.
    """
    context = event.get("context")
    entities = context.get("entities") if isinstance(context, Mapping) else None
    for each in entities if isinstance(entities, list) else ():
        kind, value = (each.get("type"), each.get("value")) if isinstance(each, dict) else ("", "")
        if kind == MESSAGE and isinstance(value, dict):
            value = value.get("channel_id")
        if kind in {CHANNEL, MESSAGE} and isinstance(value, str) and value.startswith(("C", "G")):
            return value
    return ""


def title_of(text: str) -> str:
    """Return what a thread is called that begins with a line, as Slack sends it."""
    named = _TOKEN.sub(lambda found: found[2] or found[1], text)
    words = " ".join(clean(unescape(named)).split())
    return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
