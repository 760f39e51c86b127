"""Values are read back as they were kept, also those that an older version of Flowbot kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.core.finder import Choice
from bot.asking.rendering.offers import Offer
from bot.asking.store import SnapshotStore, put_snapshot
from bot.codec import decode, dumps, loads
from bot.digests.core.command import Snooze
from bot.fieldreports.files import HEATMAP, PICTURE, PictureFile
from bot.fieldreports.question import AnalyticsQuestion
from bot.runs.core.user_input import FieldChoice, FieldKind, QuestionField, UserInput
from bot.runs.core.watching import Condition
from bot.runs.model import Document
from bot.runs.windows.forms import GivenInput, QuestionPlace
from bot.slack.messages import FileOffer, FileSource, Message, Target
from bot.store.database import Database
from bot.training.core.changes import Snapshot
from bot.training.model import ReportFilter
from bot.training.question import ReportQuestion
from bot.webinars.core.attendance import RegistrationCount
from bot.webinars.rendering.windows import KeptInForm
from bot.workflows.intents import LargeFile

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)
KEPT: tuple[tuple[str, Any, str, Any], ...] = (
    (
        "what a report said",
        Snapshot,
        (
            '{"taken_at":"2026-11-23T08:00:00+00:00","total":2,"completed":1,"rate":50.0,'
            '"people":{"asgn_1":["completed","ada@example.com"]},"status_filter":"","whole":true}'
        ),
        Snapshot(NOW, 2, 1, 50.0, {"asgn_1": ("completed", "ada@example.com")}),
    ),
    (
        "a pick list",
        tuple[Choice, ...],
        '[{"id": "1", "name": "Tea", "detail": ""}, {"id": "2", "name": "Tea", "detail": "late"}]',
        (Choice("1", "Tea"), Choice("2", "Tea", "late")),
    ),
    (
        "registrations as they were seen",
        tuple[RegistrationCount, ...],
        '[["2026-11-23T08:00:00+00:00", 7]]',
        (RegistrationCount(NOW, 7),),
    ),
    (
        "a training export",
        ReportFilter,
        (
            '{"flow_id":"flow_1","start":"2026-11-23T08:00:00+00:00","end":null,'
            '"status":"overdue","detailed":false,"by":null}'
        ),
        ReportFilter("flow_1", start=NOW, status="overdue"),
    ),
    (
        "what a paused run asks",
        UserInput,
        (
            '{"title":"Trip","fields":[{"key":"days","label":"Days","kind":"choice",'
            '"required":true,"default":2,"hint":"","choices":[{"value":2,"label":"Two"},'
            '{"value":"3","label":"Three"}],"least":null,"most":null,"longest":null,'
            '"lines":false}],"defaults":{"days":2,"seen":true}}'
        ),
        UserInput(
            "Trip",
            (
                QuestionField(
                    "days",
                    "Days",
                    FieldKind.CHOICE,
                    required=True,
                    default=2,
                    choices=(FieldChoice(2, "Two"), FieldChoice("3", "Three")),
                ),
            ),
            {"days": 2, "seen": True},
        ),
    ),
    (
        "what a channel watches",
        tuple[Condition, ...],
        '["failed","stuck"]',
        (Condition.FAILED, Condition.STUCK),
    ),
    (
        "a document",
        Document,
        '{"id":"d1","name":"letter.pdf","content_type":"application/pdf"}',
        Document("d1", "letter.pdf", "application/pdf"),
    ),
    (
        "a heat map",
        PictureFile,
        '{"file":"heatmap","zone":"UTC","question":{"channel":"7","figure":"heatmap"}}',
        PictureFile(HEATMAP, AnalyticsQuestion("7", "heatmap"), "UTC"),
    ),
    (
        "a thumbnail",
        PictureFile,
        '{"file":"picture","zone":"UTC","question":{"channel":"7","figure":"images"},"image":9}',
        PictureFile(PICTURE, AnalyticsQuestion("7", "images"), "UTC", 9),
    ),
    (
        "a message",
        Message,
        '{"text":"Hello","blocks":[{"type":"divider"}],"rung":1,"unsure_since":""}',
        Message("Hello", ({"type": "divider"},)),
    ),
    (
        "a file",
        FileOffer,
        (
            '{"filename":"a.csv","title":"A","source":{"name":"momoflow","arguments":{"form":"csv"}},'
            '"alt_text":"A","file_id":"F1","told":null}'
        ),
        FileOffer("a.csv", "A", FileSource("momoflow", {"form": "csv"}), "A"),
    ),
    (
        "where an answer goes",
        Target,
        (
            '{"channel":"C1","user":"UADA","private":true,"thread_ts":"","response_url":"https://x",'
            '"replaces":false}'
        ),
        Target("C1", "UADA", private=True, response_url="https://x"),
    ),
    (
        "a button of a pick list",
        Offer,
        '{"job":"start_run","details":{"flow":"f1"},"privately":false}',
        Offer("start_run", {"flow": "f1"}, privately=False),
    ),
    (
        "a button under a large file",
        LargeFile,
        '{"key": "k#1", "count": 3, "size": 1200}',
        LargeFile("k#1", 3, 1200),
    ),
    ("a window about webinars", KeptInForm, '{"channel": "C1"}', KeptInForm("C1")),
    (
        "a window for registering",
        KeptInForm,
        '{"channel": "C1", "titles": {"tok": "Tea"}}',
        KeptInForm("C1", {"tok": "Tea"}),
    ),
    ("a window for a run", GivenInput, "", GivenInput()),
    ("a window with a file", GivenInput, '{"file": "F1"}', GivenInput(file="F1")),
    (
        "a window with a question",
        QuestionPlace,
        '{"execution": "e1", "number": 2, "channel": "C1"}',
        QuestionPlace("e1", 2, "C1"),
    ),
)


@pytest.mark.parametrize(
    ("kind", "text", "expected"), [each[1:] for each in KEPT], ids=[each[0] for each in KEPT]
)
def test_what_an_older_version_kept_is_read(kind: Any, text: str, expected: Any) -> None:
    assert decode(kind, loads(text)) == expected
    assert decode(kind, loads(dumps(expected))) == expected


@settings(max_examples=40)
@given(JSON)
def test_json_is_read_back_the_same(value: object) -> None:
    assert loads(dumps(value)) == value


def test_half_of_a_surrogate_pair_is_kept_as_well() -> None:
    text = dumps({"name": "caf\u00e9 \ud800"})
    assert text.isascii()
    assert loads(text) == {"name": "caf\u00e9 \ud800"}


def test_an_empty_text_is_an_empty_mapping() -> None:
    assert loads("") == {}


def test_an_empty_text_stands_for_none_only_where_no_text_is_expected() -> None:
    assert decode(Snooze, {"number": 3, "until": ""}) == Snooze(3)
    assert decode(ReportQuestion, {"flow": ""}) == ReportQuestion("")


@pytest.mark.parametrize("kept", [None, "", "null", '{"flow_id": 1}', "[" * 100_000])
async def test_what_nobody_can_read_is_as_if_nothing_was_kept(
    ours: Database, kept: str | None
) -> None:
    if kept is not None:
        await ours.transaction(lambda tx: put_snapshot(tx, "key", kept, now=NOW))
    assert await SnapshotStore(ours).read("key", Snapshot) is None


async def test_a_value_that_was_last_seen_is_read_back(ours: Database) -> None:
    snapshot = Snapshot(NOW, 2, 1, people={"asgn_1": ("pending", "caf\u00e9@example.com")})
    await ours.transaction(lambda tx: put_snapshot(tx, "key", snapshot, now=NOW))
    assert await SnapshotStore(ours).read("key", Snapshot) == snapshot
