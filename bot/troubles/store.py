"""Troubles as rows: one for each cause, from when it was found until nothing rests under it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.codec import dumps
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.timekeeping import SetBack, latest, move_back
from bot.troubles.model import Hindrance, StandingOrder, Trouble, TroubleKind

FIRST_LOOK = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=1)
"""Between two looks at a trouble; at first they come sooner."""


TROUBLED: Final = "troubles WHERE troubles.workspace = mine.workspace"
"""What follows FROM, for whoever looks at the troubles of several workspaces (`mine`) at once."""


@dataclass(frozen=True, slots=True)
class KeyLook:
    """When a refused key of a vendor was looked at last, and is to be next."""

    trouble: int
    vendor: str
    looked_at: datetime
    look_at: datetime


class TroubleStore:
    """Troubles, read and put off; they are opened and closed inside the transactions of others."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, number: int) -> Trouble | None:
        """Return one, or None where it is over."""
        row = await self._database.fetch_one(
            "SELECT * FROM troubles WHERE workspace = :workspace AND id = :id", {"id": number}
        )
        return _trouble(row) if row else None

    async def due(self, now: datetime, *, limit: int) -> list[tuple[Trouble, str]]:
        """Return some that are to be looked at, each with a word for this look."""
        rows = await self._database.fetch_all(_DUE, {"now": stamp(now), "limit": limit})
        return [(_trouble(row), f"{row['id']}:{row['look_at']}") for row in rows]

    async def keys(self) -> list[KeyLook]:
        """Return how the looks at refused keys stand."""
        rows = await self._database.fetch_all(_KEYS)
        return [_key_look(row) for row in rows]

    async def look_soon(self, trouble: int, at: datetime) -> None:
        """Have a trouble looked at earlier than planned."""
        await self._database.execute(_LOOK_SOON, {"at": stamp(at), "id": trouble})

    def newest(self, tx: Transaction) -> str | None:
        """Return when a trouble was found last."""
        return latest(tx, "SELECT MAX(began_at) AS at FROM troubles WHERE workspace = :workspace")

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Look as early as was meant after the clock was set back."""
        return move_back(tx, back, "troubles", ("look_at",))

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let a conversation's troubles be of its new id, unless that has the same ones."""
        moved = 0
        for one in troubles_at(tx, old):
            subject = new + one.cause.subject.removeprefix(old)
            moved += tx.execute(_MOVE, {"subject": subject, "id": one.id})
        return moved


def open_trouble(tx: Transaction, cause: Hindrance, *, now: datetime) -> Trouble:
    """Return the trouble of a cause, noted now unless it was before."""
    row = tx.fetch_one(
        _OPEN,
        {
            "kind": cause.kind,
            "subject": cause.subject,
            "reason": cause.reason,
            "now": stamp(now),
            "look_at": stamp(now + FIRST_LOOK),
        },
    )
    assert row is not None
    return _trouble(row)


def troubles_at(tx: Transaction, channel: str) -> list[Trouble]:
    """Return those of one conversation."""
    rows = tx.fetch_all(_AT, {"channel": channel, "more": f"{channel} %"})
    return [_trouble(row) for row in rows]


def put_off(tx: Transaction, trouble: int, *, now: datetime) -> None:
    """Note that one is being looked at; the pause until the next look grows."""
    row = tx.fetch_one(
        "SELECT looks FROM troubles WHERE workspace = :workspace AND id = :id", {"id": trouble}
    )
    later = stamp(now + _pause(int(row["looks"]) + 1 if row else 0))
    tx.execute(
        """UPDATE troubles SET looks = looks + 1, look_at = :later
        WHERE workspace = :workspace AND id = :id""",
        {"id": trouble, "later": later},
    )


def hurry(tx: Transaction, kinds: Collection[TroubleKind], *, now: datetime) -> None:
    """Let the troubles of some kinds be looked at now."""
    tx.execute(
        """UPDATE troubles SET look_at = :now, looks = 0
        WHERE workspace = :workspace AND kind IN (SELECT value FROM json_each(:kinds))""",
        {"now": stamp(now), "kinds": dumps(sorted(kinds))},
    )


def close_trouble(tx: Transaction, trouble: int) -> None:
    """Let go of one that is over."""
    tx.execute("DELETE FROM troubles WHERE workspace = :workspace AND id = :id", {"id": trouble})


