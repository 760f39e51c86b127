"""What waits for a second person to agree, with what was wanted until that is settled."""

from datetime import datetime
from typing import Any

from bot.codec import dumps
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.policy.model import Agreement, AgreementState, Settlement
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old

_ADD = """
INSERT INTO agreements (workspace, token, job_id, job, arguments, user_id, user_name, right_id,
  action, words, channel, thing, thing_name, card, state, expires_at)
VALUES (:workspace, :token, :job_id, :job, :arguments, :user, :user_name, :right, :action, :words,
  :channel, :thing, :thing_name, :card, 'asked', :expires_at)
ON CONFLICT (workspace, token) DO NOTHING"""
_OURS = "WHERE workspace = :workspace AND token = :token"
_GET = f"SELECT * FROM agreements {_OURS}"  # noqa: S608  # no value is put in
_BLANK = f"UPDATE agreements SET arguments = '{{}}' {_OURS}"  # noqa: S608  # likewise
_SETTLE = """
UPDATE agreements SET state = :state, by = :by, by_name = :by_name, settled_at = :now
WHERE workspace = :workspace AND token = :token AND state = :before"""
# What was wanted is done as whoever wanted it, with who agreed; what was told is told anew.
_AS_JOB = """
INSERT INTO jobs (workspace, key, lane, name, arguments, run_at, created_at)
SELECT :workspace, :key, :queue, job, json_set(json_remove(arguments, '$.replaces'),
  '$.agreed_by', :by, '$.agreed_name', :by_name, '$.response_url', '', '$.picked', ''), :now, :now
FROM agreements WHERE workspace = :workspace AND token = :token
ON CONFLICT (workspace, key) DO NOTHING"""
_FREE = """
UPDATE jobs SET key = 'freed:' || id || ':' || key
WHERE workspace = :workspace AND key NOT LIKE 'freed:%'
  AND id = (SELECT job_id FROM agreements WHERE workspace = :workspace AND token = :token)"""
_MOVE = (
    """
UPDATE agreements SET arguments = json_set(arguments, '$.channel', :new)
WHERE workspace = :workspace AND json_extract(arguments, '$.channel') = :old""",
    "UPDATE agreements SET channel = :new WHERE workspace = :workspace AND channel = :old",
)


def add_agreement(tx: Transaction, new: Agreement, job: Job[Any]) -> None:
    """Keep what a job wants until somebody agrees."""
    tx.execute(
        _ADD,
        {
            "token": new.token,
            "job_id": job.id,
            "job": job.name,
            "arguments": dumps(job.request),
            "user": new.user,
            "user_name": new.user_name,
            "right": new.right,
            "action": new.action,
            "words": new.words,
            "channel": new.channel,
            "thing": new.thing.id,
            "thing_name": new.thing.name,
            "card": new.card,
            "expires_at": stamp(new.expires_at),
        },
    )


def settle_agreement(
    tx: Transaction,
    token: str,
    said: Settlement,
    *,
    queue: str,
    before: AgreementState = AgreementState.ASKED,
) -> bool:
    """Write down what became of one, if it still was as `before`; the first to say it counts.

    What was agreed to is done next, and what is asked again goes through the door anew. Whoever
    comes after one that came to nothing may want the same.
    """
    about = {"token": token, "by": said.by, "by_name": said.by_name, "now": stamp(said.now)}
    if not tx.execute(_SETTLE, {**about, "state": said.state, "before": before}):
        return False
    if said.state in {AgreementState.AGREED, AgreementState.ASKED_AGAIN}:
        agreed = said.state is AgreementState.AGREED
        who = about if agreed else {**about, "by": "", "by_name": ""}
        tx.execute(_AS_JOB, {**who, "queue": queue, "key": f"{said.state}:{token}"})
        tx.execute(_BLANK, {"token": token})
    else:
        tx.execute(_FREE, {"token": token})
    return True


class AgreementStore:
    """Reads them by their tokens."""

    def __init__(self, database: Database) -> None:
        """Keep them in this database."""
        self._database = database

    async def get(self, token: str) -> Agreement | None:
        """Return one, None where it is not known any more."""
        row = await self._database.fetch_one(_GET, {"token": token})
        return _agreement(row) if row else None

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let them name a channel by its new id, also in what was wanted."""
        return [tx.execute(each, {"old": old, "new": new}) for each in _MOVE][-1]

    async def forget(self, *, before: datetime) -> int:
        """Delete what was settled before a moment, with what was entered."""
        return await delete_old(
            self._database, "agreements", "settled_at < :before", before=before, key="token"
        )


def _agreement(row: Row) -> Agreement:
    return Agreement(
        token=row["token"],
        user=row["user_id"],
        user_name=row["user_name"],
        right=row["right_id"],
        action=row["action"],
        words=row["words"],
        channel=row["channel"],
        card=row["card"],
        expires_at=datetime.fromisoformat(row["expires_at"]),
        thing=Thing(row["thing"], row["thing_name"]),
        state=AgreementState(row["state"]),
        by_name=row["by_name"],
    )
