"""What became of a planned digest: decided from what became of its message and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.asking.subscription import PAUSED, SHARED, SNOOZED, STOPPED

LATE_AFTER: Final = timedelta(minutes=15)
"""A digest that comes so long after its time is late; a vendor's short trouble makes none late."""


class Cause(StrEnum):
    """Why a digest was to be sent: its schedule came to it, or somebody wanted it."""

    PLANNED = "planned"
    NOW = "now"
    RESENT = "resent"


class DigestState(StrEnum):
    """How far a digest came. The words are those of the table."""

    MAKING = "making"
    TELLING = "telling"
    FILE_TO_COME = "file to come"
    SENT = "sent"
    INCOMPLETE = "incomplete"
    """It is there, and its file or a part of it is not."""
    UNCHANGED = "unchanged"
    NOT_MET = "not met"
    """Its condition did not hold."""
    FAILED = "failed"
    OFF = "vendor off"
    GONE = "channel gone"
    WITHHELD = "withheld"
    IN_DOUBT = "in_doubt"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    HOLIDAY = "holiday"
    QUIET = "quiet hours"
    MISSED = "missed"
    REMOVED = "removed"


ARRIVED: Final = frozenset({DigestState.FILE_TO_COME, DigestState.SENT, DigestState.INCOMPLETE})
"""Its message is in Slack."""
RESTING: Final = {
    PAUSED: DigestState.PAUSED,
    SNOOZED: DigestState.SNOOZED,
    STOPPED: DigestState.PAUSED,
    SHARED: DigestState.WITHHELD,
}
"""What becomes of a planned digest whose subscription rests in a state."""


@dataclass(frozen=True, slots=True)
class DigestRun:
    """One row of the record. `noted_at` is when `state` was noted, `reason` is in words.

    `told_at` is when its message came to be in Slack, as `ts` in `channel`; None where it is not.
    """

    id: int
    key: str
    subscription_id: int
    cause: Cause
    planned_at: datetime
    state: DigestState
    noted_at: datetime
    reason: str = ""
    asked_by: str = ""
    told_at: datetime | None = None
    channel: str = ""
    ts: str = ""

    @property
    def late_by(self) -> timedelta:
        """How much later than planned it came; nothing where that is not worth a word."""
        late = (self.told_at or self.planned_at) - self.planned_at
        return late if self.cause is Cause.PLANNED and late >= LATE_AFTER else timedelta()


def outcome(message: str, parts: Sequence[str]) -> DigestState:
    """Return how far a digest is, by the outbox's words for its message and for all that follows.

    A digest whose file did not come is not one that was sent.
    """
    if message != "sent":
        return _OF_MESSAGE.get(message, DigestState.TELLING)
    if {"failed", "skipped"} & {*parts}:
        return DigestState.INCOMPLETE
    if "in_doubt" in parts:
        return DigestState.IN_DOUBT
    return DigestState.SENT if all(each == "sent" for each in parts) else DigestState.FILE_TO_COME


_OF_MESSAGE: Final = {
    "failed": DigestState.FAILED,
    "in_doubt": DigestState.IN_DOUBT,
    "skipped": DigestState.REMOVED,
}
