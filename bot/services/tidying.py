"""Letting go of what nobody will ask for again."""

from datetime import timedelta

from bot.clock import Clock
from bot.store.jobs import JobStore
from bot.store.ledger import LedgerStore
from bot.store.snapshots import SnapshotStore

KEEP_JOBS = timedelta(days=7)
"""Slack repeats a delivery for minutes, so a key need not be remembered longer."""
KEEP_MESSAGES = timedelta(days=90)
"""The data behind a message can be exported for that long."""
KEEP_SNAPSHOTS = timedelta(days=400)


class Tidying:
    """Deletes old rows."""

    def __init__(
        self, jobs: JobStore, ledger: LedgerStore, snapshots: SnapshotStore, clock: Clock
    ) -> None:
        """Tidy these stores."""
        self._jobs = jobs
        self._ledger = ledger
        self._snapshots = snapshots
        self._clock = clock

    async def tidy(self) -> int:
        """Delete what is past keeping; return how many rows."""
        now = self._clock.now()
        return (
            await self._jobs.forget(before=now - KEEP_JOBS)
            + await self._ledger.forget(before=now - KEEP_MESSAGES)
            + await self._snapshots.forget(before=now - KEEP_SNAPSHOTS)
        )
