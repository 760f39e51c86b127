"""What moved, what of it is bad news, and what is told at once."""

import pytest

from bot.asking.terms import Better, Measure
from bot.assembly.features import FEATURES, kinds_of
from bot.follow.core.moves import moves

OVERDUE = Measure("overdue", better=Better.DOWN)
COMPLETION = Measure("completion", percent=True, better=Better.UP)
ASSIGNED = Measure("assigned")
ALL = (ASSIGNED, OVERDUE, COMPLETION)


def test_only_what_is_not_as_it_was_told_moved_the_worst_first() -> None:
    told = {"assigned": 40.0, "overdue": 5.0, "completion": 56.04, "other": 1.0}
    now = {"assigned": 90.0, "overdue": 6.0, "completion": 56.01}

    assert [(each.measure.name, each.change) for each in moves(ALL, told, now)] == [
        ("overdue", 1.0),
        ("assigned", 50.0),
    ]


def test_what_was_never_told_is_news_and_no_alarm() -> None:
    [found] = moves((OVERDUE,), {}, {"overdue": 9.0})

    assert (found.before, found.now, found.is_worse, found.alarms) == (None, 9.0, False, False)


def test_what_has_no_figure_now_did_not_move() -> None:
    assert moves(ALL, {"overdue": 5.0}, {"overdue": None}) == ()


@pytest.mark.parametrize(
    ("measure", "before", "now", "alarms"),
    [
        (OVERDUE, 5, 6, True),
        (OVERDUE, 6, 5, False),
        (OVERDUE, 200, 205, False),
        (OVERDUE, 200, 210, True),
        (OVERDUE, 0, 1, True),
        (COMPLETION, 56, 54.5, False),
        (COMPLETION, 56, 54, True),
        (COMPLETION, 54, 90, False),
        (ASSIGNED, 40, 400, False),
        (ASSIGNED, 400, 40, False),
    ],
)
def test_bad_news_of_some_size_is_told_at_once(
    measure: Measure, before: float, now: float, *, alarms: bool
) -> None:
    [found] = moves((measure,), {measure.name: before}, {measure.name: now})

    assert found.alarms is alarms


def test_which_way_is_better_is_said_by_the_rooms() -> None:
    said = {
        (kind.name, each.name): each.better.value
        for kind in kinds_of(FEATURES)
        for each in kind.measures(None)
        if each.better
    }

    assert said == {
        ("report", "completion"): "up",
        ("report", "completed"): "up",
        ("report", "overdue"): "down",
        ("events", "registrations"): "up",
        ("events", "attended"): "up",
        ("events", "attendance"): "up",
        ("runs", "failed"): "down",
        ("runs", "failure rate"): "down",
        ("export", "visitors"): "up",
        ("export", "sessions"): "up",
        ("analytics", "reads"): "up",
    }
