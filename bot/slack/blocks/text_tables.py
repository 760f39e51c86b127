"""Rows of text from a vendor as a native table, with a line on what does not fit."""

from bot.slack.blocks.blocks import context
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.tables import TableBudget, data_table, words
from bot.slack.messages import Block
from bot.workflows.model import EventRows

_CHARACTERS = 5_000
_ROWS = 50


def event_rows_table(
    caption: str, rows: EventRows, *, total: int, most: int = _ROWS
) -> tuple[Block, ...]:
    """Return the rows, at most `most` of them and Slack's number of columns; nothing if none.

    `total` is how many there are in all.
    """
    table = data_table(
        caption,
        columns=rows.columns,
        rows=([words(cell) for cell in row] for row in rows.rows),
        total=total,
        budget=TableBudget(rows=most, characters=_CHARACTERS),
    )
    hidden = len(rows.columns) - LIMITS.table_columns
    if not table or hidden <= 0:
        return table
    return (*table, context(f"{hidden} more columns are not shown; a file has them all."))
