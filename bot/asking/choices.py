"""Pick lists of forms, kept here: Slack waits three seconds for one, and a vendor may take more."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from json import dumps, loads

from bot.asking.core.choices import Choice
from bot.asking.store import SnapshotStore, put_snapshot
from bot.store.database import Transaction

PREFIX = "choices:"


class ChoiceLists:
    """The lists as a job last saw them."""

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def get(self, name: str) -> tuple[Choice, ...]:
        """Return a list, empty before the first look."""
        kept = await self._snapshots.get(f"{PREFIX}{name}")
        return tuple(Choice(**each) for each in loads(kept)) if kept else ()


def put_choices(tx: Transaction, name: str, choices: Sequence[Choice], *, now: datetime) -> None:
    """Replace a list."""
    data = dumps([asdict(each) for each in choices], ensure_ascii=False)
    put_snapshot(tx, f"{PREFIX}{name}", data, now=now)
