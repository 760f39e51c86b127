"""Rows that wait until a moment, after the wall clock was set back: they wait no longer for it.

What waits in the database waits by the wall clock, as only that goes on through a restart. Where
it is found to have been set back, all that rows say of moments that are still to come is moved back
by as much. What people ordered by the calendar is planned anew by its own store.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot import log
from bot.clock import Clock
from bot.store.database import Database, Transaction, moment, stamp

NOTICED = timedelta(seconds=5)
"""Less is not worth the trouble, and clocks are often put right by a little."""


@dataclass(frozen=True, slots=True)
class SetBack:
    """By how much the clock was set back, and what it shows now."""

    by: timedelta
    now: datetime

    def moved(self, text: str | None) -> str | None:
        """Return the moment of a column as it is to be: one that has passed stays as it is."""
        at = moment(text)
        return text if at is None or at <= self.now else stamp(at - self.by)


class TimedStore(Protocol):
    """A store with rows that hold moments of our own clock."""

    def newest(self, tx: Transaction, /) -> str | None:
        """Return the latest moment at which a row was written, as the rows say."""
        ...

    def put_back(self, tx: Transaction, back: SetBack, /) -> int:
        """Move what lies ahead of a clock that was set back; return how many rows."""
        ...


class Timekeeper:
    """Notices that the clock was set back, while this process runs or before it."""

    def __init__(self, database: Database, clock: Clock, stores: Iterable[TimedStore]) -> None:
        """Put these stores right."""
        self._database = database
        self._clock = clock
        self._stores = tuple(stores)
        self._seen: tuple[datetime, float] | None = None

    async def look(self) -> int:
        """Look at the clock; return how many rows were put right. Only for the one who leads."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        moved = 0
        if self._seen is None:
            moved = await self._database.transaction(lambda tx: self._first(tx, now))
        else:
            seen_at, seen = self._seen
            by = seen_at + timedelta(seconds=monotonic - seen) - now
            if by > NOTICED:
                back = SetBack(by, now)
                moved = await self._database.transaction(lambda tx: self._put_back(tx, back))
        self._seen = now, monotonic  # not before it is done: the next look tries again
        return moved

    def _first(self, tx: Transaction, now: datetime) -> int:
        """Compare the clock with the newest row, which an earlier process wrote."""
        newest = moment(max((each.newest(tx) or "" for each in self._stores), default=""))
        if newest is None or newest - now <= NOTICED:
            return 0
        return self._put_back(tx, SetBack(newest - now, now))

    def _put_back(self, tx: Transaction, back: SetBack) -> int:
        moved = sum(each.put_back(tx, back) for each in self._stores)
        log.get().warning("clock_set_back", seconds=round(back.by.total_seconds()), rows=moved)
        return moved


def move_back(
    tx: Transaction, back: SetBack, table: str, columns: Sequence[str], *, key: str = "id"
) -> int:
    """Move what columns of a table say of moments still to come; return how many rows."""
    ahead = " OR ".join(f"{column} > :now" for column in columns)
    rows = tx.fetch_all(
        f"SELECT {key}, {', '.join(columns)} FROM {table} "  # noqa: S608  # our names
        f"WHERE workspace = :workspace AND ({ahead})",
        {"now": stamp(back.now)},
    )
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    for row in rows:
        moved = {column: back.moved(row[column]) for column in columns}
        tx.execute(
            f"UPDATE {table} SET {changes} "  # noqa: S608  # our names
            f"WHERE workspace = :workspace AND {key} = :{key}",
            {key: row[key], **moved},
        )
    return len(rows)


def latest(tx: Transaction, *questions: str) -> str | None:
    """Return the latest of the moments that these statements find, each of them as `at`."""
    found = (tx.fetch_one(each) for each in questions)
    return max((row["at"] for row in found if row and row["at"]), default=None)
