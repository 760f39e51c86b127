from datetime import UTC, datetime, timedelta

import pytest

from bot.runs.core.history import Usual, durations, is_stuck, usual
from bot.runs.model import CANCELED, ERROR, RUNNING, SUCCESS, WARNING, Execution

START = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


def minutes(*numbers: float) -> list[timedelta]:
    return [timedelta(minutes=number) for number in numbers]


def known(middle: float, longest: float, *, runs: int = 9) -> Usual:
    return Usual(timedelta(minutes=middle), timedelta(minutes=longest), runs)


def run(status: str, *, took: int | None) -> Execution:
    end = None if took is None else START + timedelta(minutes=took)
    return Execution("e", status, created_at=START, modified_at=end)


def test_the_usual_is_the_median_and_what_nearly_all_keep() -> None:
    assert usual(minutes(*range(1, 21))) == known(10.5, 19, runs=20)


def test_one_outlier_among_few_counts_as_the_longest_usual() -> None:
    assert usual(minutes(2, 2, 2, 2, 60)) == known(2, 60, runs=5)


def test_fewer_than_five_runs_say_nothing() -> None:
    assert usual(minutes(1, 2, 3, 4)) is None


def test_negative_durations_are_not_counted() -> None:
    assert usual(minutes(1, 2, 3, 4, -5)) is None


def test_only_runs_that_finished_well_tell_how_long_a_flow_takes() -> None:
    runs = (
        run(SUCCESS, took=1),
        run(WARNING, took=2),
        run(ERROR, took=3),
        run(CANCELED, took=4),
        run(RUNNING, took=5),
        run(SUCCESS, took=None),
    )
    assert list(durations(runs)) == minutes(1, 2)


@pytest.mark.parametrize(
    ("usually", "elapsed", "stuck"),
    [
        (known(10, 12), 30, False),
        (known(10, 12), 30.1, True),
        (known(10, 40), 59, False),
        (known(10, 40), 61, True),
        (known(0.05, 0.05), 1.9, False),
        (known(0.05, 0.05), 2.1, True),
    ],
    ids=[
        "three times the median",
        "beyond three times the median",
        "within half more than the longest",
        "beyond half more than the longest",
        "seconds, but short",
        "seconds, and two minutes over",
    ],
)
def test_stuck_is_far_beyond_the_usual(usually: Usual, elapsed: float, stuck: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_stuck(timedelta(minutes=elapsed), usually) is stuck
