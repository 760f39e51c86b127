"""The same message in older blocks, or as words and rows, for when Slack refuses the newer ones."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.slack.blocks.blocks import bold, bullets, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.charts import share_bar
from bot.slack.messages import Block, Message

_TASKS = {"in_progress": "going on", "complete": "done", "error": "failed"}
Rows = list[list[str]]
"""Rows of text, the header first."""


def simpler(message: Message) -> Message:
    """Return the message with `table` for data tables and lines of text for charts.

    `table` has no caption and holds fewer rows, so each may need a line above and one below: pass
    the result through `fit`. https://docs.slack.dev/reference/block-kit/blocks/table-block
    """
    blocks = (simple for block in message.blocks for simple in _simpler_blocks(block))
    return Message(message.text, tuple(blocks))


def tables_of(blocks: Iterable[Block]) -> list[tuple[str, Rows]]:
    """Return caption and rows of every table and chart, to be written into a file."""
    return [(caption, rows) for caption, rows in map(_rows_of, blocks) if rows]


def words_of(blocks: Iterable[Block]) -> str:
    """Return the text of all blocks that are neither table nor chart, unescaped, line by line."""
    lines = (line for block in blocks if not _rows_of(block)[1] for line in _lines(block))
    return "\n".join(line for line in lines if line)


def _simpler_blocks(block: Block) -> tuple[Block, ...]:
    if block["type"] == "data_table":
        return _table(block)
    if block["type"] == "data_visualization":
        return (_chart_in_words(block),)
    return _plan_in_words(block) if block["type"] == "plan" else (block,)


def _table(block: Block) -> tuple[Block, ...]:
    caption, rows = _rows_of(block)
    kept = _within(rows)
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in kept]
    made = (paragraph(bold(caption)), {"type": "table", "rows": cells})
    if len(kept) == len(rows):
        return made
    return (*made, context(f"First {len(kept) - 1:,} of {len(rows) - 1:,}."))


def _within(rows: Rows) -> Rows:
    room = LIMITS.table_characters
    kept: Rows = []
    for row in rows[: LIMITS.table_rows]:
        room -= sum(map(len, row))
        if room < 0:
            break
        kept.append(row)
    return kept


def _chart_in_words(block: Block) -> Block:
    points = [
        (row[0], float(value)) for row in _chart_rows(block["chart"])[1:] for value in row[1:]
    ]
    largest = max(value for _, value in points)
    lines = (f"\n{share_bar(value, largest=largest)} {value:g} {label}" for label, value in points)
    return paragraph(bold(block["title"]), plain("".join(lines)))


def _plan_in_words(block: Block) -> tuple[Block, ...]:
    tasks = (
        (plain(f"{_TASKS.get(each['status'], 'to come')}: "), plain(each["title"]))
        for each in block["tasks"]
    )
    return paragraph(bold(block["title"])), bullets(*tasks)


def _rows_of(block: Block) -> tuple[str, Rows]:
    """Return caption and rows; no rows for a block that is neither table nor chart."""
    if block["type"] in {"data_table", "table"}:
        rows = [[cell["text"] for cell in row] for row in block["rows"]]
        return block.get("caption", ""), rows
    if block["type"] == "data_visualization":
        return block["title"], _chart_rows(block["chart"])
    return "", []


def _chart_rows(chart: dict[str, Any]) -> Rows:
    if chart["type"] == "pie":
        return [
            ["", "Value"],
            *([part["label"], f"{part['value']:g}"] for part in chart["segments"]),
        ]
    series: Sequence[dict[str, Any]] = chart["series"]
    names = ["", *(one["name"] for one in series)]
    points = zip(*(one["data"] for one in series), strict=True)
    return [names, *([row[0]["label"], *(f"{one['value']:g}" for one in row)] for row in points)]


def _lines(block: Block) -> Iterator[str]:
    """Yield a block's text, each item of a list on a line of its own."""
    if block["type"] == "plan":
        for simple in _plan_in_words(block):
            yield from _lines(simple)
        return
    if block["type"] != "rich_text":
        yield (" · " if block["type"] == "actions" else "").join(_texts(block))
        return
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            yield from (f"• {''.join(_texts(item))}" for item in element["elements"])
        else:
            yield "".join(_texts(element))


_IDS = {"user": ("@", "user_id"), "channel": ("#", "channel_id")}
"""What Slack shows by a name that only Slack knows."""


def _texts(value: Any) -> Iterator[str]:
    """Yield every shown text inside a block, in order."""
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict) and value.get("type") in _IDS:
        sign, key = _IDS[value["type"]]
        yield f"{sign}{value.get(key, '')}"
    elif isinstance(value, dict):
        for key in ("text", "fallback", "elements", "fields"):
            inner = value.get(key)
            yield from [inner] if isinstance(inner, str) else _texts(inner)
