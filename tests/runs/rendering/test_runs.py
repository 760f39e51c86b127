from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Reason, SlackError, VendorError
from bot.runs.core.watching import Condition, RunState
from bot.runs.model import CANCELED, SMART_FLOWS, WARNING, Details, Flow, Step
from bot.runs.rendering import runs
from bot.slack.blocks.problems import problem
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
    USUAL,
    words,
    wrong,
)
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL

AFTER = timedelta(minutes=31)
REFUSED = SlackError("files.completeUploadExternal", "file_upload_size_restricted")


def test_an_uncertain_start_warns_against_starting_again() -> None:
    told = runs.start_uncertain("Invoices")
    assert "look before you start it again" in told.text
    assert told.blocks[-1]["elements"][0]["text"]["text"] == "Today's runs"


def test_a_flow_that_needs_input_offers_the_form() -> None:
    rendered = runs.input_needed(Flow("flow-1", "Invoices"))
    assert rendered.text == "Invoices needs input."
    assert rendered.blocks[-1]["elements"][0]["value"] == "flow-1"


def test_the_end_is_one_short_reply_that_mentions_one_person() -> None:
    rendered = runs.ended_reply(DONE, mentions="UADA", documents=2)
    assert as_json(rendered) == expected("run_ended", rendered)


def test_a_failure_says_which_step_and_why() -> None:
    rendered = runs.ended_reply(
        FAILED,
        reason=runs.reason_of(FAILED, DETAILS),
        warnings=["A picture was missing."],
    )
    assert as_json(rendered) == expected("run_failed", rendered)


@pytest.mark.parametrize(
    ("step", "reason", "said"),
    [
        ("Archive", "It broke", "Archive: It broke."),
        ("Archive", "Archive: it broke", "Archive: it broke."),
        ("Archive", "", "The step “Archive” failed."),
        ("", "It broke", "It broke."),
        ("", "Interrupted.", ""),
        ("Archive", "Error", "The step “Archive” failed."),
        ("", "", ""),
    ],
)
def test_a_reason_names_the_step_that_failed_once(step: str, reason: str, said: str) -> None:
    details = Details(steps=(Step(step, "Error"),), errors=(reason,))
    assert runs.reason_of(replace(FAILED, message=""), details) == said


def test_a_run_with_a_warning_says_the_first() -> None:
    details = Details(warnings=("A picture was missing", "Another one"))
    assert runs.reason_of(replace(DONE, status=WARNING), details) == "A picture was missing."
    assert runs.reason_of(DONE, details) == ""


@pytest.mark.parametrize(
    ("count", "missing", "text"),
    [
        (2, (), "2 documents of Monthly invoices."),
        (1, ("Old.pdf",), "1 document of Monthly invoices."),
        (0, ("Old.pdf",), "No document can be had of Monthly invoices."),
        (0, (), "Monthly invoices made no documents."),
    ],
)
def test_whoever_asks_for_documents_hears_how_many_there_are(
    count: int, missing: tuple[str, ...], text: str
) -> None:
    assert runs.documents_sent(DONE, count, missing).text == text


def test_many_warnings_are_counted_and_a_few_are_shown() -> None:
    many = [f"warning {number}" for number in range(7)]
    rendered = runs.ended_reply(replace(DONE, status=WARNING), warnings=[*many, " "])
    assert rendered.text == "Monthly invoices is done with warnings after 4 min 12 s."
    assert "7 warnings:" in words(rendered)
    assert "warning 4 and 2 more" in words(rendered)


@pytest.mark.parametrize(
    ("run", "condition", "says"),
    [
        (RUN, Condition.STARTED, "Monthly invoices has started."),
        (DONE, Condition.FINISHED, "Monthly invoices is done after 4 min 12 s."),
        (FAILED, Condition.FAILED, "Monthly invoices failed after 4 min 12 s. It broke."),
        (ASKS, Condition.NEEDS_INPUT, "Monthly invoices is waiting for an answer."),
        (RUN, Condition.STUCK, "Monthly invoices has been going for 31 min, far longer"),
    ],
)
def test_a_watching_channel_reads_what_happened(
    run: RunState, condition: Condition, says: str
) -> None:
    reason = "It broke" if condition is Condition.FAILED else ""
    rendered = runs.watch_news(run, condition, elapsed=AFTER, reason=reason)
    assert rendered.text.startswith(says)


