from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.core.periods import Period
from bot.asking.occasion import Occasion
from bot.slack.blocks.simpler import tables_of
from bot.slack.messages import Answer
from bot.training.core.aggregation import Days, completion_by
from bot.training.core.changes import ReportChanges
from bot.training.model import (
    COMPLETED,
    IN_PROGRESS,
    NOT_COMPLETED,
    OVERDUE,
    PENDING,
    Assignment,
    ModuleProgress,
    ScheduledAssignment,
    TrainingReport,
)
from bot.training.rendering.reports import HiddenOverdue, ReportSubject, narrowed, report_answer
from tests.slack.slack_rules import objections
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import (
    EVIL,
    LAST_30_DAYS,
    NOW,
    OCCASION,
    PEOPLE,
    QUESTION,
    REPORT,
    SUBSCRIPTION,
    ZONE,
    vendor_text,
)

SUBJECT = ReportSubject(QUESTION, LAST_30_DAYS)
EMPTY = TrainingReport("flow_empty1", "Brand new flow", 0, 0)
EVER = Days(date(2026, 11, 23))
CHANGES = ReportChanges(
    since=datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
    rate_delta=2.2,
    total_delta=1,
    completed_delta=4,
    newly_completed=("a@x.de", "b@x.de", "c@x.de", "d@x.de", "e@x.de", "f@x.de", "g@x.de"),
    newly_overdue=("h@x.de",),
    newly_assigned=("i@x.de",),
    gone=1,
)


def rendered(
    report: TrainingReport = REPORT, *, occasion: Occasion = OCCASION, **given: Any
) -> Answer:
    subject = replace(SUBJECT, **given)
    return report_answer(narrowed(report, subject.question.status), subject, occasion)


def asked(**given: Any) -> Any:
    return replace(QUESTION, **given)


def shown(answer: Answer) -> str:
    return str(as_json(answer))


def grey(answer: Answer) -> str:
    """Return the grey line of an answer."""
    return str(answer.message.blocks[-1]["elements"][0]["text"])


