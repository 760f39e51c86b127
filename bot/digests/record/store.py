"""The record of digests: one row for each planned time, whatever became of it.

Each note is written in the transaction of what it notes, so that a crash leaves both or neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from bot.asking.store import LastTold, put_snapshot
from bot.codec import decode, dumps, loads
from bot.digests.core.outcomes import ARRIVED, Cause, DigestRun, DigestState, outcome
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old

DIGEST: Final = "digest:"
"""With this begin the keys of all digests, planned and sent by hand."""
MOST: Final = 10_000
"""Rows that are read at once: those of a digest that comes every hour for a year."""


@dataclass(frozen=True, slots=True)
class NewRun:
    """A digest that goes on the record, under the key of its job."""

    key: str
    subscription_id: int
    planned_at: datetime
    cause: Cause = Cause.PLANNED
    asked_by: str = ""


def begin_run(tx: Transaction, new: NewRun, *, now: datetime) -> None:
    """Note that a digest is to be made; one that was told already stays as it is."""
    _insert(tx, new, DigestState.MAKING, "", now, otherwise=_BEGIN_AGAIN)


def skip_run(
    tx: Transaction, new: NewRun, state: DigestState, *, reason: str, now: datetime
) -> None:
    """Note that nothing comes of a planned time, unless something is noted of it already."""
    _insert(tx, new, state, reason, now, otherwise="DO NOTHING")


def note_run(
    tx: Transaction,
    key: str,
    state: DigestState,
    *,
    now: datetime,
    reason: str = "",
    remembered: Sequence[LastTold] = (),
) -> None:
    """Note how far a digest is that was begun; one that is in Slack is no longer made.

    `remembered` is kept until its message is there, and then is what it is compared with.
    """
    parameters = {"key": key, "state": state, "reason": reason, "now": stamp(now)}
    kept = dumps(remembered) if remembered else ""
    tx.execute(_NOTE, {**parameters, "remembered": kept})


def settle_run(
    tx: Transaction, key: str, *, reason: str, failed: DigestState, now: datetime
) -> DigestRun | None:
    """Note what became of a digest in Slack, as the outbox has it; None where that is no news.

    `failed` is what it is where its message did not come. As soon as that is there, its figures
    are those that were told last.
    """
    row = tx.fetch_one(_BY_KEY, {"key": key})
    whole = tx.fetch_all(_PARTS, {"key": key})
    message = next((each for each in whole if each["key"] == key), None)
    if row is None or message is None:
        return None
    parts = [str(each["state"]) for each in whole if each["key"] != key]
    state = outcome(message["state"], parts)
    state = failed if state is DigestState.FAILED else state
    if state == row["state"]:
        return None
    if state in ARRIVED and row["remembered"]:
        for each in loads(row["remembered"]):
            told = decode(LastTold, each)
            put_snapshot(tx, told.key, told.data, now=now)
    settled = {
        "key": key,
        "state": state,
        "reason": "" if state is DigestState.SENT else reason or row["reason"],
        "now": stamp(now),
        "told_at": message["settled_at"] if state in ARRIVED else None,
        "channel": message["posted_channel"] or "",
        "ts": message["ts"] or "",
        "over": state is not DigestState.TELLING and state is not DigestState.IN_DOUBT,
    }
    changed = tx.fetch_one(_SETTLE, settled)
    return run_of(changed) if changed else None


def end_runs(tx: Transaction, number: int) -> None:
    """Note of what was still to come of a digest that it was removed."""
    tx.execute(_REMOVED, {"id": number})


def run_of(row: Row) -> DigestRun:
    """Return a row of the table."""
    known = {each.name for each in fields(DigestRun)}
    return decode(DigestRun, {name: row[name] for name in row if name in known})


class DigestRecord:
    """The record, read."""

    def __init__(self, database: Database) -> None:
        """Read it in this database."""
        self._database = database

    async def of(self, number: int, *, before: int = 0, limit: int = MOST) -> list[DigestRun]:
        """Return the runs of a digest, those first that were begun or skipped last.

        With `before`, the id of a run, those that are older.
        """
        given = {"id": number, "before": before, "limit": limit}
        return [run_of(row) for row in await self._database.fetch_all(_OF, given)]

    async def one(self, number: int, planned: datetime | None) -> DigestRun | None:
        """Return the run of a digest that was planned for a moment, to the second, or the last."""
        if planned is None:
            return next(iter(await self.of(number, limit=1)), None)
        until = planned + timedelta(seconds=1)
        row = await self._database.fetch_one(
            _PLANNED_AT, {"id": number, "first": stamp(planned), "until": stamp(until)}
        )
        return run_of(row) if row else None

    async def by_key(self, key: str) -> DigestRun | None:
        """Return the run of a digest's message, or None."""
        row = await self._database.fetch_one(_BY_KEY, {"key": key})
        return run_of(row) if row else None

    async def count(self, number: int) -> tuple[int, int]:
        """Return how many runs of a digest are on record, and how many of them were sent."""
        row = await self._database.fetch_one(_COUNT, {"id": number})
        return (int(row["count"]), int(row["sent"])) if row else (0, 0)

    async def came(self, number: int, since: datetime) -> int:
        """Return how many of its planned times since a moment a digest was told at."""
        row = await self._database.fetch_one(_CAME, {"id": number, "since": stamp(since)})
        return int(row["came"]) if row else 0

    async def planned(self, number: int, first: datetime, until: datetime) -> list[datetime]:
        """Return the planned times of a digest from `first` on and before `until`, in order."""
        rows = await self._database.fetch_all(
            _PLANNED, {"id": number, "first": stamp(first), "until": stamp(until)}
        )
        return [datetime.fromisoformat(row["planned_at"]) for row in rows]

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Find by a channel's new id what was told there, and what is to be remembered of it."""
        for row in tx.fetch_all(_REMEMBERED):
            told = [decode(LastTold, each).moved(old, new) for each in loads(row["remembered"])]
            tx.execute(_REMEMBER, {"id": row["id"], "told": dumps(told)})
        return tx.execute(_MOVE, {"old": old, "new": new})

    async def forget(self, *, before: datetime) -> int:
        """Delete what was noted before a moment, and of digests that were over by then."""
        old = "ended_at < :before"
        gone = await delete_old(self._database, "past_digests", old, before=before)
        old = "noted_at < :before"
        return gone + await delete_old(self._database, "digest_runs", old, before=before)


