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
from bot.training.core.aggregation import completion_by
from bot.training.core.changes import ReportChanges
from bot.training.model import Assignment, ModuleProgress, ScheduledAssignment, TrainingReport
from bot.training.rendering.reports import ReportSubject, report_answer, report_text
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
EMPTY = TrainingReport("flow_empty1", "Brand new flow", 0, 0, None)
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
    return report_answer(report, replace(SUBJECT, **given), occasion)


def asked(**given: Any) -> Any:
    return replace(QUESTION, **given)


def shown(answer: Answer) -> str:
    return str(as_json(answer))


def test_a_report_is_headline_chart_people_and_schedules() -> None:
    answer = rendered(occasion=replace(OCCASION, key="key-1"), changes=CHANGES)
    assert as_json(answer) == expected("report", answer)


def test_a_digest_names_its_subscription_and_carries_its_note() -> None:
    subscription = replace(SUBSCRIPTION, note="Please chase your people before Friday.")
    occasion = replace(OCCASION, subscription=subscription)
    answer = rendered(occasion=occasion, question=subscription.question)
    assert as_json(answer) == expected("report_digest", answer)


def test_completion_over_time_says_who_computed_it() -> None:
    report = replace(REPORT, aggregate=(("2026-W45.completion_rate", "81.2"),))
    buckets = completion_by(PEOPLE, "week", ZONE)
    answer = rendered(report, question=asked(by="week"), buckets=buckets)
    assert as_json(answer) == expected("report_by_week", answer)


def test_module_detail_goes_into_the_thread() -> None:
    answer = rendered(question=asked(detailed=True))
    assert as_json(answer)["thread"] == expected("report_modules", as_json(answer)["thread"])


def test_a_flow_without_anybody_says_what_to_do() -> None:
    answer = rendered(EMPTY, period=None)
    assert as_json(answer) == expected("report_empty", answer)


def test_nobody_in_a_period_suggests_all_dates() -> None:
    assert report_text(EMPTY, SUBJECT, zone=ZONE) == (
        "Brand new flow: Nobody was assigned this flow in this period (last 30 days). "
        "For all dates: /flow-report onboarding"
    )


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            None,
            "Onboarding: 84% complete (38 of 45), 1 overdue, last 30 days.",
        ),
        (
            CHANGES,
            (
                "Onboarding: 84% complete (38 of 45), 1 overdue, last 30 days. Since 12 Nov: "
                "+4 completed, +2.2 percentage points, 1 newly overdue, +1 assigned, "
                "1 person no longer listed."
            ),
        ),
        (
            ReportChanges(since=NOW),
            (
                "Onboarding: 84% complete (38 of 45), 1 overdue, last 30 days. "
                "Since 22 Nov: nothing changed."
            ),
        ),
    ],
    ids=["first report", "changes", "no changes"],
)
def test_the_fallback_reads_well_in_a_notification(
    changes: ReportChanges | None, text: str
) -> None:
    assert rendered(changes=changes).message.text == text


def test_no_changes_are_said_in_the_message_too() -> None:
    assert "nothing changed" in shown(rendered(changes=ReportChanges(since=NOW)))


def test_without_a_rate_the_counts_speak() -> None:
    answer = rendered(replace(REPORT, completion_rate=None, average_time=""), period=None)
    assert answer.message.text == "Onboarding: 38 of 45 complete, 1 overdue."


def test_a_flow_without_a_name_goes_by_its_id() -> None:
    assert report_text(replace(REPORT, flow_name=" "), SUBJECT, zone=ZONE)[:13] == "flow_onb001: "


def test_nobody_overdue_is_not_counted_under_another_filter() -> None:
    answer = rendered(question=asked(status="completed"))
    assert answer.message.text == "Onboarding: 84% complete (38 of 45), last 30 days."


def test_a_filter_that_finds_nobody_says_so_in_words() -> None:
    none = replace(REPORT, assignments=(), scheduled=())
    assert "Nobody is in progress." in shown(rendered(none, question=asked(status="in_progress")))


def test_totals_without_people_are_not_taken_for_nobody() -> None:
    none = replace(REPORT, assignments=())
    assert "MomoFlow sent totals, but no list of people." in shown(rendered(none))


def test_under_a_filter_the_chart_is_of_the_totals() -> None:
    answer = rendered(question=asked(status="overdue"))
    assert tables_of(answer.message.blocks)[0] == (
        "People by status",
        [["", "People"], ["Completed", "38"], ["Not completed", "7"]],
    )


def test_under_a_filter_time_shows_counts_of_that_status_only() -> None:
    buckets = completion_by(PEOPLE[2:3], "month", ZONE)
    answer = rendered(question=asked(status="overdue", by="month"), buckets=buckets)
    assert tables_of(answer.message.blocks)[1] == (
        (
            "By month, computed by Flowbot from the assignments by the month of assignment "
            "(only overdue)"
        ),
        [["Month", "Overdue"], ["2026-10", "1"]],
    )


def test_time_without_any_rate_has_a_table_and_no_chart() -> None:
    buckets = completion_by((), "month", ZONE)
    assert len(tables_of(rendered(question=asked(by="month"), buckets=buckets).message.blocks)) == 3


