"""Deadlines of flows' questions, and when something happens next to a question."""

from datetime import datetime, timedelta
from typing import Final

from bot.jobs.store import add_job
from bot.runs.core.deadlines import AtTheEnd, QuestionDeadline
from bot.runs.intents import PassDeadline
from bot.runs.model import USER_INPUT, VendorRef
from bot.runs.store.executions import get_execution
from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.store.timekeeping import SetBack


def put_deadline(tx: Transaction, rule: QuestionDeadline, *, now: datetime) -> None:
    """Insert or replace the deadline of a flow."""
    tx.execute(
        """INSERT INTO deadlines (workspace, flow_id, flow_name, seconds, then_user, at_end,
          creator, creator_name, created_at)
        VALUES (:workspace, :flow_id, :flow_name, :seconds, :then_user, :at_end, :creator,
          :creator_name, :now)
        ON CONFLICT (workspace, flow_id) DO UPDATE SET flow_name = excluded.flow_name,
          seconds = excluded.seconds, then_user = excluded.then_user, at_end = excluded.at_end,
          creator = excluded.creator, creator_name = excluded.creator_name,
          created_at = excluded.created_at""",
        {
            "flow_id": rule.flow.id,
            "flow_name": rule.flow.name,
            "seconds": int(rule.within.total_seconds()),
            "then_user": rule.then,
            "at_end": rule.at_end,
            "creator": rule.creator,
            "creator_name": rule.creator_name,
            "now": stamp(now),
        },
    )


def remove_deadline(tx: Transaction, flow_id: str) -> bool:
    """Delete the deadline of a flow; False where there was none."""
    return bool(
        tx.execute(
            "DELETE FROM deadlines WHERE workspace = :workspace AND flow_id = :flow",
            {"flow": flow_id},
        )
    )


def deadline_of(tx: Transaction, flow_id: str) -> QuestionDeadline | None:
    """Return the deadline of a flow: its own, or else that of all flows."""
    row = tx.fetch_one(_OF, {"flow": flow_id})
    return _deadline(row) if row else None


def put_due(tx: Transaction, execution_id: str, number: int, due: datetime) -> None:
    """Say when something happens next to a question."""
    tx.execute(
        """UPDATE questions SET due_at = :due
        WHERE workspace = :workspace AND execution_id = :id AND round = :number""",
        {"id": execution_id, "number": number, "due": stamp(due)},
    )


def open_questions(tx: Transaction, flow_id: str) -> list[tuple[str, int]]:
    """Return the questions of a flow that are open as far as is known; empty for all flows."""
    rows = tx.fetch_all(_OPEN, {"flow": flow_id, "status": USER_INPUT})
    return [(row["execution_id"], row["round"]) for row in rows]


def deadline_key(execution_id: str, number: int, *, is_last: bool = False) -> str:
    """Return the key of the job that comes when the deadline of a question passes."""
    return f"run:{execution_id}:deadline:{number}:{2 if is_last else 1}"


def begin_deadline(
    tx: Transaction, rule: QuestionDeadline, execution_id: str, number: int, *, now: datetime
) -> None:
    """Let the time begin in which a question is to be answered."""
    due = now + rule.within
    put_due(tx, execution_id, number, due)
    key, wanted = deadline_key(execution_id, number), PassDeadline(execution_id, number)
    add_job(tx, key=key, wanted=wanted, now=now, at=due)


def begin_deadline_if_any(
    tx: Transaction, execution_id: str, number: int, *, now: datetime
) -> None:
    """As `begin_deadline`, where the flow of the execution has one."""
    found = get_execution(tx, execution_id)
    rule = deadline_of(tx, found[0].flow.id) if found else None
    if rule:
        begin_deadline(tx, rule, execution_id, number, now=now)


class DeadlineStore:
    """Deadlines by flow."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, flow_id: str) -> QuestionDeadline | None:
        """Return the deadline of a flow: its own, or else that of all flows."""
        row = await self._database.fetch_one(_OF, {"flow": flow_id})
        return _deadline(row) if row else None

    async def all(self) -> list[QuestionDeadline]:
        """Return every deadline, that of all flows first."""
        rows = await self._database.fetch_all(
            "SELECT * FROM deadlines WHERE workspace = :workspace ORDER BY flow_id <> '', flow_name"
        )
        return [_deadline(row) for row in rows]

    async def due(self, execution_id: str, number: int) -> datetime | None:
        """Return when something happens next to a question."""
        row = await self._database.fetch_one(
            """SELECT due_at FROM questions
            WHERE workspace = :workspace AND execution_id = :id AND round = :number""",
            {"id": execution_id, "number": number},
        )
        return moment(row["due_at"]) if row else None

    def newest(self, tx: Transaction) -> str | None:
        """Return nothing: the jobs of the same moment say it."""
        del tx
        return None

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let what happens next to questions be as far off as it was, as their jobs are."""
        rows = tx.fetch_all(_AHEAD, {"now": stamp(back.now)})
        for row in rows:
            due = datetime.fromisoformat(row["due_at"]) - back.by
            put_due(tx, row["execution_id"], row["round"], due)
        return len(rows)


def _deadline(row: Row) -> QuestionDeadline:
    return QuestionDeadline(
        flow=VendorRef(row["flow_id"], row["flow_name"]),
        within=timedelta(seconds=row["seconds"]),
        then=row["then_user"],
        at_end=AtTheEnd(row["at_end"]),
        creator=row["creator"],
        creator_name=row["creator_name"],
    )


_AHEAD: Final = """
SELECT execution_id, round, due_at FROM questions
WHERE workspace = :workspace AND due_at > :now"""

_OF: Final = """
SELECT * FROM deadlines WHERE workspace = :workspace AND flow_id IN (:flow, '')
ORDER BY flow_id DESC LIMIT 1"""

_OPEN: Final = """
SELECT questions.execution_id, MAX(questions.round) AS round FROM questions JOIN executions
  ON executions.workspace = :workspace AND executions.id = questions.execution_id
WHERE questions.workspace = :workspace AND executions.alive = 1 AND executions.status = :status
  AND (:flow = '' OR executions.flow_id = :flow) AND questions.answered_by = ''
GROUP BY questions.execution_id"""