def _insert(
    tx: Transaction, new: NewRun, state: DigestState, reason: str, now: datetime, *, otherwise: str
) -> None:
    tx.execute(
        f"{_INSERT} ON CONFLICT (workspace, key) {otherwise}",
        {
            "key": new.key,
            "id": new.subscription_id,
            "cause": new.cause,
            "planned_at": stamp(new.planned_at),
            "state": state,
            "reason": reason,
            "asked_by": new.asked_by,
            "now": stamp(now),
        },
    )


_INSERT = """
INSERT INTO digest_runs (workspace, key, subscription_id, cause, planned_at, state, reason,
  asked_by, noted_at)
VALUES (:workspace, :key, :id, :cause, :planned_at, :state, :reason, :asked_by, :now)"""

_BY_KEY = "SELECT * FROM digest_runs WHERE workspace = :workspace AND key = :key"

_COUNT = """
SELECT COUNT(*) AS count, COUNT(CASE WHEN state = 'sent' THEN 1 END) AS sent FROM digest_runs
WHERE workspace = :workspace AND subscription_id = :id"""

_REMEMBERED = """
SELECT id, remembered FROM digest_runs WHERE workspace = :workspace AND remembered <> ''"""

_REMEMBER = "UPDATE digest_runs SET remembered = :told WHERE workspace = :workspace AND id = :id"

_MOVE = "UPDATE digest_runs SET channel = :new WHERE workspace = :workspace AND channel = :old"

# Skipped before the clock was set back, and now it is planned once more.
_BEGIN_AGAIN = """DO UPDATE SET state = excluded.state, reason = '', noted_at = excluded.noted_at
WHERE digest_runs.told_at IS NULL"""

_NOTE = """
UPDATE digest_runs SET state = :state, reason = :reason, noted_at = :now, remembered = :remembered
WHERE workspace = :workspace AND key = :key AND state = 'making'"""

_SETTLE = """
UPDATE digest_runs SET state = :state, reason = :reason, noted_at = :now,
  told_at = COALESCE(told_at, :told_at), channel = :channel, ts = :ts,
  remembered = CASE WHEN :over = 1 THEN '' ELSE remembered END
WHERE workspace = :workspace AND key = :key RETURNING *"""

# Of a whole answer: its replies and files are numbered, what explains a lost one ends in "!".
_PARTS = """
SELECT key, state, settled_at, posted_channel, ts FROM ledger
WHERE workspace = :workspace AND key = :key
UNION ALL SELECT key, state, settled_at, posted_channel, ts FROM ledger
WHERE workspace = :workspace
  AND (key BETWEEN :key || '#' AND :key || '$' OR key BETWEEN :key || '+' AND :key || ',')
  AND key NOT LIKE '%!'"""

_REMOVED = """
UPDATE digest_runs SET state = 'removed', remembered = ''
WHERE workspace = :workspace AND subscription_id = :id AND state IN ('making', 'telling')"""

_CAME = """
SELECT COUNT(*) AS came FROM digest_runs
WHERE workspace = :workspace AND subscription_id = :id AND cause = 'planned'
  AND planned_at >= :since AND told_at IS NOT NULL
"""

_OF = """
SELECT * FROM digest_runs
WHERE workspace = :workspace AND subscription_id = :id AND (:before = 0 OR id < :before)
ORDER BY id DESC LIMIT :limit"""

_PLANNED_AT = """
SELECT * FROM digest_runs
WHERE workspace = :workspace AND subscription_id = :id AND cause = 'planned'
  AND planned_at >= :first AND planned_at < :until ORDER BY id DESC LIMIT 1"""

_PLANNED = """
SELECT DISTINCT planned_at FROM digest_runs
WHERE workspace = :workspace AND subscription_id = :id AND cause = 'planned'
  AND planned_at >= :first AND planned_at < :until ORDER BY planned_at"""
