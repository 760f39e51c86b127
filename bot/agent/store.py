"""The rows of Flowbot as an agent: threads, where people look, and how answers were rated."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.cleanup import KEEP_INPUTS, KEEP_RUNS
from bot.codec import dumps
from bot.store.database import MAIN, Database, Transaction, moment, stamp
from bot.store.forgetting import delete_old


@dataclass(frozen=True, slots=True)
class KnownLook:
    """At which channel somebody looks since when, and what was suggested to them and when.

    `direct` are their direct messages with us, empty until they opened them.
    """

    direct: str
    channel: str
    seen: str
    suggested: str
    suggested_at: datetime | None
    changed_at: datetime


class SessionStore:
    """Threads by their conversation and `ts`."""

    def __init__(self, database: Database, *, queue: str = MAIN) -> None:
        """Keep them in this database; what is worked on is in this queue."""
        self._database = database
        self._queue = queue

    async def working(self, channel: str, thread_ts: str) -> bool:
        """Return whether Slack was told last that a thread is worked on."""
        row = await self._database.fetch_one(
            f"SELECT working FROM agent_sessions WHERE {_OF_THREAD}",  # noqa: S608  # ours
            {"channel": channel, "thread": thread_ts},
        )
        return bool(row and row["working"])

    async def begun(self, channel: str, thread_ts: str, *, now: datetime) -> None:
        """Note that Slack is told that a thread is worked on."""
        await self._set(channel, thread_ts, working=1, now=now)

    async def rests(self, channel: str, thread_ts: str, *, now: datetime) -> None:
        """Note that Slack is told that a thread rests."""
        await self._set(channel, thread_ts, working=0, now=now)

    async def _set(self, channel: str, thread_ts: str, *, working: int, now: datetime) -> None:
        thread = {"channel": channel, "thread": thread_ts}
        await self._database.execute(_SET, {**thread, "working": working, "now": stamp(now)})

    async def is_busy(self, channel: str, thread_ts: str, *, but_for: Collection[str]) -> bool:
        """Return whether anything is under way in a thread, besides jobs of some names."""
        thread = {"channel": channel, "thread": thread_ts, "queue": self._queue}
        row = await self._database.fetch_one(_JOBS, {**thread, "names": dumps([*but_for])})
        return bool(row or await self._database.fetch_one(_UNSENT, thread))

    async def forget(self, *, before: datetime) -> int:
        """Delete threads in which nothing was said since a moment; return how many."""
        old = "changed_at < :before"
        return await delete_old(
            self._database, "agent_sessions", old, before=before, key="thread_ts"
        )


def is_working(tx: Transaction, channel: str, thread_ts: str) -> bool:
    """Return whether Slack shows that a thread is worked on."""
    sql = f"SELECT 1 FROM agent_sessions WHERE {_OF_THREAD} AND working = 1"  # noqa: S608  # ours
    return tx.fetch_one(sql, {"channel": channel, "thread": thread_ts}) is not None


def stop_jobs(
    tx: Transaction, channel: str, thread_ts: str, *, names: Collection[str], now: datetime
) -> list[str]:
    """End the jobs of these names in a thread, whoever has them in hand; return their keys.

    What they would bring forth is not written down then: their rows are over.
    """
    thread = {"channel": channel, "thread": thread_ts, "names": dumps([*names])}
    rows = tx.fetch_all(_STOP, {**thread, "now": stamp(now)})
    return sorted(str(row["key"]) for row in rows)


class LookStore:
    """Where people look, by person."""

    def __init__(self, database: Database) -> None:
        """Keep it in this database."""
        self._database = database

    async def of(self, person: str) -> KnownLook | None:
        """Return where somebody looks; None where nothing was heard of it."""
        sql = "SELECT * FROM agent_looks WHERE workspace = :workspace AND person = :person"
        row = await self._database.fetch_one(sql, {"person": person})
        if row is None:
            return None
        return KnownLook(
            direct=row["direct"],
            channel=row["channel"],
            seen=row["seen"],
            suggested=row["suggested"],
            suggested_at=moment(row["suggested_at"]),
            changed_at=datetime.fromisoformat(row["changed_at"]),
        )

    async def looks(
        self, person: str, channel: str, seen: str, *, direct: str, now: datetime
    ) -> bool:
        """Note where somebody looks; False where something newer is known.

        `direct` is empty where it was not told.
        """
        given = {"person": person, "channel": channel, "seen": seen, "direct": direct}
        given["now"] = stamp(now)
        return await self._database.execute(_LOOKS, given) > 0

    async def suggested(self, person: str, what: str, *, now: datetime) -> None:
        """Note what was suggested to somebody."""
        await self._database.execute(
            """UPDATE agent_looks SET suggested = :what, suggested_at = :now
            WHERE workspace = :workspace AND person = :person""",
            {"person": person, "what": what, "now": stamp(now)},
        )

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let who looks at a channel look at it by its new id."""
        return tx.execute(
            """UPDATE agent_looks SET channel = :new
            WHERE workspace = :workspace AND channel = :old""",
            {"old": old, "new": new},
        )

    async def forget(self, *, before: datetime) -> int:
        """Delete what was heard before a moment; return how much."""
        old = "changed_at < :before"
        return await delete_old(self._database, "agent_looks", old, before=before, key="person")


