"""Slack's text written out: names for mentions, labels for links, entities undone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.slack.channels import Channel
from sandbox.slack.people import User

_TOKEN = re.compile(r"<([^<>]+)>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the ids are."""

    users: Mapping[str, User]
    channels: Mapping[str, Channel]

    def user(self, user_id: str) -> str:
        """Return a person's name, or the id of somebody unknown."""
        found = self.users.get(user_id)
        return found.real_name if found else user_id

    def channel(self, channel_id: str) -> str:
        """Return a channel as people call it."""
        found = self.channels.get(channel_id)
        if found is None:
            return f"#{channel_id}"
        return f"@{self.user(found.user)}" if found.is_im else f"#{found.name}"

    def text(self, value: Any) -> str:
        """Return a text object's words, or those of a bare mrkdwn string."""
        if isinstance(value, dict):
            words = str(value.get("text", ""))
            return words if value.get("type") == "plain_text" else self.text(words)
        return _plain(_TOKEN.sub(self._token, str(value)))

    def _token(self, found: re.Match[str]) -> str:
        body, _, label = found[1].partition("|")
        if body.startswith("@"):
            return f"@{self.user(body[1:])}"
        if body.startswith("#"):
            return self.channel(body[1:])
        if body.startswith("!date^"):
            return label or moment(body)
        if body.startswith("!"):
            return "@" + (label or body[1:]).lstrip("@")
        address = body.removeprefix("mailto:")
        return address if label in ("", address) else f"{label} ({address})"


def moment(token: str) -> str:
    """Return the time in a `!date^1700000000^…` token, in UTC."""
    seconds = token.split("^")[1]
    at = datetime.fromtimestamp(int(seconds) if seconds.isdigit() else 0, UTC)
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _plain(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
