"""Figures of questions, read once for all who follow them."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.asking.composing import Composer
from bot.asking.occasion import Occasion
from bot.asking.store import SnapshotStore, put_snapshot
from bot.clock import Clock
from bot.errors import BotError
from bot.follow.model import FigureReading, FollowedQuestion
from bot.memory import Memory
from bot.store.database import Database, Transaction

FRESH: Final = timedelta(minutes=10)
"""What was read so lately is not read again, whoever it was read for."""
FAILED: Final = timedelta(minutes=1)
"""Nor is a service asked again so soon that did not answer."""
MOST: Final = 500
_KEY: Final = "reading:"


class FigureReadings:
    """Reads them, or returns what was read a moment ago. Raises UserError and VendorError."""

    def __init__(
        self,
        composers: Mapping[str, Composer],
        snapshots: SnapshotStore,
        database: Database,
        clock: Clock,
    ) -> None:
        """Ask with the one of `composers` for a question's kind."""
        self._composers = composers
        self._snapshots = snapshots
        self._database = database
        self._clock = clock
        self._asking: dict[str, asyncio.Task[FigureReading]] = {}
        self._failed = Memory[str, BotError](MOST, age=FAILED, now=clock.now)

    async def last(self, asked: FollowedQuestion) -> FigureReading | None:
        """Return what was read last, however long ago."""
        return await self._snapshots.read(_KEY + asked.key, FigureReading)

    async def of(self, asked: FollowedQuestion) -> FigureReading:
        """Return the figures of a question as they are now, or were some minutes ago."""
        known, now = await self.last(asked), self._clock.now()
        if known and now - FRESH <= known.read_at <= now:
            return known
        failed = self._failed.get(asked.key)
        if failed:
            raise failed
        task = self._asking.get(asked.key)
        if task is None:
            task = self._asking[asked.key] = asyncio.create_task(self._read(asked))
            task.add_done_callback(lambda _: self._asking.pop(asked.key, None))
        return await asyncio.shield(task)

    async def _read(self, asked: FollowedQuestion) -> FigureReading:
        """Ask as digests do; nothing but the figures is kept of the answer."""
        now = self._clock.now()
        occasion = Occasion(zone=asked.zone, asked_at=now, now=now)
        try:
            composed = await self._composers[asked.kind.name].compose(asked.question, occasion)
        except BotError as error:
            raise self._failed.put(asked.key, error) from None
        reading = FigureReading(composed.tally.figures, now)
        await self._database.transaction(lambda tx: note_reading(tx, asked, reading))
        return reading


def note_reading(tx: Transaction, asked: FollowedQuestion, reading: FigureReading) -> None:
    """Keep what was read."""
    put_snapshot(tx, _KEY + asked.key, reading, now=reading.read_at)
