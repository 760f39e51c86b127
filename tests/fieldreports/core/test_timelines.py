from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.periods import Period
from bot.fieldreports.core.figures import over_time
from bot.fieldreports.core.timelines import day_of, reaches_before, reaches_beyond
from bot.fieldreports.model import ReportBucket

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), "UTC", "november")
LATER = datetime(2027, 6, 1, tzinfo=UTC)
AUCKLAND = "Pacific/Auckland"


def midnights(zone: str, first: date, count: int) -> list[datetime]:
    """Return the instants at which so many days begin in a zone."""
    days = (first + timedelta(days=number) for number in range(count))
    return [datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) for day in days]


@pytest.mark.parametrize(
    "zone", ["UTC", AUCKLAND, "Europe/Berlin", "America/New_York", "Pacific/Honolulu"]
)
@pytest.mark.parametrize("first", [date(2026, 3, 20), date(2026, 9, 20), date(2026, 10, 20)])
def test_days_of_any_zone_keep_their_dates_over_a_change_of_clocks(zone: str, first: date) -> None:
    starts = midnights(zone, first, 30)
    buckets = [ReportBucket(start.astimezone(UTC), "day", 1) for start in starts]
    period = Period(first, first + timedelta(days=29), zone, "")
    rows = over_time(buckets, period, now=LATER).rows
    assert rows == tuple((first + timedelta(days=number), 1) for number in range(30))


def test_weeks_of_another_zone_begin_on_its_mondays() -> None:
    starts = midnights(AUCKLAND, date(2026, 11, 9), 1)
    figure = over_time([ReportBucket(starts[0].astimezone(UTC), "week", 3)], NOVEMBER, now=LATER)
    assert [f"{row[0]:%a}" for row in figure.rows if isinstance(row[0], date)] == ["Mon"] * 6
    assert figure.rows[2] == (date(2026, 11, 9), 3)


def test_a_date_at_the_end_of_the_calendar_is_taken_as_it_is() -> None:
    assert day_of(datetime(9999, 12, 31, 12, tzinfo=UTC)) == date(9999, 12, 31)


def test_days_to_come_are_not_filled() -> None:
    now = datetime(2026, 11, 3, 12, tzinfo=UTC)
    buckets = [ReportBucket(datetime(2026, 11, 2, tzinfo=UTC), "day", 2)]
    figure = over_time(buckets, NOVEMBER, now=now)
    assert figure.counts == (("2026-11-01", 0), ("2026-11-02", 2), ("2026-11-03", 0))


def test_a_period_that_begins_within_a_stretch_begins_with_that_stretch() -> None:
    week = over_time(
        [ReportBucket(datetime(2026, 11, 9, tzinfo=UTC), "week", 1)], NOVEMBER, now=LATER
    )
    april = ReportBucket(datetime(2026, 4, 1, tzinfo=UTC), "quarter", 1)
    spring = Period(date(2026, 2, 3), date(2026, 5, 1), "UTC", "")
    assert week.rows[0] == (date(2026, 10, 26), 0)
    assert over_time([april], spring, now=LATER).rows[0] == (date(2026, 1, 1), 0)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_the_hours_of_a_day_on_which_clocks_change_are_all_there(day: date, hours: int) -> None:
    period = Period(day, day, "Europe/Berlin", "")
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    figure = over_time([ReportBucket(nine, "Hour", 4)], period, now=LATER)
    assert figure.columns == ("From", "Reports")
    assert (len(figure.rows), figure.total) == (hours, 4)
    assert (nine, 4) in figure.rows
    first = figure.rows[0][0]
    assert isinstance(first, datetime)
    assert (first, f"{first:%H:%M}") == (period.start, "00:00")  # as the clock there has it


def test_hours_to_come_are_not_filled() -> None:
    now = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
    buckets = [ReportBucket(datetime(2026, 11, 1, 1, tzinfo=UTC), "hour", 4)]
    assert [count for _, count in over_time(buckets, NOVEMBER, now=now).counts] == [0, 4]


@pytest.mark.parametrize(
    ("first", "last", "width", "today", "reaches"),
    [
        (date(2026, 10, 26), date(2026, 11, 30), "week", date(2026, 12, 9), (True, True)),
        (date(2026, 11, 1), date(2026, 11, 1), "month", date(2026, 12, 9), (False, False)),
        (date(2026, 11, 1), date(2026, 11, 1), "month", date(2026, 11, 9), (False, True)),
        (date(2026, 11, 1), date(2026, 11, 30), "day", date(2026, 12, 9), (False, False)),
        (date(2026, 10, 31), date(2026, 11, 9), "day", date(2026, 11, 9), (True, True)),
        (date(2026, 11, 1), date(2026, 11, 9), "day", date(2026, 11, 10), (False, False)),
        (date(2026, 11, 1), date.max, "day", date(2026, 12, 9), (False, True)),
        (date(2026, 11, 2), date(2026, 11, 23), "fortnight", date(2026, 12, 9), (False, False)),
    ],
)
def test_the_stretches_at_the_edges_may_be_cut(
    first: date, last: date, width: str, today: date, reaches: tuple[bool, bool]
) -> None:
    beyond = reaches_beyond(last, NOVEMBER, width=width, today=today)
    assert (reaches_before(first, NOVEMBER), beyond) == reaches


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 99)), max_size=20),
    st.sampled_from(["hour", "day", "week", "month", "quarter", "year", ""]),
    st.integers(0, 800),
)
def test_any_buckets_keep_their_sum_and_their_order(
    found: list[tuple[int, int]], width: str, days: int
) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    buckets = [ReportBucket(start + timedelta(days=day), width, count) for day, count in found]
    period = Period(start.date(), start.date() + timedelta(days=days), "UTC", "")
    figure = over_time(buckets, period, now=LATER)
    assert figure.total == sum(count for _, count in found)
    labels = [label for label, _ in figure.counts]
    assert labels == sorted(set(labels))
