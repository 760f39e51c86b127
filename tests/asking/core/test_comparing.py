"""What a period is compared with: equal parts, and months with months."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.asking.core.comparing import earlier
from bot.asking.core.periods import period

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "today", "first", "end", "said"),
    [
        ("last-30d", date(2026, 11, 30), "2026-10-02 00:00", "2026-10-31 09:00",
         "the 30 days before"),
        ("today", date(2026, 11, 30), "2026-11-29 00:00", "2026-11-29 09:00",
         "the same part of yesterday"),
        ("yesterday", date(2026, 11, 30), "2026-11-28 00:00", "2026-11-29 00:00",
         "the day before"),
        ("this-week", date(2026, 11, 30), "2026-11-23 00:00", "2026-11-23 09:00",
         "the same part of last week"),
        ("last-week", date(2026, 11, 30), "2026-11-16 00:00", "2026-11-23 00:00",
         "the week before"),
        ("this-month", date(2026, 11, 23), "2026-10-01 00:00", "2026-10-23 09:00",
         "1\N{EN DASH}23 Oct"),
        ("mtd", date(2026, 11, 1), "2026-10-01 00:00", "2026-10-01 09:00", "1 Oct"),
        ("last-month", date(2026, 11, 23), "2026-09-01 00:00", "2026-10-01 00:00",
         "September"),
        ("2026-11-01..2026-11-20", date(2026, 11, 23), "2026-10-01 00:00", "2026-10-21 00:00",
         "1\N{EN DASH}20 Oct"),
        ("2026-11-02..2026-11-15", date(2026, 11, 23), "2026-10-19 00:00", "2026-11-02 00:00",
         "the 14 days before"),
        ("this-quarter", date(2026, 11, 23), "2026-07-01 00:00", "2026-08-23 09:00",
         "1 Jul \N{EN DASH} 23 Aug"),
        ("qtd", date(2026, 10, 20), "2026-07-01 00:00", "2026-07-20 09:00",
         "1\N{EN DASH}20 Jul"),
        ("last-quarter", date(2026, 11, 23), "2026-04-01 00:00", "2026-07-01 00:00", "Q2"),
        ("ytd", date(2026, 3, 5), "2025-01-01 00:00", "2025-03-05 09:00",
         "1 Jan \N{EN DASH} 5 Mar 2025"),
        ("last-year", date(2026, 3, 5), "2024-01-01 00:00", "2025-01-01 00:00", "2024"),
        ("last-2m", date(2026, 11, 23), "2026-07-24 00:00", "2026-09-23 09:00",
         "the 2 months before"),
        ("this-month", date(2026, 3, 31), "2026-02-01 00:00", "2026-02-28 09:00",
         "1\N{EN DASH}28 Feb"),
        ("february", date(2026, 3, 31), "2026-01-01 00:00", "2026-02-01 00:00", "January"),
        ("2025-12-15..2026-01-10", date(2026, 3, 31), "2025-11-18 00:00", "2025-12-15 00:00",
         "the 27 days before"),
        ("2025-12-01..2026-01-10", date(2026, 3, 31), "2025-10-01 00:00", "2025-11-11 00:00",
         "1 Oct \N{EN DASH} 10 Nov"),
        ("2026-01-01..2026-02-28", date(2026, 3, 31), "2025-11-01 00:00", "2026-01-01 00:00",
         "1 Nov \N{EN DASH} 31 Dec 2025"),
        ("last-1m", date(2026, 11, 23), "2026-09-24 00:00", "2026-10-23 09:00",
         "the month before"),
    ],
)  # fmt: skip
def test_equal_parts_are_compared(words: str, today: date, first: str, end: str, said: str) -> None:
    now = datetime(today.year, today.month, today.day, 9, tzinfo=BERLIN)
    found = earlier(words, period(words, today=today, zone="Europe/Berlin"), now=now)

    assert found is not None
    start = found.period.start.astimezone(BERLIN)
    assert f"{start:%Y-%m-%d %H:%M}" == first
    assert f"{found.end.astimezone(BERLIN):%Y-%m-%d %H:%M}" == end
    assert found.words == said


def test_an_hour_that_the_clocks_skip_does_not_shift_the_part() -> None:
    today = date(2026, 3, 29)  # clocks went forward at night
    now = datetime(2026, 3, 29, 7, tzinfo=UTC)

    found = earlier("today", period("today", today=today, zone="Europe/Berlin"), now=now)

    assert found is not None
    assert found.end == datetime(2026, 3, 28, 8, tzinfo=UTC)


def test_what_has_not_begun_is_not_compared() -> None:
    coming = period("2026-12-01..2026-12-31", today=date(2026, 11, 23), zone="UTC")

    assert earlier("2026-12-01..2026-12-31", coming, now=datetime(2026, 11, 23, tzinfo=UTC)) is None
