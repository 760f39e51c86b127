"""The table of calls: who waits for the answer of which job, and where it goes in the end.

The caller leaves and the job's end comes in one transaction each, on the state of one row, so that
an answer is either kept for the caller or told in their direct messages, and never both. What was
kept and nobody fetched, as a process died, is told there a little later.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.codec import decode, dumps, loads
from bot.jobs.calls.kept import KeptAnswer
from bot.jobs.request import Intent, Request
from bot.jobs.store import add_job
from bot.outbox.store import tell
from bot.store.database import MAIN, Database, Transaction, stamp
from bot.store.timekeeping import SetBack, move_back

KEPT_AFTER: Final = timedelta(minutes=10)
"""So long the answer of a call can be had again, as by a request that comes twice."""
JOB: Final = "call:"
"""Begins the key of a call's job."""
MOST_WAITING: Final = 3
"""So many calls of one person wait at the same time."""


class CallState(StrEnum):
    """Where the answer of a call is."""

    WAITING = "waiting"
    ANSWERED = "answered"
    """It is kept, and not fetched yet."""
    GIVEN = "given"
    LEFT = "left"
    """The caller has gone: it is told in Slack."""


class CallStart(StrEnum):
    """What becomes of a call at its beginning."""

    FRESH = "fresh"
    KNOWN = "known"
    """The same was called before: it has the same answer."""
    DONE = "done"
    """The same was done before, too long ago for its answer to be there still."""
    TOO_MANY = "too many"


# What follows FROM, for whoever looks at the calls of several workspaces (`mine`) at once.
CALLS_TO_TELL: Final = """calls WHERE calls.workspace = mine.workspace AND state = 'answered'
  AND until <= :now"""

_ADD = """
INSERT INTO calls (workspace, key, user_id, state, answer, asked_at, until)
VALUES (:workspace, :key, :user, 'waiting', '', :now, :until)"""
_WAITING = """
SELECT COUNT(*) AS count FROM calls
WHERE workspace = :workspace AND user_id = :user AND state = 'waiting' AND until > :now"""
_ONE = "SELECT state, answer FROM calls WHERE workspace = :workspace AND key = :key"
_KEEP = """
UPDATE calls SET state = 'answered', answer = :answer
WHERE workspace = :workspace AND key = :key AND state = 'waiting' AND until > :now"""
_GIVE = """
UPDATE calls SET state = 'given'
WHERE workspace = :workspace AND key = :key AND state = 'answered'"""
_LEAVE = """
UPDATE calls SET state = 'left'
WHERE workspace = :workspace AND key = :key AND state = 'waiting'"""
_TOLD = """
UPDATE calls SET state = 'left', answer = :answer
WHERE workspace = :workspace AND key = :key AND state IN ('waiting', 'left')"""
_DROP = "DELETE FROM calls WHERE workspace = :workspace AND key = :key"
_NOT_FETCHED = """
UPDATE calls SET state = 'left', answer = ''
WHERE workspace = :workspace AND state = 'answered' AND until <= :now"""
_TO_TELL = """
SELECT key, answer FROM calls
WHERE workspace = :workspace AND state = 'answered' AND until <= :now ORDER BY key"""
_FORGET = """
DELETE FROM calls WHERE workspace = :workspace AND state <> 'answered' AND until <= :before"""


def keep_answer(tx: Transaction, key: str, kept: KeptAnswer, *, now: datetime) -> bool:
    """Keep what a job brought forth for its caller; False where nobody waits for it any more.

    Of what they have left only is kept whether the same may be wanted again.
    """
    wanted = {"key": key, "answer": dumps(kept), "now": stamp(now)}
    if tx.execute(_KEEP, wanted):
        return True
    tx.execute(_TOLD, {"key": key, "answer": dumps(KeptAnswer(again=kept.again))})
    return False


class CallStore:
    """Calls, from the side of those who wait."""

    def __init__(self, database: Database, *, queue: str = MAIN) -> None:
        """Put the jobs into this queue."""
        self._database = database
        self._queue = queue

    async def begin(
        self,
        key: str,
        wanted: Request[Intent],
        *,
        now: datetime,
        until: datetime,
        within: float | None = None,
    ) -> CallStart:
        """Write a call and its job, once for a key. Raises NotKeptError."""
        given = {"key": key, "user": wanted.user, "now": stamp(now), "until": stamp(until)}

        def begin(tx: Transaction) -> CallStart:
            known = tx.fetch_one(_ONE, {"key": key})
            if known and not _kept(known["answer"]).again:
                return CallStart.KNOWN
            waiting = tx.fetch_one(_WAITING, given)
            if waiting and int(waiting["count"]) >= MOST_WAITING:
                return CallStart.TOO_MANY
            if not add_job(tx, key=f"{JOB}{key}", wanted=wanted, now=now, queue=self._queue):
                return CallStart.KNOWN if known else CallStart.DONE
            tx.execute(_DROP, {"key": key})
            tx.execute(_ADD, given)
            return CallStart.FRESH

        return await self._database.transaction(begin, within=within)

    async def state(self, key: str) -> CallState | None:
        """Return where the answer of a call is; None of one that nobody knows."""
        row = await self._database.fetch_one(_ONE, {"key": key})
        return CallState(row["state"]) if row else None

    async def take(self, key: str) -> KeptAnswer | None:
        """Return the answer of a call, and note that it was fetched; None where it is told."""

        def take(tx: Transaction) -> KeptAnswer | None:
            tx.execute(_GIVE, {"key": key})
            row = tx.fetch_one(_ONE, {"key": key})
            return _kept(row["answer"]) if row and row["state"] == CallState.GIVEN else None

        return await self._database.transaction(take)

    async def leave(self, key: str) -> bool:
        """Note that the caller has gone; False where the answer came before that."""
        return await self._database.execute(_LEAVE, {"key": key}) == 1

    async def tell_what_nobody_fetched(self, *, now: datetime) -> int:
        """Have answers told in direct messages whose callers are gone; return how many."""

        def tell_all(tx: Transaction) -> Sequence[str]:
            rows = tx.fetch_all(_TO_TELL, {"now": stamp(now)})
            for row in rows:
                for outgoing in _kept(row["answer"]).held:
                    tell(tx, outgoing, now=now, queue=self._queue)
            if rows:
                tx.execute(_NOT_FETCHED, {"now": stamp(now)})
            return [row["key"] for row in rows]

        return len(await self._database.transaction(tell_all))

    def newest(self, tx: Transaction) -> str | None:
        """Return nothing: the jobs of the same moment say it."""
        del tx
        return None

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let no answer wait longer to be fetched, and no call count longer as waited for."""
        return move_back(tx, back, "calls", ("until",), key="key")

    async def forget(self, *, before: datetime) -> int:
        """Delete calls that were over before a moment, but for answers that are still to be told.

        Whoever waited for one of which nothing came is long gone.
        """
        return await self._database.execute(_FORGET, {"before": stamp(before)})


def _kept(answer: str) -> KeptAnswer:
    return decode(KeptAnswer, loads(answer))
