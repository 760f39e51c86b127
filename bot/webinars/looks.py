"""What Flowbot saw of an event's registrations: FLOW does not say when somebody registered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.asking.store import SnapshotStore, put_snapshot
from bot.jobs.outcome import Write
from bot.webinars.core.attendance import RegistrationCount

MOST = 500
APART = timedelta(hours=1)
"""A look so soon after another takes its place."""


class Looks:
    """Numbers of registrations by event, at moments."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def before(self, token: str) -> tuple[RegistrationCount, ...]:
        """Return the looks before this one, oldest first."""
        return await self._snapshots.read(_key(token), tuple[RegistrationCount, ...]) or ()


def with_look(
    before: Sequence[RegistrationCount], registered: int, now: datetime
) -> tuple[RegistrationCount, ...]:
    """Return the looks with one more."""
    kept = [each for each in before if each is before[0] or now - each.at >= APART]
    return (*kept[-MOST:], RegistrationCount(now, registered))


def keep_looks(token: str, looks: Sequence[RegistrationCount], now: datetime) -> Write:
    """Return the write that keeps the looks."""
    return lambda tx: put_snapshot(tx, _key(token), looks, now=now)


def _key(token: str) -> str:
    return f"registrations:{token}"
