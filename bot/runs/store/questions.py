"""What paused executions ask, kept so that a form can be opened within the acknowledgement."""

from dataclasses import dataclass
from datetime import datetime

from bot.codec import decode, dumps, loads
from bot.runs.core.user_input import UserInput
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """The question of one pause; `number` counts the pauses of an execution from 1."""

    execution_id: str
    number: int
    question: UserInput
    answered_by: str = ""


def put_question(tx: Transaction, asked: KeptQuestion, *, now: datetime) -> None:
    """Keep a question; one that is there stays as it is."""
    tx.execute(
        """INSERT INTO questions (workspace, execution_id, round, question, asked_at)
        VALUES (:workspace, :id, :number, :question, :now)
        ON CONFLICT (workspace, execution_id, round) DO NOTHING""",
        {
            "id": asked.execution_id,
            "number": asked.number,
            "question": dumps(asked.question),
            "now": stamp(now),
        },
    )


def answer_question(tx: Transaction, execution_id: str, number: int, *, user: str) -> None:
    """Note who answered a question."""
    tx.execute(
        """UPDATE questions SET answered_by = :user
        WHERE workspace = :workspace AND execution_id = :id AND round = :number""",
        {"id": execution_id, "number": number, "user": user},
    )


class QuestionStore:
    """Questions by execution and number."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, execution_id: str, number: int) -> KeptQuestion | None:
        """Return one, or None."""
        row = await self._database.fetch_one(
            """SELECT * FROM questions
            WHERE workspace = :workspace AND execution_id = :id AND round = :number""",
            {"id": execution_id, "number": number},
        )
        return _asked(row) if row else None

    async def latest(self, execution_id: str) -> KeptQuestion | None:
        """Return what an execution asked last, or None."""
        row = await self._database.fetch_one(
            """SELECT * FROM questions WHERE workspace = :workspace AND execution_id = :id
            ORDER BY round DESC LIMIT 1""",
            {"id": execution_id},
        )
        return _asked(row) if row else None

    async def forget(self, *, before: datetime) -> int:
        """Delete questions asked before a moment."""
        return await delete_old(
            self._database, "questions", "asked_at < :before", before=before, key="execution_id"
        )


def _asked(row: Row) -> KeptQuestion:
    question = decode(UserInput, loads(row["question"]))
    return KeptQuestion(row["execution_id"], row["round"], question, row["answered_by"])
