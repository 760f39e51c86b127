"""Events that were entered and not created yet: kept while their preview waits for a click."""

from datetime import datetime

from bot.asking.store import SnapshotStore, put_snapshot
from bot.errors import UserError
from bot.jobs.outcome import Write
from bot.webinars.model import NewEvent

GONE = "That preview is too old. Please enter the event again: /flow-events create"


class EventDrafts:
    """Drafts by key. Raises UserError for one that is gone."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def get(self, key: str) -> NewEvent:
        """Return a draft."""
        kept = await self._snapshots.read(_key(key), NewEvent)
        if kept is None:
            raise UserError(GONE)
        return kept


def keep_draft(key: str, new: NewEvent, now: datetime) -> Write:
    """Return the write that keeps a draft."""
    return lambda tx: put_snapshot(tx, _key(key), new, now=now)


def _key(key: str) -> str:
    return f"draft:{key}"
