from dataclasses import replace

import pytest

from bot.fieldreports.core.figure_changes import FigureChange, compared, leaders, movers
from bot.fieldreports.core.figures import Figure
from bot.fieldreports.question import AWARENESS, BY_FIELD, BY_STATE, OVER_TIME, READS


def choices(*rows: tuple[str, int]) -> Figure:
    return Figure(BY_FIELD, ("Severity", "Reports"), rows, sum(count for _, count in rows))


def test_a_figure_is_compared_row_by_row() -> None:
    figure = compared(
        choices(("New", 3), ("Closed", 1)), choices(("Closed", 4), ("Old", 2), ("X", 0))
    )
    assert figure.columns == ("Severity", "Reports", "Before", "Change")
    assert figure.rows == (("New", 3, 0, 3), ("Closed", 1, 4, -3), ("Old", 0, 2, -2))


@pytest.mark.parametrize("kind", [BY_STATE, READS, AWARENESS])
def test_what_older_reports_had_longer_for_is_not_compared(kind: str) -> None:
    figure = Figure(kind, ("State", "Reports"), (("Resolved", 3),), 3)
    assert compared(figure, replace(figure, rows=(("Resolved", 9),))) == figure


def test_days_of_two_periods_are_not_the_same_days() -> None:
    figure = Figure(OVER_TIME, ("From", "Reports"), ((None, 3),), 3)
    assert compared(figure, figure) == figure


def test_the_largest_changes_come_first() -> None:
    now = choices(("a", 1), ("b", 9), ("c", 5), ("d", 2), ("e", 2))
    before = choices(("a", 3), ("b", 1), ("c", 5), ("f", 4), ("e", 1))
    assert movers(now, before) == (
        ("b", FigureChange(9, 1)),
        ("f", FigureChange(0, 4)),
        ("a", FigureChange(1, 3)),
    )


def test_all_that_have_most_lead() -> None:
    assert leaders(choices(("a", 1), ("b", 2), ("c", 2))) == (("b", "c"), 2)
    assert leaders(choices(("a", 0))) == ((), 0)
