"""Units of slow work, accepted once by key and kept until they are finished."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import log
from bot.codec import dumps, loads
from bot.jobs.request import Intent, Job, Request
from bot.store.database import MAIN, Database, Row, Transaction, stamp
from bot.store.forgetting import delete_old
from bot.store.timekeeping import SetBack, latest, move_back

# What follows FROM, for whoever looks at the jobs of several workspaces (`mine`) at once.
JOBS_DUE: Final = """jobs WHERE jobs.workspace = mine.workspace AND lane = :queue
  AND state = 'queued' AND run_at <= :now"""
JOBS_BEGUN: Final = """jobs WHERE jobs.workspace = mine.workspace AND lane = :queue
  AND state = 'running'"""

# The workspace outside of the numbers is written so that no index leads to all of its jobs.
CLAIM = """
UPDATE jobs SET state = 'running', attempts = attempts + 1, holder = :holder
WHERE workspace || '' = :workspace AND id IN (
  SELECT id FROM jobs
  WHERE workspace = :workspace AND state = 'queued' AND lane = :queue AND can_wait = :can_wait
    AND suspect = 0 AND run_at <= :now
  ORDER BY run_at, id LIMIT :limit)
RETURNING *"""

# One suspect at a time, so that the one a process dies of is known; the least blamed first.
CLAIM_SUSPECT = """
UPDATE jobs SET state = 'running', attempts = attempts + 1, holder = :holder
WHERE workspace || '' = :workspace AND id IN (
  SELECT id FROM jobs
  WHERE workspace = :workspace AND suspect = 1 AND state = 'queued' AND lane = :queue
    AND run_at <= :now
  ORDER BY crashes, id LIMIT 1)
AND NOT EXISTS (SELECT 1 FROM jobs
  WHERE workspace = :workspace AND suspect = 1 AND state = 'running' AND lane = :queue)
RETURNING *"""

# Whoever was frozen or cut off while it worked must not write about what somebody else has now: a
# statement about one's own job names the attempt that it is.
RELEASE = """
UPDATE jobs SET state = 'queued', attempts = attempts - :spared, holder = '', handed_at = NULL
WHERE workspace = :workspace AND id = :id AND state = 'running' AND attempts = :attempts
  AND holder = :holder"""

RETRY = """
UPDATE jobs SET state = 'queued', run_at = :at, attempts = attempts - :spared, suspect = 0,
  holder = '', handed_at = NULL
WHERE workspace = :workspace AND id = :id AND state = 'running' AND attempts = :attempts
  AND holder = :holder"""

FINISH = """
UPDATE jobs SET state = :state, finished_at = :now, error = :error, suspect = 0,
  arguments = json_remove(arguments, '$.details', '$.response_url', '$.form')
WHERE workspace = :workspace AND id = :id AND state = 'running' AND attempts = :attempts
  AND holder = :holder"""

RUNNING = """
SELECT * FROM jobs
WHERE workspace = :workspace AND state = 'running' AND lane = :queue ORDER BY id"""

BY_KEY = "SELECT * FROM jobs WHERE workspace = :workspace AND key = :key"

RECLAIM = """
UPDATE jobs SET state = 'queued', suspect = 1, holder = '', handed_at = NULL,
  crashes = crashes + CASE WHEN suspect = 1 OR :alone = 1 THEN 1 ELSE 0 END,
  attempts = attempts - CASE WHEN name IN (SELECT value FROM json_each(:once)) THEN 0 ELSE 1 END
WHERE workspace = :workspace AND state = 'running' AND lane = :queue"""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A row of the table, its arguments as they lie there. `attempts`, `crashes` as of a Job.

    `holder` is the process that has it in hand, by an id of its own.
    """

    id: int
    key: str
    name: str
    arguments: dict[str, Any]
    attempts: int
    created_at: datetime
    crashes: int = 0
    can_wait: bool = False
    request_id: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Which earlier jobs a new one would repeat: keys that begin with `stem`, accepted `since`.

    Without `since` all of them count, and without a stem none.
    """

    stem: str = ""
    since: datetime | None = None


NEVER: Final = Repeats()


class TakenOverError(Exception):
    """Somebody else has taken a job: what this attempt brought forth must not be written down."""


_ADD = """
INSERT INTO jobs (workspace, key, lane, name, arguments, can_wait, together, run_at, created_at,
  request_id)
