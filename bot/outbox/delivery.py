"""Draining the outbox: claim, send, mark; each in a step of its own, so that a crash shows."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot import log
from bot.clock import Clock
from bot.errors import BotError, SlackError, SlackUnreachableError, VendorError
from bot.outbox import words
from bot.outbox.entries import (
    DOUBTED,
    FILE_ID,
    LEVEL,
    UNSURE,
    DueEntry,
    Entry,
    EntryChange,
    EntryKind,
    OutgoingAnswer,
    State,
)
from bot.outbox.hold import PROBE_SECONDS, Hold, held_by
from bot.outbox.posting import MessagePlace, Poster
from bot.outbox.rules import MAX_ATTEMPTS, Next, Pace, Verdict, backoff, look_again, verdict
from bot.outbox.store import OutboxStore, add_files, follow, mark, tell
from bot.outbox.uploading import NotMemberError, Uploader
from bot.slack.blocks.fallbacks import WORDS, as_fallback, files_for
from bot.slack.client import Slack
from bot.slack.messages import Answer, Target
from bot.store.database import Database, Transaction, stamp
from bot.store.persisting import persist
from bot.worker import Batch, Work, Worker

WIDTH = 8
LOOK_AHEAD = 100
LONGEST_WAIT = timedelta(days=1)
"""What could not be told within a day is not news any more."""

ANSWERED = frozenset({Next.SIMPLER, Next.DETOUR, Next.GIVE_UP})
"""Slack looked at the message itself, so it does not refuse the workspace as a whole."""

Settled = Callable[[Transaction, Entry, str], None]
"""Told in the transaction that ends a parent message: with an empty text, or what went wrong."""


class Delivery:
    """Sends what the outbox holds, paced, nothing lost and nothing twice."""

    def __init__(
        self,
        database: Database,
        outbox: OutboxStore,
        slack: Slack,
        uploading: Uploader,
        clock: Clock,
        *,
        resend_in_doubt: bool,
        settled: Settled,
        owner: str = "",
    ) -> None:
        """`resend_in_doubt` decides where a channel's history may not be read.

        `owner` is told when the workspace takes messages again after it refused all of them.
        """
        self._database = database
        self._outbox = outbox
        self._posting = Poster(slack)
        self._uploading = uploading
        self._clock = clock
        self._resend = resend_in_doubt
        self._settled = settled
        self._owner = owner
        self._pace = Pace()
        self._hold = Hold()
        self._busy: set[str] = set()
        self._in_hand: set[int] = set()
        self.worker = Worker("delivery", self._take, width=WIDTH)

    async def recover(self) -> None:
        """Settle what a dead process left in the middle of sending."""
        reason = held_by(await self._outbox.refusals())
        if reason:
            self._hold.begin(reason, since=self._clock.now(), now=self._clock.monotonic())
        await self.mend()
        self.worker.wake()

    async def mend(self) -> int:
        """Look up what is being sent in the table but not here; return how many.

        Only for the one who leads this queue, as nobody else may be sending.
        """
        lost = [each for each in await self._outbox.unsettled() if each.id not in self._in_hand]
        for entry in lost:
            log.get().warning("sending_was_cut_off", key=entry.key)
            await self._look_later(entry, 0.0, BotError("sending was cut off"))
        if lost:
            self.worker.wake()
        return len(lost)

    async def check(self) -> None:
        """Return when messages go out. Raises BotError while the workspace refuses all."""
        reason = held_by(await self._outbox.refusals())
        if reason:
            raise BotError(reason)

    async def _take(self, free: int) -> Batch:
        """Begin at most one piece a channel, in order, when the channel's pace allows it."""
        now = self._clock.now()
        free = self._hold.room(free, now=self._clock.monotonic())
        if not free:
            return Batch(look_again=self._hold.wait(now=self._clock.monotonic()))
        work: list[Work] = []
        look_again = [60.0]
        for waiting in await self._outbox.due(now=now, limit=LOOK_AHEAD):
            place = _place(waiting)
            if place in self._busy or len(work) == free:
                continue
            if wait := self._pace.wait(place, now=now):
                look_again.append(wait)
                continue
            self._busy.add(place)
            self._in_hand.add(waiting.id)
            self._pace.sent(place, now=now)
            self._hold.probed(now=self._clock.monotonic())
            work.append(self._send(waiting))
        return Batch(work, look_again=min(look_again))

    async def _send(self, waiting: DueEntry) -> None:
        try:
            claimed = await self._outbox.claim(waiting, now=self._clock.now())
            if claimed:
                await self._attempt(claimed)
        finally:
            self._in_hand.discard(waiting.id)
            self._busy.discard(_place(waiting))

    async def _attempt(self, entry: Entry) -> None:
        if entry.unsure_since:
            await self._settle(entry)
            return
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        try:
            posted = await self._carry_out(entry, parent)
        except (SlackError, SlackUnreachableError, VendorError) as error:
            await self._failed(entry, error)
        except NotMemberError:
            await self._invite(entry)
        except BotError as error:
            await self._give_up(entry, error)
        except Exception as error:  # noqa: BLE001  # a bug must not leave the row in doubt
            log.get().exception("delivery_broke", key=entry.key)
            await self._give_up(entry, BotError(type(error).__name__))
        else:
            await self._mark(entry, State.SENT, posted=posted)

    async def _carry_out(self, entry: Entry, parent: Entry | None) -> MessagePlace:
        if entry.kind is EntryKind.FILE:
            assert parent is not None
            await self._uploading.upload(entry, parent)
            return MessagePlace(parent.posted_channel)
        message = as_fallback(entry.message, entry.payload.get(LEVEL, 0))
        return await self._posting.post(entry, message, parent)

    async def _failed(self, entry: Entry, error: BotError) -> None:
        decision = verdict(error, attempts=entry.attempts)
        if decision.next is Next.HOLD:
            await self._held(entry, error)
            return
        log.get().warning("delivery_failed", key=entry.key, error=str(error), next=decision.next)
        if self._hold.is_on and decision.next in ANSWERED:
            await self._released()
        if decision.slow_down:
            self._pace.slow_down(now=self._clock.now())
        steps: dict[Next, Callable[[], Awaitable[None]]] = {
            Next.RETRY: lambda: self._later(entry, decision, error),
            Next.SIMPLER: lambda: self._simpler(entry, error),
            Next.SETTLE: lambda: self._settle(entry),
        }
        await steps.get(decision.next, lambda: self._give_up(entry, error))()

    async def _held(self, entry: Entry, error: BotError) -> None:
        """Keep a message that the workspace refused as it refuses all; it costs no attempt."""
        probe = self._hold.is_on
        if not probe:
            log.get().error("workspace_refuses", error=str(error))
            self._hold.begin(str(error), since=self._clock.now(), now=self._clock.monotonic())
        # The next probe is another message, in case this one alone is refused in such words.
        wait = 2 * PROBE_SECONDS if probe else 0.0
        await self._later(entry, Verdict(Next.RETRY, wait=wait, slow_down=True), error)

    async def _later(
        self,
        entry: Entry,
        decision: Verdict,
        error: BotError,
        *,
        payload: dict[str, Any] | None = None,
    ) -> None:
        if self._clock.now() - entry.created_at > LONGEST_WAIT:
            await self._lost(entry, error)
            return
        change = EntryChange(
            entry,
            State.RETRY,
            error=str(error),
            next_try_at=self._clock.now() + timedelta(seconds=decision.wait),
            payload=payload,
            count_attempt=not decision.slow_down,
        )
        now = self._clock.now()
        await self._write(entry, lambda tx: mark(tx, change, now=now))

    async def _write(self, entry: Entry, work: Callable[[Transaction], None]) -> None:
        """Write down what became of a message: it must not be sent again for want of a disk."""
        await persist(self._database, work, self._clock, what=entry.key)

    async def _simpler(self, entry: Entry, error: BotError) -> None:
        """Say the same more plainly, as Slack refused the blocks; at the end as text and file."""
        level = entry.payload.get(LEVEL, 0) + 1
        if entry.kind is EntryKind.FILE or level > WORDS:
            await self._give_up(entry, error)
            return
        now = self._clock.now()
        payload = {**entry.payload, LEVEL: level}
        change = EntryChange(entry, State.RETRY, error=str(error), payload=payload)

        def write(tx: Transaction) -> None:
            mark(tx, change, now=now)
            add_files(tx, entry, files_for(entry.message, level), now=now)

        await self._write(entry, write)

    async def _settle(self, entry: Entry) -> None:
        """Look whether it arrived, where that is allowed; otherwise do as the setting says."""
        entry = await self._outbox.by_key(entry.key) or entry  # its file may be there since
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        try:
            found = await self._find(entry, parent)
        except SlackError as error:
            await self._cannot_look(entry, error)
        except SlackUnreachableError as error:
            await self._look_later(entry, backoff(entry.attempts), error)
        else:
            if found:
                await self._mark(entry, State.SENT, posted=found)
            else:
                await self._not_found(entry)

    async def _find(self, entry: Entry, parent: Entry | None) -> MessagePlace | None:
        if entry.kind is EntryKind.FILE:
            return await self._uploading.find(entry, parent)
        if entry.target.private:
            raise SlackError("ephemeral", "not_readable")
        return await self._posting.find(entry, parent)

    async def _cannot_look(self, entry: Entry, error: SlackError) -> None:
        log.get().info("cannot_settle", key=entry.key, error=str(error))
        decision = verdict(error, attempts=entry.attempts)
        if decision.next is Next.HOLD:
            await self._look_later(entry, PROBE_SECONDS, error)
        elif decision.next is Next.RETRY:
            await self._look_later(entry, decision.wait, error)
        elif entry.kind is EntryKind.FILE:  # the same bytes by the same id are shown once
            await self._once_more(entry, "in doubt, shared again")
        else:
            await self._by_setting(entry)

    async def _not_found(self, entry: Entry) -> None:
        """Send again what is not there, but only when it has had the time to appear."""
        since = entry.unsure_since or entry.claimed_at or entry.created_at
        wait = look_again(max(0.0, (self._clock.now() - since).total_seconds()))
        never_sent = entry.kind is EntryKind.FILE and not entry.payload.get(FILE_ID)
        if wait is None or never_sent:
            await self._once_more(entry, "did not arrive, sent again")
        else:
            await self._look_later(entry, wait, BotError("not there yet"))

    async def _look_later(self, entry: Entry, wait: float, error: BotError) -> None:
        """Look again before anything is sent: until then it may be there already."""
        since = entry.unsure_since or entry.claimed_at or entry.created_at
        again = Verdict(Next.RETRY, wait=wait, slow_down=True)  # to look is no attempt to send
        doubts = {UNSURE: stamp(since), DOUBTED: stamp(entry.doubted_since)}
        await self._later(entry, again, error, payload={**entry.payload, **doubts})

    async def _by_setting(self, entry: Entry) -> None:
        if self._resend:
            await self._once_more(entry, "in doubt, sent again")
        else:
            await self._mark(entry, State.IN_DOUBT, error="in doubt, held")

    async def _once_more(self, entry: Entry, why: str) -> None:
        """Send again after a pause, but not for ever: Slack may fail this way every time."""
        if entry.attempts >= MAX_ATTEMPTS:
            await self._give_up(entry, BotError(why))
        else:
            again = Verdict(Next.RETRY, wait=backoff(entry.attempts))
            sure = {name: value for name, value in entry.payload.items() if name != UNSURE}
            await self._later(entry, again, BotError(why), payload=sure)

    async def _invite(self, entry: Entry) -> None:
        """Tell the asker how to get a file into a channel where the bot is no member."""
        await self._mark(entry, State.SKIPPED, error="not a member of the channel")
        if entry.target.user:
            try:
                await self._posting.whisper(entry, self._uploading.invitation(entry))
            except (SlackError, SlackUnreachableError) as error:
                log.get().warning("invitation_failed", key=entry.key, error=str(error))

    async def _give_up(self, entry: Entry, error: BotError) -> None:
        """End without success, unless it turns out that a file is there all the same."""
        entry = await self._outbox.by_key(entry.key) or entry
        if entry.kind is EntryKind.FILE and entry.payload.get(FILE_ID):
            parent = await self._outbox.by_key(entry.parent_key)
            try:
                found = await self._uploading.find(entry, parent)
            except (SlackError, SlackUnreachableError) as trouble:
                log.get().info("cannot_settle", key=entry.key, error=str(trouble))
            else:
                if found:
                    await self._mark(entry, State.SENT, posted=found)
                    return
        await self._lost(entry, error)

    async def _lost(self, entry: Entry, error: BotError) -> None:
        """Put a lost message on record; explain a lost file in its thread."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            mark(tx, EntryChange(entry, State.FAILED, error=str(error)), now=now)
            if entry.kind is EntryKind.FILE:
                follow(tx, entry, self._uploading.explanation(entry, error), now=now)
            elif not entry.parent_key:
                self._settled(tx, entry, str(error))

        await self._write(entry, write)
        if entry.kind is EntryKind.FILE:
            await self._uploading.lost(entry, error)
        log.get().error("delivery_given_up", key=entry.key, error=str(error))

    async def _mark(
        self, entry: Entry, state: State, *, posted: MessagePlace | None = None, error: str = ""
    ) -> None:
        now = self._clock.now()
        place = posted or MessagePlace("")
        change = EntryChange(entry, state, channel=place.channel, ts=place.ts, error=error)

        def write(tx: Transaction) -> None:
            mark(tx, change, now=now)
            if state is State.SENT and not entry.parent_key:
                self._settled(tx, entry, "")

        await self._write(entry, write)
        if state is State.SENT and self._hold.is_on:
            await self._released()

    async def _released(self) -> None:
        """Go on with all that waits, and tell the owner that it did."""
        since, reason = self._hold.end()
        log.get().warning("workspace_accepts_again", refused_since=since.isoformat())
        if self._owner:
            now = self._clock.now()
            telling = OutgoingAnswer(
                key=f"held:{since.isoformat()}",
                target=Target(channel=self._owner, user=self._owner),
                answer=Answer(words.accepts_again(reason, since, now)),
            )
            await self._database.transaction(
                lambda tx: tell(tx, telling, now=now, queue=self._outbox.queue)
            )
        self.worker.wake()


def _place(waiting: DueEntry) -> str:
    """Files have a line of their own, so that a long upload never holds up a channel's messages."""
    return f"{waiting.kind}:{waiting.channel}"
