from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.periods import Period
from bot.workflows.core.period_parts import parts

HALF_A_YEAR = timedelta(days=180)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def a_period(first: date, days: int) -> Period:
    return Period(first, first + timedelta(days=days - 1), "Europe/Berlin", "some days")


def test_a_short_period_stays_whole() -> None:
    period = a_period(date(2026, 1, 1), 179)
    assert parts(period, HALF_A_YEAR) == (period,)


def test_a_year_is_asked_for_in_three_parts() -> None:
    year = a_period(date(2026, 1, 1), 365)
    assert [each.label for each in parts(year, HALF_A_YEAR)] == [
        "1 Jan to 28 Jun 2026",
        "29 Jun to 24 Dec 2026",
        "25 Dec to 31 Dec 2026",
    ]


@given(DAYS, st.integers(1, 2_000), st.integers(1, 400))
def test_parts_join_without_gap_and_keep_to_the_limit(first: date, days: int, longest: int) -> None:
    period = a_period(first, days)
    allowed = timedelta(days=longest)
    found = parts(period, allowed)
    assert (found[0].start, found[-1].end) == (period.start, period.end)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert all(each.end - each.start <= max(allowed, timedelta(hours=25)) for each in found)
