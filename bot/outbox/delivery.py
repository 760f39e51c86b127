"""Draining the outbox: claim, send, mark; each in a step of its own, so that a crash shows."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot import log
from bot.clock import Clock
from bot.codec import encode
from bot.errors import (
    BotError,
    FencedError,
    NotKnownYetError,
    SlackError,
    SlackUnreachableError,
    VendorError,
)
from bot.outbox import words
from bot.outbox.claims import Claims, stopped
from bot.outbox.doubts import Doubts
from bot.outbox.entries import (
    ANSWERS_FIRST,
    DIGESTS_LATER,
    LEVEL,
    DueEntry,
    Entry,
    EntryKind,
    State,
)
from bot.outbox.gate import MayTell, WithheldError
from bot.outbox.history import ChannelHistory
from bot.outbox.hold import PROBE_SECONDS, Hold, held_by
from bot.outbox.pace import MINUTE, Pace
from bot.outbox.posting import MessagePlace, Poster
from bot.outbox.recording import FateListener, Recorder, SettledListener
from bot.outbox.rules import Next, Verdict, verdict
from bot.outbox.store import OutboxStore
from bot.outbox.uploading import NotMemberError, Uploader
from bot.slack.blocks.fallbacks import as_fallback
from bot.slack.client import Slack
from bot.slack.messages import Message
from bot.slack.permits import Permit
from bot.store.database import Database
from bot.worker import Batch, Work, Worker

WIDTH = 8
LOOK_AHEAD = 100
AFTER_FENCE = 1.0
"""Seconds until what could not be sent in time is tried again, by whoever speaks then."""
SHORTEST = 1.0
"""Seconds until a channel is asked for again of which Slack did not tell who reads it."""
GoingOut = Callable[[Entry], Awaitable[Message]]
"""Returns what a message says at the moment when it goes out."""
ANSWERED = frozenset({Next.SIMPLER, Next.DETOUR, Next.GIVE_UP})
"""Slack looked at the message itself, so it does not refuse the workspace as a whole."""


class Delivery:
    """Sends what the outbox holds, paced, nothing lost and nothing twice."""

    def __init__(
        self,
        database: Database,
        outbox: OutboxStore,
        claims: Claims,
        slack: Slack,
        uploading: Uploader,
        clock: Clock,
        *,
        may_tell: MayTell,
        resend_in_doubt: bool,
        settled: SettledListener,
        became: FateListener,
        going_out: GoingOut,
        owner: str = "",
    ) -> None:
        """`resend_in_doubt` decides where a channel's history may not be read.

        `may_tell` is asked of each message and file at the moment when it would go out: a channel
        may have come to others since it was written down; `going_out` says what is told then.
        `owner` is told when the workspace takes messages again after it refused all of them.
        """
        self._outbox = outbox
        self.claims = claims
        self._posting = Poster(slack)
        self._uploading = uploading
        self._clock = clock
        self._may_tell = may_tell
        self._going_out = going_out
        self._recorder = Recorder(database, outbox, claims, uploading, clock, settled, became)
        self._doubts = Doubts(
            outbox, self._recorder, ChannelHistory(slack), uploading, clock, resend=resend_in_doubt
        )
        self._owner = owner
        self._pace = Pace()
        self._hold = Hold()
        self._busy: set[str] = set()
        self._in_hand: set[int] = set()
        self.worker = Worker("delivery", self._take, width=WIDTH)

    async def recover(self) -> None:
        """Take up what another process left, or this one when it spoke before."""
        await self._learn_pace()
        reason = held_by(await self._outbox.refusals())
        if reason:
            self._hold.begin(reason, since=self._clock.now(), now=self._clock.monotonic())
        await self.mend()
        self.worker.wake()

    async def mend(self) -> int:
        """Look up what somebody was sending who cannot be any more; return how many.

        Only for the one who speaks.
        """
        before = {*self._in_hand}  # one of them may be sent while the table is read
        cut_off = await self.claims.cut_off(now=self._clock.now())
        lost = [each for each in cut_off if each.id not in before | self._in_hand]
        for entry in lost:
            await self._look_up(entry)
        if lost:
            self.worker.wake()
        return len(lost)

    async def _look_up(self, entry: Entry) -> None:
        log.get().warning("sending_was_cut_off", key=entry.key)
        try:
            await self._doubts.look_later(entry, 0.0, BotError("sending was cut off"))
        except FencedError as error:
            stopped(error, what=entry.key)

    async def _learn_pace(self) -> None:
        """Count what went out in the last minute, whoever sent it."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        claimed = await self.claims.lately(since=now - timedelta(seconds=MINUTE))
        self._pace.take_up(
            (_line(each.kind, each.target.channel), monotonic - (now - at).total_seconds())
            for each in claimed
            if (at := each.claimed_at) and at <= now
        )

    async def check(self) -> None:
        """Return when messages go out. Raises BotError while the workspace refuses all."""
        reason = held_by(await self._outbox.refusals())
        if reason:
            raise BotError(reason)

    async def _take(self, free: int) -> Batch:
        """Begin at most one piece a channel, in order, when the channel's pace allows it."""
        now = self._clock.monotonic()
        free = self._hold.room(free, now=now)
        if not free:
            return Batch(look_again=self._hold.wait(now=now))
        if full := self._pace.full(now=now):
            return Batch(look_again=full)
        work: list[Work] = []
        look_again = [60.0]
        for waiting in await self._due(now):
            place = _place(waiting)
            if place in self._busy or len(work) == free:
                continue
            if wait := self._wait(waiting, now):
                look_again.append(wait)
                continue
            self._busy.add(place)
            self._in_hand.add(waiting.id)
            self._pace.sent(place, now=now)
            self._hold.probed(now=now)
            work.append(self._send(waiting))
        return Batch(work, look_again=min(look_again))

    async def _due(self, now: float) -> list[DueEntry]:
        """Return what wants to go out; where only people's share is left, what is for people."""
        full = self._pace.full(now=now, can_wait=True)
        least = ANSWERS_FIRST if full else DIGESTS_LATER
        moment = self._clock.now()
        return await self._outbox.due(now=moment, limit=LOOK_AHEAD, least_urgent=least)

    def _wait(self, waiting: DueEntry, now: float) -> float:
        return self._pace.wait(
            _place(waiting), now=now, kind=waiting.kind, can_wait=waiting.can_wait
        )

    async def _send(self, waiting: DueEntry) -> None:
        permit = Permit()
        try:
            claimed = await self.claims.take(waiting, now=self._clock.now())
            if claimed:
                with log.about(request_id=claimed.request_id or log.id_of(claimed.key)):
                    await self._attempt(claimed, permit)
        except FencedError as error:
            stopped(error, what=str(waiting.id))
        finally:
            self._pace.answered(_place(waiting), now=self._clock.monotonic())
            self._in_hand.discard(waiting.id)
            self._busy.discard(_place(waiting))

    async def _attempt(self, entry: Entry, permit: Permit) -> None:
        if entry.unsure_since:
            await self._doubts.settle(entry)
            return
        parent = await self._parent(entry)
        try:
            with permit.used(lambda: self.claims.renew(entry, now=self._clock.now())):
                posted = await self._carry_out(entry, parent)
        except BotError as error:
            await self._stopped(entry, error)
        except Exception as error:  # noqa: BLE001  # a bug must not leave the row in doubt
            log.get().exception("delivery_broke", key=entry.key)
            await self._doubts.give_up(entry, BotError(type(error).__name__))
        else:
            await self._recorder.sent(entry, posted)
            if self._hold.is_on:
                await self._released()

    async def _parent(self, entry: Entry) -> Entry | None:
        """Return what it follows: a message with no place in Slack where that is in doubt."""
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        if parent is None or parent.state is not State.IN_DOUBT:
            return parent
        if entry.kind is EntryKind.FILE:
            return replace(parent, posted_channel=parent.target.channel)
        return None  # it goes on its own

    async def _carry_out(self, entry: Entry, parent: Entry | None) -> MessagePlace:
        if entry.kind is EntryKind.FILE or entry.message.text:  # to take away is no telling
            posted = parent.posted_channel if parent else ""
            await self._may_tell(posted or entry.target.channel, entry.target)
        if entry.kind is EntryKind.FILE:
            assert parent is not None
            await self._uploading.upload(entry, parent)
            return MessagePlace(parent.posted_channel)
        entry = await self._brought_up_to_date(entry)
        message = as_fallback(entry.message, entry.payload.get(LEVEL, 0))
        key = entry.target.edits
        former = await self._outbox.by_key(key) if key and not entry.parent_key else None
        if former and former.ts and await self._posting.instead_of(former, entry, message):
            return MessagePlace(former.posted_channel, former.ts)
        if not message.text:  # it was to take something away
            return MessagePlace(entry.target.channel)
        return await self._posting.post(entry, message, parent)

    async def _brought_up_to_date(self, entry: Entry) -> Entry:
        """Return a message as it is to be told now, kept like that: it may be edited later."""
        told = await self._going_out(entry)
        if told == entry.message:
            return entry
        changed = replace(entry, payload={**entry.payload, **encode(told)})
        await self.claims.reword(changed)
        return changed

    async def _stopped(self, entry: Entry, error: BotError) -> None:
        match error:
            case FencedError():
                await self._fenced(entry, error)
            case NotKnownYetError():
                await self._not_yet(entry, error)
            case WithheldError():
                await self._recorder.withheld(entry, error)
            case SlackError() | SlackUnreachableError() | VendorError():
                await self._failed(entry, error)
            case NotMemberError():
                await self._invite(entry)
            case _:
                await self._doubts.give_up(entry, error)

    async def _fenced(self, entry: Entry, error: FencedError) -> None:
        """Put back what did not go out, if it is still ours to put back."""
        stopped(error, what=entry.key)
        again = Verdict(Next.RETRY, wait=AFTER_FENCE, slow_down=True)
        await self._recorder.later(entry, again, error)

    async def _failed(self, entry: Entry, error: BotError) -> None:
        decision = verdict(error, attempts=entry.attempts)
        if decision.next is Next.HOLD:
            await self._held(entry, error)
            return
        log.get().warning("delivery_failed", key=entry.key, error=str(error), next=decision.next)
        if self._hold.is_on and decision.next in ANSWERED:
            await self._released()
        if decision.slow_down:
            now = self._clock.monotonic()
            self._pace.slow_down(now=now, wait=decision.wait, kind=entry.kind)
        if decision.next is Next.RETRY:
            await self._recorder.later(entry, decision, error)
        elif decision.next is Next.SETTLE:
            await self._doubts.settle(entry)
        elif decision.next is not Next.SIMPLER or not await self._recorder.simpler(entry, error):
            await self._doubts.give_up(entry, error)

    async def _not_yet(self, entry: Entry, error: NotKnownYetError) -> None:
        """Keep a message while nobody knows who would read it; its channel waits with it."""
        wait = max(SHORTEST, (error.again_at - self._clock.now()).total_seconds())
        line = _line(entry.kind, entry.target.channel)
        self._pace.rest(line, now=self._clock.monotonic(), wait=wait)
        await self._recorder.later(entry, Verdict(Next.RETRY, wait=wait, slow_down=True), error)

    async def _held(self, entry: Entry, error: BotError) -> None:
        """Keep a message that the workspace refused as it refuses all; it costs no attempt."""
        probe = self._hold.is_on
        if not probe:
            log.get().error("workspace_refuses", error=str(error))
            self._hold.begin(str(error), since=self._clock.now(), now=self._clock.monotonic())
        # The next probe is another message, in case this one alone is refused in such words.
        wait = 2 * PROBE_SECONDS if probe else 0.0
        await self._recorder.later(entry, Verdict(Next.RETRY, wait=wait, slow_down=True), error)

    async def _invite(self, entry: Entry) -> None:
        """Tell the asker how to get a file into a channel where the bot is no member."""
        await self._recorder.skipped(entry, "files.completeUploadExternal: not_in_channel")
        if entry.target.user:
            try:
                await self._posting.whisper(entry, self._uploading.invitation(entry))
            except (SlackError, SlackUnreachableError) as error:
                log.get().warning("invitation_failed", key=entry.key, error=str(error))

    async def _released(self) -> None:
        """Go on with all that waits, and tell the owner that it did."""
        since, reason = self._hold.end()
        log.get().warning("workspace_accepts_again", refused_since=since.isoformat())
        if self._owner:
            message = words.accepts_again(reason, since, self._clock.now())
            await self._recorder.direct(self._owner, message, key=f"held:{since.isoformat()}")
        self.worker.wake()


def _place(waiting: DueEntry) -> str:
    """Files have a line of their own, so that a long upload never holds up a channel's messages."""
    return _line(waiting.kind, waiting.channel)


def _line(kind: EntryKind, channel: str) -> str:
    return f"{kind}:{channel}"
