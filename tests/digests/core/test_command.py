from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.core.arguments import Help, OpenForm
from bot.asking.core.retyping import RetypeError, retyped
from bot.assembly.features import kinds_of
from bot.digests.core.command import (
    FlowRequest,
    ListSubscriptions,
    Now,
    Pause,
    Remove,
    Reschedule,
    Resume,
    Snooze,
    parse_flow,
)
from bot.digests.core.past import History
from bot.digests.core.schedule import Schedule
from bot.digests.core.subscribe import ME, Subscribe
from bot.errors import UserError
from bot.runs.question import RunsQuestion
from bot.training.question import ReportQuestion

KINDS = kinds_of()
WEEKDAYS = Schedule(cron="0 9 * * 1-5", words="weekdays at 09:00")
IN_BERLIN = Schedule(cron="0 9 * * 1-5", words="weekdays at 09:00", zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Help()),
        ("help subscribe", Help()),
        ("list", ListSubscriptions()),
        ("list all", ListSubscriptions(everywhere=True)),
        ("List Everywhere", ListSubscriptions(everywhere=True)),
        ("remove 3", Remove(3)),
        ("unsubscribe #3", Remove(3)),
        ("now 3", Now(3)),
        ("pause 3", Pause(3)),
        ("resume 3", Resume(3)),
        ("history 3", History(3)),
        ("snooze 3 1d", Snooze(3, days=1)),
        ("snooze 3 for 2 weeks", Snooze(3, days=14)),
        ("snooze 3 until 2026-12-24", Snooze(3, until=date(2026, 12, 24))),
        ("snooze 3 till 24 Dec 2026", Snooze(3, until=date(2026, 12, 24))),
        ("snooze 3 for two weeks", Snooze(3, days=14)),
        ("snooze 3 until tomorrow", Snooze(3, days=1)),
        ("menu", Help()),
        ("?", Help()),
        ("hilfe", Help()),
        ("digests", ListSubscriptions()),
        ("list digests", ListSubscriptions()),
        ("delete 3.", Remove(3)),
        ("stop digest 3", Remove(3)),
        ("test 3", Now(3)),
        ("run 3", Now(3)),
        ("send number 3", Now(3)),
        ("edit 3 to 10:00", Reschedule(3, times=("10:00",))),
        ("edit 3", OpenForm("3", "change_digest")),
        ("subscribe", OpenForm(form="new_digest")),
        ("new", OpenForm(form="new_digest")),
        ("change 3 to 9 and 16", Reschedule(3, times=("09:00", "16:00"))),
        (
            "move 3 to mondays 9 London",
            Reschedule(3, (), "0 9 * * 1", "Mondays at 09:00", "Europe/London"),
        ),
    ],
)
def test_requests_are_understood(text: str, expected: FlowRequest) -> None:
    assert parse_flow(text, KINDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all weekdays 9:00", RunsQuestion()),
        ("all last 30 days weekdays 9:00", RunsQuestion(period="last-30d")),
        ("invoice run yesterday weekdays 9:00", RunsQuestion("invoice run", period="yesterday")),
        ("invoices weekdays 9:00 this-week", RunsQuestion("invoices", period="this-week")),
        ("all weekdays 9:00 export csv", RunsQuestion(export="csv")),
        ("list failed weekdays 9:00", RunsQuestion(which="failed")),
        ("list of guests weekdays 9:00", RunsQuestion("list of guests")),
        ('"list" weekdays 9:00', RunsQuestion("list")),
    ],
)
def test_a_digest_of_runs_has_a_flow_and_a_period(text: str, expected: RunsQuestion) -> None:
    assert parse_flow(f"subscribe runs {text}", KINDS) == Subscribe(expected, WEEKDAYS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("all ytd weekdays 9:00 today", "One period at a time"),
        ("all weekdays 9:00 overdue", 'I didn\'t understand "overdue" after the schedule'),
    ],
)
def test_what_follows_the_schedule_of_runs_is_read_as_well(text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        parse_flow(f"subscribe runs {text}", KINDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "onboarding overdue last-7d weekdays 09:00 Europe/Berlin",
            Subscribe(ReportQuestion("onboarding", "last-7d", "overdue"), IN_BERLIN),
        ),
        (
            "onboarding weekdays 9:00 export csv",
            Subscribe(ReportQuestion("onboarding", export="csv"), WEEKDAYS),
        ),
        (
            "onboarding weekdays 9:00 overdue last-7d berlin",
            Subscribe(ReportQuestion("onboarding", "last-7d", "overdue"), IN_BERLIN),
        ),
        (
            "onboarding by day weekdays 9:00 berlin detailed",
            Subscribe(ReportQuestion("onboarding", detailed=True, by="day"), IN_BERLIN),
        ),
        (
            'Sun Safety weekdays 9:00 note "Please finish by Friday"',
            Subscribe(ReportQuestion("Sun Safety"), WEEKDAYS, "Please finish by Friday"),
        ),
        (
            "The Daily Drill weekdays 9:00",
            Subscribe(ReportQuestion("The Daily Drill"), WEEKDAYS),
        ),
    ],
)
def test_a_digest_has_a_question_and_a_schedule(text: str, expected: Subscribe) -> None:
    assert parse_flow(f"subscribe report {text}", KINDS) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("histry 3", 'I didn\'t understand "histry". Did you mean "history"?'),
        ("<@U1>", "Try `/flow help`"),
        ("list banana", 'didn\'t understand "banana"'),
        ("list all 3", 'didn\'t understand "all 3"'),
        ("why", "Give its number as /flow list shows it: /flow why 3"),
        ("pause three", "/flow pause 3"),
        ("pause 3 4", "One digest at a time"),
        ("snooze", "/flow snooze 3 1w"),
        ("snooze 3", "For how long? For example: /flow snooze 3 1d"),
        ("snooze 3 soon", 'I can\'t read "soon" as a time to wait'),
        ("snooze 3 0d", "up to 366 days"),
        ("snooze 3 60w", "up to 366 days"),
        ("snooze 3 until 2026-02-30", "There is no day"),
        ("subscribe privately", "A digest is posted for the whole channel."),
        ("subscribe onboarding daily 9:00", "After subscribe comes report"),
        ("subscribe reprt onboarding daily 9:00", 'Did you mean "report"?'),
        ("subscribe report", "Which flow?"),
        ("subscribe report onboarding", "When should I send it"),
        ("subscribe report onboarding dialy 9:00", 'Did you mean "daily"?'),
        ('subscribe report onboarding "x"', "When should I send it"),
        ("subscribe report onboarding daily", "At what time of day"),
        ("subscribe report onboarding daily 9:00 Berln", "Did you mean Berlin time?"),
        ("subscribe report onboarding daily 9:00 Berlin Paris", "One time zone at a time"),
        ("subscribe report onboarding daily 9:00 overdu", 'Did you mean "overdue"?'),
        ('subscribe report onboarding daily 9:00 "hello"', 'I didn\'t understand "hello"'),
        ("subscribe report onboarding daily 9:00 privately", "Leave out privately"),
        (f'subscribe report onboarding daily 9:00 note "{"x" * 201}"', "at most 200 characters"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_works(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_flow(text, KINDS)
    assert says in str(caught.value)


WORDS = st.sampled_from(
    [
        "subscribe",
        "report",
        "onboarding",
        "overdue",
        "weekdays",
        "mon,thu",
        "9:00",
        "9",
        "am",
        "Europe/Berlin",
        "new",
        "york",
        "note",
        '"a',
        'b"',
        "cron",
        "0",
        "*",
        "*/2",
        "monthly",
        "last",
        "31",
        "every",
        "day",
        "list",
        "snooze",
        "until",
        "2026-12-24",
        "3",
        "1w",
        "by",
        "and",
        "-",
        "to",
    ]
)


@given(
    st.text(max_size=60)
    | st.lists(WORDS, max_size=10).map(" ".join)
    | st.lists(WORDS, max_size=10).map(lambda words: " ".join(["subscribe report x", *words]))
)
def test_any_text_is_a_request_or_a_user_error(text: str) -> None:
    try:
        found = parse_flow(text, KINDS)
    except UserError:
        return
    assert isinstance(found, FlowRequest)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("runs", "Which flow? Name one, or say all"),
        ("events", "Which webinars? For example: /flow-events future"),
    ],
)
def test_a_digest_of_nothing_asks_for_what_its_kind_is_about(kind: str, asked: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_flow(f"subscribe {kind} weekdays 09:00", KINDS)

    assert str(refused.value).startswith(asked)
    assert str(refused.value).endswith(
        f"In a digest it comes after {kind}, and the schedule after it."
    )


@pytest.mark.parametrize("kind", ["report", "export", "analytics"])
def test_a_digest_of_nothing_is_one_of_what_there_is_to_pick_from(kind: str) -> None:
    found = parse_flow(f"subscribe {kind} weekdays 09:00", KINDS)
    assert isinstance(found, Subscribe)
    assert found.question == KINDS[kind].unnamed
    assert found.schedule == WEEKDAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("report onboarding to <#C1|general> every monday at 9", ("onboarding", "C1")),
        ("report onboarding every monday at 9 in <#C1>", ("onboarding", "C1")),
        ("report onboarding mondays 9 to <@U2|grace>", ("onboarding", "U2")),
        ("report onboarding mondays 9 to me", ("onboarding", ME)),
        ("report onboarding mondays 9 here please", ("onboarding", "")),
        ("report onboarding mondays 9 here", ("onboarding", "")),
        ("report of onboarding mondays 9", ("of onboarding", "")),
    ],
)
def test_a_place_may_stand_before_or_after_the_schedule(
    text: str, expected: tuple[str, str]
) -> None:
    found = parse_flow(f"subscribe {text}", KINDS)
    assert isinstance(found, Subscribe)
    assert isinstance(found.question, ReportQuestion)
    assert (found.question.flow, found.place) == expected
    assert found.schedule.cron == "0 9 * * 1"


