from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.webinars.core.attendance import (
    Attendance,
    CurvePoint,
    RegistrationCount,
    attendance,
    curve,
)
from tests.webinars.rendering.samples import REGISTRANTS


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_guests_are_counted_without_hosts_and_no_shows_without_minutes() -> None:
    sums = attendance(REGISTRANTS)
    assert sums == Attendance(3, 2, hosts=1, average_minutes=25.5, median_minutes=25.5)
    assert sums.no_shows == 1
    assert sums.rate == pytest.approx(200 / 3)


def test_nobody_has_no_rate_and_no_minutes() -> None:
    assert (attendance([]), attendance([]).rate) == (Attendance(), None)


def test_presence_that_cannot_be_told_is_in_no_average() -> None:
    unknown = replace(REGISTRANTS[0], minutes=None)
    assert attendance([unknown, REGISTRANTS[1]]).average_minutes == 11.0


def test_a_curve_keeps_the_last_look_of_each_day_and_fills_the_days_between() -> None:
    looks = [
        RegistrationCount(at(4), 9),
        RegistrationCount(at(1, 8), 3),
        RegistrationCount(at(1, 20), 5),
    ]
    assert curve(looks, "UTC") == (
        CurvePoint(date(2026, 11, 1), 5),
        CurvePoint(date(2026, 11, 2), 5, 0),
        CurvePoint(date(2026, 11, 3), 5, 0),
        CurvePoint(date(2026, 11, 4), 9, 4),
    )


def test_days_are_those_of_the_zone() -> None:
    assert curve([RegistrationCount(at(1, 23), 1)], "Europe/Berlin")[0].day == date(2026, 11, 2)


def test_no_look_is_no_curve() -> None:
    assert curve([], "UTC") == ()


MINUTES = st.integers(0, 300 * 24 * 60)


@given(st.lists(st.tuples(MINUTES, st.integers(0, 999)), unique_by=lambda each: each[0]))
def test_a_curve_has_at_most_twenty_points_and_ends_with_the_last_look(
    looks: list[tuple[int, int]],
) -> None:
    observed = [RegistrationCount(at(1) + timedelta(minutes=late), count) for late, count in looks]
    points = curve(observed, "UTC")
    assert len(points) <= 20
    if observed:
        assert points[-1].registered == max(observed, key=lambda each: each.at).registered
