"""What a row of the outbox is: what is told, where to, and how far that is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.codec import decode, loads
from bot.slack.messages import Answer, FileOffer, Message, Target
from bot.store.database import Row, moment


class EntryKind(StrEnum):
    """What a row tells."""

    MESSAGE = "message"
    FILE = "file"


class State(StrEnum):
    """How far a row is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"


ANSWERS_FIRST = 0
DIGESTS_LATER = 1

LEVEL = "rung"
"""In a message's payload: as which of `slack.blocks.fallbacks` it is sent. Rows of before have the
word for it, so it stays."""
UNSURE = "unsure_since"
"""In a payload: when it was sent without our knowing whether it arrived, until that is settled."""
DOUBTED = "doubted_since"
"""In a payload: the first such moment, kept for good: Slack may show it late."""
LOOK = "look"
"""In a message's payload: how far the look for it is that Slack stopped."""
FILE_ID = "file_id"
"""In a file's payload: Slack's id of bytes that are there and may have been shared already; empty
when it turned out that there is nothing to share."""
PARENT_MESSAGE = "told"
"""In a file's payload: what its parent message says as soon as the file is shared. Rows of before
have the word for it, so it stays."""
REMARKS = "remarks"
"""In a file's payload: what people should know of the bytes that are there, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the outbox. `payload` is a message's or a file offer's JSON.

    `claim` is another one each time that it is taken for sending.
    """

    id: int
    key: str
    kind: EntryKind
    target: Target
    payload: dict[str, Any]
    question: dict[str, Any]
    parent_key: str
    subscription_id: int | None
    state: State
    attempts: int
    created_at: datetime
    claimed_at: datetime | None
    claim: str
    posted_channel: str
    ts: str
    error: str
    queue: str
    request_id: str

    @property
    def message(self) -> Message:
        """The message of a message row."""
        return decode(Message, self.payload)

    @property
    def file(self) -> FileOffer:
        """The file of a file row."""
        return decode(FileOffer, self.payload)

    @property
    def thread(self) -> str:
        """The `ts` of the thread for what belongs to it: that in which it stands, or its own."""
        return self.target.thread_ts or self.ts

    @property
    def doubted_since(self) -> datetime:
        """From when on it may be in Slack."""
        first = moment(self.payload.get(DOUBTED)) or self.unsure_since
        return first or self.claimed_at or self.created_at

    @property
    def unsure_since(self) -> datetime | None:
        """When it may have been posted without our knowing, if nobody could look yet."""
        return moment(self.payload.get(UNSURE))


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A row that wants to be sent, without what it says: that is read when it is claimed."""

    id: int
    kind: EntryKind
    channel: str
    priority: int

    @property
    def can_wait(self) -> bool:
        """Whether people's answers go first."""
        return self.priority >= DIGESTS_LATER


@dataclass(frozen=True, slots=True)
class OutgoingAnswer:
    """An answer to be written into the outbox: where to, from what question, how urgent.

    With `parent_key` everything goes into the thread of that row's message, once it is sent.
    """

    key: str
    target: Target
    answer: Answer
    question: dict[str, Any] = field(default_factory=dict)
    subscription_id: int | None = None
    priority: int = ANSWERS_FIRST
    parent_key: str = ""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of a claimed row. Without a `payload` the row keeps the one it has."""

    entry: Entry
    state: State
    channel: str = ""
    ts: str = ""
    error: str = ""
    next_try_at: datetime | None = None
    payload: dict[str, Any] | None = None
    count_attempt: bool = True


def entry_of(row: Row) -> Entry:
    """Return a row of the table."""
    return Entry(
        id=row["id"],
        key=row["key"],
        kind=EntryKind(row["kind"]),
        target=decode(Target, loads(row["target"])),
        payload=loads(row["payload"]),
        question=loads(row["question"]),
        parent_key=row["parent_key"] or "",
        subscription_id=row["subscription_id"],
        state=State(row["state"]),
        attempts=row["attempts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        claimed_at=moment(row["claimed_at"]),
        claim=row["claim"],
        posted_channel=row["posted_channel"] or "",
        ts=row["ts"] or "",
        error=row["error"],
        queue=row["lane"],
        request_id=row["request_id"],
    )
