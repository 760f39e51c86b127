"""Whom a message notifies: the places where Slack parses mentions, and only those."""

import re
from collections.abc import Iterator
from typing import Any

_MENTION = re.compile(r"<(!channel|!here|!everyone|!subteam\^[^>|]+|@[UW][A-Z0-9]+)(?:\|[^>]*)?>")
_BARE = re.compile(r"(?<![\w<!])@(channel|here|everyone)\b")


def pages(text: str, blocks: Any, *, links_names: bool = False) -> tuple[str, ...]:
    """Return who is notified, in order and without repeats.

    Parsed are the top-level `text`, `mrkdwn` objects, `markdown` blocks, and the broadcast, user
    and usergroup elements of `rich_text`. Plain text and rich text never notify. With
    `links_names` (`link_names` or `parse=full`) bare `@channel` words count as well.
    """
    found = [*_mentions(text)]
    if links_names:
        found.extend(f"!{word}" for word in _BARE.findall(text))
    found.extend(_in_blocks(blocks))
    return tuple(dict.fromkeys(found))


def _mentions(text: str) -> Iterator[str]:
    for token in _MENTION.findall(text):
        yield token.removeprefix("@")


def _in_blocks(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for member in value:
            yield from _in_blocks(member)
    elif isinstance(value, dict):
        yield from _in_object(value)


def _in_object(value: dict[str, Any]) -> Iterator[str]:
    kind, text = value.get("type"), value.get("text")
    if kind in {"mrkdwn", "markdown"} and isinstance(text, str):
        yield from _mentions(text)
    elif kind == "broadcast":
        yield f"!{value.get('range')}"
    elif kind == "user":
        yield str(value.get("user_id"))
    elif kind == "usergroup":
        yield f"!subteam^{value.get('usergroup_id')}"
    for member in value.values():
        yield from _in_blocks(member)
