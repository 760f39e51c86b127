"""How long a digest waits. Today is a Monday."""

from datetime import date

import pytest

from bot.digests.core.waits import Wait, end_of, wait_of
from bot.errors import UserError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "wait"),
    [
        ("1d", Wait(days=1)),
        ("for a week", Wait(days=7)),
        ("for the next 3 days", Wait(days=3)),
        ("a month", Wait(days=30)),
        ("today", Wait(days=1)),
        ("until tomorrow", Wait(days=1)),
        ("until 24 Dec 2026", Wait(until=date(2026, 12, 24))),
        ("until Monday.", Wait(named="monday")),
        ("monday", Wait(named="monday")),
        ("until the 15th", Wait(named="15th")),
        ("this week", Wait(named="next-week")),
        ("until the end of the year", Wait(named="next-year")),
        ("soon", None),
        ("0d", None),
        ("60w", None),
        ("last week", None),
        ("until banana", None),
    ],
)
def test_a_time_to_wait_is_read_as_people_say_it(typed: str, wait: Wait | None) -> None:
    assert wait_of(typed) == wait


@pytest.mark.parametrize(
    ("named", "end"),
    [
        ("monday", date(2026, 11, 30)),
        ("next-week", date(2026, 11, 30)),
        ("next-year", date(2027, 1, 1)),
        ("january", date(2027, 1, 1)),
        ("november", date(2027, 11, 1)),
    ],
)
def test_it_ends_on_a_day_to_come(named: str, end: date) -> None:
    assert end_of(named, TODAY) == end


def test_a_day_that_there_is_not_is_told() -> None:
    with pytest.raises(UserError, match="There is no day"):
        wait_of("until 2026-02-30")