SELECT :workspace, :key, :queue, :name, :arguments, :can_wait, :together, :at, :now, :request_id
WHERE :stem = '' OR NOT EXISTS (
  SELECT 1 FROM jobs WHERE workspace = :workspace AND key >= :stem AND key < :stem || '~'
    AND created_at BETWEEN :since AND :until)
ON CONFLICT (workspace, key) DO NOTHING"""


def add_job(
    tx: Transaction,
    *,
    key: str,
    wanted: Intent | Request[Intent],
    now: datetime,
    at: datetime | None = None,
    queue: str = MAIN,
    repeats: Repeats = NEVER,
    together: str = "",
) -> bool:
    """Accept a job inside a transaction, for now or for later; False when the key is taken.

    `wanted` is a person's request, or an intent alone where it is the clock's. Nothing is accepted
    either where it repeats what was accepted before. Jobs that ask a vendor the same have one word
    `together`, so that whoever carries out one carries out all of them.
    """
    row = _row_of(
        wanted, key=key, now=now, at=at or now, queue=queue, repeats=repeats, together=together
    )
    return tx.execute(_ADD, row) == 1


def _row_of(
    wanted: Intent | Request[Intent],
    *,
    key: str,
    now: datetime,
    at: datetime,
    queue: str,
    repeats: Repeats,
    together: str = "",
) -> dict[str, Any]:
    intent = wanted.details if isinstance(wanted, Request) else wanted
    return {
        "stem": repeats.stem,
        "since": stamp(repeats.since) if repeats.since else "",
        "until": stamp(now) if repeats.since else "~",  # after a clock set back, too
        "key": key,
        "queue": queue,
        "name": intent.job,
        "arguments": dumps(wanted),
        "can_wait": intent.can_wait,
        "together": together,
        "at": stamp(at),
        "now": stamp(now),
        "request_id": log.request_id(),
    }


def job_of(tx: Transaction, key: str) -> JobRow | None:
    """Return the job that was accepted under a key, or None."""
    row = tx.fetch_one(BY_KEY, {"key": key})
    return job_row(row) if row else None


def free_key(tx: Transaction, job: Job[Any]) -> None:
    """Let the key of a job that came to nothing be accepted again."""
    tx.execute(
        "UPDATE jobs SET key = :freed WHERE workspace = :workspace AND id = :id",
        {"id": job.id, "freed": f"freed:{job.id}:{job.key}"},
    )


class JobStore:
    """The table of jobs, seen from one queue."""

    def __init__(self, database: Database, *, queue: str = MAIN, holder: str = "") -> None:
        """Work on this queue only; `holder` is this process among others, or one nobody knows."""
        self._database = database
        self.queue = queue
        self._holder = holder or secrets.token_hex(8)

    async def add(
        self,
        *,
        key: str,
        wanted: Intent | Request[Intent],
        now: datetime,
        within: float | None = None,
        repeats: Repeats = NEVER,
    ) -> bool:
        """Accept a job durably; False when the key was accepted before, or what it repeats.

        Raises NotKeptError where it cannot be begun `within` so many seconds.
        """
        row = _row_of(wanted, key=key, now=now, at=now, queue=self.queue, repeats=repeats)
        if repeats == NEVER:  # the key alone decides: one statement, with nobody to wait for
            return await self._database.execute(_ADD, row, within=within) == 1
        return await self._database.transaction(
            lambda tx: tx.execute(_ADD, row) == 1, within=within
        )

    async def claim(
        self, *, now: datetime, limit: int, most_that_wait: int | None = None
    ) -> list[JobRow]:
        """Take up to `limit` due jobs, oldest first, before any of those that can wait.

        Of these no more than `most_that_wait` are taken, where that is given.
        """
        parameters = {"queue": self.queue, "now": stamp(now), "holder": self._holder}
        most = limit if most_that_wait is None else most_that_wait

        def claim(tx: Transaction) -> list[Row]:
            taken = tx.fetch_all(CLAIM_SUSPECT, parameters) if limit else []
            for can_wait, room in ((False, limit), (True, most)):
                free = min(room, limit - len(taken))
                if free > 0:
                    wanted = {**parameters, "can_wait": can_wait, "limit": free}
                    taken += tx.fetch_all(CLAIM, wanted)
            return taken

        rows = await self._database.transaction(claim)
        return sorted(map(job_row, rows), key=lambda job: job.id)

    async def release(self, job: JobRow, *, begun: bool = False) -> None:
        """Put a job back that was not carried out, as at a stop; `begun` counts it as an attempt.

        A job that changes something elsewhere must not look untouched to the next who takes it.
        """
        await self._database.execute(RELEASE, {**_ours(job), "spared": 0 if begun else 1})

    async def running(self) -> list[JobRow]:
        """Return what somebody has begun."""
        rows = await self._database.fetch_all(RUNNING, {"queue": self.queue})
        return [job_row(row) for row in rows]

    async def reclaim(self, *, once: Collection[str]) -> int:
        """Queue again what a dead process left running. Only for the one who leads this queue.

        Who ran alone is to blame for its death, and who was under suspicion already; all others
        become suspects, which are carried out one at a time and keep their attempts. Jobs named in
        `once` were begun all the same.
        """

        def reclaim(tx: Transaction) -> int:
            parameters = {"queue": self.queue, "once": dumps(list(once))}
            running = tx.fetch_all(RUNNING, {"queue": self.queue})
            return tx.execute(RECLAIM, {**parameters, "alone": len(running) == 1})

        return await self._database.transaction(reclaim)

    async def by_key(self, key: str) -> JobRow | None:
        """Return the job that was accepted under a key, or None."""
        row = await self._database.fetch_one(BY_KEY, {"key": key})
        return job_row(row) if row else None

    async def waiting(self) -> int:
        """Return how many jobs are not done yet."""
        row = await self._database.fetch_one(
            """SELECT COUNT(*) AS count FROM jobs
            WHERE workspace = :workspace AND lane = :queue AND finished_at IS NULL""",
            {"queue": self.queue},
        )
        return int(row["count"]) if row else 0

    async def errors(self) -> list[str]:
        """Return what went wrong in this queue, oldest first."""
        rows = await self._database.fetch_all(
            """SELECT error FROM jobs
            WHERE workspace = :workspace AND lane = :queue AND error <> '' ORDER BY id""",
            {"queue": self.queue},
        )
        return [row["error"] for row in rows]

    def newest(self, tx: Transaction) -> str | None:
        """Return when a job was accepted or finished last, in any queue."""
        return latest(
            tx,
            """SELECT MAX(created_at) AS at FROM jobs
            WHERE workspace = :workspace AND finished_at IS NULL""",
            "SELECT MAX(finished_at) AS at FROM jobs WHERE workspace = :workspace",
        )

    def put_back(self, tx: Transaction, back: SetBack) -> int:
        """Let jobs of any queue be due as long after their acceptance as they were to be."""
        return move_back(tx, back, "jobs", ("run_at", "created_at", "finished_at"))

    def move_channel(self, tx: Transaction, old: str, new: str) -> int:
        """Let jobs of any queue be about a channel by its new id."""
        return tx.execute(
            """UPDATE jobs SET arguments = json_set(arguments, '$.channel', :new)
            WHERE workspace = :workspace AND json_extract(arguments, '$.channel') = :old""",
            {"old": old, "new": new},
        )

    async def forget(self, *, before: datetime) -> int:
        """Delete jobs finished before a moment; their keys may then be accepted again."""
        return await delete_old(self._database, "jobs", "finished_at < :before", before=before)


def retry_job(tx: Transaction, job: JobRow, *, at: datetime, begun: bool = True) -> None:
    """Queue a job again for later; `begun` counts this time as an attempt.

    Raises TakenOverError.
    """
    changed = tx.execute(RETRY, {**_ours(job), "at": stamp(at), "spared": 0 if begun else 1})
    _check_ours(changed)


def finish_job(tx: Transaction, job: JobRow, *, now: datetime, error: str = "") -> None:
    """Mark a job as ended, together with what it brought forth; what was wanted is not kept.

    Who asked stays, as whoever comes second is told who was first. Raises TakenOverError.
    """
    changed = tx.execute(
        FINISH,
        {
            **_ours(job),
            "state": "failed" if error else "done",
            "now": stamp(now),
            "error": error,
        },
    )
    _check_ours(changed)


def _ours(job: JobRow) -> dict[str, Any]:
    return {"id": job.id, "attempts": job.attempts, "holder": job.holder}


def _check_ours(changed: int) -> None:
    if not changed:
        raise TakenOverError


def job_row(row: Row) -> JobRow:
    """Return a row as it was read."""
    return JobRow(
        id=row["id"],
        key=row["key"],
        name=row["name"],
        arguments=loads(row["arguments"]),
        attempts=row["attempts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        crashes=row["crashes"],
        can_wait=bool(row["can_wait"]),
        request_id=row["request_id"],
        holder=row["holder"],
    )
