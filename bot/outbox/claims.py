"""Rows in the hands of the process that speaks: claimed, sent, and marked with what became of them.

Three fences keep a process out that lost its workspace while it was frozen, cut off or slow: the
claim and the mark name its lease, and the request goes out only while the claim is fresh or can be
renewed. The fourth is patience: whoever takes over leaves a row alone until no call for it can be
under way any more.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from bot import log, metrics
from bot.codec import dumps
from bot.errors import FencedError
from bot.outbox.entries import DueEntry, Entry, EntryChange, State, entry_of
from bot.outbox.statements import (
    BLANK,
    CLAIM,
    CUT_OFF,
    IS_HELD,
    LATELY,
    MARK,
    OF_ID,
    RENEW_CLAIM,
    REWORD_CLAIMED,
    SKIP_FOLLOWERS,
)
from bot.slack.client import CALL_SECONDS
from bot.slack.permits import FRESH_SECONDS
from bot.store.database import Database, Row, Transaction, stamp
from bot.store.leases import Lease

UNDER_WAY: Final = timedelta(seconds=FRESH_SECONDS + CALL_SECONDS + 1)
"""So long after a claim, a call for it may be on its way; only then may somebody else look."""
_OVER: Final = frozenset({State.SENT, State.FAILED, State.SKIPPED})
"""Nobody sends it any more; what is in doubt may still be sent."""


class Claims:
    """The rows of one queue that whoever holds the lease sends."""

    def __init__(self, database: Database, lease: Lease, *, queue: str) -> None:
        """Claim and mark by this lease."""
        self._database = database
        self._lease = lease
        self._queue = queue

    async def take(self, waiting: DueEntry, *, now: datetime) -> Entry | None:
        """Take a row for sending; None when it was taken before. Raises FencedError."""
        wanted = {
            "id": waiting.id,
            "now": stamp(now),
            "claim": secrets.token_hex(8),
            **self._lease.named,
        }
        row = await self._database.transaction(lambda tx: self._take(tx, wanted))
        return entry_of(row) if row else None

    async def renew(self, entry: Entry, *, now: datetime) -> bool:
        """Claim a row anew whose claim has grown old; False where it is not ours any more."""
        renewed = {**_claimed(entry), "now": stamp(now), **self._lease.named}
        return await self._database.execute(RENEW_CLAIM, renewed) == 1

    async def reword(self, entry: Entry) -> None:
        """Keep what a claimed entry says by now. Raises FencedError."""
        reworded = {**_claimed(entry), "payload": dumps(entry.payload), **self._lease.named}
        if not await self._database.execute(REWORD_CLAIMED, reworded):
            raise FencedError("mark")

    def mark(self, tx: Transaction, change: EntryChange, *, now: datetime) -> None:
        """Record what became of a claimed row; followers of one that never arrived are skipped.

        Raises FencedError, after which nothing of the transaction may be kept.
        """
        entry, target = change.entry, change.entry.target
        settled = change.state not in {State.QUEUED, State.SENDING, State.RETRY}
        marked = tx.execute(
            MARK,
            {
                **_claimed(entry),
                **self._lease.named,
                "state": change.state,
                "channel": change.channel,
                "ts": change.ts,
                "error": change.error,
                "next_try_at": stamp(change.next_try_at or now),
                "payload": None if change.payload is None else dumps(change.payload),
                "uncounted": 0 if change.count_attempt else 1,
                "settled_at": stamp(now) if settled else None,
            },
        )
        if not marked:
            raise FencedError("mark")
        if change.state in _OVER and (target.private or target.response_url):
            tx.execute(f"{BLANK} {OF_ID}", {"id": entry.id})
        if change.state in {State.FAILED, State.SKIPPED}:
            tx.execute(SKIP_FOLLOWERS, {"key": entry.key, "now": stamp(now)})
            skipped = "WHERE workspace = :workspace AND parent_key = :key AND state = 'skipped'"
            tx.execute(f"{BLANK} {skipped}", {"key": entry.key})

    async def cut_off(self, *, now: datetime) -> list[Entry]:
        """Return rows that somebody claimed so long ago that no call can be under way."""
        wanted = {"queue": self._queue, "before": stamp(now - UNDER_WAY)}
        return [entry_of(row) for row in await self._database.fetch_all(CUT_OFF, wanted)]

    async def lately(self, *, since: datetime) -> list[Entry]:
        """Return what was claimed since a moment, by whichever process, oldest first."""
        wanted = {"queue": self._queue, "since": stamp(since)}
        return [entry_of(row) for row in await self._database.fetch_all(LATELY, wanted)]

    def _take(self, tx: Transaction, wanted: dict[str, object]) -> Row | None:
        row = tx.fetch_one(CLAIM, wanted)
        if row is None and tx.fetch_one(IS_HELD, self._lease.named) is None:
            raise FencedError("claim")
        return row


def stopped(error: FencedError, *, what: str) -> None:
    """Tell and count that a fence stopped something, which `what` names in the log."""
    metrics.FENCED.add(error.fence)
    log.get().warning("fenced", fence=error.fence, what=what)


def _claimed(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "claim": entry.claim}
