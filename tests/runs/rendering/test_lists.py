from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.runs.core.watching import RunState
from bot.runs.model import WAITING, Details, DocumentRef, Step
from bot.runs.rendering.lists import OWN_ONLY, run_list
from bot.runs.rendering.status import Status, run_status
from bot.slack.messages import Answer
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


def listed(
    which: str, runs: Sequence[RunState] = ALL, *, more: bool = False, own_only: bool = False
) -> Answer:
    return run_list(runs, NOBODY, which=which, more=more, own_only=own_only)


def buttons(answer: Answer) -> list[str]:
    return [
        str(each["text"]["text"])
        for block in answer.message.blocks
        for each in block.get("elements", ())
        if each["type"] == "button"
    ]


def beside(answer: Answer) -> list[str]:
    return [
        str(block["accessory"]["text"]["text"])
        for block in answer.message.blocks
        if "accessory" in block
    ]


def test_a_few_runs_have_what_is_likeliest_beside_them() -> None:
    answer = listed("latest")
    assert as_json(answer) == expected("run_list", answer)
    assert beside(answer) == ["Details", "Answer", "Documents", "Run again", "Details"]


def test_many_runs_are_a_table_and_a_choice_of_one() -> None:
    many = [replace(run, id=f"{number}{run.id[1:]}") for number, run in enumerate(ALL * 2)]
    answer = listed("today", many)
    assert as_json(answer) == expected("run_list_long", answer)
    [choice] = [
        each
        for block in answer.message.blocks
        for each in block.get("elements", ())
        if each["type"] == "static_select"
    ]
    assert len(choice["options"]) == 10


@pytest.mark.parametrize(
    ("which", "news"),
    [
        ("running", "5+ running now: Monthly invoices, A Smart Flow."),
        ("failed", "5+ runs failed, the latest Monthly invoices."),
        ("waiting", "5+ runs waiting, 1 for an answer."),
        ("today", "5+ runs today: 1 waiting for an answer, 1 failed."),
        ("latest", "Latest runs: 1 waiting for an answer, 1 failed."),
    ],
)
def test_the_headline_says_what_somebody_has_to_look_at(which: str, news: str) -> None:
    assert listed(which, more=True).message.text == news


def test_where_nothing_is_wrong_the_headline_says_how_it_went() -> None:
    assert listed("today", [DONE, DONE, RUN]).message.text == "3 runs today: 2 done, 1 running."


def test_a_clock_ahead_of_ours_gives_no_negative_duration() -> None:
    early = replace(RUN, created_at=NOW + timedelta(minutes=1))
    assert " · 0 s" in words(listed("running", [early]).message)


@pytest.mark.parametrize(
    ("which", "news"),
    [
        ("running", "Nothing is running."),
        ("failed", "No run has failed lately."),
        ("waiting", "No run is waiting."),
        ("today", "No runs today."),
        ("latest", "No runs yet."),
    ],
)
def test_an_empty_list_offers_to_start_one(which: str, news: str) -> None:
    nothing = listed(which, [])
    assert nothing.message.text == news
    assert buttons(nothing) == ["Run a flow"]


def test_a_list_says_when_the_key_sees_only_its_own_runs() -> None:
    answers = [listed("today", own_only=True), listed("today", [], own_only=True)]
    assert [OWN_ONLY in words(each.message) for each in answers] == [True, True]


def test_no_id_stands_in_a_list_or_beside_the_details() -> None:
    shown = [listed("latest").message, listed("today", ALL * 2).message, run_status(STATUS).message]
    for each in shown:
        without_values = [_seen(block) for block in each.blocks]
        assert "3f2a9c1b" not in f"{each.text}{without_values}"


def _seen(value: Any) -> Any:
    """Return what people see of a block: no values of buttons and options."""
    if isinstance(value, dict):
        return {key: _seen(inner) for key, inner in value.items() if key != "value"}
    return [_seen(each) for each in value] if isinstance(value, list) else value


def test_a_run_in_detail_tells_its_steps_and_what_went_wrong() -> None:
    answer = run_status(STATUS)
    assert as_json(answer) == expected("run_status", answer)


def test_a_run_that_goes_on_can_be_cancelled_and_followed_from_its_details() -> None:
    answer = run_status(replace(STATUS, execution=RUN))
    assert answer.message.text == "Monthly invoices: running, 40%. Converting"
    assert buttons(answer) == ["Cancel", "Tell me when it ends"]


def test_a_run_that_asks_can_be_answered_from_its_details() -> None:
    answer = run_status(replace(STATUS, execution=ASKS))
    assert buttons(answer) == ["Answer", "Cancel", "Tell me when it ends"]


def test_what_a_run_waits_for_is_told() -> None:
    waits = replace(STATUS, execution=replace(RUN, status=WAITING))
    rendered = run_status(replace(waits, details=Details(waiting_for="a signature"))).message
    assert "It waits for: a signature." in words(rendered)


def test_a_run_of_which_little_is_known_is_shown_too() -> None:
    bare = Status(NAMELESS_RUN, NOW, ZONE)
    assert wrong(run_status(bare)) == []
    assert "A Smart Flow: running" in words(run_status(bare).message)


def test_a_run_that_was_removed_says_so() -> None:
    gone = replace(STATUS, execution=replace(FAILED, gone=True))
    assert "Its cleanup removed this run." in words(run_status(gone).message)


def test_what_a_flow_says_of_itself_is_shown_without_secrets() -> None:
    leaky = Details(errors=("Traceback: token=abc",), warnings=("password: hush",))
    answer = run_status(replace(STATUS, details=leaky))
    shown = " ".join(words(each) for each in (answer.message, *answer.thread))
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
    lists = [
        listed(which, runs, own_only=True)
        for which in ("running", "failed", "waiting", "today", "latest")
        for runs in ([EVIL_RUN] * 99, [EVIL_RUN], ALL, ())
    ]
    assert wrong(*answers, run_status(STATUS), *lists) == []
