from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.days import day
from bot.asking.core.periods import NAMED, canonical, leading, period
from bot.asking.core.retyping import RetypeError
from bot.errors import UserError

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Last Month", "last-month"),
        ("last_month", "last-month"),
        ("last 30 days", "last-30d"),
        ("last-30-days", "last-30d"),
        ("last30d", "last-30d"),
        ("last 2 weeks", "last-14d"),
        ("year to date", "ytd"),
        ("2026-1-5", "2026-01-05"),
        ("2026-01-01..2026-03-31", "2026-01-01..2026-03-31"),
        ("2026-01-01 … 2026-03-31", "2026-01-01..2026-03-31"),
        ("2026-01-01 to 2026-03-31", "2026-01-01..2026-03-31"),
        ("2026-01-01 - 2026-03-31", "2026-01-01..2026-03-31"),
        ("2026-01-01..2026-01-01", "2026-01-01"),
        ("2026\u201311\u201301..2026\u201311\u201320", "2026-11-01..2026-11-20"),
        ("30d", "last-30d"),
        ("30 days", "last-30d"),
        ("last two weeks", "last-14d"),
        ("the past fortnight", "last-14d"),
        ("past week", "last-7d"),
        ("previous week", "last-week"),
        ("last 6 months", "last-6m"),
        ("last two quarters", "last-6m"),
        ("November", "november"),
        ("Nov 2026", "2026-11"),
        ("2026-11", "2026-11"),
        ("11/2026", "2026-11"),
        ("Q4", "q4"),
        ("Q4 2026", "2026-q4"),
        ("2025", "2025"),
        ("monday", "monday"),
        ("since monday", "since-monday"),
        ("since 1 Nov", "since-1-nov"),
        ("since November 1st", "since-1-nov"),
        ("since 2026-11-01", "since-2026-11-01"),
        ("since last week", "since-last-week"),
        ("from 1 nov", "since-1-nov"),
        ("this year so far", "ytd"),
        ("month to date", "mtd"),
        ("november to date", "since-november"),
        ("1-20 nov", "1-nov..20-nov"),
        ("1 nov to 20 nov", "1-nov..20-nov"),
        ("between 1 Nov and 20 Nov 2026", "1-nov..2026-11-20"),
        ("september to november", "september..november"),
        ("sep-nov", "september..november"),
        ("31.1.2026", "2026-01-31"),
    ],
)
def test_what_people_type_becomes_canonical_words(typed: str, expected: str) -> None:
    assert canonical(typed) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("last-0d", "1 to 366 do"),
        ("last-367d", "1 to 366 do"),
        ("2026-02-30", 'There is no day "2026-02-30"'),
        ("2026-03-31..2026-01-01", "2026-01-01..2026-03-31"),
        ("1969-01-01", "Years from 1970 to 2100 work"),
        ("2101-01-01", "Years from 1970 to 2100 work"),
        ("01/02/2026", "Write dates as 2026-01-31"),
        ("last-eon", "Periods that work: today"),
        ("2026-01-01..", "Give both: 2026-01-01..2026-03-31"),
        ("this-weak", 'Did you mean "this-week"?'),
        ("", "Periods that work"),
    ],
)
def test_what_is_no_period_is_answered_with_what_works(typed: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        canonical(typed)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("words", "first", "last", "label"),
    [
        ("today", date(2026, 11, 22), date(2026, 11, 22), "today"),
        ("yesterday", date(2026, 11, 21), date(2026, 11, 21), "yesterday"),
        ("this-week", date(2026, 11, 16), date(2026, 11, 22), "this week"),
        ("last-week", date(2026, 11, 9), date(2026, 11, 15), "last week"),
        ("this-month", date(2026, 11, 1), date(2026, 11, 30), "this month"),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31), "last month"),
        ("this-quarter", date(2026, 10, 1), date(2026, 12, 31), "this quarter"),
        ("last-quarter", date(2026, 7, 1), date(2026, 9, 30), "last quarter"),
        ("this-year", date(2026, 1, 1), date(2026, 12, 31), "this year"),
        ("last-year", date(2025, 1, 1), date(2025, 12, 31), "last year"),
        ("ytd", date(2026, 1, 1), date(2026, 11, 22), "this year so far"),
        ("last-1d", date(2026, 11, 22), date(2026, 11, 22), "last 1 day"),
        ("last-30d", date(2026, 10, 24), date(2026, 11, 22), "last 30 days"),
        ("2026-01-05", date(2026, 1, 5), date(2026, 1, 5), "5 Jan 2026"),
        (
            "2026-01-01..2026-03-31",
            date(2026, 1, 1),
            date(2026, 3, 31),
            "1 Jan to 31 Mar 2026",
        ),
        (
            "2025-12-01..2026-03-31",
            date(2025, 12, 1),
            date(2026, 3, 31),
            "1 Dec 2025 to 31 Mar 2026",
        ),
        ("november", date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        ("december", date(2025, 12, 1), date(2025, 12, 31), "December 2025"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "November 2026"),
        ("q4", date(2026, 10, 1), date(2026, 12, 31), "Q4 2026"),
        ("q1", date(2026, 1, 1), date(2026, 3, 31), "Q1 2026"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("monday", date(2026, 11, 16), date(2026, 11, 16), "16 Nov 2026"),
        ("sunday", date(2026, 11, 22), date(2026, 11, 22), "22 Nov 2026"),
        ("since-monday", date(2026, 11, 16), date(2026, 11, 22), "since 16 Nov 2026"),
        ("since-1-nov", date(2026, 11, 1), date(2026, 11, 22), "since 1 Nov 2026"),
        ("since-last-week", date(2026, 11, 9), date(2026, 11, 22), "since 9 Nov 2026"),
        ("1-dec", date(2025, 12, 1), date(2025, 12, 1), "1 Dec 2025"),
        ("1-nov..20-nov", date(2026, 11, 1), date(2026, 11, 20), "1 Nov to 20 Nov 2026"),
        ("september..november", date(2026, 9, 1), date(2026, 11, 30), "1 Sep to 30 Nov 2026"),
        ("mtd", date(2026, 11, 1), date(2026, 11, 22), "this month so far"),
        ("last-6m", date(2026, 5, 23), date(2026, 11, 22), "last 6 months"),
    ],
)
def test_words_stand_for_days(words: str, first: date, last: date, label: str) -> None:
    found = period(words, today=SUNDAY, zone="Europe/Berlin")
    assert (found.first, found.last, found.label) == (first, last, label)


