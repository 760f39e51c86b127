from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.codec import decode, dumps, loads
from bot.training.core.changes import (
    MAX_ASSIGNMENTS,
    ReportChanges,
    Snapshot,
    changes,
    snapshot,
)
from bot.training.model import Assignment, TrainingReport

MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 8, tzinfo=UTC)


def report(*people: tuple[str, str], total: int = 4, completed: int = 1) -> TrainingReport:
    assignments = tuple(
        Assignment(id=f"asgn_{name}", email=f"{name}@example.com", status=status)
        for name, status in people
    )
    return TrainingReport(
        flow_id="flow_1",
        flow_name="Onboarding",
        total=total,
        completed=completed,
        assignments=assignments,
    )


BEFORE = report(("ada", "pending"), ("bob", "in_progress"), ("cy", "completed"), ("dee", "pending"))
AFTER = report(
    ("ada", "completed"),
    ("bob", "overdue"),
    ("cy", "completed"),
    ("eve", "pending"),
    total=5,
    completed=2,
)


def test_changes_name_who_did_what_since() -> None:
    found = changes(snapshot(BEFORE, MONDAY), snapshot(AFTER, FRIDAY))
    assert found == ReportChanges(
        since=MONDAY,
        rate_delta=15.0,
        total_delta=1,
        completed_delta=1,
        newly_completed=("ada@example.com",),
        newly_overdue=("bob@example.com",),
        newly_assigned=("eve@example.com",),
        gone=1,
    )
    assert found
    assert not found.nothing


def between(before: Snapshot, after: Snapshot) -> ReportChanges:
    found = changes(before, after)
    assert found is not None
    return found


def test_the_same_report_again_has_changed_nothing() -> None:
    assert between(snapshot(BEFORE, MONDAY, by_digest=True), snapshot(BEFORE, FRIDAY)).nothing


def test_of_nobody_there_is_no_rate_to_compare() -> None:
    nobody = report(total=0, completed=0)
    assert between(snapshot(nobody, MONDAY), snapshot(AFTER, FRIDAY)).rate_delta is None


def test_who_has_only_left_the_days_asked_about_is_no_change() -> None:
    before = snapshot(BEFORE, MONDAY, days="2026-10-18..2026-11-16")
    later = report(("bob", "completed"), ("dee", "pending"), ("eve", "pending"), total=3)
    found = between(before, snapshot(later, FRIDAY, days="2026-10-22..2026-11-20"))
    assert found == ReportChanges(
        since=MONDAY,
        total_delta=1,
        completed_delta=1,
        newly_completed=("bob@example.com",),
        newly_assigned=("eve@example.com",),
    )


def test_nobody_can_tell_what_changed_in_a_list_of_one_status_of_other_days() -> None:
    before = snapshot(report(("ada", "overdue")), MONDAY, status_filter="overdue", days="a")
    after = snapshot(report(("bob", "overdue")), FRIDAY, status_filter="overdue", days="b")
    assert changes(before, after) is None


def test_under_a_status_filter_who_appears_has_just_got_that_status() -> None:
    before = snapshot(report(("ada", "overdue")), MONDAY, status_filter="overdue")
    after = snapshot(report(("bob", "overdue")), FRIDAY, status_filter="overdue")
    found = between(before, after)
    assert (found.newly_overdue, found.newly_assigned, found.gone) == (
        ("bob@example.com",),
        (),
        1,
    )


def test_of_a_very_long_report_the_same_part_is_compared() -> None:
    people = [(f"p{number:05}", "pending") for number in range(MAX_ASSIGNMENTS + 1)]
    before = snapshot(report(*people), MONDAY)
    after = snapshot(report(("p", "pending"), *people), FRIDAY)
    assert len(before.statuses) == MAX_ASSIGNMENTS
    assert not before.whole
    assert between(before, after).nothing


@given(
    st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=4),
    st.sampled_from(["", "overdue"]),
)
def test_a_snapshot_survives_storing(people: list[tuple[str, str]], status_filter: str) -> None:
    taken = snapshot(report(*people), MONDAY, status_filter=status_filter)
    assert decode(Snapshot, loads(dumps(taken))) == taken


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"taken_at":"2026-11-16T08:00:00","total":1,"completed":1,"people":{}}',
        '{"taken_at":"2026-11-16T08:00:00+00:00","total":1e999,"completed":1,"people":{}}',
        '{"taken_at":"2026-11-16T08:00:00+00:00","total":1,"completed":1,"people":[]}',
        '{"taken_at":"2026-11-16T08:00:00+00:00","total":1,"completed":1,"people":{"a":["x"]}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_snapshot_is_not_read(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        decode(Snapshot, loads(text))


def test_an_older_snapshot_with_fewer_fields_is_read() -> None:
    text = '{"taken_at":"2026-11-16T08:00:00+00:00","total":1,"completed":1,"people":{}}'
    assert decode(Snapshot, loads(text)) == Snapshot(
        taken_at=MONDAY, total=1, completed=1, rate=None
    )
