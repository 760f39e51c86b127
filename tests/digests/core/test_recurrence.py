from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.core.recurrence import (
    MAX_MISSED,
    anchored,
    at_other_times,
    is_once,
    missed,
    next_run,
    next_runs,
    once_words,
    slot_key,
    unanchored,
    words_at,
)
from bot.errors import UserError

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def at(*numbers: int) -> datetime:
    year, month, day, hour, minute = (*numbers, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_the_wall_clock_time_stays_when_the_clocks_change() -> None:
    before = next_run("0 9 * * *", BERLIN, at(2026, 3, 27, 12))
    after = next_run("0 9 * * *", BERLIN, at(2026, 3, 28, 12))
    assert (before, after) == (at(2026, 3, 28, 8), at(2026, 3, 29, 7))


def test_a_time_that_is_skipped_runs_once_at_the_end_of_the_gap() -> None:
    runs = next_runs("30 2 * * *", BERLIN, at(2026, 3, 28, 12))
    assert runs == (at(2026, 3, 29, 1), at(2026, 3, 30, 0, 30), at(2026, 3, 31, 0, 30))


def test_a_time_that_comes_twice_runs_the_first_time_only() -> None:
    runs = next_runs("30 2 * * *", BERLIN, at(2026, 10, 24, 12))
    assert runs == (at(2026, 10, 25, 0, 30), at(2026, 10, 26, 1, 30), at(2026, 10, 27, 1, 30))


@pytest.mark.parametrize("minute", [0, 15, 30, 45])
def test_in_the_second_pass_of_an_hour_the_next_run_is_tomorrow(minute: int) -> None:
    second_pass = at(2026, 10, 25, 1, minute)
    assert next_run("30 2 * * *", BERLIN, second_pass) == at(2026, 10, 26, 1, 30)


def test_the_last_day_of_a_month_is_found_in_short_months() -> None:
    runs = next_runs("0 17 L * *", "UTC", at(2026, 1, 31, 17))
    assert runs == (at(2026, 2, 28, 17), at(2026, 3, 31, 17), at(2026, 4, 30, 17))


def test_day_31_is_left_out_in_short_months() -> None:
    assert next_run("0 9 31 * *", "UTC", at(2026, 1, 31, 9)) == at(2026, 3, 31, 9)


def test_missed_runs_are_those_after_the_last_one_up_to_now() -> None:
    last = at(2026, 11, 18, 8)
    found = missed("0 9 * * 1-5", BERLIN, last, at(2026, 11, 20, 8))
    assert found == (at(2026, 11, 19, 8), at(2026, 11, 20, 8))
    assert missed("0 9 * * 1-5", BERLIN, last, at(2026, 11, 19, 7)) == ()


def test_of_many_missed_runs_the_latest_are_kept() -> None:
    found = missed("*/30 * * * *", "UTC", at(2026, 11, 1), at(2026, 11, 22))
    assert len(found) == MAX_MISSED
    assert found[-1] == at(2026, 11, 22)


def test_a_slot_is_named_by_the_local_date_and_time() -> None:
    assert slot_key(7, at(2026, 10, 25, 0, 30), BERLIN) == "digest:7:2026-10-25T00:30Z"


def test_both_passes_of_a_repeated_hour_share_their_slot() -> None:
    keys = {slot_key(7, at(2026, 10, 25, hour), BERLIN) for hour in (0, 1)}
    assert keys == {"digest:7:2026-10-25T00:00Z"}


@given(
    minute=st.integers(0, 59),
    hour=st.integers(0, 23),
    days=st.sampled_from(["*", "1-5", "0,6", "1"]),
    zone=st.sampled_from(
        [BERLIN, "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
    ),
    after=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
)
def test_runs_are_after_the_moment_and_on_different_days(
    minute: int, hour: int, days: str, zone: str, after: datetime
) -> None:
    runs = next_runs(f"{minute} {hour} * * {days}", zone, after)
    assert after < runs[0] < runs[1] < runs[2]
    assert len({run.astimezone(ZoneInfo(zone)).date() for run in runs}) == 3


@given(after=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - as above
def test_hourly_runs_are_an_hour_apart_all_year(after: datetime) -> None:
    first, second, third = next_runs("15 * * * *", BERLIN, after)
    assert after < first <= after + timedelta(hours=1)
    assert second - first == third - second == timedelta(hours=1)


def test_every_other_week_counts_from_the_first_run() -> None:
    line = anchored("0 9 * * 1 every 2 weeks", BERLIN, NOW)
    assert line == "0 9 * * 1 every 2 weeks from 2026-11-23"
    assert next_runs(line, BERLIN, NOW) == (
        at(2026, 11, 23, 8),
        at(2026, 12, 7, 8),
        at(2026, 12, 21, 8),
    )
    assert next_run(line, BERLIN, at(2027, 5, 30)) == at(2027, 6, 7, 7)  # summer time by then
    assert unanchored(line) == "0 9 * * 1 every 2 weeks"


def test_several_parts_run_in_order_and_each_moment_once() -> None:
    runs = next_runs("0 9 * * 1 | 0 15 * * 4 | 0 9 * * 1,4", "UTC", at(2026, 11, 22), count=4)
    assert runs == (
        at(2026, 11, 23, 9),
        at(2026, 11, 26, 9),
        at(2026, 11, 26, 15),
        at(2026, 11, 30, 9),
    )


def test_the_first_workday_of_a_month_is_no_weekend() -> None:
    runs = next_runs("0 9 * * 1-5 first workday", "UTC", at(2026, 7, 2))
    assert runs == (at(2026, 8, 3, 9), at(2026, 9, 1, 9), at(2026, 10, 1, 9))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("once 2026-12-24 10:00", "once 2026-12-24 10:00"),
        ("once today 09:00", "once 2026-11-23 09:00"),
        ("once tomorrow 08:00", "once 2026-11-24 08:00"),
        ("once monday 09:00", "once 2026-11-23 09:00"),
        ("once monday 08:00", "once 2026-11-30 08:00"),
        ("once next-monday 09:00", "once 2026-11-30 09:00"),
        ("once 12-24 10:00", "once 2026-12-24 10:00"),
        ("once 11-01 10:00", "once 2027-11-01 10:00"),
        ("once 02-29 10:00", "once 2028-02-29 10:00"),
    ],
)
def test_a_single_run_is_on_the_day_that_is_next(line: str, expected: str) -> None:
    kept = anchored(line, BERLIN, NOW)
    assert kept == expected
    assert is_once(kept)
    [only] = next_runs(kept, BERLIN, NOW)
    assert next_runs(kept, BERLIN, only) == ()


def test_a_single_run_cannot_be_in_the_past() -> None:
    with pytest.raises(UserError, match="That time has passed"):
        anchored("once 2026-11-01 10:00", BERLIN, NOW)


def test_a_single_run_is_said_with_its_day() -> None:
    kept = anchored("once tomorrow 10:00", BERLIN, NOW)
    assert once_words(kept, "once, tomorrow at 10:00") == "once, on Tue 24 Nov 2026 at 10:00"
    assert once_words("0 9 * * *", "every day at 09:00") == "every day at 09:00"


def test_other_times_leave_the_days_as_they_are() -> None:
    line = "0 9 * * 1 every 2 weeks from 2026-11-23 | once 2026-12-24 10:00"
    assert at_other_times(line, ("10:15",)) == (
        "15 10 * * 1 every 2 weeks from 2026-11-23 | once 2026-12-24 10:15"
    )
    assert at_other_times("0 9,16 * * *", ("08:00", "17:30")) == "0 8 * * * | 30 17 * * *"
    assert words_at("weekdays at 09:00 and 16:00", ("10:00",)) == "weekdays at 10:00"
