from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import tokens
from bot.asking.core.retyping import RetypeError
from bot.digests.core.recurrence import anchored, next_run
from bot.digests.core.schedule import Schedule, begins, misspelt, parse_schedule
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


@pytest.mark.parametrize(
    ("text", "cron", "words"),
    [
        ("every monday at 9", "0 9 * * 1", "Mondays at 09:00"),
        ("mondays 9", "0 9 * * 1", "Mondays at 09:00"),
        ("every weekday morning at 8", "0 8 * * 1-5", "weekdays at 08:00"),
        ("daily at 8", "0 8 * * *", "every day at 08:00"),
        ("at noon every weekday", "0 12 * * 1-5", "weekdays at 12:00"),
        ("each friday 4pm", "0 16 * * 5", "Fridays at 16:00"),
        ("9:00 mon-fri", "0 9 * * 1-5", "weekdays at 09:00"),
        ("mon\u2013fri 09:00", "0 9 * * 1-5", "weekdays at 09:00"),
        ("mon wed fri 9", "0 9 * * 1,3,5", "Mondays, Wednesdays and Fridays at 09:00"),
        ("from monday to friday at half past 7", "30 7 * * 1-5", "weekdays at 07:30"),
        ("every 2 weeks mon 09:00", "0 9 * * 1 every 2 weeks", "every other Monday at 09:00"),
        ("mon every 2 weeks 09:00", "0 9 * * 1 every 2 weeks", "every other Monday at 09:00"),
        ("every other tuesday 10", "0 10 * * 2 every 2 weeks", "every other Tuesday at 10:00"),
        ("every three weeks fri 9", "0 9 * * 5 every 3 weeks", "every 3rd Friday at 09:00"),
        ("first monday 09:00", "0 9 * * 1#1", "on the first Monday of each month at 09:00"),
        (
            "every month on the first and third monday at 9",
            "0 9 * * 1#1,1#3",
            "on the first and third Monday of each month at 09:00",
        ),
        ("last friday 16:00", "0 16 * * 5L", "on the last Friday of each month at 16:00"),
        (
            "last weekday of the month 17:00",
            "0 17 LW * *",
            "on the last weekday of each month at 17:00",
        ),
        (
            "first working day of the month 9",
            "0 9 * * 1-5 first workday",
            "on the first weekday of each month at 09:00",
        ),
        ("end of month 17:00", "0 17 L * *", "on the last day of each month at 17:00"),
        ("quarterly 09:00", "0 9 1 1,4,7,10 *", "on day 1 of each quarter at 09:00"),
        (
            "last day of the quarter 17:00",
            "0 17 L 3,6,9,12 *",
            "on the last day of each quarter at 17:00",
        ),
        (
            "on the 1st and 15th at 9",
            "0 9 1,15 * *",
            "on days 1 and 15 of each month at 09:00",
        ),
        ("twice a day 9 and 16", "0 9,16 * * *", "every day at 09:00 and 16:00"),
        (
            "3 times a day 9, 12 and 17:30",
            "0 9,12 * * * | 30 17 * * *",
            "every day at 09:00, 12:00 and 17:30",
        ),
        ("weekdays at 2 and 4pm", "0 14,16 * * 1-5", "weekdays at 14:00 and 16:00"),
        ("daily 9 in the evening", "0 21 * * *", "every day at 21:00"),
        ("every 2 hours on weekdays", "0 */2 * * 1-5", "every 2 hours, weekdays"),
        ("hourly", "0 * * * *", "every hour, every day"),
        ("yearly 24 dec 9", "0 9 24 12 *", "every year on 24 Dec at 09:00"),
        ("once on 2026-12-24 10:00", "once 2026-12-24 10:00", "once, on 2026-12-24 at 10:00"),
        ("tomorrow at 9", "once tomorrow 09:00", "once, tomorrow at 09:00"),
        ("next monday 10", "once next-monday 10:00", "once, on Monday at 10:00"),
        (
            "monday 9am and thursday 3pm",
            "0 9 * * 1 | 0 15 * * 4",
            "Mondays at 09:00 and Thursdays at 15:00",
        ),
        (
            "9am monday and 3pm friday",
            "0 9 * * 1 | 0 15 * * 5",
            "Mondays at 09:00 and Fridays at 15:00",
        ),
        (
            "mon and first friday 9:00",
            "0 9 * * 1 | 0 9 * * 5#1",
            "Mondays at 09:00 and on the first Friday of each month at 09:00",
        ),
    ],
)
def test_a_schedule_is_read_as_people_say_it(text: str, cron: str, words: str) -> None:
    assert parse_schedule(tokens(text)) == (Schedule(cron=cron, words=words), ())
    assert begins(tokens(text))


@pytest.mark.parametrize(
    ("text", "typed", "offered"),
    [
        ("weekdays", "weekdays", ["weekdays 08:00", "weekdays 09:00"]),
        ("daily 25:00", "daily 25:00", ["daily 08:00", "daily 09:00"]),
        ("at 9", "at 9", ["daily at 9", "weekdays at 9"]),
        ("monthly 9:00", "monthly", ["monthly 1", "monthly last"]),
        ("weekly 9:00", "weekly", ["weekly monday", "weekly tuesday"]),
        ("every 2 weeks 9:00", "every 2 weeks 9:00", ["every 2 weeks 9:00 monday"]),
        ("fridays 4", "4", ["16:00", "04:00"]),
        (
            "every second tuesday 10",
            "every second tuesday",
            ["every 2 weeks on tuesday", "second tuesday of the month"],
        ),
        ("dialy 9:00", "dialy", ["daily"]),
        ("once 9:00", "once", ["once today", "once tomorrow"]),
        ("cron 0 0 9 * * 1", "cron 0 0 9 * * 1", ["cron 0 9 * * 1"]),
        ("daily 9:00 BST", "bst", ["Europe/London", "Asia/Dhaka"]),
    ],
)
def test_what_is_missing_or_may_be_two_things_is_asked(
    text: str, typed: str, offered: list[str]
) -> None:
    with pytest.raises(RetypeError) as caught:
        parse_schedule(tokens(text))
    assert caught.value.typed == typed
    assert [each.typed for each in caught.value.corrections][: len(offered)] == offered


def test_ones_own_time_is_no_zone() -> None:
    found, rest = parse_schedule(tokens("weekdays 9:00 my time csv"))
    assert (found.zone, rest) == ("", tokens("csv"))


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
        ("qqq 9:00", 'I can\'t read "qqq" as a schedule. Schedules that work'),
        ("mon-tue-wed 9:00", "as days"),
        ("mon,xyz 9:00", "as a schedule"),
        ("daily", "At what time of day"),
        ("daily 25:00", 'I can\'t read "25:00" as a time of day'),
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
        ("daily 9:00 Europe/Berln", "Did you mean Berlin time?"),
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


@given(
    st.sampled_from(["", "daily ", "weekly ", "monthly ", "cron 0 ", "mon,"]),
    st.text(st.sampled_from("0123456789*/-,LW#: aemnot"), max_size=30),
)
def test_any_text_is_a_schedule_that_runs_or_a_user_error(start: str, text: str) -> None:
    try:
        found, _ = parse_schedule(tokens(start + text))
    except UserError:
        return
    zone = found.zone or "UTC"
    try:
        kept = anchored(found.cron, zone, at(2026, 11, 22))
    except UserError:
        assert found.cron.startswith("once")  # and that day has passed
        return
    assert next_run(kept, zone, at(2026, 11, 22)) > at(2026, 11, 22)
