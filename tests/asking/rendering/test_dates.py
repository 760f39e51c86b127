from datetime import UTC, date, datetime

import pytest

from bot.asking.rendering.dates import day, days, short_days, sortable_time

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_a_day_is_written_without_the_machines_locale() -> None:
    assert [day(date(2026, month, 1)) for month in (1, 9, 12)] == [
        "1 Jan 2026",
        "1 Sep 2026",
        "1 Dec 2026",
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 10, 24), date(2026, 11, 22), "24 Oct \N{EN DASH} 22 Nov 2026"),
        (date(2025, 12, 24), date(2026, 1, 2), "24 Dec 2025 \N{EN DASH} 2 Jan 2026"),
        (date(2026, 1, 2), date(2026, 1, 2), "2 Jan 2026"),
    ],
)
def test_a_range_says_the_year_no_more_than_needed(first: date, last: date, words: str) -> None:
    assert days(first, last) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), "1\N{EN DASH}30 Nov"),
        (date(2026, 10, 24), date(2026, 11, 22), "24 Oct\N{EN DASH}22 Nov"),
        (date(2025, 12, 24), date(2026, 1, 2), "24 Dec 2025\N{EN DASH}2 Jan 2026"),
        (date(2025, 11, 1), date(2025, 11, 30), "1\N{EN DASH}30 Nov 2025"),
        (date(2026, 1, 2), date(2026, 1, 2), "2 Jan"),
    ],
)
def test_a_short_range_tells_years_only_where_they_are_others(
    first: date, last: date, words: str
) -> None:
    assert short_days(first, last, this_year=2026) == words


def test_cells_have_the_day_and_time_of_the_zone() -> None:
    assert sortable_time(LATE, "Asia/Tokyo") == "2026-11-23 08:30"


def test_no_moment_is_an_empty_cell() -> None:
    assert sortable_time(None, "UTC") == ""
