"""Days to come, and the nearest days, by the words people use. Today is a Monday."""

from datetime import date

import pytest

from bot.asking.core import ahead

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "first", "last", "said"),
    [
        ("tomorrow", date(2026, 11, 24), date(2026, 11, 24), "tomorrow"),
        ("next week", date(2026, 11, 30), date(2026, 12, 6), "next week"),
        ("the coming month", date(2026, 12, 1), date(2026, 12, 31), "next month"),
        ("next two weeks", date(2026, 11, 23), date(2026, 12, 6), "in the next 14 days"),
        ("november", date(2026, 11, 1), date(2026, 11, 30), "in November 2026"),
        ("December", date(2026, 12, 1), date(2026, 12, 31), "in December 2026"),
        ("october", date(2026, 10, 1), date(2026, 10, 31), "in October 2026"),
        ("march", date(2027, 3, 1), date(2027, 3, 31), "in March 2027"),
        ("Q1", date(2027, 1, 1), date(2027, 3, 31), "in Q1 2027"),
        ("3 dec", date(2026, 12, 3), date(2026, 12, 3), "on 3 Dec 2026"),
        ("friday", date(2026, 11, 27), date(2026, 11, 27), "on 27 Nov 2026"),
        ("monday", date(2026, 11, 23), date(2026, 11, 23), "on 23 Nov 2026"),
        ("next monday", date(2026, 11, 30), date(2026, 11, 30), "on 30 Nov 2026"),
        ("the 15th", date(2026, 12, 15), date(2026, 12, 15), "on 15 Dec 2026"),
        ("1-20 dec", date(2026, 12, 1), date(2026, 12, 20), "from 1 Dec to 20 Dec 2026"),
        ("last month", date(2026, 10, 1), date(2026, 10, 31), "last month"),
        ("last 30 days", date(2026, 10, 25), date(2026, 11, 23), "in the last 30 days"),
        ("since 1 nov", date(2026, 11, 1), date(2026, 11, 23), "since 1 Nov 2026"),
        ("last year", date(2025, 1, 1), date(2025, 12, 31), "last year"),
        ("2027", date(2027, 1, 1), date(2027, 12, 31), "in 2027"),
    ],
)
def test_days_are_the_nearest(typed: str, first: date, last: date, said: str) -> None:
    name = ahead.canonical(typed)

    assert ahead.nearest(name, TODAY) == (first, last)
    assert ahead.words_of(name, first, last) == said
    assert ahead.canonical(name) == name


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("monday", date(2026, 11, 30)),
        ("november", date(2027, 11, 1)),
        ("december", date(2026, 12, 1)),
        ("1 nov", date(2027, 11, 1)),
        ("next week", date(2026, 11, 30)),
        ("2026-12-24", date(2026, 12, 24)),
        ("yesterday", date(2026, 11, 22)),
    ],
)
def test_what_is_to_come_is_not_behind_where_it_need_not_be(typed: str, first: date) -> None:
    assert ahead.coming(ahead.canonical(typed), TODAY)[0] == first


@pytest.mark.parametrize("typed", ["", "banana", "next", "last", "next banana", "last webinar"])
def test_other_words_are_no_days(typed: str) -> None:
    assert ahead.canonical(typed) == ""


def test_the_longest_words_at_the_beginning_count() -> None:
    assert ahead.leading(["next", "week", "csv"]) == 2
    assert ahead.leading(["1", "to", "20", "dec", "csv"]) == 4
    assert ahead.leading(["product", "tour"]) == 0
