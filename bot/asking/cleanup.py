"""Letting go of what nobody will ask for again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from bot.asking.store import INPUT, SnapshotStore
from bot.clock import Clock
from bot.jobs.store import JobStore
from bot.outbox.store import OutboxStore

KEEP_JOBS = timedelta(days=7)
"""Slack repeats a delivery for minutes, so a key need not be remembered longer."""
KEEP_MESSAGES = timedelta(days=90)
"""The data behind a message can be exported for that long."""
KEEP_SNAPSHOTS = timedelta(days=400)
KEEP_RECORD = timedelta(days=400)
"""Of digests and of who did what: long enough to look up a year before."""
KEEP_INPUTS = timedelta(days=1)
KEEP_RUNS = timedelta(days=60)
"""Long enough to know what is usual for a flow that runs once a month."""


class Forgetful(Protocol):
    """A store that lets go of what is old."""

    async def forget(self, *, before: datetime) -> int:
        """Delete what is older than a moment; return how many rows."""
        ...


class Cleanup:
    """Deletes old rows."""

    def __init__(
        self,
        jobs: JobStore,
        outbox: OutboxStore,
        snapshots: SnapshotStore,
        records: Iterable[Forgetful],
        inputs: Iterable[Forgetful],
        more: Iterable[Forgetful],
        clock: Clock,
    ) -> None:
        """Clean these stores up: `records` say what was done, `inputs` keep what was entered."""
        self._jobs = jobs
        self._outbox = outbox
        self._snapshots = snapshots
        self._records = tuple(records)
        self._inputs = tuple(inputs)
        self._more = tuple(more)
        self._clock = clock

    async def tidy(self) -> int:
        """Delete what is past keeping; return how many rows."""
        now = self._clock.now()
        return (
            await self._jobs.forget(before=now - KEEP_JOBS)
            + await self._outbox.forget(before=now - KEEP_MESSAGES)
            + await self._snapshots.forget(before=now - KEEP_SNAPSHOTS)
            + await self._snapshots.forget(before=now - KEEP_INPUTS, beginning=INPUT)
            + sum([await each.forget(before=now - KEEP_INPUTS) for each in self._inputs])
            + sum([await each.forget(before=now - KEEP_RECORD) for each in self._records])
            + sum([await each.forget(before=now - KEEP_RUNS) for each in self._more])
        )
