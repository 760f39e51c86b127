"""Notes of who and what changed in Slack, for the other processes that remember it.

Slack's events come to one process. What another one remembers of the same person or place is not so
any more, and it learns that from here.
"""

import asyncio
import secrets
from collections.abc import Iterable
from datetime import timedelta

from bot import log
from bot.clock import Clock
from bot.store.database import Database, DatabaseUnavailableError, Transaction, stamp

KEEP = timedelta(hours=1)
"""Longer than anybody remembers people or places."""


class ChangeNotes:
    """Notes by subject, a word of the directory for one person or place."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Tell our own notes from those of others by a word that nobody else has."""
        self._database = database
        self._clock = clock
        self._origin = secrets.token_hex(8)
        self._last = 0
        self._may_be_more = True
        self._reading = asyncio.Lock()

    def others_wrote(self) -> None:
        """Hear that another process wrote something into the database."""
        self._may_be_more = True

    async def note(self, subjects: Iterable[str]) -> None:
        """Let others know that these are different now.

        Where that cannot be written down they learn it some minutes later, by asking Slack anew.
        """
        wanted = tuple(subjects)
        if not wanted:
            return
        try:
            await self._database.transaction(lambda tx: self._write(tx, wanted))
        except DatabaseUnavailableError as trouble:
            log.get().warning("change_not_noted", error=str(trouble))

    async def unread(self) -> list[str]:
        """Return what others noted since the last time; asks only where they wrote anything."""
        async with self._reading:
            if not self._may_be_more:
                return []
            self._may_be_more = False
            try:
                rows = await self._database.fetch_all(_UNREAD, {"last": self._last})
            except DatabaseUnavailableError as trouble:
                self._may_be_more = True
                log.get().warning("changes_not_read", error=str(trouble))
                return []
            self._last = max([self._last, *(row["id"] for row in rows)])
            return [row["subject"] for row in rows if row["origin"] != self._origin]

    def _write(self, tx: Transaction, subjects: tuple[str, ...]) -> None:
        now = self._clock.now()
        tx.execute(_DROP_OLD, {"old": stamp(now - KEEP)})
        for subject in subjects:
            tx.execute(_DROP, {"subject": subject})
            tx.execute(
                """INSERT INTO change_notes (workspace, subject, origin, noted_at)
                VALUES (:workspace, :subject, :origin, :now)""",
                {"subject": subject, "origin": self._origin, "now": stamp(now)},
            )


_DROP_OLD = "DELETE FROM change_notes WHERE workspace = :workspace AND noted_at < :old"
_DROP = "DELETE FROM change_notes WHERE workspace = :workspace AND subject = :subject"
_UNREAD = """
SELECT id, subject, origin FROM change_notes
WHERE workspace = :workspace AND id > :last ORDER BY id"""
