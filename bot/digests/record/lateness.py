"""A digest that waited on its way to Slack says so when it goes out: it was made in time."""

from dataclasses import replace

from bot.clock import Clock
from bot.digests.core.outcomes import LATE_AFTER, Cause
from bot.digests.record.store import DIGEST, DigestRecord
from bot.digests.rendering.digests import waited_words
from bot.digests.store import SubscriptionStore
from bot.outbox.entries import Entry
from bot.outbox.words import late_line
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message


class Lateness:
    """Looks at what waited for long alone, so that all else costs nothing."""

    def __init__(
        self, record: DigestRecord, subscriptions: SubscriptionStore, clock: Clock
    ) -> None:
        """Find on `record` when a digest was planned."""
        self._record = record
        self._subscriptions = subscriptions
        self._clock = clock

    async def as_it_goes_out(self, entry: Entry) -> Message:
        """Return what is told now: a digest that is late by now has that in its small print."""
        told, now = entry.message, self._clock.now()
        is_digest = entry.key.startswith(DIGEST) and not entry.parent_key
        if not is_digest or not told.text or now - entry.created_at < LATE_AFTER:
            return told
        run = await self._record.by_key(entry.key)
        one = await self._subscriptions.at_any_time(run.subscription_id) if run else None
        if run is None or one is None or run.cause is not Cause.PLANNED:
            return told
        line = late_line(waited_words(run.planned_at, one.zone, now))
        others = (each for each in told.blocks if each.get("block_id") != BlockId.LATE)
        return replace(told, blocks=(*others, line))