@pytest.mark.parametrize(
    ("text", "period", "cron"),
    [
        ("onboarding since monday weekdays 9:00", "since-monday", "0 9 * * 1-5"),
        ("onboarding last week mondays 9", "last-week", "0 9 * * 1"),
        ("onboarding last 7 days daily 9:00", "last-7d", "0 9 * * *"),
        ("onboarding today daily 23:58", "today", "58 23 * * *"),
        ("onboarding november first monday 9", "november", "0 9 * * 1#1"),
        ("onboarding 2026-11-01 daily 9:00", "2026-11-01", "0 9 * * *"),
        ("onboarding on 2026-12-24 10:00", "", "once 2026-12-24 10:00"),
        ("onboarding today at 17:00", "", "once today 17:00"),
    ],
)
def test_a_day_of_a_period_is_no_day_of_the_schedule(text: str, period: str, cron: str) -> None:
    found = parse_flow(f"subscribe report {text}", KINDS)
    assert isinstance(found, Subscribe)
    assert (found.question.period, found.schedule.cron) == (period, cron)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "subscribe report onboarding weekdays 09:00 IST",
            [
                f"subscribe report onboarding weekdays 09:00 {zone}"
                for zone in ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")
            ],
        ),
        (
            'subscribe report onboarding weekdays note "R&amp;D"',
            [
                f'subscribe report onboarding weekdays {time} note "R&amp;D"'
                for time in ("08:00", "09:00", "12:00", "16:00")
            ],
        ),
        (
            "subscribe report onboarding cron 0 0 9 * * 1",
            ["subscribe report onboarding cron 0 9 * * 1"],
        ),
        (
            'subscribe report "Ladder safety"',
            [
                f'subscribe report "Ladder safety" {when}'
                for when in ("weekdays 09:00", "every monday 09:00", "first monday 09:00")
            ],
        ),
        ("list banana", ["list here", "list all"]),
        ("subscrbe report onboarding mondays 9", ["subscribe report onboarding mondays 9"]),
        ("why", ["list"]),
    ],
)
def test_what_is_not_clear_can_be_typed_anew_with_a_click(text: str, lines: list[str]) -> None:
    with pytest.raises(RetypeError) as caught:
        parse_flow(text, KINDS)
    assert [each.typed for each in retyped(text, caught.value)] == lines


@pytest.mark.parametrize("dash", ["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"])
def test_a_dash_of_any_length_is_a_hyphen_in_words_of_the_command(dash: str) -> None:
    typed = "subscribe report onboarding last-30d mon-fri 09:00".replace("-", dash)

    assert parse_flow(typed, KINDS) == parse_flow(typed.replace(dash, "-"), KINDS)