def all_troubles(tx: Transaction) -> list[Trouble]:
    """Return all there are, the oldest first."""
    return [_trouble(row) for row in tx.fetch_all(_ALL)]


def owners_in(tx: Transaction, table: str) -> set[str]:
    """Return everybody who owns a row of a table of orders."""
    sql = f"SELECT DISTINCT creator FROM {table} WHERE workspace = :workspace"  # noqa: S608  # our names
    return {row["creator"] for row in tx.fetch_all(sql)}


def trouble_of(tx: Transaction, kind: TroubleKind, subject: str) -> Trouble | None:
    """Return the trouble of a kind that something has, or None."""
    wanted = {"kind": kind, "subject": subject}
    row = tx.fetch_one(_OF, wanted)
    return _trouble(row) if row else None


def rows_of(tx: Transaction, table: str, numbers: Sequence[int]) -> list[Row]:
    """Return rows of a table of orders as they lie there."""
    wanted = "workspace = :workspace AND id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))"
    sql = f"SELECT * FROM {table} WHERE {wanted} ORDER BY id"  # noqa: S608  # our names
    return [dict(row) for row in tx.fetch_all(sql, {"ids": dumps(numbers)})]


def put_back_row(tx: Transaction, table: str, row: Row) -> None:
    """Insert a row again that was deleted, unless something has taken its place."""
    columns = dict.fromkeys(("workspace", *row))  # whatever it says of the first, it is ours
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    tx.execute(
        f"INSERT INTO {table} ({names}) VALUES ({values}) ON CONFLICT DO NOTHING",  # noqa: S608  # as above
        row,
    )


def by_owner(orders: Sequence[StandingOrder]) -> dict[str, list[StandingOrder]]:
    """Return orders by who owns them."""
    found: dict[str, list[StandingOrder]] = {}
    for one in orders:
        found.setdefault(one.owner, []).append(one)
    return found


def by_channel(orders: Sequence[StandingOrder]) -> dict[str, list[StandingOrder]]:
    """Return orders by where they go."""
    found: dict[str, list[StandingOrder]] = {}
    for one in orders:
        found.setdefault(one.channel, []).append(one)
    return found


def _pause(looks: int) -> timedelta:
    """Return how long after a look the next one comes, when so many were before that."""
    return min(FIRST_LOOK * (1 << min(looks, 8)), LONGEST_PAUSE)


def _key_look(row: Row) -> KeyLook:
    look_at = datetime.fromisoformat(row["look_at"])
    return KeyLook(row["id"], row["subject"], look_at - _pause(row["looks"]), look_at)


def _trouble(row: Row) -> Trouble:
    cause = Hindrance(TroubleKind(row["kind"]), row["subject"], row["reason"])
    return Trouble(row["id"], cause, datetime.fromisoformat(row["began_at"]))


_DUE = """
SELECT * FROM troubles WHERE workspace = :workspace AND look_at <= :now
ORDER BY look_at, id LIMIT :limit"""

_ALL = "SELECT * FROM troubles WHERE workspace = :workspace ORDER BY id"

_KEYS = "SELECT * FROM troubles WHERE workspace = :workspace AND kind = 'key'"

_OF = """
SELECT * FROM troubles
WHERE workspace = :workspace AND kind = :kind AND subject = :subject"""

_LOOK_SOON = """
UPDATE troubles SET look_at = :at WHERE workspace = :workspace AND id = :id AND look_at > :at"""

_MOVE = """
UPDATE troubles SET subject = :subject WHERE workspace = :workspace AND id = :id
AND NOT EXISTS (SELECT 1 FROM troubles AS same WHERE same.workspace = :workspace
  AND same.kind = troubles.kind AND same.subject = :subject)"""

_AT = """
SELECT * FROM troubles WHERE workspace = :workspace AND (subject = :channel OR subject LIKE :more)
  AND kind IN ('archived', 'left', 'unseen', 'shared') ORDER BY id"""

_OPEN = """
INSERT INTO troubles (workspace, kind, subject, reason, began_at, look_at)
VALUES (:workspace, :kind, :subject, :reason, :now, :look_at)
ON CONFLICT (workspace, kind, subject)
DO UPDATE SET reason = COALESCE(NULLIF(excluded.reason, ''), troubles.reason)
RETURNING *"""