def buttons(answer: Answer) -> list[str]:
    rows: list[Any] = [each for each in answer.message.blocks if each["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row["elements"]]


def staff(*statuses: str, **given: Any) -> TrainingReport:
    """Return a report on one person for each status."""
    people = tuple(
        Assignment(f"{number}", f"p{number}@x.de", status, NOW)
        for number, status in enumerate(statuses)
    )
    done = sum(status == COMPLETED for status in statuses)
    whole = TrainingReport("f", "Onboarding", len(people), done, assignments=people)
    return replace(whole, **given)


def test_a_report_is_news_changes_people_buttons_and_a_grey_line() -> None:
    answer = rendered(occasion=replace(OCCASION, key="key-1"), changes=CHANGES)
    assert as_json(answer) == expected("report", answer)


def test_a_digest_names_itself() -> None:
    occasion = replace(OCCASION, subscription=SUBSCRIPTION)
    answer = rendered(occasion=occasion, question=SUBSCRIPTION.question)
    assert as_json(answer) == expected("report_digest", answer)


def test_completion_over_time_is_a_line_with_the_counts_in_the_thread() -> None:
    weeks = [NOW - timedelta(weeks=number) for number in range(4, 8)]
    people = [Assignment(f"{at}", "a@x.de", COMPLETED, at) for at in weeks]
    report = replace(REPORT, assignments=(*people, *PEOPLE))
    buckets = completion_by(report.assignments, "week", ZONE, asked=EVER)
    answer = rendered(report, question=asked(by="week"), buckets=buckets)
    assert as_json(answer) == expected("report_by_week", answer)


def test_details_go_into_the_thread() -> None:
    answer = rendered(question=asked(detailed=True))
    assert as_json(answer)["thread"] == expected("report_modules", as_json(answer)["thread"])


def test_what_nobody_asked_for_is_not_in_the_thread_either() -> None:
    assert rendered().thread == ()


def test_a_flow_without_anybody_says_so_and_offers_to_assign_it() -> None:
    answer = rendered(EMPTY, period=None, occasion=replace(OCCASION, key="key-1"))
    assert as_json(answer) == expected("report_empty", answer)


def test_nobody_in_a_period_offers_all_dates() -> None:
    answer = rendered(EMPTY)
    assert answer.message.text == "Nobody was assigned Brand new flow (24 Oct\N{EN DASH}22 Nov)."
    assert buttons(answer) == ["All dates", "All flows"]


@pytest.mark.parametrize(
    ("statuses", "status", "news"),
    [
        (
            [OVERDUE, OVERDUE, COMPLETED],
            "",
            "2 people are overdue in Onboarding (1 of 3 done, 33%)",
        ),
        ([OVERDUE, COMPLETED], "", "1 person is overdue in Onboarding (1 of 2 done, 50%)"),
        ([PENDING, COMPLETED], "", "Nobody is overdue in Onboarding (1 of 2 done, 50%)"),
        ([COMPLETED], "", "Everybody has completed Onboarding (1 of 1 done, 100%)"),
        ([OVERDUE], OVERDUE, "1 person is overdue in Onboarding (0 of 1 done, 0%)"),
        ([COMPLETED], OVERDUE, "Nobody is overdue in Onboarding (1 of 1 done, 100%)"),
        ([IN_PROGRESS], IN_PROGRESS, "1 person is working on Onboarding (0 of 1 done, 0%)"),
        ([PENDING] * 2, PENDING, "2 people have not started Onboarding (0 of 2 done, 0%)"),
        ([COMPLETED], PENDING, "Everybody has started Onboarding (1 of 1 done, 100%)"),
        ([COMPLETED, OVERDUE], COMPLETED, "1 of 2 has completed Onboarding (50%)"),
        ([OVERDUE], COMPLETED, "Nobody has completed Onboarding yet (0 of 1 done, 0%)"),
        (
            [OVERDUE, PENDING, COMPLETED],
            NOT_COMPLETED,
            "2 people have not completed Onboarding (1 of 3 done, 33%)",
        ),
    ],
)
def test_the_news_is_who_is_behind(statuses: list[str], status: str, news: str) -> None:
    answer = rendered(staff(*statuses), period=None, question=asked(status=status))
    assert answer.message.text == f"{news}."
    assert answer.message.blocks[0]["text"]["text"] == news


def test_nearly_all_is_never_called_all() -> None:
    nearly = staff(OVERDUE, total=2_500, completed=2_499)
    assert "(2,499 of 2,500 done, 99.9%)" in rendered(nearly, period=None).message.text


def test_one_person_assigned_twice_is_one_person() -> None:
    twice = replace(PEOPLE[2], id="asgn_9", email="CY@example.com")
    report = replace(REPORT, assignments=(PEOPLE[2], twice))
    assert rendered(report).message.text.startswith("1 person assigned ")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (None, ""),
        (
            CHANGES,
            (
                "Since Thu 12 Nov, 09:00: 4 more completed (+2.2 pts), 1 newly overdue (h@x.de), "
                "1 more assigned, 1 person no longer listed"
            ),
        ),
        (replace(CHANGES, since=NOW, by_digest=True), "Since the last digest (14:05): 4 more"),
        (
            ReportChanges(since=NOW, rate_delta=-1.0, completed_delta=-1, total_delta=-2),
            "Since 14:05 today: 1 fewer completed (\N{MINUS SIGN}1 pts), 2 fewer assigned",
        ),
    ],
    ids=["first report", "changes", "since a digest", "fewer"],
)
def test_the_second_line_is_what_changed(changes: ReportChanges | None, text: str) -> None:
    answer = rendered(changes=changes)
    assert text in answer.message.text
    assert text in shown(answer)


@pytest.mark.parametrize(
    ("since", "text"),
    [
        (NOW, "No change since 14:05 today"),
        (NOW - timedelta(days=1), "No change since 14:05 yesterday"),
    ],
)
def test_that_nothing_changed_is_news_of_a_digest_and_grey_elsewhere(
    since: datetime, text: str
) -> None:
    asked_for = rendered(changes=ReportChanges(since=since))
    digest = rendered(
        changes=ReportChanges(since=since), occasion=replace(OCCASION, subscription=SUBSCRIPTION)
    )
    assert f" · {text} · Source: MomoFlow" in shown(asked_for)
    assert text not in asked_for.message.text
    assert digest.message.text.endswith(text)


def test_who_left_a_list_of_one_status_no_longer_has_it() -> None:
    changes = ReportChanges(since=NOW, gone=2)
    answer = rendered(question=asked(status=OVERDUE), changes=changes)
    assert "2 no longer overdue" in answer.message.text


def test_the_names_behind_the_changes_are_in_the_thread() -> None:
    [names] = rendered(changes=CHANGES).thread
    assert "Completed: a@x.de, b@x.de" in "".join(
        each["text"] for each in names.blocks[0]["elements"][0]["elements"]
    )


