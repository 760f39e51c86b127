"""Native tables: rows in, one `data_table` out, shortened to a budget with a line that says so.

https://docs.slack.dev/reference/block-kit/blocks/data-table-block/
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from typing import Any, Final

from bot.slack.blocks.blocks import context
from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.blocks.wording import FORMATS, counted
from bot.slack.messages import Block
from bot.tables.columns import TextTable

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TableBudget:
    """How much of a message one table may take: data rows, and characters with the header."""

    rows: int = LIMITS.table_rows - 1  # so that the older `table` can show the same
    characters: int = 6_000


PAGE: Final = 5
"""Rows that are seen at once: more than half a screen is not read."""
DEFAULT_BUDGET: Final = TableBudget()
_TEXT_ROWS: Final = 50
_TEXT_CHARACTERS: Final = 5_000


def words(text: str) -> Cell:
    """Return a cell of text; an empty one shows a dash, as Slack refuses empty cells."""
    return {"type": "raw_text", "text": cut(clean(text), LIMITS.cell)}


def number(value: float | None, text: str = "") -> Cell:
    """Return a cell that sorts by `value` and shows `text` (the value itself by default)."""
    if value is None or not isfinite(value):
        return words(text)
    shown = cut(clean(text), LIMITS.cell, empty=f"{value:g}")
    return {"type": "raw_number", "value": value, "text": shown}


def data_table(
    caption: str,
    *,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    total: int,
    budget: TableBudget = DEFAULT_BUDGET,
    page_size: int = PAGE,
    of: str = "",
    more: str = "",
) -> tuple[Block, ...]:
    """Return the table, then a line "First 80 of 1,204." if it was shortened; nothing if no rows.

    `of` are what rows stand for where that is not plain, such as "assignments"; `more` is a
    sentence that tells where the rest is. Rows have a cell for each column; `total` is their
    number, and no more of them are made than are shown.
    """
    header = [words(column) for column in columns[: LIMITS.table_columns]]
    shown = _within(rows, header=header, budget=budget)
    if not shown:
        return ()
    table: Block = {
        "type": "data_table",
        "caption": cut(clean(caption), LIMITS.caption),
        "page_size": min(page_size, LIMITS.data_table_page),
        "row_header_column_index": 0,
        "rows": [header, *shown],
    }
    if len(shown) == total:
        return (table,)
    shortened = f"First {len(shown):,} of {total:,} {of}".strip()
    return table, context(f"{shortened}. {more}".strip())


def text_table(
    caption: str, table: TextTable, *, total: int, most: int = _TEXT_ROWS
) -> tuple[Block, ...]:
    """Return the rows of a vendor's table, at most `most`, and as many columns as Slack takes.

    Lines below tell what does not fit; `total` is how many rows there are in all.
    """
    shown = data_table(
        caption,
        columns=table.columns,
        rows=([words(cell) for cell in row] for row in table.rows),
        total=total,
        budget=TableBudget(rows=most, characters=_TEXT_CHARACTERS),
    )
    hidden = len(table.columns) - LIMITS.table_columns
    if not shown or hidden <= 0:
        return shown
    return (*shown, context(f"{hidden} more columns are not shown; a file has them all."))


def file_news(title: str, rows: int, *, form: str, vendor: str) -> str:
    """Return the first line of the message that a table's file belongs to; none of no rows.

    `form` is a key of FORMATS, `vendor` who has the rows.
    """
    if not rows:
        return f"{title}: {vendor} has no rows for this, so there is no file"
    return f"{title}: {FORMATS[form]} file in the thread ({counted(rows, 'row')})"


def _within(
    rows: Iterable[Sequence[Cell]], *, header: Sequence[Cell], budget: TableBudget
) -> list[list[Cell]]:
    room = budget.characters - LIMITS.caption - _length(header)
    shown: list[list[Cell]] = []
    for row in islice(rows, min(budget.rows, DEFAULT_BUDGET.rows)):
        cells = list(row[: len(header)])
        room -= _length(cells)
        if room < 0:
            break
        shown.append(cells)
    return shown


def _length(cells: Sequence[Cell]) -> int:
    return sum(len(cell["text"]) for cell in cells)
