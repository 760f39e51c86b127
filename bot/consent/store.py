"""The words of people as rows: their ids in Slack and what they said, and no address."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.codec import dumps
from bot.consent.model import Consent, ConsentState
from bot.store.database import Database, Row, Transaction, moment, stamp
from bot.store.timekeeping import SetBack, latest

_OURS = "WHERE workspace = :workspace AND user_id = :user"
_GET = f"SELECT * FROM consents {_OURS}"  # noqa: S608  # no value is put in
_SOME = """
SELECT user_id, state FROM consents
WHERE workspace = :workspace AND user_id IN (SELECT value FROM json_each(:users))"""
_ASK = """
INSERT INTO consents (workspace, user_id, state, asked_by, changed_at)
VALUES (:workspace, :user, 'asked', :by, :now)
ON CONFLICT (workspace, user_id) DO NOTHING"""
_TOLD = f"""
UPDATE consents SET told_at = :now {_OURS} AND state = 'asked' AND told_at IS NULL"""  # noqa: S608
_UNASK = f"DELETE FROM consents {_OURS} AND state = 'asked' AND told_at IS NULL"  # noqa: S608
_SAY = """
INSERT INTO consents (workspace, user_id, state, asked_by, changed_at)
VALUES (:workspace, :user, :state, '', :now)
ON CONFLICT (workspace, user_id) DO UPDATE
SET state = excluded.state, changed_at = excluded.changed_at"""


def consent_of(tx: Transaction, user: str) -> Consent | None:
    """Return what somebody said; None of whom nobody asked."""
    row = tx.fetch_one(_GET, {"user": user})
    return _consent(row) if row else None


def ask_consent(tx: Transaction, user: str, *, by: str, now: datetime) -> bool:
    """Note that somebody is to be asked; False where they were, or said something by themselves."""
    return bool(tx.execute(_ASK, {"user": user, "by": by, "now": stamp(now)}))


def told_question(tx: Transaction, user: str, *, now: datetime) -> bool:
    """Note that the question is put now; False where it was before, or is not needed any more."""
    return bool(tx.execute(_TOLD, {"user": user, "now": stamp(now)}))


def drop_question(tx: Transaction, user: str) -> None:
    """Let go of a question that was not put yet: it may be another time."""
    tx.execute(_UNASK, {"user": user})


def say_consent(tx: Transaction, user: str, state: ConsentState, *, now: datetime) -> None:
    """Write down what somebody says."""
    tx.execute(_SAY, {"user": user, "state": state, "now": stamp(now)})


class ConsentStore:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def of(self, user: str) -> Consent | None:
        """Return what somebody said; None of whom nobody asked."""
        row = await self._database.fetch_one(_GET, {"user": user})
        return _consent(row) if row else None

    async def states(self, users: Collection[str]) -> Mapping[str, ConsentState]:
        """Return what these said, as far as they were asked or said something by themselves."""
        rows = await self._database.fetch_all(_SOME, {"users": dumps(sorted(users))})
        return {row["user_id"]: ConsentState(row["state"]) for row in rows}

    def newest(self, tx: Transaction) -> str | None:
        """Return when somebody said something last."""
        return latest(tx, "SELECT MAX(changed_at) AS at FROM consents WHERE workspace = :workspace")

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Return 0: nothing here waits for a moment."""
        del tx, back
        return 0


def _consent(row: Row) -> Consent:
    return Consent(
        row["user_id"],
        ConsentState(row["state"]),
        datetime.fromisoformat(row["changed_at"]),
        row["asked_by"],
        moment(row["told_at"]),
    )
