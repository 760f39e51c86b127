from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import tokens
from bot.digests.core.schedule import (
    MAX_MISSED,
    Schedule,
    begins,
    missed,
    misspelt,
    next_run,
    next_runs,
    parse_schedule,
    slot_key,
)
from bot.errors import UserError

BERLIN = "Europe/Berlin"


def at(*numbers: int) -> datetime:
    year, month, day, hour, minute = (*numbers, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "cron", "words"),
    [
        ("daily 09:00", "0 9 * * *", "every day at 09:00"),
        ("every day 9:05", "5 9 * * *", "every day at 09:05"),
        ("weekdays 9:00", "0 9 * * 1-5", "weekdays at 09:00"),
        ("Weekdays at 9am", "0 9 * * 1-5", "weekdays at 09:00"),
        ("every weekday 0900", "0 9 * * 1-5", "weekdays at 09:00"),
        ("weekends 9:30pm", "30 21 * * 0,6", "weekends at 21:30"),
        ("sat,sun 12am", "0 0 * * 0,6", "weekends at 00:00"),
        ("mon-sun noon", "0 12 * * *", "every day at 12:00"),
        ("mon-fri midnight", "0 0 * * 1-5", "weekdays at 00:00"),
        ("mon,thu 08:30", "30 8 * * 1,4", "Mondays and Thursdays at 08:30"),
        ("mon, thu 8.30", "30 8 * * 1,4", "Mondays and Thursdays at 08:30"),
        ("mon and thu 8:30 am", "30 8 * * 1,4", "Mondays and Thursdays at 08:30"),
        ("mon - wed 8:30", "30 8 * * 1,2,3", "Mondays, Tuesdays and Wednesdays at 08:30"),
        ("thurs 8:30", "30 8 * * 4", "Thursdays at 08:30"),
        ("every monday 8:30", "30 8 * * 1", "Mondays at 08:30"),
        ("mondays 8:30", "30 8 * * 1", "Mondays at 08:30"),
        ("weekly sun 8:30", "30 8 * * 0", "Sundays at 08:30"),
        ("sat-mon 8:30", "30 8 * * 0,1,6", "Mondays, Saturdays and Sundays at 08:30"),
        ("monthly 1 09:00", "0 9 1 * *", "on day 1 of each month at 09:00"),
        ("monthly 2nd 09:00", "0 9 2 * *", "on day 2 of each month at 09:00"),
        (
            "monthly 31 09:00",
            "0 9 31 * *",
            "on day 31 of each month at 09:00 (not in months without that day)",
        ),
        ("monthly last 17:00", "0 17 L * *", "on the last day of each month at 17:00"),
        (
            "cron 0 9 * * 1-5",
            "0 9 * * 1-5",
            "at 09:00 on Monday through Friday (cron 0 9 * * 1-5)",
        ),
    ],
)
def test_a_schedule_becomes_a_cron_line_and_words(text: str, cron: str, words: str) -> None:
    assert parse_schedule(tokens(text)) == (Schedule(cron=cron, words=words), ())
    assert begins(tokens(text))


def test_a_zone_may_follow_and_the_rest_is_handed_back() -> None:
    found, rest = parse_schedule(tokens("weekdays 9:00 new york export csv"))
    assert found.zone == "America/New_York"
    assert rest == tokens("export csv")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Say when"),
        ("every", "Say when"),
        ("dialy 9:00", 'Did you mean "daily"?'),
        ("qqq 9:00", 'I don\'t know the schedule "qqq". Schedules that work'),
        ("mon-tue-wed 9:00", "I don't know the schedule"),
        ("mon,xyz 9:00", "I don't know the schedule"),
        ("daily", "Add the time of day"),
        ("daily 25:00", 'I can\'t read "25:00" as a time of day'),
        ("daily 9", "Write 09:00, 17:30 or 9am"),
        ("daily 13pm", "Write 09:00"),
        ("daily 09:60", "Write 09:00"),
        ("weekly 9:00", "weekly mon 9:00"),
        ("monthly 9:00", "1 to 31 or last"),
        ("monthly 32 9:00", "1 to 31 or last"),
        ("monthly", "1 to 31 or last"),
        ("cron 0 9 * *", "five fields"),
        ("cron 0 9 * * mon;fri", "five fields"),
        ("cron 0 25 * * *", "cannot run: bad hour"),
        ("cron */5 * * * *", "more often than once an hour"),
        ("cron 30 2 31 2 *", "cannot run"),
        ("cron 0 0 */3 2 MON#5", "never runs"),
        ("daily 9:00 Europe/Berln", "Did you mean Europe/Berlin?"),
    ],
)
def test_what_is_no_schedule_is_answered_with_what_works(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_schedule(tokens(text))
    assert says in str(caught.value)


@pytest.mark.parametrize("text", ["", "every", "every flow", "day 9:00", "onboarding", '"daily"'])
def test_other_words_do_not_begin_a_schedule(text: str) -> None:
    assert not begins(tokens(text))


def test_a_misspelt_schedule_word_is_recognised() -> None:
    assert misspelt("weekdys") == "weekdays"
    assert misspelt("onboarding") == ""


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
    found = missed("0 * * * *", "UTC", at(2026, 11, 1), at(2026, 11, 22))
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


@given(
    st.sampled_from(["", "daily ", "weekly ", "monthly ", "cron 0 ", "mon,"]),
    st.text(st.sampled_from("0123456789*/-,LW#: aemnot"), max_size=30),
)
def test_any_text_is_a_schedule_that_runs_or_a_user_error(start: str, text: str) -> None:
    try:
        found, _ = parse_schedule(tokens(start + text))
    except UserError:
        return
    assert next_run(found.cron, found.zone or "UTC", at(2026, 11, 22)) > at(2026, 11, 22)