def test_a_period_is_named_and_hides_nobody_who_is_overdue() -> None:
    answer = rendered(hidden=HiddenOverdue(4))
    assert answer.message.text.startswith(
        "1 person assigned 24 Oct\N{EN DASH}22 Nov is overdue in Onboarding (38 of 45 done, 84%)"
    )
    assert grey(answer).startswith(
        "Assigned 24 Oct\N{EN DASH}22 Nov · 4 more assigned earlier are overdue · "
    )
    assert buttons(answer)[0] == "Show all overdue"


def test_who_is_overdue_at_other_times_is_not_said_to_be_earlier() -> None:
    answer = rendered(hidden=HiddenOverdue(1, earlier=False))
    assert "1 more assigned at other times is overdue" in grey(answer)


def test_a_flow_without_a_name_goes_by_its_id() -> None:
    assert "overdue in flow_onb001 (" in rendered(replace(REPORT, flow_name=" ")).message.text


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        ({}, ["Only overdue", "Details", "All flows"]),
        ({"status": OVERDUE}, ["Remind them", "Everybody", "Details", "All flows"]),
        ({"status": COMPLETED, "detailed": True}, ["Everybody", "All flows"]),
        ({"by": "week"}, ["Only overdue", "All flows"]),
        ({"by": "week", "status": OVERDUE}, ["Remind them", "Everybody", "All flows"]),
    ],
)
def test_what_can_be_done_stands_below(given: dict[str, Any], labels: list[str]) -> None:
    assert buttons(rendered(question=asked(**given))) == labels


def test_where_nobody_is_overdue_there_is_no_list_of_them_to_offer() -> None:
    assert buttons(rendered(staff(PENDING, COMPLETED))) == ["Details", "All flows"]


def test_totals_without_people_are_not_taken_for_nobody() -> None:
    answer = rendered(replace(REPORT, assignments=()))
    assert answer.message.text == "Onboarding: 38 of 45 done, 84%."
    assert "MomoFlow sent totals, but no list of people" in grey(answer)


def test_under_a_status_the_totals_are_said_to_include_all() -> None:
    assert "totals include all statuses" in grey(rendered(question=asked(status=COMPLETED)))
    assert "totals" not in grey(rendered(question=asked(status=OVERDUE)))


def test_of_one_status_the_table_does_not_repeat_it() -> None:
    [(caption, rows)] = tables_of(rendered(question=asked(status=OVERDUE)).message.blocks)
    assert caption == "Longest assigned first"
    assert rows == [["Person", "Modules", "Assigned"], ["cy@example.com", "0 of 5", "23 Oct"]]


def test_under_a_status_time_shows_counts_of_that_status_only() -> None:
    buckets = completion_by(PEOPLE[2:3], "month", ZONE, asked=EVER)
    answer = rendered(question=asked(status=OVERDUE, by="month"), buckets=buckets)
    assert tables_of(answer.message.blocks) == [
        ("By month assigned (only overdue)", [["Month", "Overdue"], ["Oct 2026", "1"]])
    ]


def test_people_come_overdue_first_then_the_longest_assigned() -> None:
    people = (
        Assignment("1", "late@x.de", "pending"),
        Assignment("2", "new@x.de", "pending", NOW),
        Assignment("3", "old@x.de", "pending", NOW - timedelta(days=5)),
        Assignment("4", "odd@x.de", "on_hold", NOW),
        Assignment("5", "due@x.de", "overdue", NOW),
    )
    [(_, rows)] = tables_of(rendered(replace(REPORT, assignments=people)).message.blocks)
    assert [row[0] for row in rows[1:]] == [
        "due@x.de",
        "old@x.de",
        "new@x.de",
        "late@x.de",
        "odd@x.de",
    ]


@pytest.mark.parametrize(
    ("completed", "total", "cell"),
    [
        (3, 5, "3 of 5"),
        (3, None, "3"),
        (None, 5, "of 5"),
        (None, None, "\N{EN DASH}"),
        (0, 0, "0 of 0"),
    ],
)
def test_modules_are_shown_as_far_as_they_are_known(
    completed: int | None, total: int | None, cell: str
) -> None:
    people = (Assignment("1", "a@x.de", "pending", None, completed, total),)
    [(_, rows)] = tables_of(rendered(replace(REPORT, assignments=people)).message.blocks)
    assert rows[1][2] == cell


def test_nobody_having_begun_is_said_instead_of_an_empty_table() -> None:
    report = replace(REPORT, assignments=PEOPLE[2:3], scheduled=())
    (only,) = rendered(report, question=asked(detailed=True)).thread
    assert only.text == "Onboarding: nobody has begun a module yet"


