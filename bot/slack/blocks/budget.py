"""Slack's limits, in one place, and the cutting of text and messages to them. Pure.

Where Slack's own pages disagree the lower figure is used. What is shortened says so where it can be
seen: nothing is dropped in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.slack.messages import Block, Message

NOTHING: Final = "\N{EN DASH}"
"""Stands where Slack refuses an empty text."""

ELLIPSIS: Final = "…"
CONTINUED: Final = "Continued in the thread."
LEFT_OUT: Final = "One part of this answer was too large for a Slack message and was left out."


@dataclass(frozen=True, slots=True)
class Limits:
    """Every number of Slack's that a message or a modal has to keep to. Characters unless said."""

    # https://docs.slack.dev/reference/block-kit/blocks
    blocks_per_message: int = 50  # blocks
    blocks_per_view: int = 100  # blocks
    header: int = 150
    section_text: int = 3_000
    identifier: int = 255  # block_id, action_id, callback_id

    # Undocumented: 11,341 characters over all blocks were refused once, 13,200 another time.
    # https://github.com/slackapi/bolt-js/issues/2509
    message_characters: int = 10_000

    # https://docs.slack.dev/reference/methods/chat.update (msg_too_long)
    fallback: int = 4_000

    # https://docs.slack.dev/reference/block-kit/block-elements and /composition-objects
    button_text: int = 75
    button_value: int = 2_000
    accessibility_label: int = 75
    option_label: int = 75
    file_alt_text: int = 1_000
    option_value: int = 150
    options: int = 100  # options
    overflow_options: int = 5  # options
    action_elements: int = 25  # elements
    placeholder: int = 150
    confirm_title: int = 100
    confirm_text: int = 300
    confirm_button: int = 30
    input_label: int = 2_000
    input_hint: int = 2_000
    plain_text_input: int = 3_000

    # https://docs.slack.dev/reference/methods/views.open
    view_title: int = 24  # also of submit and close
    private_metadata: int = 3_000

    # https://docs.slack.dev/reference/block-kit/blocks/data-table-block
    table_columns: int = 20  # columns
    data_table_page: int = 100  # rows

    # https://docs.slack.dev/reference/block-kit/blocks/table-block
    table_rows: int = 100  # rows with the header
    table_characters: int = 10_000

    # https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
    charts_per_message: int = 2  # blocks
    chart_title: int = 50  # also of an axis
    chart_points: int = 20  # points
    chart_label: int = 20

    # Ours, not Slack's: what one text of a vendor's may take of a message.
    caption: int = 150
    cell: int = 255
    paragraph: int = 3_000
    context_text: int = 2_000


LIMITS: Final = Limits()

_BREAKS: Final = {"\r\n": "\n", "\r": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n"}
_BIDI: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROLS: Final = (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0))  # all but the newline
_HALVES: Final = range(0xD800, 0xE000)  # halves of characters, which no UTF-8 can carry
_DROPPED: Final = dict.fromkeys((*_CONTROLS, *_HALVES, *map(ord, _BIDI)))
_NO_TEXT: Final = frozenset({"type", "style", "block_id", "action_id", "value"})


def clean(text: str, *, newlines: bool = False) -> str:
    """Return the text without control and bidi characters; newlines become spaces unless kept."""
    if text.isprintable():  # most texts, and a thousand rows have many
        return text
    for old, new in _BREAKS.items():
        text = text.replace(old, new)
    text = text.replace("\t", " ").translate(_DROPPED)
    return text if newlines else text.replace("\n", " ")


def cut(text: str, limit: int, *, empty: str = NOTHING) -> str:
    """Return at most `limit` characters, ending in an ellipsis when cut; `empty` for a blank."""
    if not text.strip():
        return empty
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip() + ELLIPSIS


def escape(text: str) -> str:
    """Return the text with & < > as entities, and nothing else: Slack decodes only these three."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return the text with Slack's three entities undone, the ampersand last."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def fallback(text: str) -> str:
    """Return clean, escaped text for a message's `text`, cut without splitting an entity."""
    return _cut_escaped(escape(clean(text, newlines=True)), LIMITS.fallback)


def text_length(value: Any) -> int:
    """Return how many characters of text a block, or several, would show (an upper estimate)."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(text_length(inner) for key, inner in value.items() if key not in _NO_TEXT)
    if isinstance(value, list | tuple):
        return sum(text_length(inner) for inner in value)
    return 0


def fit(message: Message, *, closing: Sequence[Block] = ()) -> tuple[Message, ...]:
    """Return the message and the thread replies it needs to stay within Slack's limits.

    `closing` are a few small blocks, such as buttons, that end the message itself whatever moves
    to the thread. A block that is too large for any message is replaced by a line that says so.
    """
    pages = list(_pages(_possible(message.blocks), closing))
    if len(pages) == 1:
        return (Message(message.text, (*pages[0], *closing)),)
    first = Message(message.text, (*pages[0], _line(CONTINUED), *closing))
    more = (
        Message(_with_ending(message.text, f" (continued, {number} of {len(pages)})"), tuple(page))
        for number, page in enumerate(pages[1:], start=2)
    )
    return (first, *more)


def _with_ending(escaped: str, ending: str) -> str:
    return _cut_escaped(escaped, LIMITS.fallback - len(ending)) + ending


def _cut_escaped(escaped: str, limit: int) -> str:
    short = cut(escaped, limit)
    entity = short.rfind("&")
    return short if entity <= short.rfind(";") else short[:entity] + ELLIPSIS


def _line(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "plain_text", "text": text, "emoji": False}]}


def _possible(blocks: Iterable[Block]) -> Iterator[Block]:
    room = LIMITS.message_characters - text_length(_line(CONTINUED))
    for block in blocks:
        yield block if text_length(block) <= room else _line(LEFT_OUT)


def _pages(blocks: Iterable[Block], closing: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the pages' blocks, at least one page, without their closing and continuing lines."""
    page: list[Block] = []
    ending = [_line(CONTINUED), *closing]
    for block in blocks:
        if page and not _has_room([*page, block, *ending]):
            yield page
            page = []
            ending = []
        page.append(block)
    yield page


def _has_room(blocks: Sequence[Block]) -> bool:
    charts = sum(block["type"] == "data_visualization" for block in blocks)
    return (
        len(blocks) <= LIMITS.blocks_per_message
        and text_length(blocks) <= LIMITS.message_characters
        and charts <= LIMITS.charts_per_message
    )