def test_last_month_in_january_is_december() -> None:
    found = period("last-month", today=date(2026, 1, 31), zone="UTC")
    assert (found.first, found.last) == (date(2025, 12, 1), date(2025, 12, 31))


def test_days_begin_at_midnight_in_the_zone_on_both_sides_of_a_clock_change() -> None:
    found = period("2026-03-29", today=SUNDAY, zone="Europe/Berlin")
    assert found.start == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert found.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_where_midnight_is_skipped_the_day_begins_with_the_skip() -> None:
    found = period("2026-09-06", today=SUNDAY, zone="America/Santiago")
    assert found.start == datetime(2026, 9, 6, 4, tzinfo=UTC)
    assert found.end == datetime(2026, 9, 7, 3, tzinfo=UTC)


def test_the_previous_period_has_the_same_length_and_touches() -> None:
    before = period("last-30d", today=SUNDAY, zone="UTC").previous()
    assert (before.first, before.last) == (date(2026, 9, 24), date(2026, 10, 23))
    assert before.label == "24 Sep to 23 Oct 2026"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ([], 0),
        (["", "today"], 0),
        (["today", "csv"], 1),
        (["year-to-date"], 1),
        (["last-30d"], 1),
        (["last", "30", "days"], 3),
        (["last", "30d", "csv"], 2),
        (["last", "30"], 2),
        (["this", "week", "csv"], 2),
        (["last", "aid"], 0),
        (["last"], 0),
        (["2026-01-01", "to", "2026-03-31"], 3),
        (["2026-01-01", "-", "2026-03-31"], 3),
        (["2026-01-01..", "2026-03-31"], 2),
        (["2026-01-01..2026-03-31", "csv"], 1),
        (["01/02/2026"], 1),
        (["last-fortnight"], 1),
        (["since", "monday", "csv"], 2),
        (["last", "two", "weeks"], 3),
        (["this", "year", "so", "far"], 4),
        (["nov", "2026"], 2),
        (["1", "nov", "to", "20", "nov"], 5),
        (["nova"], 0),
        (["2.0"], 0),
        (["24/7"], 0),
    ],
)
def test_a_period_is_recognised_at_the_beginning(words: list[str], count: int) -> None:
    assert leading(words) == count


@pytest.mark.parametrize(
    "text", ["2026-12-24", "24.12.2026", "24/12/2026", "12/24/2026", "24 Dec 2026", "Dec 24th 2026"]
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert day(text) == date(2026, 12, 24)


def test_a_date_that_may_be_two_is_asked() -> None:
    with pytest.raises(RetypeError) as caught:
        day("01/02/2026")
    assert [each.typed for each in caught.value.corrections] == ["2026-02-01", "2026-01-02"]


def test_a_date_without_its_year_is_no_date_by_itself() -> None:
    with pytest.raises(UserError, match="Write dates as"):
        day("24 dec")


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_a_user_error(text: str) -> None:
    try:
        words = canonical(text)
    except UserError:
        return
    assert canonical(words) == words


@given(
    st.sampled_from(
        [*NAMED, "last-1d", "last-30d", "last-366d", "2026-10-25", "2026-01-01..2026-03-31"]
    ),
    st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    st.sampled_from(
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
    ),
)
def test_a_period_is_in_order_and_follows_its_previous(words: str, today: date, zone: str) -> None:
    found = period(words, today=today, zone=zone)
    before = found.previous()
    assert found.first <= found.last
    assert before.end == found.start < found.end
    assert before.last - before.first == found.last - found.first
    assert found.end - found.start > timedelta(hours=22)


@given(st.lists(st.text(max_size=12), max_size=5))
def test_never_more_words_are_taken_than_there_are(words: list[str]) -> None:
    assert 0 <= leading(words) <= len(words)
