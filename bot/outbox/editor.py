"""Editing what was told: found by its key, in simpler blocks if Slack wants them, and in pace.

An edit that fails leaves the old message, which does no harm.
"""

from collections import deque
from dataclasses import dataclass

from bot import log
from bot.clock import Clock
from bot.errors import FencedError, NotKnownYetError, SlackError, SlackUnreachableError
from bot.outbox.claims import stopped
from bot.outbox.entries import LEVEL, Entry
from bot.outbox.gate import MayTell, WithheldError
from bot.outbox.pace import MINUTE
from bot.outbox.rules import BLOCKS_REFUSED, EDITS_A_MINUTE, NEVER_EDITABLE
from bot.outbox.store import OutboxStore
from bot.slack.blocks.fallbacks import CLASSIC, NATIVE, WORDS, as_fallback
from bot.slack.client import Slack
from bot.slack.messages import Message
from bot.slack.permits import Permit
from bot.slack.refusals import RATE_LIMITED
from bot.store.leases import Lease

AFTER_TROUBLE = 10.0


@dataclass(frozen=True, slots=True)
class EditResult:
    """What became of an edit; one not `done` may be tried after `wait` seconds, never for None."""

    done: bool
    wait: float | None = None


class Editor:
    """Edits messages by their outbox keys."""

    def __init__(
        self, slack: Slack, outbox: OutboxStore, lease: Lease, clock: Clock, *, may_tell: MayTell
    ) -> None:
        """Find messages in `outbox`; what their readers may not see is not shown.

        Whoever held the `lease` when an edit began makes it only while that is so.
        """
        self._slack = slack
        self._outbox = outbox
        self._lease = lease
        self._clock = clock
        self._may_tell = may_tell
        self._made: deque[float] = deque(maxlen=EDITS_A_MINUTE)
        self._rest_until = clock.monotonic()

    def left(self) -> int:
        """Return how many edits Slack's tier still allows in this minute.

        For those who have many to make; what must be edited once is tried all the same.
        """
        now = self._clock.monotonic()
        while self._made and now - self._made[0] >= MINUTE:
            self._made.popleft()
        return 0 if now < self._rest_until else EDITS_A_MINUTE - len(self._made)

    async def edit(self, key: str, message: Message) -> EditResult:
        """Show `message` where the row's message was."""
        entry = await self._outbox.by_key(key)
        if entry is None or not entry.ts:
            return EditResult(done=False)
        speaks = self._lease.is_held()

        async def still() -> bool:
            return not speaks or await self._lease.check()

        try:
            with Permit().used(still):
                await self._may_tell(entry.posted_channel, entry.target)
                await self._update(entry, message)
        except NotKnownYetError:
            return EditResult(done=False, wait=AFTER_TROUBLE)
        except FencedError as error:
            stopped(error, what=key)
            return EditResult(done=False, wait=AFTER_TROUBLE)
        except (SlackError, SlackUnreachableError) as error:
            log.get().warning("not_edited", key=key, error=str(error))
            return self._failed(error)
        return EditResult(done=True)

    async def _update(self, entry: Entry, message: Message) -> None:
        """Edit in blocks as new as Slack takes them; at the end in words alone.

        The words need no files: a table that changes with an edit has its file beside it anyway.
        """
        first = min(CLASSIC, entry.payload.get(LEVEL, NATIVE))
        for level in range(first, WORDS + 1):
            try:
                await self._show(entry, as_fallback(message, level))
            except SlackError as error:
                if error.code not in BLOCKS_REFUSED or level == WORDS:
                    raise
            else:
                return

    async def _show(self, entry: Entry, message: Message) -> None:
        self._made.append(self._clock.monotonic())
        await self._slack.call(
            "chat.update",
            channel=entry.posted_channel,
            ts=entry.ts,
            text=message.text,
            blocks=list(message.blocks),  # an empty list takes the old ones away
        )

    def _failed(self, error: SlackError | SlackUnreachableError) -> EditResult:
        if isinstance(error, SlackUnreachableError):
            return EditResult(done=False, wait=AFTER_TROUBLE)
        if error.code in NEVER_EDITABLE or isinstance(error, WithheldError):
            return EditResult(done=False)
        wait = error.retry_after or AFTER_TROUBLE
        if error.code in RATE_LIMITED:  # that is meant for all edits
            self._rest_until = self._clock.monotonic() + wait
        return EditResult(done=False, wait=wait)
