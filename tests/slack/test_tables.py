from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks.blocks import message
from bot.slack.blocks.tables import Cell, TableBudget, data_table, number, words
from tests.slack.slack_rules import objections
from tests.training.rendering.samples import vendor_text


def rows_of(count: int, text: str = "x") -> list[tuple[Cell, ...]]:
    return [(words(text), number(each)) for each in range(count)]


def table(count: int, **more: Any) -> tuple[Any, ...]:
    return data_table("Caption", columns=("A", "B"), rows=rows_of(count), total=count, **more)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (words("a"), {"type": "raw_text", "text": "a"}),
        (words(" "), {"type": "raw_text", "text": "\N{EN DASH}"}),
        (number(3, "3 of 5"), {"type": "raw_number", "value": 3, "text": "3 of 5"}),
        (number(84.4), {"type": "raw_number", "value": 84.4, "text": "84.4"}),
        (number(None), {"type": "raw_text", "text": "\N{EN DASH}"}),
        (number(float("nan"), "odd"), {"type": "raw_text", "text": "odd"}),
    ],
    ids=["text", "blank", "number with words", "number", "no number", "not a number"],
)
def test_cells_are_typed_and_never_empty(cell: Cell, shown: Cell) -> None:
    assert cell == shown


def test_a_table_that_fits_is_one_block_with_its_header() -> None:
    (only,) = table(1)
    assert only == {
        "type": "data_table",
        "caption": "Caption",
        "page_size": 5,
        "row_header_column_index": 0,
        "rows": [[words("A"), words("B")], [words("x"), number(0)]],
    }


def test_no_rows_give_no_table() -> None:
    assert table(0) == ()


def test_a_table_over_its_rows_says_how_many_are_shown() -> None:
    shown, line = table(1_204, budget=TableBudget(rows=80), more="The export has all.")
    assert len(shown["rows"]) == 81
    assert line["elements"][0]["text"] == "First 80 of 1,204. The export has all."


def test_a_table_over_its_characters_says_how_many_are_shown() -> None:
    budget = TableBudget(characters=152 + 100)
    shown, line = data_table(
        "C", columns="A", rows=[(words("x" * 40),)] * 5, total=5, budget=budget
    )
    assert len(shown["rows"]) == 3
    assert line["elements"][0]["text"] == "First 2 of 5."


def test_columns_beyond_twenty_are_left_out() -> None:
    (shown,) = data_table("C", columns=["A"] * 25, rows=[[words("x")] * 25], total=1)
    assert [len(row) for row in shown["rows"]] == [20, 20]


def test_a_page_has_at_most_a_hundred_rows() -> None:
    assert table(1, page_size=500)[0]["page_size"] == 100


@settings(deadline=None)
@given(vendor_text, st.lists(vendor_text, max_size=150))
def test_any_text_stays_text_within_the_limits_of_a_table(caption: str, texts: list[str]) -> None:
    rows = [(words(text), number(1.5, text)) for text in texts]
    rendered = data_table(caption, columns=(caption, caption), rows=rows, total=len(rows))
    assert objections(message("t", *rendered)) == []
