"""Whether Smart Flows answers, and who is told when it refuses our key: once, until it works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import log
from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.runs.rendering import runs as words
from bot.runs.store.cards import CardStore
from bot.runs.store.watches import WatchStore, put_marks
from bot.slack.messages import Answer, Target
from bot.store.database import Database, Transaction

REFUSALS = "key_refusals"
REFUSED = "key_refused"


@dataclass(slots=True)
class _State:
    trouble: VendorError | None = None
    since: datetime | None = None
    sure: bool = False
    """Whether the vendor answered since the start: what an earlier process noted may be over."""


class VendorHealth:
    """Remembers the last trouble and tells of a refused key."""

    def __init__(
        self,
        database: Database,
        watches: WatchStore,
        cards: CardStore,
        clock: Clock,
        *,
        owner: str,
        changed: Callable[[], None],
    ) -> None:
        """Tell `owner` (a Slack id), or without one those who wait for runs; `changed` wakes."""
        self._database = database
        self._watches = watches
        self._cards = cards
        self._clock = clock
        self._owner = owner
        self._changed = changed
        self._state = _State()

    @property
    def trouble(self) -> VendorError | None:
        """Why the vendor does not answer at the moment, or None."""
        return self._state.trouble

    @property
    def silent_since(self) -> datetime | None:
        """Since when the vendor does not answer, or None."""
        return self._state.since

    async def failed(self, error: VendorError) -> None:
        """Note a failure; the first of a row shows on the cards."""
        fresh = self._state.trouble is None or self._state.trouble.reason is not error.reason
        self._state.trouble = error
        self._state.since = self._state.since or self._clock.now()
        if not fresh:
            return
        log.get().warning("vendor_trouble", vendor=error.vendor.name, error=str(error))
        await self._cards.edit_all_soon(now=self._clock.now())
        if error.reason is Reason.AUTH:
            await self._tell_owner()
        self._changed()

    async def worked(self) -> None:
        """Note that the vendor answers; the cards catch up."""
        if self._state.trouble is None and self._state.sure:
            return
        self._state.trouble, self._state.since, self._state.sure = None, None, True
        log.get().info("vendor_back")
        await self._watches.put_marks({REFUSED: ""})
        await self._cards.edit_all_soon(now=self._clock.now())
        self._changed()

    async def _tell_owner(self) -> None:
        marks = await self._watches.marks()
        if marks.get(REFUSED):
            return
        watches = await self._watches.all()
        waiting = await self._cards.owners() | {watch.creator for watch in watches}
        people = {self._owner} if self._owner else waiting
        notice = words.key_revoked(runs=await self._cards.living(), watches=len(watches))
        number = int(marks.get(REFUSALS) or 0) + 1
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            put_marks(tx, {REFUSED: "yes", REFUSALS: str(number)})
            for user in sorted(people):
                target = Target(channel=user, user=user)
                key = f"smartflows:key:{number}:{user}"
                tell(tx, OutgoingAnswer(key, target, Answer(notice)), now=now)

        await self._database.transaction(write)
