import pytest

from bot.tables.columns import TextTable
from bot.workflows.rendering.event_tables import (
    chart_figures,
    is_id,
    readable_events,
    readable_figures,
)
from tests.training.rendering.samples import OCCASION

PAIRS = (
    ("nodes[0].step", "1"),
    ("nodes[0].action", "element-a864d916d86e5b92"),
    ("nodes[0].count", "118"),
    ("nodes[1].step", "1"),
    ("nodes[1].action", "element-a8ffc4c5cc4d530c"),
    ("nodes[1].count", "95"),
    ("total", "213"),
    ("links[0]", "7"),
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("element-fd6afc3072b359fd", True),
        ("9b6f0f5e-0c8d-4a55-9a35-5d0a5f5c2b10", True),
        ("sb1493e97f1", True),
        ("v03254", True),
        ("12345678", False),
        ("81.42", False),
        ("DE", False),
        ("/pricing", False),
        ("Added to basket", False),
        ("2026-11-16T08:00:00.000Z", False),
        ("", False),
    ],
)
def test_an_id_is_known_by_its_look(cell: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert is_id(cell) is expected


def test_events_have_plain_headings_and_leave_their_ids_to_the_file() -> None:
    rows = TextTable(
        ("timestamp", "action", "session_id", "Visitor", "page_url", "value"),
        (
            ("2026-11-16T08:00:00.000Z", "element-ab12cd34", "s", "v03254", "/pricing", "1.50"),
            ("2026-11-16T09:30:00.000Z", "element-ab12cd35", "", "v03255", "/", ""),
        ),
    )
    shown = readable_events(rows, OCCASION)
    assert shown.hides_ids
    assert shown.table.columns == ("Timestamp", "Page URL", "Value")
    assert shown.table.rows == (
        ("Mon 16 Nov, 09:00", "/pricing", "1.50"),
        ("Mon 16 Nov, 10:30", "/", ""),
    )


def test_an_id_among_words_is_a_number_in_its_table() -> None:
    actions = (("element-ab12cd34",), ("Opened",), ("element-ffffff01",), ("element-ab12cd34",))
    shown = readable_events(TextTable(("action",), actions), OCCASION)
    assert [row[0] for row in shown.table.rows] == ["Element 1", "Opened", "Element 2", "Element 1"]
    assert shown.hides_ids


def test_events_without_ids_are_whole() -> None:
    rows = TextTable(("Country", "Goal"), (("DE", "yes"),))
    shown = readable_events(rows, OCCASION)
    assert shown.table.rows == rows.rows
    assert not shown.hides_ids


def test_the_longest_list_of_a_chart_is_its_table() -> None:
    figures = chart_figures(PAIRS)
    shown = readable_figures(figures)
    assert figures.title == "Nodes"
    assert shown.table.columns == ("Step", "Action", "Count")
    assert shown.table.rows == (("1", "Element 1", "118"), ("1", "Element 2", "95"))
    assert figures.alone == (("total", "213"), ("links[0]", "7"))
    assert figures.said == "Total: 213, Links 1: 7."


def test_a_chart_without_a_list_is_a_table_of_its_figures() -> None:
    figures = chart_figures((("goals.total", "3"), ("started", "9")))
    assert figures.table.rows == (("Goals total", "3"), ("Started", "9"))
    assert figures.said == ""
