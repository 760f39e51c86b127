from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.core.aggregation import (
    MAX_BUCKETS,
    Bucket,
    Days,
    completion_by,
    completion_rate,
    undated,
)
from bot.training.model import GRAINS, Assignment


def assigned(at: datetime | None, status: str = "pending") -> Assignment:
    return Assignment(id="asgn_1", email="ada@example.com", status=status, assigned_at=at)


EVER = Days(date(2030, 1, 1))


def noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def test_a_bucket_counts_what_was_assigned_in_it_and_how_it_stands() -> None:
    found = completion_by(
        [
            assigned(noon(2026, 11, 2), "completed"),
            assigned(noon(2026, 11, 8), "overdue"),
            assigned(noon(2026, 11, 5), "completed"),
        ],
        "week",
        "UTC",
        asked=EVER,
    )
    assert found == (Bucket(date(2026, 11, 2), date(2026, 11, 8), 3, 2, 1, 66.7),)


def test_gaps_are_filled_with_empty_buckets() -> None:
    found = completion_by(
        [assigned(noon(2026, 11, 1)), assigned(noon(2026, 9, 30))], "month", "UTC", asked=EVER
    )
    assert [(each.first.month, each.assigned, each.rate) for each in found] == [
        (9, 1, 0.0),
        (10, 0, None),
        (11, 1, 0.0),
    ]


@pytest.mark.parametrize(
    ("grain", "first", "last"),
    [
        ("day", date(2026, 12, 31), date(2026, 12, 31)),
        ("week", date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_each_grain_has_its_first_and_last_day(grain: str, first: date, last: date) -> None:
    (found,) = completion_by([assigned(noon(2026, 12, 31))], grain, "UTC", asked=EVER)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("grain", GRAINS)
def test_a_bucket_at_the_end_of_the_calendar_ends_with_it(grain: str) -> None:
    (found,) = completion_by([assigned(noon(9999, 12, 31))], grain, "UTC", asked=EVER)
    assert found.last == date.max


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        (Days(date(2026, 11, 9)), True),
        (Days(date(2026, 11, 8)), False),
        (Days(date(2026, 12, 1), date(2026, 11, 3)), False),
        (Days(date(2026, 12, 1), date(2026, 11, 2), date(2026, 11, 8)), True),
        (Days(date(2026, 12, 1), last=date(2026, 11, 7)), False),
    ],
    ids=["over yesterday", "its last day is today", "begun late", "exactly", "cut off"],
)
def test_a_week_is_whole_when_all_its_days_were_asked_for_and_are_over(
    asked: Days, whole: object
) -> None:
    (found,) = completion_by([assigned(noon(2026, 11, 5))], "week", "UTC", asked=asked)
    assert found.whole is whole


@pytest.mark.parametrize(
    ("completed", "total", "rate"),
    [(2_499, 2_500, 99.9), (1, 2_500, 0.1), (2, 3, 66.7), (3, 3, 100), (0, 3, 0), (0, 0, None)],
)
def test_nearly_all_is_never_all_and_hardly_any_never_none(
    completed: int, total: int, rate: float | None
) -> None:
    assert completion_rate(completed, total) == rate


@pytest.mark.parametrize(("still", "young"), [(0, False), (1, False), (2, True)])
def test_a_bucket_is_under_way_while_many_are_neither_done_nor_late(
    still: int, young: object
) -> None:
    rows = [assigned(noon(2026, 11, 2), "overdue"), *[assigned(noon(2026, 11, 3), "completed")] * 2]
    rows += [assigned(noon(2026, 11, 4), "pending")] * still
    (found,) = completion_by(rows, "week", "UTC", asked=EVER)
    assert found.under_way is young


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    (found,) = completion_by([assigned(late)], "month", "Europe/Berlin", asked=EVER)
    assert found.first == date(2026, 12, 1)


def test_only_the_latest_buckets_are_kept() -> None:
    rows = [assigned(noon(2016, 1, 1)), assigned(noon(2026, 1, 1))]
    found = completion_by(rows, "day", "UTC", asked=EVER)
    assert len(found) == MAX_BUCKETS
    assert found[-1].first == date(2026, 1, 1)


def test_assignments_without_a_usable_date_are_counted_apart() -> None:
    edge = datetime.max.replace(tzinfo=UTC)
    rows = [assigned(None), assigned(edge), assigned(noon(2026, 1, 1))]
    assert undated(rows, "Asia/Tokyo") == 2
    assert len(completion_by(rows, "day", "Asia/Tokyo", asked=EVER)) == 1
    assert completion_by([assigned(None)], "day", "UTC", asked=EVER) == ()


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=6),
    st.sampled_from(GRAINS),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]),
)
def test_buckets_are_in_order_and_lose_nothing_recent(
    moments: list[datetime], grain: str, zone: str
) -> None:
    rows = [assigned(moment, "completed") for moment in moments]
    found = completion_by(rows, grain, zone, asked=EVER)
    assert [each.first for each in found] == sorted({each.first for each in found})
    assert all(each.first <= each.last and each.completed == each.assigned for each in found)
    if len(found) < MAX_BUCKETS:
        assert sum(each.assigned for each in found) == len(rows) - undated(rows, zone)


def test_neighbouring_weeks_touch_across_a_new_year() -> None:
    rows = [assigned(noon(2026, 12, 31)), assigned(noon(2027, 1, 5))]
    found = completion_by(rows, "week", "UTC", asked=EVER)
    assert found[1].first - found[0].last == timedelta(days=1)
