import pytest

from bot.fieldreports.core.figure_changes import FigureChange, busiest, compared, movers
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import AWARENESS, BY_STATE, OVER_TIME


def states(*rows: tuple[str, int]) -> Figure:
    return Figure(BY_STATE, ("State", "Reports"), rows, sum(count for _, count in rows))


@pytest.mark.parametrize(
    ("change", "delta", "percent"),
    [
        (FigureChange(14, 11), 3, 27.3),
        (FigureChange(0, 4), -4, -100.0),
        (FigureChange(4, 0), 4, None),
    ],
)
def test_a_change_is_counted_and_in_percent(
    change: FigureChange, delta: int, percent: float | None
) -> None:
    assert (change.delta, change.percent) == (delta, percent)


def test_a_figure_is_compared_row_by_row() -> None:
    figure = compared(
        states(("New", 3), ("Closed", 1)), states(("Closed", 4), ("Old", 2), ("X", 0))
    )
    assert figure.columns == ("State", "Reports", "Before", "Change")
    assert figure.rows == (("New", 3, 0, 3), ("Closed", 1, 4, -3), ("Old", 0, 2, -2))


def test_other_columns_of_a_row_that_is_gone_are_unknown() -> None:
    columns = ("Person", "Reports behind", "Unique alerts", "Opened", "Alerts")
    before = Figure(AWARENESS, columns, (("Al", 1, 1, 1, 2),), 2)
    after = compared(Figure(AWARENESS, columns, ()), before)
    assert after.rows == (("Al", None, None, None, 0, 2, -2),)


def test_days_of_two_periods_are_not_the_same_days() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), ((None, 3),), 3)
    assert compared(figure, figure) == figure


def test_the_largest_changes_come_first() -> None:
    now = states(("a", 1), ("b", 9), ("c", 5), ("d", 2), ("e", 2))
    before = states(("a", 3), ("b", 1), ("c", 5), ("f", 4), ("e", 1))
    assert movers(now, before) == (
        ("b", FigureChange(9, 1)),
        ("f", FigureChange(0, 4)),
        ("a", FigureChange(1, 3)),
    )


def test_the_busiest_is_the_first_of_equals() -> None:
    assert busiest(states(("a", 1), ("b", 2), ("c", 2))) == ("b", 2)
    assert busiest(states(("a", 0))) is None
