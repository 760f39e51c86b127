from dataclasses import replace
from datetime import timedelta

import pytest

from bot.runs.core.user_input import UserInput
from bot.runs.model import SELECT_FLOW, WAITING
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering.questions import question_posted, reminder, waiting_for
from bot.slack.messages import Message
from tests.runs.rendering.samples import (
    ASKS,
    EVIL_RUN,
    FOR_THE_PANEL,
    PANEL,
    QUESTION,
    RUN,
    words,
    wrong,
)
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL

HOURS = timedelta(hours=4)


def has_button(rendered: Message) -> bool:
    return bool(rendered.blocks[-1]["type"] == "actions")


def test_a_question_comes_with_a_button_to_answer_it() -> None:
    rendered = question_posted(ASKS, QUESTION, panel_url=PANEL, mentions="UADA")
    assert as_json(rendered) == expected("run_question", rendered)


@pytest.mark.parametrize("question", [None, FOR_THE_PANEL], ids=["no form", "a signature"])
def test_what_slack_cannot_ask_leads_to_the_panel(question: UserInput | None) -> None:
    rendered = question_posted(ASKS, question, panel_url=PANEL)
    assert not has_button(rendered)
    assert PANEL in str(rendered.blocks)


def test_without_an_address_the_panel_is_named() -> None:
    assert "Answer it in Smart Flows." in words(question_posted(ASKS, None))


def test_a_question_without_a_title_tells_what_it_asks_for() -> None:
    rendered = question_posted(ASKS, replace(QUESTION, title="", fields=QUESTION.fields[:2]))
    assert rendered.text.endswith("go on.\nIt asks for: Note, Approved by")


@pytest.mark.parametrize(("question", "button"), [(QUESTION, True), (None, False)])
def test_a_forgotten_question_is_reminded_of(question: UserInput | None, button: bool) -> None:  # noqa: FBT001 - a table's column
    rendered = reminder(ASKS, question, waited=HOURS, panel_url=PANEL, mentions="UADA")
    assert rendered.text.startswith("Monthly invoices has been waiting for an answer for 4 h.")
    assert has_button(rendered) is button


@pytest.mark.parametrize(
    ("rendered", "text"),
    [
        (
            run_questions.answered(RUN, by="Ada"),
            "Ada answered; Monthly invoices is continuing.",
        ),
        (
            run_questions.already_answered(RUN, by="Ada"),
            "Monthly invoices no longer needs this answer: Ada was first.",
        ),
        (
            run_questions.already_answered(RUN),
            "Monthly invoices no longer needs this answer.",
        ),
    ],
)
def test_the_first_answer_counts_and_the_second_is_told(rendered: Message, text: str) -> None:
    assert rendered.text == text


@pytest.mark.parametrize(
    ("status", "waits_for", "text"),
    [
        (WAITING, "a signature", " waits for a signature, then continues by itself."),
        (WAITING, "", " waits for somebody outside Smart Flows, then continues by itself."),
        (
            SELECT_FLOW,
            "order.xml",
            " waits until somebody chooses a flow for its data (order.xml) in Smart",
        ),
        (
            SELECT_FLOW,
            "",
            " waits until somebody chooses a flow for its data in Smart Flows.",
        ),
    ],
)
def test_other_waiting_runs_say_what_they_wait_for(status: str, waits_for: str, text: str) -> None:
    run = replace(RUN, status=status)
    assert waiting_for(run, waits_for).text.startswith(f"Monthly invoices{text}")
    assert PANEL in str(waiting_for(run, waits_for, panel_url=PANEL, mentions="UADA").blocks)


def test_every_kind_of_question_is_a_message_that_slack_takes() -> None:
    messages = [
        message
        for question in (QUESTION, FOR_THE_PANEL, None)
        for url in (PANEL, "")
        for message in (
            question_posted(ASKS, question, panel_url=url, mentions="UADA"),
            reminder(ASKS, question, waited=HOURS, panel_url=url, mentions="UADA"),
            waiting_for(ASKS, "", panel_url=url, mentions="UADA"),
        )
    ]
    assert wrong(*messages) == []


def test_evil_words_are_text_everywhere() -> None:
    labels = [replace(each, label=EVIL) for each in QUESTION.fields]
    evil = UserInput(EVIL, (*labels, replace(labels[0], label="")))
    long = UserInput("t" * 9_000, tuple(replace(each, label="l" * 900) for each in labels))
    messages = [
        *(question_posted(EVIL_RUN, each, panel_url=EVIL) for each in (evil, long, None)),
        *(reminder(EVIL_RUN, each, waited=HOURS) for each in (evil, None)),
        waiting_for(EVIL_RUN, EVIL, panel_url=EVIL),
        run_questions.answered(EVIL_RUN, by=EVIL),
        run_questions.already_answered(EVIL_RUN, by=EVIL),
    ]
    assert wrong(*messages) == []
