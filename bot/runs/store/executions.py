"""Executions as they were last seen. What is news in them is decided in core.watching."""

from datetime import datetime, timedelta
from typing import Final

from bot.runs.core.watching import RunState
from bot.runs.model import PAUSED, SUCCESS, WARNING, VendorRef
from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, latest, move_back

HISTORY = 50
"""So many of a flow's last runs say what is usual."""


def get_execution(tx: Transaction, execution_id: str) -> tuple[RunState, int] | None:
    """Return an execution with the number of times it has waited for a person, or None."""
    row = tx.fetch_one(_GET, {"id": execution_id})
    return (_tracked(row), int(row["round"])) if row else None


def put_execution(tx: Transaction, tracked: RunState, *, times_asked: int) -> None:
    """Insert or replace an execution."""
    tx.execute(_PUT, _parameters(tracked) | {"round": times_asked})


FOLLOWED: Final = (
    "cards WHERE cards.workspace = mine.workspace AND living = 1",
    "executions WHERE executions.workspace = mine.workspace AND alive = 1",
    "watches WHERE watches.workspace = mine.workspace AND paused = ''",
)
"""What follows FROM, for whoever looks at what several workspaces (`mine`) follow at once."""


class ExecutionStore:
    """Executions by id."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, execution_id: str) -> RunState | None:
        """Return one, or None."""
        row = await self._database.fetch_one(_GET, {"id": execution_id})
        return _tracked(row) if row else None

    async def beginning(self, typed: str, *, limit: int) -> list[RunState]:
        """Return those whose id begins with what was typed in any case, newest first."""
        rows = await self._database.fetch_all(
            """SELECT * FROM executions
            WHERE workspace = :workspace AND LOWER(SUBSTR(id, 1, :length)) = :typed
            ORDER BY created_at DESC LIMIT :limit""",
            {"typed": typed.lower(), "length": len(typed), "limit": limit},
        )
        return [_tracked(row) for row in rows]

    async def started_by(self, user: str, *, limit: int) -> list[RunState]:
        """Return those that a person started from Slack, newest first."""
        rows = await self._database.fetch_all(_STARTED_BY, {"user": user, "limit": limit})
        return [_tracked(row) for row in rows]

    async def told_in(self, channel: str, *, limit: int) -> list[RunState]:
        """Return those that have a card in a channel, newest first."""
        rows = await self._database.fetch_all(_TOLD_IN, {"channel": channel, "limit": limit})
        return [_tracked(row) for row in rows]

    async def counts(self) -> tuple[int, datetime | None]:
        """Return how many are alive, and when the oldest of them was created."""
        row = await self._database.fetch_one(
            """SELECT COUNT(*) AS alive, MIN(created_at) AS oldest FROM executions
            WHERE workspace = :workspace AND alive = 1"""
        )
        assert row is not None
        return int(row["alive"]), moment(row["oldest"])

    async def durations(self, flow_id: str) -> list[timedelta]:
        """Return how long a flow's last runs took that finished well."""
        rows = await self._database.fetch_all(
            _DURATIONS,
            {"flow": flow_id, "success": SUCCESS, "warning": WARNING, "limit": HISTORY},
        )
        return [timedelta(seconds=row["seconds"]) for row in rows]

    async def flows_alive(self) -> list[tuple[str, datetime]]:
        """Return each flow with runs that go on by themselves and the creation of its oldest."""
        rows = await self._database.fetch_all(_OLDEST_BY_FLOW, _paused())
        return [(row["flow_id"], datetime.fromisoformat(row["oldest"])) for row in rows]

    async def oldest_alive(self, flow_id: str, *, before: datetime, limit: int) -> list[RunState]:
        """Return a flow's runs that go on by themselves, created before a moment, oldest first."""
        rows = await self._database.fetch_all(
            _OLDEST, {"flow": flow_id, "before": stamp(before), "limit": limit} | _paused()
        )
        return [_tracked(row) for row in rows]

    async def paused(self) -> list[RunState]:
        """Return those that were last seen waiting for somebody or something."""
        rows = await self._database.fetch_all(
            """SELECT * FROM executions
            WHERE workspace = :workspace AND alive = 1 AND status IN (:p0, :p1, :p2)""",
            _paused(),
        )
        return [_tracked(row) for row in rows]

    async def least_seen(self, *, before: datetime) -> RunState | None:
        """Return the one alive that was not heard of for the longest time, or None."""
        row = await self._database.fetch_one(
            """SELECT * FROM executions
            WHERE workspace = :workspace AND alive = 1 AND seen_at < :before
            ORDER BY seen_at LIMIT 1""",
            {"before": stamp(before)},
        )
        return _tracked(row) if row else None

    def newest(self, tx: Transaction) -> str | None:
        """Return when one alive was seen last."""
        return latest(
            tx,
            """SELECT MAX(seen_at) AS at FROM executions
            WHERE workspace = :workspace AND alive = 1""",
        )

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let the next look be newer than the last; the other moments are the vendor's."""
        return move_back(tx, back, "executions", ("seen_at",))

    async def forget(self, *, before: datetime) -> int:
        """Delete those that were last seen before a moment."""
        return await delete_old(
            self._database, "executions", "seen_at < :before AND alive = 0", before=before
        )


