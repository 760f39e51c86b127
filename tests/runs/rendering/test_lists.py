from dataclasses import replace
from datetime import timedelta

import pytest

from bot.runs.model import WAITING, Details, DocumentRef, Step
from bot.runs.rendering.lists import OWN_ONLY, Status, run_list, run_status
from bot.slack.blocks.budget import NOTHING
from bot.slack.messages import Message
from tests.runs.rendering.samples import (
    ASKS,
    DETAILS,
    DONE,
    EVIL_RUN,
    FAILED,
    NAMELESS_RUN,
    PANEL,
    RUN,
    START,
    USUAL,
    words,
    wrong,
)
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, NOW, OCCASION, ZONE

NOBODY = replace(OCCASION, asked_by="")
ALL = (RUN, ASKS, DONE, FAILED, NAMELESS_RUN)
STATUS = Status(FAILED, NOW, ZONE, "Ada", USUAL, DETAILS, PANEL)


def listed(which: str, *, total: int = 5, own_only: bool = False) -> Message:
    return run_list(ALL, NOBODY, which=which, total=total, own_only=own_only)


def test_runs_are_listed_with_state_start_and_duration() -> None:
    rendered = listed("today")
    assert as_json(rendered) == expected("run_list", rendered)


def test_a_list_that_is_cut_says_so() -> None:
    assert "Showing 5 of 1,204." in words(listed("running", total=1_204))


def test_a_clock_ahead_of_ours_gives_no_negative_duration() -> None:
    early = replace(RUN, created_at=NOW + timedelta(minutes=1))
    rendered = run_list([early], NOBODY, which="running", total=1, own_only=False)
    assert rendered.blocks[0]["rows"][1][4]["text"] == NOTHING


@pytest.mark.parametrize(
    ("which", "text"),
    [
        ("running", "No run is going on. To start one: /flow-run"),
        ("failed", "No run has failed lately. To start one: /flow-run"),
        ("waiting", "No run waits for anybody. To start one: /flow-run"),
        ("today", "There was no run today. To start one: /flow-run"),
    ],
)
def test_an_empty_list_says_so_and_how_to_start(which: str, text: str) -> None:
    nothing = run_list([], NOBODY, which=which, total=0, own_only=False)
    assert nothing.text == text


def test_a_list_says_when_the_key_sees_only_its_own_runs() -> None:
    nothing = run_list([], NOBODY, which="today", total=0, own_only=True)
    assert [OWN_ONLY in words(each) for each in (listed("today", own_only=True), nothing)] == [
        True,
        True,
    ]


def test_a_run_in_detail_tells_its_steps_and_what_went_wrong() -> None:
    answer = run_status(STATUS)
    assert as_json(answer) == expected("run_status", answer)


def test_a_run_that_goes_on_can_be_cancelled_and_watched_from_its_details() -> None:
    rendered = run_status(replace(STATUS, execution=RUN)).message
    assert rendered.text == "Monthly invoices: running, 40%."
    assert [each["text"]["text"] for each in rendered.blocks[-1]["elements"]] == [
        "Cancel",
        "Watch for me",
    ]


def test_what_a_run_waits_for_is_told() -> None:
    waits = replace(STATUS, execution=replace(RUN, status=WAITING))
    rendered = run_status(replace(waits, details=Details(waiting_for="a signature"))).message
    assert "It waits for:  a signature" in words(rendered)


def test_a_run_of_which_little_is_known_is_shown_too() -> None:
    bare = Status(NAMELESS_RUN, NOW, ZONE)
    assert wrong(run_status(bare)) == []
    assert "Run" in words(run_status(bare).message)


def test_a_run_that_was_removed_says_so() -> None:
    gone = replace(STATUS, execution=replace(FAILED, gone=True))
    assert "Smart Flows' cleanup has removed it since." in words(run_status(gone).message)


def test_what_a_flow_says_of_itself_is_shown_without_secrets() -> None:
    leaky = Details(errors=("Traceback: token=abc",), warnings=("password: hush",))
    shown = words(run_status(replace(STATUS, details=leaky)).message)
    assert "Traceback: token=[hidden]" in shown
    assert "abc" not in shown
    assert "hush" not in shown


def test_long_and_evil_details_stay_text_within_the_limits() -> None:
    huge = Details(
        waiting_for=EVIL,
        steps=tuple(Step(f"{EVIL} {number}", "Error", START, NOW) for number in range(500)),
        errors=(EVIL, "", "x" * 9_000) * 20,
        warnings=(EVIL,) * 20,
        caught=("y" * 9_000,) * 20,
        documents=(DocumentRef(EVIL, EVIL),) * 300,
    )
    nameless = Details(steps=(Step("", "Error"),))
    answers = [
        run_status(Status(EVIL_RUN, NOW, ZONE, EVIL, None, details, EVIL))
        for details in (huge, nameless, None)
    ]
    many = run_list([EVIL_RUN] * 300, NOBODY, which="today", total=300, own_only=True)
    assert (
        wrong(
            *answers,
            run_status(STATUS),
            many,
            *map(listed, ("running", "failed", "waiting", "today")),
        )
        == []
    )