def test_nobody_at_all_needs_no_details() -> None:
    assert rendered(EMPTY, question=asked(detailed=True)).thread == ()


def test_two_dates_are_not_said_twice() -> None:
    dates = Period(date(2026, 1, 1), date(2026, 3, 31), ZONE, "1 Jan to 31 Mar 2026")
    assert grey(rendered(period=dates)).startswith("Assigned 1 Jan\N{EN DASH}31 Mar · ")


def test_dates_at_the_edge_of_the_calendar_are_left_out() -> None:
    edge = Assignment("1", "a@x.de", "pending", datetime.max.replace(tzinfo=UTC))
    [(_, rows)] = tables_of(rendered(replace(REPORT, assignments=(edge,))).message.blocks)
    assert rows[1][-1] == "\N{EN DASH}"


def test_a_thousand_people_are_shortened_visibly() -> None:
    many = tuple(Assignment(f"{n}", f"p{n}@example.com", "pending", NOW) for n in range(1_204))
    report = replace(REPORT, assignments=many)
    assert "of 1,204. Export for the full list." in shown(rendered(report))


def test_an_evil_flow_pages_nobody_and_is_shown_as_typed() -> None:
    answer = rendered(replace(REPORT, flow_name=EVIL))
    assert EVIL in shown(answer)
    assert "&lt;!channel&gt; *x* &amp; &lt;script&gt;" in answer.message.text
    assert objections(answer.message) == []


@st.composite
def reports(draw: st.DrawFn) -> TrainingReport:
    moments = st.none() | st.datetimes(timezones=st.just(UTC))
    counts = st.none() | st.integers(0, 10**6)
    modules = st.builds(ModuleProgress, vendor_text, vendor_text, moments, moments)
    people = st.builds(
        Assignment,
        vendor_text,
        vendor_text,
        vendor_text | st.sampled_from(["overdue", "completed"]),
        moments,
        counts,
        counts,
        st.lists(modules, max_size=3).map(tuple),
    )
    scheduled = st.builds(
        ScheduledAssignment, vendor_text, vendor_text, vendor_text, moments, vendor_text
    )
    return TrainingReport(
        draw(vendor_text),
        draw(vendor_text),
        draw(st.integers(0, 10**6)),
        draw(st.integers(0, 10**6)),
        draw(vendor_text),
        tuple(draw(st.lists(people, max_size=4))),
        tuple(draw(st.lists(scheduled, max_size=3))),
    )


@settings(deadline=None)
@given(reports(), vendor_text, st.sampled_from([1, 120]), st.sampled_from(["", "week"]))
def test_whatever_a_vendor_sends_keeps_every_limit_and_is_no_markup(
    few: TrainingReport, text: str, times: int, by: str
) -> None:
    report = replace(few, assignments=few.assignments * times, scheduled=few.scheduled * times)
    buckets = completion_by(report.assignments, "week", ZONE, asked=EVER)
    question = asked(detailed=True, by=by, flow=text)
    changes = replace(CHANGES, newly_completed=(text,) * 9)
    occasion = replace(OCCASION, asked_by=text, key="k")
    answer = rendered(
        report, occasion=occasion, buckets=buckets, question=question, changes=changes
    )
    assert [objections(each) for each in (answer.message, *answer.thread) if objections(each)] == []


def test_what_completion_over_time_leaves_out_is_said() -> None:
    days = tuple(
        Assignment(f"{n}", "a@x.de", "completed", NOW - timedelta(days=n)) for n in range(90)
    )
    young = [Assignment(f"y{n}", "y@x.de", "pending", NOW - timedelta(days=1)) for n in range(3)]
    report = replace(REPORT, assignments=(*days, *young, Assignment("x", "b@x.de", "pending")))
    today = Days(date(2026, 11, 22))
    buckets = completion_by(report.assignments, "day", ZONE, asked=today)
    assert (
        "Last day is incomplete and left out of the line · days from 21 Nov are still under way "
        "and not in the line · 1 assignment without a date not counted · at most the latest 60 "
        "days · the line has the latest 20"
    ) in shown(rendered(report, question=asked(by="day"), buckets=buckets))


def test_too_few_whole_weeks_are_a_table_that_marks_the_others() -> None:
    buckets = completion_by(PEOPLE, "week", ZONE, asked=Days(date(2026, 11, 22)))
    answer = rendered(question=asked(by="week"), buckets=buckets)
    [(caption, rows)] = tables_of(answer.message.blocks)
    assert caption == "By week assigned"
    assert rows[1][0] == "16 Nov (incomplete)"
    assert answer.thread == ()
