"""Block Kit builders that keep Slack's limits and never let text become markup.

Text of people and vendors is accepted only where it becomes a rich_text text element, raw_text or
plain_text; there is no builder for mrkdwn. https://docs.slack.dev/reference/block-kit/blocks
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.config.values import LOOPBACK
from bot.slack.blocks.budget import LIMITS, clean, cut, fallback
from bot.slack.messages import Block, Message

Element = dict[str, Any]
"""One element inside a rich_text section, a context or an actions block."""

_CODE = re.compile(r"`([^`\n]+)`")


def plain_text(text: str, limit: int) -> Element:
    """Return a plain_text object; emoji names such as :tada: stay as typed."""
    return {"type": "plain_text", "text": cut(clean(text), limit), "emoji": False}


# Elements of a rich_text section


def plain(text: str) -> Element:
    """Return running text, with its line breaks, shown exactly as it is."""
    return {"type": "text", "text": cut(clean(text, newlines=True), LIMITS.paragraph)}


def bold(text: str) -> Element:
    """Return text in bold."""
    return {**plain(text), "style": {"bold": True}}


def code(text: str) -> Element:
    """Return text to be typed or copied as it stands."""
    return {**plain(text), "style": {"code": True}}


def mention(user_id: str) -> Element:
    """Return a mention of a person. It notifies them: for our own ids, and with a reason only."""
    return {"type": "user", "user_id": user_id}


def group_mention(group_id: str) -> Element:
    """Return a mention of a user group. It notifies all in it: with a reason only."""
    return {"type": "usergroup", "usergroup_id": group_id}


def channel(channel_id: str) -> Element:
    """Return a channel's name, linked, which notifies nobody."""
    return {"type": "channel", "channel_id": channel_id}


def moment(instant: datetime) -> Element:
    """Return a date and time that each reader sees in their own zone and clock style."""
    utc = instant.astimezone(UTC)
    return {
        "type": "date",
        "timestamp": int(utc.timestamp()),
        "format": "{date_short_pretty} at {time}",
        "fallback": f"{utc:%a} {utc.day} {utc:%b %Y, %H:%M} UTC",
    }


def link(label: str, url: str, *, hosts: Collection[str], local: bool = False) -> Element:
    """Return a link if it is https and leads to one of `hosts`; otherwise the label as text.

    With `local` a host on this very machine needs no https, as nothing travels.
    """
    if not _trusted(url, hosts, local=local):
        return plain(label)
    return {"type": "link", "url": url, "text": cut(clean(label), LIMITS.paragraph)}


def prose(sentence: str) -> tuple[Element, ...]:
    """Return our own sentence with what stands in `backticks` set as code."""
    pieces = _CODE.split(sentence)
    return tuple(
        code(piece) if number % 2 else plain(piece) for number, piece in enumerate(pieces) if piece
    )


# Blocks


def header(text: str) -> Block:
    """Return a headline of at most 150 characters."""
    return {"type": "header", "text": plain_text(text, LIMITS.header)}


def paragraph(*elements: Element) -> Block:
    """Return one rich_text paragraph; what is over 3,000 characters of text is cut."""
    section = {"type": "rich_text_section", "elements": _shortened(elements)}
    return {"type": "rich_text", "elements": [section]}


def bullets(*items: Sequence[Element]) -> Block:
    """Return a bulleted list, one item for each sequence of elements."""
    sections = [{"type": "rich_text_section", "elements": _shortened(item)} for item in items]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": sections}
    return {"type": "rich_text", "elements": [listed]}


def context(*texts: str) -> Block:
    """Return small print: the texts that are not empty, on one line where there is room."""
    words = " · ".join(text for text in texts if text)
    return {"type": "context", "elements": [plain_text(words, LIMITS.context_text)]}


def section(*lines: str) -> Block:
    """Return a section of plain text, in as many lines as are given."""
    text = cut("\n".join(map(clean, lines)), LIMITS.section_text)
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def confirm(*, title: str, text: str, yes: str, no: str) -> Element:
    """Return Slack's own "are you sure" for a button."""
    return {
        "title": plain_text(title, LIMITS.confirm_title),
        "text": plain_text(text, LIMITS.confirm_text),
        "confirm": plain_text(yes, LIMITS.confirm_button),
        "deny": plain_text(no, LIMITS.confirm_button),
    }


def button(
    label: str,
    action_id: str,
    *,
    value: str = "",
    style: str = "",
    spoken: str = "",
    asks: Element | None = None,
) -> Element:
    """Return a button. `value` comes back on a click, `spoken` is read by screen readers.

    A value too long for Slack is a bug of the caller and raises ValueError: cut, it would lie.
    """
    if len(value) > LIMITS.button_value:
        raise ValueError(f"a button's value may have {LIMITS.button_value} characters")
    made: Element = {
        "type": "button",
        "action_id": str(action_id),
        "text": plain_text(label, LIMITS.button_text),
    }
    if spoken:
        made["accessibility_label"] = cut(clean(spoken), LIMITS.accessibility_label)
    optional = {"value": value, "style": style, "confirm": asks}
    return made | {key: given for key, given in optional.items() if given}


def actions(block_id: str, *elements: Element) -> Block:
    """Return a row of buttons and selects; those of one action id are numbered from the second.

    Slack wants each action id once in a block.
    """
    seen: Counter[str] = Counter()
    numbered = []
    for element in elements:
        action = element["action_id"]
        seen[action] += 1
        ending = f":{seen[action]}" if seen[action] > 1 else ""
        numbered.append({**element, "action_id": f"{action}{ending}"})
    return {"type": "actions", "block_id": str(block_id), "elements": numbered}


# Messages


def message(text: str, *blocks: Block) -> Message:
    """Return a message; `text` is what notifications and screen readers get, escaped here."""
    return Message(fallback(text), blocks)


def says(sentence: str) -> Message:
    """Return our own sentence as a message, with what stands in `backticks` set as code."""
    return message(_CODE.sub(r"\1", sentence), paragraph(*prose(sentence)))


def _trusted(url: str, hosts: Collection[str], *, local: bool) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an unclosed bracket in the host
        return False
    schemes = ("https", "http") if local and parts.hostname in LOOPBACK else ("https",)
    return parts.scheme in schemes and parts.hostname in hosts and url == clean(url)


def _shortened(elements: Iterable[Element]) -> list[Element]:
    room = LIMITS.paragraph
    kept: list[Element] = []
    for element in elements:
        text = element.get("text", "")
        if len(text) > room:
            kept.append({**element, "text": cut(text, room)} if room else plain("…"))
            break
        room -= len(text)
        kept.append(element)
    return kept or [plain("")]