def test_being_stuck_is_said_without_a_time_too() -> None:
    text = runs.watch_news(NAMELESS_RUN, Condition.STUCK).text
    assert text.startswith("A Smart Flow has been going, far longer than usual.")


def test_a_stuck_run_leaves_the_choice_to_people() -> None:
    rendered = runs.stuck_note(RUN, elapsed=AFTER, usual=USUAL, mentions="UADA")
    assert as_json(rendered) == expected("run_stuck", rendered)


@pytest.mark.parametrize(
    ("rendered", "text"),
    [
        (
            runs.keeps_waiting(RUN, by="Ada"),
            "Ada chose to keep waiting for Monthly invoices.",
        ),
        (
            runs.watches_for(RUN),
            "I'll mention you in the thread when Monthly invoices finishes.",
        ),
        (runs.ended_already(DONE), "Monthly invoices has already ended: done."),
        (
            runs.cancel_asked(RUN, by="Ada"),
            "Ada is cancelling Monthly invoices.",
        ),
        (
            runs.cancel_taken(RUN, by="Ada"),
            "Ada is already cancelling Monthly invoices.",
        ),
        (runs.cancel_too_late(DONE), "Monthly invoices can't be cancelled any more: done."),
        (
            runs.cancel_too_late(replace(DONE, status=CANCELED)),
            "Monthly invoices is already cancelled.",
        ),
    ],
)
def test_whoever_presses_a_button_is_told_what_came_of_it(rendered: Message, text: str) -> None:
    assert rendered.text == text


def test_a_refused_document_says_why_and_where_it_is() -> None:
    rendered = runs.document_refused("Invoices.pdf", REFUSED, panel_url=PANEL)
    assert rendered.text.startswith(
        "I couldn't post “Invoices.pdf” here. The file is larger than this workspace allows."
    )
    assert PANEL in str(rendered.blocks)


def test_a_refused_document_without_a_panel_still_says_where_it_is() -> None:
    rendered = runs.document_refused(" ", REFUSED)
    assert "“a document”" in rendered.text
    assert "It is still in Smart Flows." in words(rendered)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ((2, 1), "2 runs and 1 watch cannot be followed until then."),
        ((0, 3), "without me. 3 watches cannot be followed until then."),
        ((0, 0), "Flows there go on without me. Make a new key"),
    ],
)
def test_the_owner_hears_once_what_a_refused_key_means(counts: tuple[int, int], says: str) -> None:
    text = runs.key_revoked(runs=counts[0], watches=counts[1]).text
    assert says in text
    assert "SMARTFLOWS_API_KEY" in text


def test_a_run_that_is_not_there_any_more_is_told_with_what_helps() -> None:
    text = problem(VendorError(SMART_FLOWS, Reason.NOT_FOUND)).text
    assert "doesn't know this flow or run any more" in text


def test_a_mention_and_what_it_is_about_are_kept_apart() -> None:
    ended = runs.ended_reply(DONE, mentions="UADA")
    stuck = runs.stuck_note(RUN, elapsed=AFTER, usual=USUAL, mentions="UADA")
    assert wrong(ended, stuck) == []
    assert words(ended) == ":  Monthly invoices  is done after 4 min 12 s."


def test_evil_words_are_text_everywhere() -> None:
    ended = replace(EVIL_RUN, status=EVIL)
    messages = [
        runs.start_uncertain(EVIL),
        runs.input_needed(Flow("f", EVIL)),
        runs.ended_reply(ended, warnings=[EVIL] * 9, reason=EVIL, documents=1),
        runs.ended_reply(ended, warnings=["x" * 9_000] * 99, reason="y" * 9_000),
        *(runs.watch_news(EVIL_RUN, each, elapsed=AFTER, reason=EVIL) for each in Condition),
        runs.stuck_note(EVIL_RUN, elapsed=AFTER, usual=USUAL),
        runs.keeps_waiting(EVIL_RUN, by=EVIL),
        runs.watches_for(EVIL_RUN),
        runs.ended_already(ended),
        runs.cancel_asked(EVIL_RUN, by=EVIL),
        runs.cancel_taken(EVIL_RUN, by=EVIL),
        runs.cancel_too_late(ended),
        runs.document_refused(EVIL, REFUSED, panel_url=EVIL),
        runs.key_revoked(runs=1, watches=1),
    ]
    assert wrong(*messages) == []
