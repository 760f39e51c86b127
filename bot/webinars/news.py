"""Which digests about an event have something to tell: before it how it fills, after it once."""

from datetime import datetime

from bot.asking.store import SnapshotStore, put_snapshot
from bot.asking.subscription import Subscription
from bot.jobs.outcome import Write
from bot.webinars.model import Event, Phase


class EventNews:
    """Remembers which session a digest told of last."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep that beside other things last seen."""
        self._snapshots = snapshots

    async def is_news(
        self, subscription: Subscription | None, view: str, event: Event, phase: Phase
    ) -> bool:
        """Return whether a digest with this view of an event says anything new.

        Registrations are news until the event begins. How it went is news once, when it is over.
        """
        if subscription is None:
            return True
        if view == "registrations":
            return phase is Phase.TO_COME
        if view == "summary":
            last = await self._snapshots.get(_key(subscription))
            return phase is Phase.OVER and last != event.token
        return True


def remember_session(
    subscription: Subscription | None, view: str, event: Event, phase: Phase, now: datetime
) -> tuple[Write, ...]:
    """Return the write that remembers of which session a digest tells, if it is over."""
    if subscription is None or view != "summary" or phase is not Phase.OVER:
        return ()
    key = _key(subscription)
    return (lambda tx: put_snapshot(tx, key, event.token, now=now),)


def _key(subscription: Subscription) -> str:
    """Return the key of a digest; its number alone may have been another one's before."""
    return f"told:{subscription.id}:{subscription.created_at.isoformat()}"
