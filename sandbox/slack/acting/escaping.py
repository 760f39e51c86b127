"""Turning what a person types into what Slack sends: mentions, links and the three entities."""

import re
from collections.abc import Callable

from sandbox.slack.workspace import Workspace

_TOKEN = re.compile(
    r"(?P<user_id><@(?P<uid>[UW][A-Z0-9]+)(?:\|[^>]*)?>)"
    r"|(?P<channel_id><#(?P<cid>[CGD][A-Z0-9]+)(?:\|[^>]*)?>)"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w@])@(?P<handle>[\w.-]*\w)"
    r"|(?<![\w#])#(?P<name>[\w-]+)"
    r"|(?P<entity>[&<>])"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BROADCASTS = frozenset({"channel", "here", "everyone"})

Mention = Callable[[str, str], str]


def escaped(text: str, workspace: Workspace) -> str:
    """Return a command's text as `should_escape` has it: `<@UADA|ada>`, `<#CGENERAL|general>`."""
    return _Typed(workspace, user=lambda uid, name: f"<@{uid}|{name}>").read(text)


def as_message(text: str, workspace: Workspace) -> str:
    """Return what a person's message says: mentions as `<@UADA>`, and `@here` calls people."""
    typed = _Typed(workspace, user=lambda uid, _name: f"<@{uid}>", may_broadcast=True)
    return typed.read(text)


def as_typed(text: str, workspace: Workspace) -> str:
    """Return a command's text without `should_escape`: mentions as words, nothing escaped."""
    return _Typed(
        workspace,
        user=lambda _uid, name: f"@{name}",
        channel=lambda _cid, name: f"#{name}",
        is_raw=True,
    ).read(text)


class _Typed:
    """Reads typed text with one way of writing mentions."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        user: Mention,
        channel: Mention = lambda cid, name: f"<#{cid}|{name}>",
        may_broadcast: bool = False,
        is_raw: bool = False,
    ) -> None:
        self._workspace = workspace
        self._user = user
        self._channel = channel
        self._may_broadcast = may_broadcast
        self._is_raw = is_raw

    def read(self, text: str) -> str:
        """Return the text with every token written."""
        return _TOKEN.sub(self._token, text)

    def _token(self, found: re.Match[str]) -> str:
        if found["uid"] or found["handle"]:
            return self._mention(found)
        if found["cid"] or found["name"]:
            return self._channel_token(found)
        return found[0] if self._is_raw else _linked(found)

    def _mention(self, found: re.Match[str]) -> str:
        if found["handle"] in _BROADCASTS and self._may_broadcast:
            return f"<!{found['handle']}>"
        handle = (found["handle"] or "").casefold()
        for user in self._workspace.users.values():
            names = {user.name.casefold(), user.real_name.casefold()}
            if found["uid"] == user.id or handle in names:
                return self._user(user.id, user.name)
        for group in self._workspace.groups.values():
            if handle == group.handle and not self._is_raw:
                return f"<!subteam^{group.id}|@{group.handle}>"
        return found[0] if self._is_raw else _entities(found[0])

    def _channel_token(self, found: re.Match[str]) -> str:
        for channel in self._workspace.channels.values():
            if found["cid"] == channel.id or (found["name"] or "-") == channel.name:
                return self._channel(channel.id, channel.name)
        return found[0] if self._is_raw else _entities(found[0])


def _linked(found: re.Match[str]) -> str:
    if found["url"]:
        return f"<{_entities(found['url'])}>"
    if found["email"]:
        return f"<mailto:{found['email']}|{found['email']}>"
    return _entities(found[0])


def _entities(text: str) -> str:
    return "".join(_ENTITIES.get(one, one) for one in text)
