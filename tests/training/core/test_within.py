from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.training.core.within import is_listed, within
from bot.training.model import COMPLETED, OVERDUE, Assignment, ReportFilter, TrainingReport

FIRST = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 12, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
NOVEMBER = ReportFilter("f", start=FIRST, end=END)


def given(*days: datetime | None, status: str = COMPLETED) -> TrainingReport:
    people = tuple(
        Assignment(f"a{number}", f"p{number}@example.com", status, day)
        for number, day in enumerate(days)
    )
    return TrainingReport("f", "Onboarding", len(days), len(days), "2 days", people)


def test_a_period_has_its_first_instant_and_not_its_end() -> None:
    report = within(given(FIRST - INSTANT, FIRST, END - INSTANT, END), NOVEMBER)
    assert [each.id for each in report.assignments] == ["a1", "a2"]
    assert (report.total, report.completed, report.average_time) == (2, 2, "")


def test_who_has_no_date_is_counted_beside() -> None:
    report = within(given(FIRST, None, None), NOVEMBER)
    assert (report.total, report.undated) == (1, 2)


def test_a_status_narrows_the_list_and_not_the_counts() -> None:
    people = given(FIRST, FIRST)
    late = replace(people.assignments[0], status=OVERDUE)
    mixed = replace(people, assignments=(late, people.assignments[1]))
    report = within(mixed, replace(NOVEMBER, status=OVERDUE))
    assert (report.total, report.completed, report.assignments) == (2, 1, (late,))


def test_a_list_that_is_shorter_than_its_count_is_not_whole() -> None:
    whole = given(FIRST, END)
    assert is_listed(whole)
    assert not is_listed(replace(whole, assignments=whole.assignments[:1]))
    unread = replace(whole, assignments=whole.assignments[:1], odd=("assignments[1].status",))
    assert is_listed(unread)
