from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.core.aggregation import MAX_BUCKETS, Bucket, completion_by, status_counts, undated
from bot.training.model import GRAINS, Assignment


def assigned(at: datetime | None, status: str = "pending") -> Assignment:
    return Assignment(id="asgn_1", email="ada@example.com", status=status, assigned_at=at)


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
    )
    assert found == (Bucket("W45 2026", date(2026, 11, 2), 3, 2, 1, 66.7),)


def test_gaps_are_filled_with_empty_buckets() -> None:
    found = completion_by(
        [assigned(noon(2026, 11, 1)), assigned(noon(2026, 9, 30))], "month", "UTC"
    )
    assert [(each.label, each.assigned, each.rate) for each in found] == [
        ("2026-09", 1, 0.0),
        ("2026-10", 0, None),
        ("2026-11", 1, 0.0),
    ]


@pytest.mark.parametrize(
    ("grain", "label", "first"),
    [
        ("day", "2026-12-31", date(2026, 12, 31)),
        ("week", "W53 2026", date(2026, 12, 28)),
        ("month", "2026-12", date(2026, 12, 1)),
        ("quarter", "Q4 2026", date(2026, 10, 1)),
        ("year", "2026", date(2026, 1, 1)),
    ],
)
def test_each_grain_has_its_label_and_first_day(grain: str, label: str, first: date) -> None:
    (found,) = completion_by([assigned(noon(2026, 12, 31))], grain, "UTC")
    assert (found.label, found.first) == (label, first)


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    (found,) = completion_by([assigned(late)], "month", "Europe/Berlin")
    assert found.label == "2026-12"


def test_only_the_latest_buckets_are_kept() -> None:
    found = completion_by([assigned(noon(2016, 1, 1)), assigned(noon(2026, 1, 1))], "day", "UTC")
    assert len(found) == MAX_BUCKETS
    assert found[-1].label == "2026-01-01"


def test_assignments_without_a_usable_date_are_counted_apart() -> None:
    edge = datetime.max.replace(tzinfo=UTC)
    rows = [assigned(None), assigned(edge), assigned(noon(2026, 1, 1))]
    assert undated(rows, "Asia/Tokyo") == 2
    assert len(completion_by(rows, "day", "Asia/Tokyo")) == 1
    assert completion_by([assigned(None)], "day", "UTC") == ()


def test_statuses_are_counted_most_urgent_first_and_unknown_ones_last() -> None:
    statuses = ["completed", "zzz", "pending", "overdue", "archived", "completed"]
    found = status_counts(assigned(None, status) for status in statuses)
    assert found == (
        ("overdue", 1),
        ("pending", 1),
        ("completed", 2),
        ("archived", 1),
        ("zzz", 1),
    )


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=6),
    st.sampled_from(GRAINS),
    st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York"]),
)
def test_buckets_are_in_order_and_lose_nothing_recent(
    moments: list[datetime], grain: str, zone: str
) -> None:
    rows = [assigned(moment, "completed") for moment in moments]
    found = completion_by(rows, grain, zone)
    assert [each.first for each in found] == sorted({each.first for each in found})
    assert all(len(each.label) <= 20 and each.completed == each.assigned for each in found)
    if len(found) < MAX_BUCKETS:
        assert sum(each.assigned for each in found) == len(rows) - undated(rows, zone)


def test_neighbouring_weeks_touch_across_a_new_year() -> None:
    found = completion_by([assigned(noon(2026, 12, 31)), assigned(noon(2027, 1, 5))], "week", "UTC")
    assert found[1].first - found[0].first == timedelta(days=7)
    assert [each.label for each in found] == ["W53 2026", "W01 2027"]
