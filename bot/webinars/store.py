"""What is kept of webinars beside other things last seen: drafts, looks, and what was news."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.asking.store import LastTold, SnapshotStore, put_snapshot
from bot.asking.subscription import Subscription
from bot.errors import UserError
from bot.jobs.outcome import Write
from bot.webinars.core.attendance import RegistrationCount
from bot.webinars.model import Event, NewEvent, Phase

MOST = 500
APART = timedelta(hours=1)
"""A look so soon after another takes its place."""
GONE = "That preview is too old. Please enter the event again: /flow-events create"


class EventDrafts:
    """Events that were entered and not created yet, by key: their preview waits for a click.

    Raises UserError for one that is gone.
    """

    def __init__(self, snapshots: SnapshotStore) -> None:
        self._snapshots = snapshots

    async def get(self, key: str) -> NewEvent:
        """Return a draft."""
        kept = await self._snapshots.read(_draft(key), NewEvent)
        if kept is None:
            raise UserError(GONE)
        return kept


def keep_draft(key: str, new: NewEvent, now: datetime) -> Write:
    """Return the write that keeps a draft."""
    return lambda tx: put_snapshot(tx, _draft(key), new, now=now)


class Looks:
    """How many were registered for an event, at moments: FLOW does not say when somebody was."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        self._snapshots = snapshots

    async def before(self, token: str) -> tuple[RegistrationCount, ...]:
        """Return the looks before this one, oldest first."""
        return await self._snapshots.read(_looks(token), tuple[RegistrationCount, ...]) or ()


def with_look(
    before: Sequence[RegistrationCount], registered: int, now: datetime
) -> tuple[RegistrationCount, ...]:
    """Return the looks with one more."""
    kept = [each for each in before if each is before[0] or now - each.at >= APART]
    return (*kept[-MOST:], RegistrationCount(now, registered))


def keep_looks(token: str, looks: Sequence[RegistrationCount], now: datetime) -> Write:
    """Return the write that keeps the looks."""
    return lambda tx: put_snapshot(tx, _looks(token), looks, now=now)


class EventNews:
    """Which session a digest told of last: before an event how it fills is news, after it once."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        self._snapshots = snapshots

    async def nothing(
        self, subscription: Subscription | None, view: str, event: Event, phase: Phase
    ) -> str:
        """Return why a digest with this view of an event says nothing new; empty where it does.

        Registrations are news until the event begins. How it went is news once, when it is over.
        """
        if subscription is None:
            return ""
        if view == "registrations":
            return "" if phase is Phase.TO_COME else "No session is ahead."
        if view != "summary":
            return ""
        if phase is not Phase.OVER:
            return "The session is not over yet."
        last = await self._snapshots.get(_session(subscription))
        return "This session was told of before." if last == event.token else ""


def session_told(
    subscription: Subscription | None, view: str, event: Event, phase: Phase
) -> tuple[LastTold, ...]:
    """Return of which session a digest tells, if it is over."""
    if subscription is None or view != "summary" or phase is not Phase.OVER:
        return ()
    return (LastTold(_session(subscription), event.token),)


def _draft(key: str) -> str:
    return f"draft:{key}"


def _looks(token: str) -> str:
    return f"registrations:{token}"


def _session(subscription: Subscription) -> str:
    """Return the key of a digest; its number alone may have been another one's before."""
    return f"told:{subscription.id}:{subscription.created_at.isoformat()}"
