"""What waits to be done and to be sent, in all workspaces together: how much, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import MAIN, Database, Row, moment, stamp


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many wait, and for how many seconds the oldest does."""

    count: int = 0
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Backlogs:
    """What waits: jobs that are due, and messages and files by the number of their urgency."""

    jobs: Backlog
    messages: Mapping[int, Backlog]


async def backlogs(database: Database, *, now: datetime) -> Backlogs:
    """Return what waits now, by one look at the rows that do. Raises as the database does."""
    rows = await database.fetch_all(_WAITING, {"queue": MAIN, "now": stamp(now)})
    (jobs,) = (row for row in rows if row["what"] == "jobs")
    messages = (row for row in rows if row["what"] == "ledger")
    return Backlogs(
        _backlog(jobs, now), {int(row["urgency"]): _backlog(row, now) for row in messages}
    )


def _backlog(row: Row, now: datetime) -> Backlog:
    since = moment(row["since"])
    return Backlog(int(row["count"]), max(0.0, (now - since).total_seconds()) if since else 0.0)


# Each half reads the partial index of what waits, and nothing of what is done.
_WAITING = """
SELECT 'jobs' AS what, 0 AS urgency, COUNT(*) AS count, MIN(run_at) AS since
FROM jobs WHERE state = 'queued' AND lane = :queue AND run_at <= :now
UNION ALL
SELECT 'ledger', priority, COUNT(*), MIN(created_at)
FROM ledger WHERE state IN ('queued', 'retry') AND lane = :queue GROUP BY priority"""
