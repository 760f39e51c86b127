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
WHERE lane = :queue AND state = 'queued' AND run_at <= :before
AND (:workspace = '' OR workspace = :workspace)"""
_MESSAGES: Final = """
SELECT COUNT(*) AS waiting, MIN(next_try_at) AS oldest FROM ledger
WHERE lane = :queue AND state IN ('queued', 'retry') AND next_try_at <= :before
AND (:workspace = '' OR workspace = :workspace)"""
_IN_DOUBT: Final = """
SELECT COUNT(*) AS waiting FROM ledger
WHERE lane = :queue AND state = 'in_doubt' AND created_at >= :since
AND (:workspace = '' OR workspace = :workspace)"""
_KEPT: Final = "SELECT vendor, origin, access, refresh FROM credentials"
_SECRETS: Final = """
SELECT access AS secret FROM credentials UNION ALL SELECT refresh FROM credentials
UNION ALL SELECT secrets FROM connections"""
_INSTALLED: Final = "SELECT * FROM installations WHERE gone_at IS NULL ORDER BY workspace"
_LEASES: Final = "SELECT role, owner, until FROM leases ORDER BY role"
_MEMBERS: Final = "SELECT owner, until, host, version FROM members ORDER BY host, owner"


class OtherSchemaError(Exception):
    """Rows of another schema than this program's are not read."""


@dataclass(frozen=True, slots=True)
class LeaseRow:
    """Who speaks for a workspace, and until when."""

    role: str
    owner: str
    until: datetime


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A process that works, as it wrote of itself last."""

    owner: str
    until: datetime
    host: str
    version: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many wait, and since when the oldest is due."""

    waiting: int
    oldest: datetime | None = None


class DoctorRows:
    """Reads what is looked at, of one queue."""

    def __init__(self, read: Read, *, queue: str = MAIN) -> None:
        """Read with `read`, which may raise whatever it likes.

        A workspace's own database names it in each statement; any other reads of all of them.
        """
        self._read = read
        self._queue = queue

    async def jobs(self, *, before: datetime) -> Overdue:
        """Return the jobs that were due before a moment and are not begun."""
        return await self._overdue(_JOBS, before)

    async def messages(self, *, before: datetime) -> Overdue:
        """Return the messages that were due before a moment and are not sent."""
        return await self._overdue(_MESSAGES, before)

    async def in_doubt(self, *, since: datetime) -> int:
        """Return how many messages since a moment nobody knows whether Slack has."""
        [row] = await self._read(_IN_DOUBT, self._of(since=stamp(since)))
        return int(row["waiting"])

    async def leases(self) -> list[LeaseRow]:
        """Return every lease, also those that ran out."""
        rows = await self._read(_LEASES, {})
        return [
            LeaseRow(row["role"], row["owner"], datetime.fromisoformat(row["until"]))
            for row in rows
        ]

    async def members(self) -> list[MemberRow]:
        """Return every process that worked lately."""
        rows = await self._read(_MEMBERS, {})
        return [
            MemberRow(
                row["owner"], datetime.fromisoformat(row["until"]), row["host"], row["version"]
            )
            for row in rows
        ]

    async def installations(self) -> list[Row]:
        """Return the rows of workspaces that have not left."""
        return await self._read(_INSTALLED, {})

    async def credentials(self) -> list[Row]:
        """Return the credentials that vendors replaced, as they are kept."""
        return await self._read(_KEPT, {})

    async def secrets(self) -> list[str]:
        """Return every secret of a vendor as it is kept, encrypted or not."""
        rows = await self._read(_SECRETS, {})
        return [row["secret"] for row in rows if row["secret"]]

    async def _overdue(self, sql: str, before: datetime) -> Overdue:
        [row] = await self._read(sql, self._of(before=stamp(before)))
        return Overdue(int(row["waiting"]), moment(row["oldest"]))

    def _of(self, **given: str) -> Parameters:
        return {"queue": self._queue, "workspace": "", **given}
