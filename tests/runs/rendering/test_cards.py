from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from bot.runs.model import ERROR, INTERRUPTED, QUEUED, RUNNING, Progress, Stage, VendorRef
from bot.runs.rendering.cards import Card, card
from bot.runs.rendering.runs import vendor_down_note
from bot.slack.blocks.budget import fit
from bot.slack.blocks.simpler import simpler, words_of
from bot.slack.messages import Message
from tests.runs.rendering.samples import (
    ASKS,
    DONE,
    EVIL_RUN,
    FAILED,
    ID,
    NAMELESS_RUN,
    PANEL,
    RUN,
    STAGES,
    START,
    USUAL,
    words,
    wrong,
)
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, NOW, vendor_text

CARD = Card(RUN, "Ada", USUAL, NOW, STAGES, panel_url=PANEL)
BARE = Card(NAMELESS_RUN, "", None, NOW)


def buttons(rendered: Message) -> list[str]:
    return [
        each["text"]["text"]
        for block in rendered.blocks
        if block["type"] == "actions"
        for each in block["elements"]
    ]


def plan(rendered: Message) -> Any:
    return next(block for block in rendered.blocks if block["type"] == "plan")


def test_the_card_of_a_run_that_goes_on() -> None:
    rendered = card(CARD)
    assert as_json(rendered) == expected("run_card", rendered)


def test_the_card_of_a_run_that_ended() -> None:
    rendered = card(replace(CARD, execution=DONE))
    assert as_json(rendered) == expected("run_card_done", rendered)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (CARD, "Monthly invoices: running, 40% (Converting)."),
        (replace(CARD, execution=ASKS), "Monthly invoices: waiting for an answer, 40%."),
        (replace(CARD, execution=DONE), "Monthly invoices: done after 4 min 12 s."),
        (replace(CARD, execution=FAILED), "Monthly invoices: failed after 4 min 12 s."),
        (
            replace(CARD, execution=replace(RUN, gone=True)),
            "Monthly invoices: removed by Smart Flows' cleanup.",
        ),
        (BARE, "A Smart Flow: running."),
    ],
    ids=["running", "asks", "done", "failed", "gone", "nothing known"],
)
def test_the_card_is_one_sentence_for_a_notification(shown: Card, text: str) -> None:
    assert card(shown).text == text


@pytest.mark.parametrize(
    ("shown", "offered"),
    [
        (CARD, ["Cancel", "Details", "Tell me when it ends"]),
        (
            replace(CARD, execution=ASKS),
            ["Answer", "Cancel", "Details", "Tell me when it ends"],
        ),
        (replace(CARD, execution=DONE), ["Documents", "Run again", "Details"]),
        (replace(CARD, execution=FAILED), ["Run again", "Details"]),
        (replace(CARD, execution=replace(RUN, gone=True)), []),
    ],
    ids=["alive", "asks", "ended", "failed", "gone"],
)
def test_the_card_offers_what_can_still_be_done(shown: Card, offered: list[str]) -> None:
    assert buttons(card(shown)) == offered


def test_cancelling_asks_first() -> None:
    block = next(block for block in card(CARD).blocks if block["type"] == "actions")
    assert block["elements"][0]["confirm"]["confirm"]["text"] == "Cancel the run"
    assert block["elements"][0]["value"] == ID


def test_a_card_does_not_change_with_every_second() -> None:
    later = replace(CARD, now=NOW + timedelta(seconds=20))
    assert card(later) == card(CARD)


def test_a_run_that_is_queued_is_not_said_to_run() -> None:
    assert "Queued for 4 min" in words(card(replace(CARD, execution=replace(RUN, status=QUEUED))))


def test_a_run_that_waits_is_open_not_running() -> None:
    assert "Open for 4 min · usually 3 min (12 runs)" in words(card(replace(CARD, execution=ASKS)))


def test_a_cleaned_up_run_says_so_and_what_was_last_seen() -> None:
    said = words(card(replace(CARD, execution=replace(FAILED, gone=True))))
    assert "Its cleanup removed this run. The last I saw: failed." in said


def test_a_trouble_is_one_line_on_the_card() -> None:
    trouble = vendor_down_note()
    assert trouble in words(card(replace(CARD, trouble=trouble)))


def test_a_run_of_somebody_else_says_so() -> None:
    assert "Started by somebody else" in words(card(BARE))


def test_stages_are_a_plan_with_what_is_done_and_what_goes_on() -> None:
    tasks = plan(card(CARD))["tasks"]
    assert [(each["title"], each["status"]) for each in tasks] == [
        ("Collected the data", "complete"),
        ("Converting", "in_progress"),
    ]


def test_the_stage_in_which_a_run_failed_is_an_error() -> None:
    failed = (replace(STAGES[0], last=Progress(ID, ERROR)), *STAGES[1:])
    tasks = plan(card(replace(CARD, stages=failed)))["tasks"]
    assert [each["status"] for each in tasks] == ["error", "in_progress"]


def test_why_a_run_failed_stands_under_the_headline() -> None:
    failed = card(replace(CARD, execution=FAILED, reason="Archive: no room"))
    assert [block["type"] for block in failed.blocks][:2] == ["header", "rich_text"]
    assert "failed after 4 min 12 s Archive: no room." in words(failed)


def test_stages_that_tell_little_have_a_number() -> None:
    earlier = Stage(last=Progress(ID, INTERRUPTED))
    backwards = Stage(NOW, START, Progress(ID, RUNNING, current="Row 7"))
    rendered = plan(card(replace(CARD, stages=(earlier, backwards, Stage()))))
    assert [(each["title"], each["status"]) for each in rendered["tasks"]] == [
        ("Stage 1", "error"),
        ("Row 7", "complete"),
        ("Stage 3", "in_progress"),
    ]
    assert not any("details" in each for each in rendered["tasks"])


def test_of_many_stages_the_last_are_shown() -> None:
    rendered = plan(card(replace(CARD, stages=STAGES * 20)))
    assert rendered["title"] == "40 stages, the last 3"
    assert rendered["tasks"][0]["task_id"] == "stage-38"


def test_a_plan_becomes_a_list_where_slack_does_not_know_it() -> None:
    rendered = simpler(card(CARD))
    assert wrong(rendered) == []
    assert "plan" not in {block["type"] for block in rendered.blocks}
    assert "2 stages\n• done: Collected the data\n• going on: Converting" in words_of(
        rendered.blocks
    )
    assert words_of(card(CARD).blocks) == words_of(simpler(card(CARD)).blocks)


def test_any_card_is_one_that_slack_takes() -> None:
    cards = [
        replace(CARD, execution=run, trouble=trouble, stages=stages)
        for run in (RUN, ASKS, DONE, FAILED, EVIL_RUN, NAMELESS_RUN, replace(RUN, gone=True))
        for trouble in ("", EVIL)
        for stages in ((), STAGES, STAGES * 30)
    ]
    assert wrong(*map(card, cards)) == []


@settings(deadline=None)
@given(vendor_text, vendor_text, vendor_text)
def test_any_text_of_the_vendor_stays_text(name: str, said: str, url: str) -> None:
    run = replace(RUN, flow=VendorRef("f", name), message=said, status=said or ERROR)
    stage = Stage(START, NOW, Progress(ID, said, message=said, current=name))
    rendered = card(Card(run, name, USUAL, NOW, (stage, stage), said, url))
    assert wrong(rendered) == []
    assert len(fit(rendered)) == 1
