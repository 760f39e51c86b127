"""Messages as values: a changed message is a new value in the old one's place."""

from dataclasses import dataclass
from typing import Any, TypedDict

from sandbox.slack.uploads import File


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `ephemeral_to` names the only person who sees it, else it is empty.

    `pages` says whom it notifies: `!channel`, `!here`, `!everyone`, `!subteam^…` or user ids.
    `text` and `blocks` are as Slack stores them, ids filled in.
    """

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    bot_id: str = ""
    username: str = ""
    thread_ts: str = ""
    is_broadcast: bool = False
    metadata: dict[str, Any] | None = None
    files: tuple[File, ...] = ()
    ephemeral_to: str = ""
    edited_ts: str = ""
    reactions: tuple[tuple[str, str], ...] = ()
    pages: tuple[str, ...] = ()

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


class MessageFields(TypedDict, total=False):
    """What may be said about a message beside its place, author and content."""

    bot_id: str
    username: str
    thread_ts: str
    is_broadcast: bool
    files: tuple[File, ...]
    ephemeral_to: str
