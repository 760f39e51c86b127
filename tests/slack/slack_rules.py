"""What Slack would refuse or misread in a message, spelt out apart from the code under test."""

from collections.abc import Iterator
from typing import Any

from bot.slack.messages import Message

_PLAIN_HOLDERS = {"text", "raw_text", "raw_number", "plain_text"}
_PLAIN_KEYS = {
    "caption",
    "title",
    "label",
    "name",
    "categories",
    "x_label",
    "y_label",
    "accessibility_label",
}
_OURS = {
    "type",
    "style",
    "block_id",
    "action_id",
    "task_id",
    "status",
    "value",
    "format",
    "fallback",
    "user_id",
    "url",
}


def objections(message: Message) -> list[str]:
    """Return everything that breaks a limit or would be read as markup."""
    return [*_of_text(message.text), *_of_message(message), *_of_blocks(message)]


def strings(value: Any, key: str = "", holder: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (text, its key, the type of the object that holds it) of every string inside."""
    if isinstance(value, str):
        yield value, key, holder
    elif isinstance(value, dict):
        for inner_key, inner in value.items():
            kind = value.get("type", "")
            yield from strings(inner, inner_key, kind if isinstance(kind, str) else "")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, key, holder)


def _of_text(text: str) -> Iterator[str]:
    bare = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    if any(char in bare for char in "<>&"):
        yield "fallback text has a raw < > or &"
    if not text.strip() or len(text) > 4_000:
        yield "fallback text is empty or too long"


def _of_message(message: Message) -> Iterator[str]:
    if len(message.blocks) > 50:
        yield "more than 50 blocks"
    if sum(block["type"] == "data_visualization" for block in message.blocks) > 2:
        yield "more than 2 charts"
    total = sum(
        len(text) for text, key, _ in strings(list(message.blocks)) if key not in {"type", "style"}
    )
    if total > 12_000:
        yield f"{total} characters in all blocks"


def _of_blocks(message: Message) -> Iterator[str]:
    for text, key, holder in strings(list(message.blocks)):
        if key in _OURS:
            continue
        if not (key in _PLAIN_KEYS or (key == "text" and holder in _PLAIN_HOLDERS | {"link"})):
            yield f"text under {holder}.{key} may be markup"
        if not text:
            yield f"empty text under {holder}.{key}"
    for block in message.blocks:
        yield from _RULES.get(block["type"], lambda _block: iter(()))(block)


def _header(block: Any) -> Iterator[str]:
    if len(block["text"]["text"]) > 150:
        yield "header over 150"


def _data_table(block: Any) -> Iterator[str]:
    rows = block["rows"]
    if not 2 <= len(rows) <= 101 or not 1 <= len(rows[0]) <= 20:
        yield "table of a wrong size"
    if len({len(row) for row in rows}) != 1:
        yield "rows of different length"
    if sum(len(cell["text"]) for row in rows for cell in row) > 20_000:
        yield "table over 20,000 characters"
    if any(cell["type"] != "raw_text" for cell in rows[0]):
        yield "header cell that is not text"


def _chart(block: Any) -> Iterator[str]:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    if len(block["title"]) > 50 or len(chart["series"]) > 6:
        yield "chart title or series over the limit"
    if not 1 <= len(categories) <= 20 or len(set(categories)) != len(categories):
        yield "categories too many or not unique"
    if any(len(label) > 20 for label in categories):
        yield "label over 20"
    for series in chart["series"]:
        if [point["label"] for point in series["data"]] != categories or len(series["name"]) > 20:
            yield "series does not match its categories"


_RULES: dict[str, Any] = {
    "header": _header,
    "data_table": _data_table,
    "data_visualization": _chart,
}
