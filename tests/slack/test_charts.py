import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.blocks.blocks import message
from bot.slack.blocks.charts import bar, counts_chart, percent, rates_chart, share_bar
from tests.slack.slack_rules import objections
from tests.snapshots import expected
from tests.training.rendering.samples import vendor_text


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (84.4, "▓▓▓▓▓▓▓▓░░ 84%"),
        (74.0, "▓▓▓▓▓▓▓░░░ 74%"),
        (0.0, "░░░░░░░░░░ 0%"),
        (0.4, "▓░░░░░░░░░ 0.4%"),
        (99.9, "▓▓▓▓▓▓▓▓▓░ 99.9%"),
        (100.0, "▓▓▓▓▓▓▓▓▓▓ 100%"),
        (140.0, "▓▓▓▓▓▓▓▓▓▓ 140%"),
        (-3.0, "░░░░░░░░░░ -3%"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_a_rate_is_drawn_as_ten_cells(rate: float | None, shown: str) -> None:
    assert bar(rate) == shown


def test_a_percentage_is_a_whole_number_away_from_none_and_all() -> None:
    assert [percent(66.666), percent(50.0)] == ["67%", "50%"]


@pytest.mark.parametrize(
    ("done", "of", "shown"),
    [(2_499, 2_500, "99.9%"), (1, 2_500, "0.1%"), (2_500, 2_500, "100%"), (0, 2_500, "0%")],
)
def test_nearly_all_is_not_all_and_hardly_any_is_not_none(done: int, of: int, shown: str) -> None:
    assert percent(100 * done / of) == shown


def test_a_share_of_nothing_is_an_empty_bar() -> None:
    assert share_bar(3, largest=0) == "░" * 10


def test_counts_are_bars() -> None:
    chart = counts_chart("People", [("Overdue", 3), ("Completed", 0)], series="People")
    assert chart == expected("chart_counts", chart)


def test_counts_of_nothing_draw_nothing() -> None:
    assert counts_chart("People", [("Overdue", 0)], series="People") is None


def test_more_than_twenty_bars_are_gathered_into_other() -> None:
    chart = counts_chart("T", [(f"s{each}", 1) for each in range(30)], series="People")
    assert chart is not None
    assert chart["chart"]["series"][0]["data"][-1] == {"label": "Other", "value": 11}


def test_rates_are_a_line() -> None:
    rates = [("W44", 61.0), ("W45", None), ("W46", 74.0), ("W47", 80.5)]
    chart = rates_chart("Completion", rates, series="Completion", x_label="Week")
    assert chart == expected("chart_rates", chart)


def test_few_rates_are_bars() -> None:
    chart = rates_chart("T", [("W44", 61.0)], series="S", x_label="Week")
    assert chart is not None
    assert chart["chart"]["type"] == "bar"


def test_only_the_last_twenty_rates_are_drawn() -> None:
    chart = rates_chart("T", [(f"{n}", float(n)) for n in range(60)], series="S", x_label="Day")
    assert chart is not None
    assert chart["chart"]["axis_config"]["categories"] == [f"{n}" for n in range(40, 60)]


def test_no_rates_draw_nothing() -> None:
    assert rates_chart("T", [("W44", None)], series="S", x_label="Week") is None


def test_labels_that_are_cut_alike_stay_different() -> None:
    same = "a very long label that is cut"
    chart = counts_chart("T", [(same, 1), (same, 2), (same, 3)], series="S")
    assert chart is not None
    assert chart["chart"]["axis_config"]["categories"] == [
        "a very long label t…",
        "a very long lab… (2)",
        "a very long lab… (3)",
    ]


@settings(deadline=None)
@given(vendor_text, st.lists(st.tuples(vendor_text, st.integers(0, 10**9)), max_size=30))
def test_any_label_keeps_the_limits_of_a_chart(text: str, counts: list[tuple[str, int]]) -> None:
    chart = counts_chart(text, counts, series=text)
    assert objections(message("t", *([chart] if chart else []))) == []
