"""What the doctor reads of the rows: what waits, and the secrets. Nothing is written."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.store.database import MAIN, Parameters, Row, moment, stamp

Read = Callable[[str, Parameters], Awaitable[list[Row]]]
"""Returns the rows of a reading statement."""

_JOBS: Final = """
SELECT COUNT(*) AS waiting, MIN(run_at) AS oldest FROM jobs
WHERE lane = :queue AND state = 'queued' AND run_at <= :before"""
_MESSAGES: Final = """
SELECT COUNT(*) AS waiting, MIN(next_try_at) AS oldest FROM ledger
WHERE lane = :queue AND state IN ('queued', 'retry') AND next_try_at <= :before"""
_IN_DOUBT: Final = """
SELECT COUNT(*) AS waiting FROM ledger
WHERE lane = :queue AND state = 'in_doubt' AND created_at >= :since"""
_KEPT: Final = "SELECT access, refresh FROM credentials"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many wait, and since when the oldest is due."""

    waiting: int
    oldest: datetime | None = None


class DoctorRows:
    """Reads what is looked at, of one queue."""

    def __init__(self, read: Read, *, queue: str = MAIN) -> None:
        """Read with `read`, which may raise whatever it likes."""
        self._read = read
        self._queue = queue

    async def jobs(self, *, before: datetime) -> Backlog:
        """Return the jobs that were due before a moment and are not begun."""
        return await self._backlog(_JOBS, before)

    async def messages(self, *, before: datetime) -> Backlog:
        """Return the messages that were due before a moment and are not sent."""
        return await self._backlog(_MESSAGES, before)

    async def in_doubt(self, *, since: datetime) -> int:
        """Return how many messages since a moment nobody knows whether Slack has."""
        [row] = await self._read(_IN_DOUBT, {"queue": self._queue, "since": stamp(since)})
        return int(row["waiting"])

    async def secrets(self) -> list[str]:
        """Return every secret as it is kept, encrypted or not."""
        rows = await self._read(_KEPT, {})
        return [text for row in rows for text in (row["access"], row["refresh"]) if text]

    async def _backlog(self, sql: str, before: datetime) -> Backlog:
        [row] = await self._read(sql, {"queue": self._queue, "before": stamp(before)})
        return Backlog(int(row["waiting"]), moment(row["oldest"]))
