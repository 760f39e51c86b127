from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runs.core.history import Usual
from bot.runs.core.watching import (
    Condition,
    RunState,
    edit_pause,
    merge,
    news,
    poll_interval,
    remembered,
    vanished,
)
from bot.runs.model import (
    CANCELED,
    ENDED,
    ERROR,
    INTERRUPTED,
    QUEUED,
    RUNNING,
    SELECT_FLOW,
    STATUSES,
    SUCCESS,
    USER_INPUT,
    WAITING,
    WARNING,
    Details,
    Execution,
    Progress,
    Stage,
    VendorRef,
)

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
START = NOW - timedelta(minutes=4)
MINUTE = timedelta(minutes=1)
FLOW = VendorRef("flow-1", "Invoices")
USUAL = Usual(MINUTE, MINUTE, 9)


def tracked(status: str = RUNNING, **more: object) -> RunState:
    base = RunState("e1", FLOW, status, 40, "Converting", START, START, NOW - MINUTE)
    return replace(base, **more)  # type: ignore[arg-type] # fields by name


def listed(status: str = RUNNING, **more: object) -> Execution:
    base = Execution("e1", status, FLOW, START, NOW - timedelta(seconds=20))
    return replace(base, **more)  # type: ignore[arg-type] # fields by name


def progress(status: str = RUNNING, **more: object) -> Progress:
    return replace(Progress("e1", status, 60, "Merging"), **more)  # type: ignore[arg-type] # fields by name


def test_the_first_look_takes_what_there_is() -> None:
    assert merge(None, listed(), NOW) == RunState(
        "e1", FLOW, RUNNING, None, "", START, NOW - timedelta(seconds=20), NOW
    )


def test_progress_brings_the_percentage_and_keeps_what_it_does_not_know() -> None:
    after = merge(tracked(), progress(), NOW)
    assert after == tracked(percentage=60, message="Merging", seen_at=NOW)


def test_a_list_row_keeps_the_percentage_and_the_message_that_progress_told() -> None:
    after = merge(tracked(), listed(), NOW)
    assert (after.percentage, after.message) == (40, "Converting")


def test_a_message_does_not_outlive_its_status() -> None:
    assert merge(tracked(), listed(USER_INPUT), NOW).message == ""


def test_a_row_with_details_tells_the_progress_of_its_last_stage() -> None:
    details = Details(stages=(Stage(last=progress(percentage=10)), Stage(last=progress())))
    after = merge(tracked(), listed(details=details), NOW)
    assert (after.percentage, after.message) == (60, "Merging")


def test_stages_without_any_progress_tell_nothing() -> None:
    assert merge(None, listed(details=Details(stages=(Stage(),))), NOW).message == ""


def test_the_end_is_when_the_vendor_changed_it_last() -> None:
    after = merge(tracked(), listed(SUCCESS), NOW)
    assert (after.ended_at, after.duration) == (
        NOW - timedelta(seconds=20),
        timedelta(minutes=3, seconds=40),
    )


@pytest.mark.parametrize(
    "modified_at",
    [None, START - MINUTE, NOW + MINUTE],
    ids=["not told", "before its start", "in our future"],
)
def test_an_end_that_cannot_be_is_taken_as_now(modified_at: datetime | None) -> None:
    assert merge(None, listed(SUCCESS, modified_at=modified_at), NOW).ended_at == NOW


def test_an_end_told_by_progress_is_now() -> None:
    assert merge(tracked(), progress(SUCCESS), NOW).ended_at == NOW


def test_without_a_start_or_an_end_there_is_no_duration() -> None:
    assert tracked().duration is None
    assert tracked(SUCCESS, created_at=None, ended_at=NOW).duration is None


def test_a_duration_is_never_negative() -> None:
    assert tracked(SUCCESS, ended_at=START - MINUTE).duration == timedelta(0)


@pytest.mark.parametrize("status", [RUNNING, ERROR])
def test_what_ended_stays_ended_as_it_did(status: str) -> None:
    before = tracked(SUCCESS, ended_at=NOW - MINUTE)
    assert merge(before, listed(status), NOW) == replace(before, seen_at=NOW)


def test_a_row_from_before_the_known_state_is_not_believed() -> None:
    before = tracked(RUNNING, modified_at=NOW)
    assert merge(before, listed(USER_INPUT), NOW) == replace(before, seen_at=NOW)


def test_an_answer_to_an_earlier_question_of_ours_is_not_believed() -> None:
    before = tracked(RUNNING, seen_at=NOW)
    assert merge(before, listed(USER_INPUT), NOW - MINUTE) == before


def test_an_end_is_believed_whenever_it_was_asked_for() -> None:
    before = tracked(RUNNING, seen_at=NOW, modified_at=NOW)
    assert merge(before, listed(SUCCESS), NOW - MINUTE).status == SUCCESS


