"""Reminders as rows: what becomes of each, and whose they are."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReminderState(StrEnum):
    """How far one is."""

    WAITING = "waiting"
    HELD = "held"
    """Until the person agrees; it has no day yet."""
    GOING = "going"
    SENT = "sent"
    FINISHED = "finished"
    """They were not overdue any more."""
    STOPPED = "stopped"
    """By whoever wanted it."""
    REFUSED = "refused"
    """By the person."""
    LOST = "lost"


class OrderState(StrEnum):
    """How far what somebody wanted is."""

    LOOKING = "looking"
    """Slack has not told yet who all of them are."""
    OPEN = "open"
    STOPPED = "stopped"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class ReminderOrder:
    """Somebody wants those reminded who are overdue in a flow, with words of theirs or none."""

    token: str
    sender: str
    flow_id: str
    flow: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One person to be reminded of one flow, on a day of theirs, as somebody wanted."""

    user: str
    day: str
    order: ReminderOrder
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ReminderDay:
    """One flow on one day of a person, which is empty for what waits for their word."""

    flow_id: str
    day: str
    state: ReminderState
    token: str
