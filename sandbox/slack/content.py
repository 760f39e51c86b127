"""Reading what a message says out of a request, refusing what Slack refuses."""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks import message_problems, text_length
from sandbox.slack.refusals import Refusal, explained

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """The words and blocks of a message. `links_names` is Slack's `link_names` or `parse=full`."""

    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    links_names: bool = False


def is_true(value: Any) -> bool:
    """Tell whether a form or JSON argument means yes."""
    return value in (True, 1, "true", "True", "1")


def decoded(value: Any, code: str) -> Any:
    """Return an argument that is JSON, written as text or not; refuses with `code`."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refusal(code) from None


def read_content(
    arguments: Arguments, *, block_characters: int, most_text: int = limits.TEXT
) -> Content:
    """Return a message's content; refuses `no_text`, `msg_too_long`, `invalid_blocks` and so on.

    `block_characters` is how much text all blocks together may hold.
    """
    text = str(arguments.get("text") or "")
    blocks = _blocks(arguments, block_characters)
    attachments = _attachments(arguments)
    if not text.strip() and not blocks and not attachments:
        raise Refusal("no_text")
    if len(text) > most_text:
        raise Refusal("msg_too_long")
    return Content(
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=_metadata(arguments.get("metadata")),
        links_names=is_true(arguments.get("link_names")) or arguments.get("parse") == "full",
    )


def read_blocks(value: Any, *, block_characters: int) -> list[dict[str, Any]]:
    """Return the blocks of a message; refuses `invalid_blocks` with every reason."""
    if value in (None, ""):
        return []
    blocks = decoded(value, "invalid_blocks_format")
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    if problems := message_problems(blocks):
        raise explained("invalid_blocks", problems, is_blocks=True)
    if text_length(blocks) > block_characters:
        raise Refusal("msg_blocks_too_long")
    return blocks


def _blocks(arguments: Arguments, most: int) -> list[dict[str, Any]]:
    markdown = arguments.get("markdown_text")
    if not markdown:
        return read_blocks(arguments.get("blocks"), block_characters=most)
    if arguments.get("text") or arguments.get("blocks"):
        raise Refusal("markdown_text_conflict")
    if len(str(markdown)) > limits.MARKDOWN_TEXT:
        raise Refusal("msg_too_long")
    return [{"type": "markdown", "text": str(markdown)}]


def _attachments(arguments: Arguments) -> list[dict[str, Any]]:
    found = decoded(arguments.get("attachments") or [], "invalid_attachments")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refusal("invalid_attachments")
    if len(found) > limits.ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return found


def _metadata(value: Any) -> dict[str, Any] | None:
    if value in (None, ""):
        return None
    metadata = decoded(value, "invalid_metadata_format")
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise Refusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > limits.METADATA_BYTES:
        raise Refusal("metadata_too_large")
    return metadata