def test_people_come_overdue_first_then_the_longest_assigned() -> None:
    people = (
        Assignment("1", "late@x.de", "pending"),
        Assignment("2", "new@x.de", "pending", NOW),
        Assignment("3", "old@x.de", "pending", NOW - timedelta(days=5)),
        Assignment("4", "odd@x.de", "on_hold", NOW),
        Assignment("5", "due@x.de", "overdue", NOW),
    )
    rows = tables_of(rendered(replace(REPORT, assignments=people)).message.blocks)[1][1]
    assert [row[0] for row in rows[1:]] == [
        "due@x.de",
        "old@x.de",
        "new@x.de",
        "late@x.de",
        "odd@x.de",
    ]


@pytest.mark.parametrize(
    ("completed", "total", "cells"),
    [
        (3, 5, ["3 of 5", "60%"]),
        (3, None, ["3", "\N{EN DASH}"]),
        (None, 5, ["of 5", "\N{EN DASH}"]),
        (None, None, ["\N{EN DASH}", "\N{EN DASH}"]),
        (0, 0, ["0 of 0", "\N{EN DASH}"]),
    ],
)
def test_modules_are_shown_as_far_as_they_are_known(
    completed: int | None, total: int | None, cells: list[str]
) -> None:
    people = (Assignment("1", "a@x.de", "pending", None, completed, total),)
    rows = tables_of(rendered(replace(REPORT, assignments=people)).message.blocks)[1][1]
    assert rows[1][2:4] == cells


def test_nobody_having_begun_is_said_instead_of_an_empty_table() -> None:
    report = replace(REPORT, assignments=PEOPLE[2:3])
    (only,) = rendered(report, question=asked(detailed=True)).thread
    assert only.text == "Onboarding: nobody has begun a module yet."


def test_nobody_at_all_needs_no_module_detail() -> None:
    assert rendered(EMPTY, question=asked(detailed=True)).thread == ()


def test_two_dates_are_not_said_twice() -> None:
    dates = Period(date(2026, 1, 1), date(2026, 3, 31), ZONE, "1 Jan to 31 Mar 2026")
    assert "'1 Jan to 31 Mar 2026 (Europe/Berlin)" not in shown(rendered(period=dates))
    assert "1 Jan to 31 Mar 2026 · Source: MomoFlow · Asked by Ada" in shown(rendered(period=dates))


def test_dates_at_the_edge_of_the_calendar_are_left_out() -> None:
    edge = Assignment("1", "a@x.de", "pending", datetime.max.replace(tzinfo=UTC))
    report = replace(REPORT, assignments=(edge,))
    rows = tables_of(rendered(report).message.blocks)[1][1]
    assert rows[1][-1] == "\N{EN DASH}"


def test_a_thousand_people_are_shortened_visibly() -> None:
    many = tuple(Assignment(f"{n}", f"p{n}@example.com", "pending", NOW) for n in range(1_204))
    report = replace(REPORT, assignments=many)
    assert "Showing 99 of 1,204. · The export has everybody." in shown(rendered(report))


def test_an_evil_flow_pages_nobody_and_is_shown_as_typed() -> None:
    answer = rendered(replace(REPORT, flow_name=EVIL))
    assert answer.message.blocks[0]["text"]["text"] == EVIL
    assert answer.message.text.startswith("&lt;!channel&gt; *x* &amp; &lt;script&gt;")


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
        draw(st.none() | st.floats()),
        draw(vendor_text),
        tuple(draw(st.lists(people, max_size=4))),
        tuple(draw(st.lists(scheduled, max_size=3))),
        tuple(draw(st.lists(st.tuples(vendor_text, vendor_text), max_size=4))),
    )


@settings(deadline=None)
@given(reports(), vendor_text, st.sampled_from([1, 120]))
def test_whatever_a_vendor_sends_keeps_every_limit_and_is_no_markup(
    few: TrainingReport, text: str, times: int
) -> None:
    report = replace(few, assignments=few.assignments * times, scheduled=few.scheduled * times)
    buckets = completion_by(report.assignments, "week", ZONE)
    question = asked(detailed=True, by="week", flow=text)
    changes = replace(CHANGES, newly_completed=(text,) * 9)
    occasion = replace(OCCASION, asked_by=text, key="k")
    answer = rendered(
        report, occasion=occasion, buckets=buckets, question=question, changes=changes
    )
    assert [objections(each) for each in (answer.message, *answer.thread) if objections(each)] == []


def test_the_button_stays_with_the_message_whatever_moves_to_the_thread() -> None:
    many = tuple(Assignment(f"{n}", "p" * 100, "pending", NOW) for n in range(200))
    later = tuple(ScheduledAssignment(f"{n}", "p" * 100, "pending") for n in range(50))
    modules = tuple(("x" * 60, "y" * 60) for _ in range(50))
    report = replace(REPORT, assignments=many, scheduled=later, aggregate=modules)
    answer = rendered(report, occasion=replace(OCCASION, key="key-1"))
    assert answer.message.blocks[-1]["type"] == "actions"
    assert len(answer.thread) == 1


def test_what_completion_over_time_leaves_out_is_said() -> None:
    days = tuple(
        Assignment(f"{n}", "a@x.de", "completed", NOW - timedelta(days=n)) for n in range(90)
    )
    report = replace(REPORT, assignments=(*days, Assignment("x", "b@x.de", "pending")))
    buckets = completion_by(report.assignments, "day", ZONE)
    assert (
        "1 assignment without a usable date not counted · At most the latest 60 days · "
        "The chart has the latest 20"
    ) in shown(rendered(report, question=asked(by="day"), buckets=buckets))
