"""Writing down what became of an attempt to send: in one transaction with all that follows."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from bot import log, metrics
from bot.clock import Clock
from bot.errors import BotError
from bot.outbox import words
from bot.outbox.claims import Claims
from bot.outbox.entries import LEVEL, Entry, EntryChange, EntryKind, OutgoingAnswer, State
from bot.outbox.posting import MessagePlace
from bot.outbox.rules import Verdict
from bot.outbox.store import OutboxStore, add_files, concerned, follow, tell, whole_of
from bot.outbox.uploading import Uploader
from bot.slack.blocks.fallbacks import WORDS, files_for
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Database, Transaction
from bot.store.persisting import persist

E = TypeVar("E")
LONGEST_WAIT = timedelta(days=1)
"""What could not be told within a day is not news any more."""

SettledListener = Callable[[Transaction, Entry, str], None]
"""Told in the transaction that ends a parent message: with an empty text, or what went wrong."""

FateListener = Callable[[Transaction, Entry, BotError | None], None]
"""Told in the transaction that ends any message or file, or leaves it in doubt, and why."""


class Recorder:
    """Marks claimed entries. It outlasts a locked database, as what was sent must be noted."""

    def __init__(
        self,
        database: Database,
        outbox: OutboxStore,
        claims: Claims,
        uploading: Uploader,
        clock: Clock,
        settled: SettledListener,
        became: FateListener,
    ) -> None:
        """`settled` hears of the end of each parent message, `became` of all that is told.

        Every method raises FencedError where the entry is not ours any more: nothing is noted then.
        """
        self._database = database
        self._outbox = outbox
        self._claims = claims
        self._uploading = uploading
        self._clock = clock
        self._settled = settled
        self._became = became

    async def sent(self, entry: Entry, place: MessagePlace) -> None:
        """Note that it is in Slack, at this place."""
        change = EntryChange(entry, State.SENT, channel=place.channel, ts=place.ts)
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, change, now=now)
            if not entry.parent_key:
                self._settled(tx, entry, "")
            self._became(tx, entry, None)

        await self._write(entry, write, State.SENT)

    async def skipped(self, entry: Entry, why: str) -> None:
        """Note that it is not sent and need not be."""
        now = self._clock.now()
        change = EntryChange(entry, State.SKIPPED, error=why)

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, change, now=now)
            self._became(tx, entry, BotError(why))

        await self._write(entry, write, State.SKIPPED)

    async def later(
        self,
        entry: Entry,
        decision: Verdict,
        error: BotError,
        *,
        payload: dict[str, Any] | None = None,
    ) -> None:
        """Put it off, for a day in all at most. Without a `payload` it keeps the one it has."""
        now = self._clock.now()
        if now - entry.created_at > LONGEST_WAIT:
            await self.lost(entry, error)
            return
        change = EntryChange(
            entry,
            State.RETRY,
            error=str(error),
            next_try_at=now + timedelta(seconds=decision.wait),
            payload=payload,
            count_attempt=not decision.slow_down,
        )
        await self._write(entry, lambda tx: self._claims.mark(tx, change, now=now), State.RETRY)

    async def simpler(self, entry: Entry, error: BotError) -> bool:
        """Let it be said more plainly, at the end as text and file; False if it is that plain."""
        level = entry.payload.get(LEVEL, 0) + 1
        if entry.kind is EntryKind.FILE or level > WORDS:
            return False
        now = self._clock.now()
        payload = {**entry.payload, LEVEL: level}
        change = EntryChange(entry, State.RETRY, error=str(error), payload=payload)

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, change, now=now)
            add_files(tx, entry, files_for(entry.message, level), now=now)

        await self._write(entry, write, State.RETRY)
        return True

    async def held(self, entry: Entry) -> None:
        """Leave to people whether it is there: they are told, and what follows it goes on."""
        now = self._clock.now()
        change = EntryChange(entry, State.IN_DOUBT, error="in doubt, held")

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, change, now=now)
            for user in concerned(tx, entry):
                self._direct(tx, user, words.in_doubt(entry), key=f"{entry.key}?{user}")
            self._became(tx, entry, BotError(change.error))

        await self._write(entry, write, State.IN_DOUBT)

    async def lost(self, entry: Entry, error: BotError) -> None:
        """Put a lost message on record; explain a lost file in its thread."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, EntryChange(entry, State.FAILED, error=str(error)), now=now)
            if entry.kind is EntryKind.FILE:
                follow(tx, entry, self._uploading.explanation(entry, error), now=now)
            elif not entry.parent_key:
                self._settled(tx, entry, str(error))
            self._became(tx, entry, error)

        await self._write(entry, write, State.FAILED)
        if entry.kind is EntryKind.FILE:
            await self._uploading.lost(entry, error)
        log.get().error("delivery_given_up", key=entry.key, error=str(error))

    async def withheld(self, entry: Entry, error: BotError) -> None:
        """Put on record what may not be told there; whoever waits for it is told so in private.

        Of a parent message the owner hears from what they ordered.
        """
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            self._claims.mark(tx, EntryChange(entry, State.FAILED, error=str(error)), now=now)
            if not entry.parent_key:
                self._settled(tx, entry, str(error))
            waiting = concerned(tx, entry) if entry.parent_key else (entry.target.user,)
            for user in filter(None, waiting):
                key = f"{whole_of(entry.key)}:withheld:{user}"
                self._direct(tx, user, words.withheld(entry, error), key=key)
            self._became(tx, entry, error)

        await self._write(entry, write, State.FAILED)
        log.get().warning("withheld", key=entry.key, error=str(error))

    async def direct(self, user: str, message: Message, *, key: str) -> None:
        """Say something of our own to one person, once for each key."""
        await self._database.transaction(lambda tx: self._direct(tx, user, message, key=key))

    def _direct(self, tx: Transaction, user: str, message: Message, *, key: str) -> None:
        target = Target(channel=user, user=user)
        outgoing = OutgoingAnswer(key=key, target=target, answer=Answer(message))
        tell(tx, outgoing, now=self._clock.now(), queue=self._outbox.queue)

    async def _write(self, entry: Entry, work: Callable[[Transaction], None], state: State) -> None:
        await persist(self._database, work, self._clock, what=entry.key)
        metrics.SENDS.add(state.value)
        if state is State.SENT:
            log.get().info("posted", kind=entry.kind.value, attempts=entry.attempts)


def heard_by_all(
    listeners: Sequence[Callable[[Transaction, Entry, E], None]],
) -> Callable[[Transaction, Entry, E], None]:
    """Return a listener of either kind that tells all of these."""

    def heard(tx: Transaction, entry: Entry, error: E) -> None:
        for listener in listeners:
            listener(tx, entry, error)

    return heard