def _paused() -> dict[str, object]:
    return {f"p{number}": status for number, status in enumerate(PAUSED)}


def _parameters(tracked: RunState) -> dict[str, object]:
    created, modified, ended = tracked.created_at, tracked.modified_at, tracked.ended_at
    return {
        "id": tracked.id,
        "flow_id": tracked.flow.id,
        "flow_name": tracked.flow.name,
        "status": tracked.status,
        "percentage": tracked.percentage,
        "message": tracked.message,
        "created_at": stamp(created) if created else None,
        "modified_at": stamp(modified) if modified else None,
        "seen_at": stamp(tracked.seen_at),
        "ended_at": stamp(ended) if ended else None,
        "seconds": tracked.duration.total_seconds() if tracked.duration is not None else None,
        "stuck_told": int(tracked.stuck_told),
        "gone": int(tracked.gone),
        "alive": int(tracked.alive),
    }


def _tracked(row: Row) -> RunState:
    return RunState(
        id=row["id"],
        flow=VendorRef(row["flow_id"], row["flow_name"]),
        status=row["status"],
        percentage=row["percentage"],
        message=row["message"],
        created_at=moment(row["created_at"]),
        modified_at=moment(row["modified_at"]),
        seen_at=datetime.fromisoformat(row["seen_at"]),
        ended_at=moment(row["ended_at"]),
        stuck_told=bool(row["stuck_told"]),
        gone=bool(row["gone"]),
    )


_GET = "SELECT * FROM executions WHERE workspace = :workspace AND id = :id"

_PUT = """
INSERT INTO executions (workspace, id, flow_id, flow_name, status, percentage, message,
  created_at, modified_at, seen_at, ended_at, seconds, stuck_told, gone, alive, round)
VALUES (:workspace, :id, :flow_id, :flow_name, :status, :percentage, :message, :created_at,
  :modified_at, :seen_at, :ended_at, :seconds, :stuck_told, :gone, :alive, :round)
ON CONFLICT (workspace, id) DO UPDATE SET flow_id = excluded.flow_id,
  flow_name = excluded.flow_name, status = excluded.status,
  percentage = excluded.percentage, message = excluded.message,
  created_at = excluded.created_at, modified_at = excluded.modified_at,
  seen_at = excluded.seen_at, ended_at = excluded.ended_at, seconds = excluded.seconds,
  stuck_told = excluded.stuck_told, gone = excluded.gone, alive = excluded.alive,
  round = excluded.round"""

_STARTED_BY = """
SELECT executions.* FROM executions JOIN cards
  ON cards.workspace = :workspace AND cards.execution_id = executions.id
WHERE executions.workspace = :workspace AND cards.user_id = :user
ORDER BY cards.created_at DESC LIMIT :limit"""

_TOLD_IN = """
SELECT executions.* FROM executions JOIN cards
  ON cards.workspace = :workspace AND cards.execution_id = executions.id
WHERE executions.workspace = :workspace AND cards.channel = :channel
ORDER BY cards.created_at DESC LIMIT :limit"""

_DURATIONS = """
SELECT seconds FROM executions
WHERE workspace = :workspace AND flow_id = :flow AND status IN (:success, :warning)
  AND seconds IS NOT NULL
ORDER BY ended_at DESC LIMIT :limit"""

_BY_THEMSELVES = """
workspace = :workspace AND alive = 1 AND stuck_told = 0 AND created_at IS NOT NULL
  AND status NOT IN (:p0, :p1, :p2)"""

_OLDEST_BY_FLOW = f"""
SELECT flow_id, MIN(created_at) AS oldest FROM executions WHERE {_BY_THEMSELVES}
GROUP BY flow_id"""  # noqa: S608  # no value is put into it

_OLDEST = f"""
SELECT * FROM executions WHERE flow_id = :flow AND created_at < :before AND {_BY_THEMSELVES}
ORDER BY created_at LIMIT :limit"""  # noqa: S608  # no value is put into it