class ForgottenSoon:
    """Where people look, kept a day: after some hours it says nothing of where they look now."""

    def __init__(self, looks: LookStore) -> None:
        """Let go of these."""
        self._looks = looks

    async def forget(self, *, before: datetime) -> int:
        """Delete what was heard a day before those whose rows are kept for KEEP_RUNS."""
        return await self._looks.forget(before=before + KEEP_RUNS - KEEP_INPUTS)


class RatingStore:
    """What people thought of answers."""

    def __init__(self, database: Database) -> None:
        """Keep it in this database."""
        self._database = database

    async def counts(self, *, since: datetime) -> tuple[int, int]:
        """Return how many answers were good and how many were not, since a moment."""
        row = await self._database.fetch_one(
            """SELECT COUNT(*) AS rated, COUNT(CASE WHEN good = 1 THEN 1 END) AS good
            FROM agent_ratings WHERE workspace = :workspace AND rated_at >= :since""",
            {"since": stamp(since)},
        )
        return (int(row["good"]), int(row["rated"]) - int(row["good"])) if row else (0, 0)

    async def forget(self, *, before: datetime) -> int:
        """Delete what was said before a moment; return how much."""
        old = "rated_at < :before"
        return await delete_old(self._database, "agent_ratings", old, before=before, key="answer")


def rate(tx: Transaction, answer: str, *, good: bool, now: datetime) -> None:
    """Note what somebody thinks of an answer, in place of what they thought before."""
    tx.execute(_RATE, {"answer": answer, "good": int(good), "now": stamp(now)})


_OF_THREAD: Final = "workspace = :workspace AND channel = :channel AND thread_ts = :thread"

_SET: Final = """
INSERT INTO agent_sessions (workspace, channel, thread_ts, working, changed_at)
VALUES (:workspace, :channel, :thread, :working, :now)
ON CONFLICT (workspace, channel, thread_ts) DO UPDATE SET working = excluded.working,
  changed_at = excluded.changed_at"""

_IN_THREAD: Final = """json_extract(arguments, '$.channel') = :channel
  AND json_extract(arguments, '$.thread_ts') = :thread"""

_JOBS: Final = f"""
SELECT 1 FROM jobs WHERE workspace = :workspace AND lane = :queue AND finished_at IS NULL
  AND name NOT IN (SELECT value FROM json_each(:names)) AND {_IN_THREAD} LIMIT 1"""  # noqa: S608

_UNSENT: Final = " UNION ALL ".join(  # each by an index of its own
    f"""
SELECT 1 FROM ledger WHERE workspace = :workspace AND lane = :queue AND {state}
  AND json_extract(target, '$.channel') = :channel
  AND json_extract(target, '$.thread_ts') = :thread"""  # noqa: S608  # ours
    for state in ("state IN ('queued', 'retry')", "state = 'sending'")
)

_STOP: Final = f"""
UPDATE jobs SET state = 'done', finished_at = :now, error = '', suspect = 0,
  arguments = json_remove(arguments, '$.details', '$.response_url', '$.form')
WHERE workspace = :workspace AND finished_at IS NULL
  AND name IN (SELECT value FROM json_each(:names)) AND {_IN_THREAD}
RETURNING key"""  # noqa: S608

_LOOKS: Final = """
INSERT INTO agent_looks (workspace, person, direct, channel, seen, changed_at)
VALUES (:workspace, :person, :direct, :channel, :seen, :now)
ON CONFLICT (workspace, person) DO UPDATE SET channel = excluded.channel, seen = excluded.seen,
  direct = CASE WHEN excluded.direct = '' THEN agent_looks.direct ELSE excluded.direct END,
  changed_at = excluded.changed_at
WHERE excluded.seen >= agent_looks.seen"""

_RATE: Final = """
INSERT INTO agent_ratings (workspace, answer, good, rated_at)
VALUES (:workspace, :answer, :good, :now)
ON CONFLICT (workspace, answer) DO UPDATE SET good = excluded.good, rated_at = excluded.rated_at"""
