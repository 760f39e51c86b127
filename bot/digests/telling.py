"""Whether a digest is worth telling, by its terms and by what its readers know already."""

from bot.asking.composing import ComposedAnswer
from bot.asking.store import LastTold, SnapshotStore, put_snapshot, remembered
from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.digests.core.terms.notes import called_in
from bot.digests.core.terms.worth import NOTHING, KnownToReaders, Worth, worth
from bot.jobs.outcome import Write


class Acquaintance:
    """What the readers of digests know."""

    def __init__(self, snapshots: SnapshotStore, clock: Clock) -> None:
        """Keep it in `snapshots`."""
        self._snapshots = snapshots
        self._clock = clock

    async def worth(self, one: Subscription, composed: ComposedAnswer, *, scheduled: bool) -> Worth:
        """Return whether a digest is to be told, whether it calls somebody, and what is then known.

        By hand it calls nobody: that is for its own time.
        """
        if not _depends(one):
            return Worth(KnownToReaders(composed.tally))
        calls = called_in(one.note) if scheduled else ""
        return worth(one.terms, composed.tally, await self.knowledge(one), calls=calls)

    async def knowledge(self, one: Subscription) -> KnownToReaders:
        """Return what the readers of one know."""
        return await self._snapshots.read(_key(one), KnownToReaders) or NOTHING

    def known(self, one: Subscription, found: Worth) -> tuple[LastTold, ...]:
        """Return what is known as soon as it is told."""
        return (remembered(_key(one), found.told),) if _depends(one) else ()

    def not_told(self, one: Subscription, found: Worth) -> Write:
        """Return the write of what is known of one that is not told."""
        now = self._clock.now()
        return lambda tx: put_snapshot(tx, _key(one), found.after, now=now)


def _depends(one: Subscription) -> bool:
    """Return whether it matters for one what its readers know."""
    terms = one.terms
    return terms.only_changed or terms.only_if is not None or bool(called_in(one.note))


def _key(one: Subscription) -> str:
    return f"known:{one.id}:{one.created_at.isoformat()}"
