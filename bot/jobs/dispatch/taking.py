"""Taking jobs that were handed on: by their rows, which alone say whose they are.

A worker that died or froze lets its entries grow stale, and PgQueuer gives them to others. Whoever
is given the first of them, once that worker is no living member any more, takes all that it had
running away from it: who ran alone is to blame, and so is who was under suspicion already; all
others become suspects. A process carries out one suspect at a time, so that the one it dies of is
found.
"""

from collections.abc import Collection
from typing import Final

from bot.clock import Clock
from bot.jobs.dispatch.entries import JobEntry
from bot.jobs.dispatch.statements import (
    DEAD,
    LEFT,
    LEFT_QUEUED,
    LEFT_RUNNING,
    PUT_BACK,
    SUSPECTS,
    TAKE,
    TAKE_AWAY,
)
from bot.jobs.store import JobRow, job_row
from bot.store.database import MAIN, Database, Transaction, stamp

MISSING_SECONDS: Final = 5
"""So long an entry may be missing: who had it may be about to end."""


class JobTaker:
    """Takes jobs for one process. One call at a time, so that no two suspects are taken at once."""

    def __init__(self, database: Database, me: str, clock: Clock, *, queue: str = MAIN) -> None:
        """Work on the rows of every workspace; `me` is the process, by its id among the members."""
        self._database = database
        self._me = me
        self._clock = clock
        self._queue = queue

    async def take(
        self, entry: JobEntry, *, most: int, once: Collection[str]
    ) -> list[JobRow] | None:
        """Return up to so many jobs of an entry: an empty list where it is done with.

        None says that it comes later: a worker that lives has what is left of it in hand, or what
        is left are suspects, of which one is carried out here already.
        `once` names the work that counts as begun wherever a worker died of it.
        """
        wanted = {
            "workspace": entry.workspace,
            "job": entry.job,
            "handed_at": entry.handed_at,
            "together": entry.together,
            "now": stamp(self._clock.now()),
            "me": self._me,
        }

        def take(tx: Transaction) -> list[JobRow] | None:
            rows = tx.fetch_all(TAKE, {**wanted, "suspect": 0, "most": most})
            for dead in () if rows else tx.fetch_all(DEAD, wanted):
                _take_away(tx, dead["holder"], once)  # and all of it is suspect from now on
            if not rows and not tx.fetch_one(SUSPECTS, wanted):
                rows = tx.fetch_all(TAKE, {**wanted, "suspect": 1, "most": 1})
            if not rows and tx.fetch_one(LEFT, wanted):
                return None
            return sorted(map(job_row, rows), key=lambda row: row.id)

        return await self._database.transaction(take)

    async def put_back_but(self, here: Collection[int], *, once: Collection[str]) -> int:
        """Queue what this process has running by the table, but for these; return how many."""
        mine = {"me": self._me, "here": list(here), "once": list(once)}
        return await self._database.execute(PUT_BACK, mine)

    async def left_running(self) -> list[tuple[str, str]]:
        """Return dead workers by their ids, each with a workspace in which one left a job.

        It is of jobs for which no entry stands any more: all others come to somebody with theirs.
        """
        rows = await self._database.fetch_all(LEFT_RUNNING, {"queue": self._queue})
        return [(row["holder"], row["workspace"]) for row in rows]

    async def take_away(self, holder: str, *, once: Collection[str]) -> None:
        """Queue all that a dead worker has running."""
        await self._database.transaction(lambda tx: _take_away(tx, holder, once))

    async def hand_back(self) -> int:
        """Let what is queued, but has no entry, be handed on again; return how much that was."""
        wanted = {"queue": self._queue, "since": -MISSING_SECONDS}
        return await self._database.execute(LEFT_QUEUED, wanted)


def _take_away(tx: Transaction, holder: str, once: Collection[str]) -> None:
    tx.execute(TAKE_AWAY, {"holder": holder, "once": list(once)})