def test_a_name_learnt_late_is_kept() -> None:
    before = tracked(SUCCESS, flow=VendorRef(), ended_at=NOW)
    assert merge(before, listed(SUCCESS), NOW).flow == FLOW


def test_what_comes_back_after_it_vanished_is_there_again() -> None:
    gone = vanished(tracked(), NOW)
    assert gone.gone
    assert not gone.alive
    assert merge(gone, listed(), NOW).alive


def test_what_was_told_of_being_stuck_is_kept() -> None:
    assert merge(tracked(stuck_told=True), progress(), NOW).stuck_told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, RUNNING, [Condition.STARTED]),
        (None, SUCCESS, [Condition.STARTED, Condition.FINISHED]),
        (None, USER_INPUT, [Condition.STARTED, Condition.NEEDS_INPUT]),
        (QUEUED, RUNNING, []),
        (RUNNING, "Archiving", []),
        (RUNNING, RUNNING, []),
        (RUNNING, SUCCESS, [Condition.FINISHED]),
        (RUNNING, WARNING, [Condition.FINISHED]),
        (RUNNING, CANCELED, [Condition.FINISHED]),
        (RUNNING, ERROR, [Condition.FAILED]),
        (USER_INPUT, INTERRUPTED, [Condition.FAILED]),
        (RUNNING, USER_INPUT, [Condition.NEEDS_INPUT]),
        (RUNNING, SELECT_FLOW, [Condition.NEEDS_INPUT]),
        (RUNNING, WAITING, [Condition.NEEDS_INPUT]),
        (USER_INPUT, USER_INPUT, []),
        (USER_INPUT, RUNNING, []),
        (SUCCESS, SUCCESS, []),
    ],
)
def test_news_is_what_became_true(before: str | None, after: str, told: list[Condition]) -> None:
    known = None if before is None else tracked(before)
    assert news(known, tracked(after), None, NOW) == tuple(told)


def test_a_question_that_comes_again_is_news_again() -> None:
    states = [tracked(USER_INPUT), tracked(RUNNING), tracked(USER_INPUT)]
    told = [news(old, new, None, NOW) for old, new in pairwise(states)]
    assert told == [(), (Condition.NEEDS_INPUT,)]


def test_being_stuck_is_told_once() -> None:
    before = tracked()
    after = merge(before, progress(), NOW)
    first = news(before, after, USUAL, NOW)
    kept = remembered(after, first)
    assert first == (Condition.STUCK,)
    assert news(kept, merge(kept, progress(), NOW), USUAL, NOW) == ()


def test_without_news_nothing_new_is_remembered() -> None:
    assert remembered(tracked(), (Condition.STARTED,)) == tracked()


@pytest.mark.parametrize(
    ("after", "usual"),
    [
        (tracked(USER_INPUT), USUAL),
        (tracked(SUCCESS), USUAL),
        (tracked(), None),
        (tracked(created_at=None), USUAL),
        (tracked(created_at=NOW - MINUTE), USUAL),
    ],
    ids=["waits for a person", "ended", "nothing usual", "no start known", "not long yet"],
)
def test_nothing_else_is_stuck(after: RunState, usual: Usual | None) -> None:
    assert news(after, after, usual, NOW) == ()


def test_what_is_gone_has_no_news() -> None:
    assert news(tracked(), vanished(tracked(SUCCESS), NOW), USUAL, NOW) == ()


@given(st.lists(st.sampled_from((*STATUSES, "Odd")), min_size=1, max_size=20))
def test_whatever_is_seen_in_whatever_order_one_end_is_told(statuses: list[str]) -> None:
    known: RunState | None = None
    told: list[Condition] = []
    for number, status in enumerate(statuses):
        at = NOW + number * MINUTE
        seen = progress(status) if number % 2 else listed(status, modified_at=at)
        after = merge(known, seen, at)
        found = news(known, after, USUAL, at)
        told += found
        known = remembered(after, found)
    ends = told.count(Condition.FINISHED) + told.count(Condition.FAILED)
    assert ends == any(status in ENDED for status in statuses)
    assert told.count(Condition.STARTED) == 1
    assert told.count(Condition.STUCK) <= 1


@pytest.mark.parametrize(
    ("alive", "cards", "quiet", "seconds"),
    [
        (10_000, 50, 0, 3),
        (1, 1, 60, 3),
        (1, 0, 0, 5),
        (1, 0, 60, 15),
        (0, 0, 0, 5),
        (0, 0, 5, 15),
        (0, 0, 600, 60),
    ],
)
def test_polls_are_rarer_the_less_happens(
    alive: int, cards: int, quiet: int, seconds: float
) -> None:
    assert poll_interval(alive, cards, quiet * MINUTE) == seconds


@pytest.mark.parametrize(("cards", "seconds"), [(0, 3), (1, 3), (2, 3), (10, 15), (50, 75)])
def test_edits_are_rarer_the_more_cards_live(cards: int, seconds: float) -> None:
    assert edit_pause(cards) == seconds
