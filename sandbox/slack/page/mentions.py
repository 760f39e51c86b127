"""What Slack's own composer does to a text: escape it, and turn @name and #name into tokens."""

import re

from sandbox.slack.workspace import Workspace

_NAMED = re.compile(r"(?<![\w@#<|])([@#])([\w.-]*\w)")


def escaped(text: str) -> str:
    """Return the text with Slack's three entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(text: str, workspace: Workspace, *, labelled: bool = False) -> str:
    """Return the text with known people and channels as tokens; `labelled` adds their names."""
    people = {one.name: one.id for one in workspace.users.values() if not one.deleted}
    channels = {one.name: one.id for one in workspace.channels.values() if one.name}

    def token(match: re.Match[str]) -> str:
        mark, name = match.groups()
        known = (people if mark == "@" else channels).get(name.lower())
        if known is None:
            return match.group()
        label = f"|{name.lower()}" if labelled or mark == "#" else ""
        return f"<{mark}{known}{label}>"

    return _NAMED.sub(token, text)
