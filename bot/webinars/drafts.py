"""Events that were entered and not created yet: kept while their preview waits for a click."""

from dataclasses import asdict, fields
from datetime import date, datetime, time
from json import dumps, loads

from bot.asking.store import SnapshotStore, put_snapshot
from bot.errors import UserError
from bot.jobs.outcome import Write
from bot.webinars.model import NewEvent, NewHost

GONE = "That preview is too old. Please enter the event again: /flow-events create"


class EventDrafts:
    """Drafts by key. Raises UserError for one that is gone."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def get(self, key: str) -> NewEvent:
        """Return a draft."""
        kept = await self._snapshots.get(_key(key))
        if not kept:
            raise UserError(GONE)
        return from_json(loads(kept))


def keep_draft(key: str, new: NewEvent, now: datetime) -> Write:
    """Return the write that keeps a draft."""
    data = dumps(to_json(new), ensure_ascii=False)
    return lambda tx: put_snapshot(tx, _key(key), data, now=now)


def to_json(new: NewEvent) -> dict[str, object]:
    """Return a draft as it travels in a job."""
    return {**asdict(new), "date": new.date.isoformat(), "time": new.time.isoformat()}


def from_json(data: dict[str, object]) -> NewEvent:
    """Return the draft after its journey."""
    known = {each.name: data[each.name] for each in fields(NewEvent)}
    hosts = known["hosts"]
    assert isinstance(hosts, list)
    parsed = {
        "date": date.fromisoformat(str(known["date"])),
        "time": time.fromisoformat(str(known["time"])),
        "hosts": tuple(NewHost(**each) for each in hosts),
    }
    return NewEvent(**{**known, **parsed})  # type: ignore[arg-type]  # as to_json wrote it


def _key(key: str) -> str:
    return f"draft:{key}"
