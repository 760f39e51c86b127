"""What was last seen: figures, to say what changed since, and lists to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.asking.core.finder import Choice
from bot.codec import decode, dumps, loads
from bot.store.database import Database, Transaction, stamp

INPUT = "input:"
"""Keys that begin so hold what a form is filled with, which nobody needs the day after."""
CHOICES = "choices:"
"""Keys that begin so hold a list to choose from."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LastTold:
    """What was told, to be compared with what is told next; `data` is as a row has it.

    It is kept under its key once it was told, and not before.
    """

    key: str
    data: str

    def moved(self, old: str, new: str) -> "LastTold":
        """Return the same of a channel that has another id, if its key is of that channel."""
        here = self.key.startswith((f"{old}|", f"{old}:"))
        return replace(self, key=f"{new}{self.key[len(old) :]}") if here else self


def remembered(key: str, value: Any) -> LastTold:
    """Return what is to be kept under a key: a text as it is, any other value by the codec."""
    return LastTold(key, value if isinstance(value, str) else dumps(value))


def put_snapshot(tx: Transaction, key: str, value: Any, *, now: datetime) -> None:
    """Replace what is kept under a key: a text as it is, any other value as the codec writes it."""
    tx.execute(
        """INSERT INTO snapshots (workspace, key, taken_at, data)
        VALUES (:workspace, :key, :now, :data)
        ON CONFLICT (workspace, key)
        DO UPDATE SET taken_at = excluded.taken_at, data = excluded.data""",
        {"key": key, "now": stamp(now), "data": remembered(key, value).data},
    )


def drop_snapshot(tx: Transaction, key: str) -> None:
    """Delete what is kept under a key."""
    tx.execute("DELETE FROM snapshots WHERE workspace = :workspace AND key = :key", {"key": key})


class SnapshotStore:
    """What was last seen, by key."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, key: str) -> str:
        """Return the text kept under a key, or an empty one."""
        row = await self._database.fetch_one(
            "SELECT data FROM snapshots WHERE workspace = :workspace AND key = :key", {"key": key}
        )
        return str(row["data"]) if row else ""

    async def read(self, key: str, kind: type[T]) -> T | None:
        """Return the value kept under a key, or None where there is none that can be read."""
        kept = await self.get(key)
        try:
            return decode(kind, loads(kept)) if kept else None
        except (ValueError, RecursionError):  # the next one takes its place
            return None

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Keep for a channel's new id what was told there last, to all or to one person."""
        parameters = {"old": old, "new": new, "from": len(old) + 1}
        tx.execute(_MAKE_ROOM, parameters)
        return tx.execute(_MOVE, parameters)

    async def forget(self, *, before: datetime, beginning: str = "") -> int:
        """Delete what was kept before a moment, under keys with a beginning if one is given."""
        return await self._database.execute(
            """DELETE FROM snapshots
            WHERE workspace = :workspace AND taken_at < :before
              AND SUBSTR(key, 1, :length) = :beginning""",
            {"before": stamp(before), "beginning": beginning, "length": len(beginning)},
        )


_OF_OLD = "workspace = :workspace AND SUBSTR(key, 1, :from) IN (:old || '|', :old || ':')"
_MOVED = "SELECT :new || SUBSTR(key, :from) FROM snapshots"
_MAKE_ROOM = f"""
DELETE FROM snapshots
WHERE workspace = :workspace AND key IN ({_MOVED} WHERE {_OF_OLD})"""  # noqa: S608
_MOVE = f"UPDATE snapshots SET key = :new || SUBSTR(key, :from) WHERE {_OF_OLD}"  # noqa: S608


class ChoiceLists:
    """Pick lists of forms as a job last saw them.

    Slack waits three seconds for such a list, and a vendor may take more.
    """

    def __init__(self, snapshots: SnapshotStore) -> None:
        """Keep them beside other things last seen."""
        self._snapshots = snapshots

    async def get(self, name: str) -> tuple[Choice, ...]:
        """Return a list, empty before the first look."""
        return await self._snapshots.read(f"{CHOICES}{name}", tuple[Choice, ...]) or ()


def put_choices(tx: Transaction, name: str, choices: Sequence[Choice], *, now: datetime) -> None:
    """Replace a list."""
    put_snapshot(tx, f"{CHOICES}{name}", choices, now=now)
