"""`table` and `data_table`: rows of cells."""

from typing import Any

from sandbox.slack import limits
from sandbox.slack.blocks.rich_text import RICH_TEXT
from sandbox.slack.blocks.rules import (
    Field,
    Rule,
    boolean,
    choice,
    integer,
    items,
    number,
    optional,
    problem,
    required,
    shape,
    string,
    variant,
)
from sandbox.slack.blocks.texts import typed

_CELL: dict[str, Rule] = {
    "raw_text": typed("raw_text", {"text": required(string(most=limits.TEXT))}),
    "raw_number": typed(
        "raw_number", {"value": required(number), "text": required(string(most=limits.TEXT))}
    ),
    "rich_text": RICH_TEXT,
}
_ID: dict[str, Field] = {"block_id": optional(string(most=limits.BLOCK_ID))}


def characters(value: Any) -> int:
    """Return how many characters a table's cells show, at any depth."""
    if isinstance(value, list):
        return sum(characters(member) for member in value)
    if isinstance(value, dict):
        own = value.get("text")
        shown = len(own) if isinstance(own, str) else 0
        return shown + sum(characters(v) for k, v in value.items() if k != "text")
    return 0


def _within(most: int) -> Rule:
    def check(value: Any, pointer: str, problems: list[str]) -> None:
        if characters(value.get("rows")) > most:
            problems.append(problem(f"must be less than {most + 1} characters", f"{pointer}/rows"))

    return check


def _rows(value: Any) -> list[list[Any]]:
    rows = value.get("rows")
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _even(value: Any, pointer: str, problems: list[str]) -> None:
    if len({len(row) for row in _rows(value)}) > 1:
        problems.append(problem("all rows must have the same number of cells", f"{pointer}/rows"))


def _plain_header(value: Any, pointer: str, problems: list[str]) -> None:
    for index, cell in enumerate((_rows(value) or [[]])[0]):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            problems.append(
                problem("rich_text is not allowed in the header", f"{pointer}/rows/0/{index}")
            )


def _header_column(value: Any, pointer: str, problems: list[str]) -> None:
    column = value.get("row_header_column_index")
    rows = _rows(value)
    if isinstance(column, int) and rows and column >= len(rows[0]):
        problems.append(problem("must be a column", f"{pointer}/row_header_column_index"))


TABLE = typed(
    "table",
    {
        **_ID,
        "rows": required(
            items(items(variant(_CELL), most=limits.TABLE_CELLS), most=limits.TABLE_ROWS)
        ),
        "column_settings": optional(
            items(
                shape(
                    {
                        "align": optional(choice("left", "center", "right")),
                        "is_wrapped": optional(boolean),
                    }
                ),
                most=limits.TABLE_CELLS,
            )
        ),
    },
    _within(limits.TABLE_CHARACTERS),
)

DATA_TABLE = typed(
    "data_table",
    {
        **_ID,
        "caption": required(string(most=limits.TEXT_OBJECT)),
        "rows": required(
            items(
                items(variant(_CELL), most=limits.DATA_TABLE_COLUMNS),
                least=2,
                most=limits.DATA_TABLE_ROWS,
            )
        ),
        "page_size": optional(integer(least=1, most=limits.DATA_TABLE_PAGE)),
        "row_header_column_index": optional(integer(least=0, most=limits.DATA_TABLE_COLUMNS - 1)),
    },
    _even,
    _plain_header,
    _header_column,
    _within(limits.DATA_TABLE_CHARACTERS),
)
