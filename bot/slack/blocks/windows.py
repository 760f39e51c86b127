"""A message's blocks as a window shows them, which takes neither tables nor charts.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterable, Iterator

from bot.slack.blocks.blocks import bold, bullets, context, paragraph, plain
from bot.slack.blocks.charts import share_bar
from bot.slack.blocks.simpler import tables_of, words_of
from bot.slack.messages import Block

MOST_ROWS = 5
_SHOWN = frozenset({"header", "section", "rich_text", "context", "divider", "image"})
"""What a window shows as it is."""


def in_window(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks without anything to press, tables and charts as lines."""
    return tuple(shown for block in blocks for shown in _shown(block))


def _shown(block: Block) -> Iterator[Block]:
    kind = block["type"]
    if kind == "container":
        yield from in_window(block["child_blocks"])
    elif kind in _SHOWN:
        yield {name: it for name, it in block.items() if name not in {"accessory", "block_id"}}
    elif found := tables_of([block]):
        [(caption, rows)] = found
        is_chart = kind == "data_visualization"
        yield from _chart(caption, rows[1:]) if is_chart else _table(caption, rows)
    elif kind not in {"actions", "context_actions", "input"}:
        yield paragraph(plain(words_of([block])))


def _table(caption: str, rows: list[list[str]]) -> Iterator[Block]:
    names, *lines = rows
    if caption:
        yield paragraph(bold(caption))
    yield context(" · ".join(filter(None, names)))
    yield bullets(
        *((bold(row[0]), plain(_after(row[1:]))) for row in lines[:MOST_ROWS] if any(row))
    )
    if len(lines) > MOST_ROWS:
        yield context(f"First {MOST_ROWS} of {len(lines):,}.")


def _chart(title: str, rows: list[list[str]]) -> Iterator[Block]:
    largest = max((float(value) for row in rows for value in row[1:]), default=0) or 1.0
    lines = (
        f"\n{share_bar(float(value), largest=largest)} {value} {row[0]}"
        for row in rows
        for value in row[1:]
    )
    yield paragraph(bold(title), plain("".join(lines)))


def _after(cells: list[str]) -> str:
    said = " · ".join(filter(None, cells))
    return f" · {said}" if said else ""
