"""Steps of workflows in the database. Each statement counts only for one that is still open."""

from datetime import datetime

from bot.codec import decode, dumps, loads
from bot.steps.execution import StepExecution, StepProgress, StepState
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, move_back

_IS_OPEN = "step_executions.state IN ('working', 'waiting')"


def add_step(tx: Transaction, one: StepExecution, *, now: datetime) -> bool:
    """Write down that a step is carried out; False where it is known already."""
    return tx.execute(f"{_INSERT} ON CONFLICT (workspace, id) DO NOTHING", _row(one, now)) == 1


def get_step(tx: Transaction, execution: str) -> StepExecution | None:
    """Return a step, or None."""
    row = tx.fetch_one(_GET, {"id": execution})
    return _step(row) if row else None


def step_awaiting(tx: Transaction, key: str) -> StepExecution | None:
    """Return the step that waits for something, or None."""
    row = tx.fetch_one(
        """SELECT * FROM step_executions
        WHERE workspace = :workspace AND awaits = :key AND awaits <> ''""",
        {"key": key},
    )
    return _step(row) if row else None


def let_wait(tx: Transaction, execution: str, *, awaits: str, so_far: StepProgress) -> bool:
    """Let an open step wait for something, or with nothing to wait for go on working."""
    state = StepState.WAITING if awaits else StepState.WORKING
    changed = tx.execute(
        f"""UPDATE step_executions SET state = :state, awaits = :awaits, so_far = :so_far
        WHERE workspace = :workspace AND id = :id AND {_IS_OPEN}""",  # noqa: S608  # our words
        {"id": execution, "state": state, "awaits": awaits, "so_far": dumps(so_far)},
    )
    return changed == 1


def end_step(
    tx: Transaction, execution: str, *, so_far: StepProgress, error: str, now: datetime
) -> bool:
    """Let an open step end: well, or with words for why not; False for one that ended before.

    One that nobody wrote down failed before it began, and is written down as that.
    """
    unknown = StepExecution(execution, "", "", "", {}, now, StepState.ENDING, error=error)
    return tx.execute(_END, {**_row(unknown, now), "came": dumps(so_far)}) == 1


def close_step(tx: Transaction, execution: str, *, now: datetime) -> None:
    """Note that Slack knows the end; what was given and what came of it is not kept."""
    tx.execute(
        """UPDATE step_executions SET state = :told, inputs = '{}', so_far = '{}', awaits = '',
          ended_at = :now
        WHERE workspace = :workspace AND id = :id AND state <> :told""",
        {"id": execution, "told": StepState.TOLD, "now": stamp(now)},
    )


class StepStore:
    """Steps by Slack's id."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, execution: str) -> StepExecution | None:
        """Return one, or None."""
        row = await self._database.fetch_one(_GET, {"id": execution})
        return _step(row) if row else None

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let the deadline of those that are open be as far off as it was."""
        return move_back(tx, back, "step_executions", ("deadline",))

    def newest(self, tx: Transaction) -> str | None:
        """Return nothing: the jobs of the same moment say it."""
        del tx
        return None

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let steps tell in a channel by its new id."""
        return tx.execute(
            """UPDATE step_executions SET channel = :new
            WHERE workspace = :workspace AND channel = :old""",
            {"old": old, "new": new},
        )

    async def forget(self, *, before: datetime) -> int:
        """Delete those that ended before a moment."""
        return await delete_old(
            self._database, "step_executions", "ended_at < :before", before=before
        )


_GET = "SELECT * FROM step_executions WHERE workspace = :workspace AND id = :id"

_INSERT = """
INSERT INTO step_executions (workspace, id, step, user_id, channel, inputs, state, awaits, so_far,
  error, deadline, created_at)
VALUES (:workspace, :id, :step, :user, :channel, :inputs, :state, :awaits, :so_far, :error,
  :deadline, :now)"""


_END = f"""{_INSERT}
ON CONFLICT (workspace, id) DO UPDATE
SET state = excluded.state, awaits = '', so_far = :came, error = excluded.error
WHERE {_IS_OPEN}"""  # our words


def _row(one: StepExecution, now: datetime) -> dict[str, object]:
    return {
        "id": one.id,
        "step": one.step,
        "user": one.user,
        "channel": one.channel,
        "inputs": dumps(one.inputs),
        "state": one.state,
        "awaits": one.awaits,
        "so_far": dumps(one.so_far),
        "error": one.error,
        "deadline": stamp(one.deadline),
        "now": stamp(now),
    }


def _step(row: Row) -> StepExecution:
    return StepExecution(
        id=row["id"],
        step=row["step"],
        user=row["user_id"],
        channel=row["channel"],
        inputs=loads(row["inputs"]),
        deadline=datetime.fromisoformat(row["deadline"]),
        state=StepState(row["state"]),
        awaits=row["awaits"],
        so_far=decode(StepProgress, loads(row["so_far"])),
        error=row["error"],
    )
