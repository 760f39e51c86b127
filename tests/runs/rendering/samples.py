"""Values that the tests of Smart Flows messages share, and what Slack says of a message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.runs.core.history import Usual
from bot.runs.core.user_input import FieldChoice, FieldKind, QuestionField, UserInput
from bot.runs.core.watching import RunState
from bot.runs.model import (
    ERROR,
    RUNNING,
    SUCCESS,
    USER_INPUT,
    Details,
    DocumentRef,
    Progress,
    Stage,
    Step,
    VendorRef,
)
from bot.slack.blocks.budget import NOTHING
from bot.slack.messages import Answer, Message
from sandbox.slack.blocks import message_problems
from tests.slack.slack_rules import objections
from tests.training.rendering.samples import EVIL, NOW

ID = "3f2a9c1b-77d0-4c52-9a31-0d5b6f1e2a44"
PANEL = "https://flows.example.com/panel/executions"
START = NOW - timedelta(minutes=4, seconds=12)
USUAL = Usual(timedelta(minutes=3), timedelta(minutes=5), 12)

RUN = RunState(
    ID, VendorRef("flow-1", "Monthly invoices"), RUNNING, 40, "Converting", START, START, NOW
)
ASKS = replace(RUN, status=USER_INPUT, message="")
DONE = replace(RUN, status=SUCCESS, percentage=100, message="", ended_at=NOW)
FAILED = replace(DONE, status=ERROR, percentage=60)
EVIL_RUN = replace(RUN, flow=VendorRef(EVIL, EVIL), message=EVIL)
NAMELESS_RUN = replace(RUN, flow=VendorRef(), message="", percentage=None, created_at=None)

STAGES = (
    Stage(START, START + timedelta(minutes=1), Progress(ID, RUNNING, 30, "Collected the data")),
    Stage(START + timedelta(minutes=1), None, Progress(ID, RUNNING, 40, "Converting")),
)
DETAILS = Details(
    waiting_for="",
    steps=(
        Step("Collect", "Output", START, START + timedelta(seconds=20)),
        Step("Send by e-mail", "Error", START + timedelta(seconds=20), NOW),
        Step("Archive", "Skipped"),
    ),
    errors=("The mail server refused the address.",),
    warnings=("A picture was missing.",),
    caught=("The first try timed out.",),
    documents=(DocumentRef("doc-1", "Invoices.pdf"), DocumentRef("doc-2")),
)
QUESTION = UserInput(
    "Approve the batch",
    (
        QuestionField("note", "Note", FieldKind.TEXT, hint="For the file", lines=True),
        QuestionField("who", "Approved by", FieldKind.TEXT, required=True, default="Ada"),
        QuestionField("sum", "Sum", FieldKind.NUMBER, default=12.5),
        QuestionField("copies", "Copies", FieldKind.INTEGER),
        QuestionField("send", "Send at once", FieldKind.YES_NO, default=True),
        QuestionField("sure", "Are you sure", FieldKind.YES_NO),
        QuestionField(
            "format",
            "Format",
            FieldKind.CHOICE,
            default="pdf",
            choices=(FieldChoice("pdf", "PDF"), FieldChoice("docx", ""), FieldChoice(3, "Three")),
        ),
        QuestionField("printer", "Printer", FieldKind.CHOICE, choices=(FieldChoice(1, "First"),)),
        QuestionField("due", "Due", FieldKind.DATE, default="2026-11-30"),
        QuestionField("paid", "Paid on", FieldKind.DATE),
    ),
)
FOR_THE_PANEL = UserInput("Sign", (QuestionField("s", "Signature", FieldKind.OTHER),))


def wrong(*rendered: Message | Answer) -> list[str]:
    """Return what the local Slack would refuse in the messages, and what may be read as markup."""
    messages = [one for each in rendered for one in _messages(each)]
    return [
        problem
        for each in messages
        for problem in (*message_problems(list(each.blocks)), *objections(each), *_blanks(each))
    ]


def words(rendered: Message) -> str:
    """Return all text of a message's blocks in one line, to look for words in."""
    return " ".join(_texts(rendered.blocks))


def _blanks(rendered: Message) -> list[str]:
    """Return a problem for each empty text, which stands as a lone dash between the others."""
    prose = [block for block in rendered.blocks if block["type"] == "rich_text"]
    return ["a text is empty" for text in _texts(prose) if text == NOTHING]


def _messages(rendered: Message | Answer) -> Sequence[Message]:
    return (rendered,) if isinstance(rendered, Message) else (rendered.message, *rendered.thread)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [one for key in ("text", "title") if isinstance(one := value.get(key), str)]
        return own + [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _texts(inner)]
    return []
