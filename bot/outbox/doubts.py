"""Messages of which nobody knows whether Slack has them: looked up, patiently, before anything."""

from typing import Any

from bot import log, metrics
from bot.clock import Clock
from bot.errors import BotError, SlackError, SlackUnreachableError
from bot.outbox.entries import DOUBTED, FILE_ID, LOOK, UNSURE, Entry, EntryKind
from bot.outbox.history import ChannelHistory, Look
from bot.outbox.hold import PROBE_SECONDS
from bot.outbox.posting import MessagePlace
from bot.outbox.recording import Recorder
from bot.outbox.rules import MAX_ATTEMPTS, Next, Verdict, backoff, look_again, verdict
from bot.outbox.store import OutboxStore
from bot.outbox.uploading import Uploader
from bot.store.database import stamp


class Doubts:
    """Settles what is in doubt."""

    def __init__(
        self,
        outbox: OutboxStore,
        recorder: Recorder,
        history: ChannelHistory,
        uploading: Uploader,
        clock: Clock,
        *,
        resend: bool,
    ) -> None:
        """`resend` decides where a channel's history may not be read; otherwise it is held."""
        self._outbox = outbox
        self._recorder = recorder
        self._history = history
        self._uploading = uploading
        self._clock = clock
        self._resend = resend

    async def settle(self, entry: Entry) -> None:
        """Look whether it arrived, where that is allowed; otherwise do as the setting says."""
        entry = await self._outbox.by_key(entry.key) or entry  # its file may be there since
        look = Look.of(entry, now=self._clock.now())
        try:
            found = await self._find(entry, look)
        except SlackError as error:
            await self._cannot_look(entry, error, look)
        except SlackUnreachableError as error:
            await self.look_later(entry, backoff(entry.attempts), error, look)
        else:
            if found:
                await self._recorder.sent(entry, found)
                metrics.IN_DOUBT.add("was_there")
            else:
                await self._not_found(entry, look)

    async def look_later(
        self, entry: Entry, wait: float, error: BotError, look: Look | None = None
    ) -> None:
        """Look again before anything is sent: until then it may be there already.

        A `look` that was stopped goes on where it was; without one it begins anew.
        """
        since = entry.unsure_since or entry.claimed_at or entry.created_at
        again = Verdict(Next.RETRY, wait=wait, slow_down=True)  # to look is no attempt to send
        doubts = {UNSURE: stamp(since), DOUBTED: stamp(entry.doubted_since)}
        payload = _without(entry, LOOK) | doubts | (look.kept if look else {})
        await self._recorder.later(entry, again, error, payload=payload)

    async def give_up(self, entry: Entry, error: BotError) -> None:
        """End without success, unless it turns out that a file is there all the same."""
        entry = await self._outbox.by_key(entry.key) or entry
        found = None
        if entry.kind is EntryKind.FILE and entry.payload.get(FILE_ID):
            try:
                found = await self._find(entry, Look(self._clock.now()))
            except (SlackError, SlackUnreachableError) as trouble:
                log.get().info("cannot_settle", key=entry.key, error=str(trouble))
        if found:
            await self._recorder.sent(entry, found)
        else:
            await self._recorder.lost(entry, error)

    async def _find(self, entry: Entry, look: Look) -> MessagePlace | None:
        parent = await self._outbox.by_key(entry.parent_key) if entry.parent_key else None
        if entry.kind is EntryKind.FILE:
            return await self._uploading.find(entry, parent)
        if entry.target.private:
            raise SlackError("ephemeral", "not_readable")
        return await self._history.find(entry, parent, look)

    async def _cannot_look(self, entry: Entry, error: SlackError, look: Look) -> None:
        log.get().info("cannot_settle", key=entry.key, error=str(error))
        decision = verdict(error, attempts=entry.attempts)
        if decision.next is Next.HOLD:
            await self.look_later(entry, PROBE_SECONDS, error, look)
        elif decision.next is Next.RETRY:
            await self.look_later(entry, decision.wait, error, look)
        elif entry.kind is EntryKind.FILE:  # the same bytes by the same id are shown once
            await self._once_more(entry, "in doubt, shared again")
        elif self._resend:
            await self._once_more(entry, "in doubt, sent again")
        else:
            await self._recorder.held(entry)
            metrics.IN_DOUBT.add("left_to_people")

    async def _not_found(self, entry: Entry, look: Look) -> None:
        """Send again what is not there, but only when it has had the time to appear.

        That is told by when the look was begun: what it read first may be out of date.
        """
        since = entry.unsure_since or entry.claimed_at or entry.created_at
        wait = look_again(max(0.0, (look.begun - since).total_seconds()))
        never_sent = entry.kind is EntryKind.FILE and not entry.payload.get(FILE_ID)
        if wait is None or never_sent:
            await self._once_more(entry, "did not arrive, sent again")
        else:
            await self.look_later(entry, wait, BotError("not there yet"))

    async def _once_more(self, entry: Entry, why: str) -> None:
        """Send again after a pause, but not for ever: Slack may fail this way every time."""
        if entry.attempts >= MAX_ATTEMPTS:
            await self.give_up(entry, BotError(why))
            metrics.IN_DOUBT.add("given_up")
        else:
            again = Verdict(Next.RETRY, wait=backoff(entry.attempts))
            sure = _without(entry, UNSURE, LOOK)
            await self._recorder.later(entry, again, BotError(why), payload=sure)
            metrics.IN_DOUBT.add("sent_again")


def _without(entry: Entry, *names: str) -> dict[str, Any]:
    return {name: value for name, value in entry.payload.items() if name not in names}
