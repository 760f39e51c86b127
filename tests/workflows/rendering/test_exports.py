from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.occasion import Occasion
from bot.outbox.progress import TransferProgress
from bot.slack.messages import Message
from bot.tables.columns import TextTable
from bot.workflows.rendering.exports import (
    ExportSubject,
    ExportSummary,
    export_broken,
    export_done,
    export_empty,
    export_filters,
    export_progress,
    export_shown,
    export_started,
    export_too_large,
    what_words,
)
from tests.slack.checks import refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, SUBSCRIPTION, vendor_text
from tests.workflows.rendering.samples import EXPORTED, QUESTION, ROWS, SUBJECT, WEEK

LAST_EVENT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def subject(**question: Any) -> ExportSubject:
    return replace(SUBJECT, question=replace(QUESTION, **question))


def messages(subject: ExportSubject, occasion: Occasion, exported: ExportSummary) -> list[Message]:
    """Return the message of every state."""
    asked = (subject, replace(occasion, key="key-1"))
    return [
        export_started(*asked),
        export_progress(*asked, TransferProgress(1, 2, 3.0)),
        export_done(*asked, exported),
        export_shown(*asked, exported.preview),
        export_empty(*asked, last_event_at=LAST_EVENT),
        export_broken(*asked),
        export_too_large(*asked, exported, most=100, parts=3, value="key-1"),
    ]


def test_what_narrows_an_export_is_told_in_its_notes() -> None:
    asked = replace(
        QUESTION,
        goal=True,
        total=True,
        actions=("a", "b"),
        labels=("c",),
        path=(("a",), (), ("b", "c")),
        limit=1000,
    )
    assert export_filters(asked) == (
        ("Goal", "only events that reached one"),
        ("Affected goals", "all"),
        ("Action", "a, b"),
        ("Label", "c"),
        ("Path", "a > any > b, c"),
        ("Limit", "1,000 rows"),
    )


def test_an_export_of_everything_has_no_filters() -> None:
    asked = replace(QUESTION, goal=False, total=False, actions=(), labels=(), path=(), limit=None)
    assert export_filters(asked) == ()


def test_a_file_has_a_parent_with_rows_size_and_the_first_rows() -> None:
    rendered = export_done(SUBJECT, OCCASION, EXPORTED)
    assert as_json(rendered) == expected("workflow_export", rendered)


def test_a_file_over_the_limit_is_offered_compressed_or_in_parts() -> None:
    large = replace(EXPORTED, rows=9_000_000, size=1_400_000_000)
    rendered = export_too_large(
        subject(limit=None), OCCASION, large, most=1_000_000_000, parts=2, value="key-1"
    )
    assert as_json(rendered) == expected("workflow_export_large", rendered)


def test_a_digest_says_its_number_and_its_note_and_not_what_to_type() -> None:
    subscription = replace(SUBSCRIPTION, note="For the Monday meeting")
    rendered = export_done(SUBJECT, replace(OCCASION, subscription=subscription), EXPORTED)
    assert as_json(rendered) == expected("workflow_export_digest", rendered)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            export_started(SUBJECT, OCCASION),
            ("Checkout, step 2, at most 5,000 rows, last 7 days. Asking giosg …"),
        ),
        (
            export_progress(SUBJECT, OCCASION, TransferProgress(410_000_000, 1_000_000_000, 82)),
            (
                "Checkout, step 2, at most 5,000 rows, last 7 days. "
                "Fetching the file: 410 MB of 1 GB, 41%, about 2 minutes left"
            ),
        ),
        (
            export_progress(SUBJECT, OCCASION, TransferProgress(410_000_000, None, 82)),
            "Checkout, step 2, at most 5,000 rows, last 7 days. Fetching the file: 410 MB so far",
        ),
        (
            export_done(SUBJECT, OCCASION, replace(EXPORTED, rows=None)),
            ("Checkout, step 2, at most 5,000 rows, last 7 days. Excel file in the thread, 412 KB"),
        ),
        (
            export_shown(subject(export="", limit=None), OCCASION, ROWS),
            "Checkout, step 2, last 7 days: 2 rows.",
        ),
        (
            export_empty(subject(limit=None), OCCASION),
            ("Checkout, step 2, last 7 days: no events."),
        ),
        (
            export_empty(subject(limit=None), OCCASION, last_event_at=LAST_EVENT),
            (
                "Checkout, step 2, last 7 days: no events. "
                "The last event of this workflow was on Mon 2 Nov, 10:30."
            ),
        ),
    ],
    ids=["started", "under way", "no size", "not counted", "shown", "empty", "last event"],
)
def test_a_notification_tells_the_state_in_words(message: Message, text: str) -> None:
    assert message.text == text


def test_a_split_period_is_said() -> None:
    long = replace(WEEK, first=WEEK.last - timedelta(days=500))
    shown = str(export_done(replace(SUBJECT, period=long), OCCASION, EXPORTED).blocks)
    assert "Joined from 3 parts" in shown


@pytest.mark.parametrize(("rows", "said"), [(4_999, False), (5_000, True), (None, False)])
def test_a_reached_limit_is_said(rows: int | None, said: bool) -> None:  # noqa: FBT001 - a table
    shown = str(export_done(SUBJECT, OCCASION, replace(EXPORTED, rows=rows)).blocks)
    assert ("Limit of 5,000 rows reached; there may be more" in shown) is said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ({"goal": True}, "Step 2, only events that reached a goal"),
        ({"actions": ("a", "b")}, "Step 2, only action a, b"),
        ({"labels": tuple("abcdefg")}, "Step 2, only label a, b, c, d, e and 2 more"),
        ({"path": (("a", "b"), (), ("c",))}, "Step 2, along a, b > any > c"),
        ({"data": "source", "total": True}, "Events outside the steps, all affected goals"),
    ],
)
def test_what_narrows_an_export_is_said(question: Any, words: str) -> None:
    assert what_words(replace(QUESTION, limit=None, **question)) == words


def test_columns_that_slack_cannot_show_are_counted() -> None:
    wide = TextTable(tuple(f"dim{n}" for n in range(23)), (("x",) * 23,))
    shown = str(export_shown(SUBJECT, OCCASION, wide).blocks)
    assert "3 more columns are not shown; a file has them all." in shown


def test_a_header_without_rows_has_no_table() -> None:
    kinds = [
        block["type"] for block in export_shown(SUBJECT, OCCASION, TextTable(("a",), ())).blocks
    ]
    assert "data_table" not in kinds


def test_every_state_is_taken_by_slack() -> None:
    assert [refusals(each) for each in messages(SUBJECT, OCCASION, EXPORTED)] == [[]] * 7


@settings(deadline=None, max_examples=60)
@given(vendor_text, st.lists(vendor_text, min_size=1, max_size=25), vendor_text)
def test_no_vendor_text_becomes_markup(name: str, cells: list[str], typed: str) -> None:
    rows = TextTable(tuple(cells), (tuple(cells),) * 3)
    question = replace(
        QUESTION, workflow=typed, actions=(typed,), labels=(typed,), path=((typed,),)
    )
    about = replace(SUBJECT, workflow=name, question=question)
    occasion = replace(OCCASION, asked_by=name)
    found = [refusals(each) for each in messages(about, occasion, ExportSummary(3, 99, rows))]
    assert found == [[]] * 7
