"""What Flowbot may do in a workspace, and what does not work where it may not.

These are the scopes of manifest.yml; a test holds the two together.
"""

from collections.abc import Collection, Mapping
from typing import Final

NEEDED: Final[Mapping[str, str]] = {
    "app_mentions:read": "mentions of Flowbot are not heard",
    "channels:read": "nobody knows who reads a public channel, so nothing is sent there",
    "chat:write": "nothing can be posted",
    "commands": "slash commands and shortcuts are missing",
    "files:read": "files that people share cannot be read",
    "files:write": "files cannot be posted",
    "groups:read": "nobody knows who reads a private channel, so nothing is sent there",
    "im:history": "plain lines in direct messages are not heard",
    "im:read": "direct messages cannot be told from channels",
    "mpim:read": "nobody knows who reads a group's direct messages, so nothing is sent there",
    "usergroups:read": "rules of who may do what cannot name a user group",
    "users:read": "nobody knows who somebody is, so nothing is done for anybody",
    "users:read.email": "people cannot be found by their e-mail address",
}
"""Each with what does not work without it."""
OPTIONAL: Final[Mapping[str, str]] = {
    "channels:history": "after a crash it stays open whether a message was posted",
    "groups:history": "after a crash it stays open whether a message was posted",
}

OF_SURFACES: Final = frozenset(
    {
        "assistant:write",
        "canvases:read",
        "canvases:write",
        "links:read",
        "links:write",
        "mcp:connect",
    }
)
"""Scopes that further places in Slack need, where SURFACES switches them on."""


def missing(granted: Collection[str]) -> tuple[str, ...]:
    """Return the scopes that are needed and not granted."""
    return tuple(each for each in NEEDED if each not in granted)


def unused(granted: Collection[str]) -> tuple[str, ...]:
    """Return the scopes that are granted and never used."""
    return tuple(sorted(each for each in granted if each not in {*NEEDED, *OPTIONAL, *OF_SURFACES}))
