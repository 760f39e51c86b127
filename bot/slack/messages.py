"""What is said in Slack: rendered messages, where they go, and the files that follow them."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
"""One Block Kit block, as Slack's JSON."""


@dataclass(frozen=True, slots=True)
class Message:
    """One Slack message. `text` is the escaped fallback that notifications and readers use."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSource:
    """How to get a file's bytes again at any time: a source's name and its JSON arguments."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file to upload into the thread of the message it belongs to.

    `filename` is already safe to show and store; `alt_text` describes the content in words.
    `elsewhere` is an address where people find the file when Slack does not take it, or empty.
    """

    filename: str
    title: str
    source: FileSource
    alt_text: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: the parent message, then thread replies, then files, in that order."""

    message: Message
    thread: tuple[Message, ...] = ()
    files: tuple[FileOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where an answer goes.

    `channel` is a channel or user id; `private` makes it visible to `user` alone. `response_url`
    works for 30 minutes, five times, also where the bot is no member.
    """

    channel: str
    user: str = ""
    private: bool = False
    thread_ts: str = ""
    response_url: str = ""
    replaces: bool = False
    """Whether the message takes the place of the one that `response_url` belongs to."""
    edits: str = ""
    """The outbox key of the message whose place it takes; an empty message takes that away."""
    consent: str = ""
    """The other organisations that may read it there, as a member agreed to."""
