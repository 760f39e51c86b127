"""The living cards: one message for an execution, edited in place until it has ended.

What a card says is worked out anew from what is stored, so a restart changes nothing; an edit is
made only when that differs from what was shown last.
"""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import timedelta

from bot import log
from bot.clock import Clock
from bot.errors import Reason, VendorError
from bot.http.connection import Connection
from bot.memory import Memory
from bot.outbox.editor import Editor
from bot.runs.client.client import SmartFlows
from bot.runs.core.history import usual
from bot.runs.core.watching import SHORTEST_EDIT_PAUSE, RunState, edit_pause
from bot.runs.model import Details
from bot.runs.rendering import cards as run_cards
from bot.runs.rendering import runs
from bot.runs.store.cards import CardRow, CardStore
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import Observations
from bot.runs.vendor import Project, VendorHealth
from bot.slack.directory import Directory
from bot.slack.messages import Message
from bot.slack.people import Reach
from bot.worker import Batch, Worker

WIDTH = 4
AFTER_TROUBLE = 10.0
MOST_DETAILED = 5
"""With more living cards their stages are read only when their status changes."""
REMEMBERED = 500


class Cards:
    """Edits what is due, paced."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        editor: Editor,
        cards: CardStore,
        executions: ExecutionStore,
        observations: Observations,
        health: VendorHealth,
        project: Project,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """While `smartflows` is off, or others read along, cards stay as they are."""
        self._smartflows = smartflows
        self._editor = editor
        self._cards = cards
        self._executions = executions
        self._observations = observations
        self._health = health
        self._project = project
        self._directory = directory
        self._clock = clock
        self._living = 0
        self._busy: set[str] = set()
        self._details = Memory[str, tuple[str, Details]](REMEMBERED)
        self.worker = Worker("cards", self._take, width=WIDTH)

    async def compose(self, tracked: RunState, *, started_by: str) -> Message:
        """Return the card of an execution as it is now."""
        _, details = self._details.get(tracked.id) or ("", Details())
        return run_cards.card(
            run_cards.Card(
                execution=tracked,
                started_by=started_by,
                usual=usual(await self._executions.durations(tracked.flow.id)),
                # A card that nobody can look behind says nothing new, not even of the time.
                now=(self._health.silent_since or self._clock.now()) + self._project.ahead(),
                stages=details.stages,
                reason=runs.reason_of(tracked, details),
                trouble=runs.vendor_down_note() if self._health.trouble and tracked.alive else "",
                panel_url=await self._project.panel_url(),
            )
        )

    async def _take(self, free: int) -> Batch:
        if not self._smartflows.is_on:
            return Batch()
        self._living = await self._cards.living()
        due = await self._cards.due(now=self._clock.now(), limit=free + len(self._busy))
        left = min(free, self._editor.left() - len(self._busy))
        mine = [card for card in due if card.execution_id not in self._busy][: max(0, left)]
        self._busy.update(card.execution_id for card in mine)
        return Batch([self._edit(self._smartflows.client, card) for card in mine])

    async def _edit(self, client: SmartFlows, card: CardRow) -> None:
        try:
            await self._look(client, card.execution_id)
            tracked = await self._executions.get(card.execution_id)
            if tracked is None:
                await self._rest(card, AFTER_TROUBLE, living=False)
                return
            await self._read_details(client, tracked)
            await self._show(card, tracked)
        finally:
            self._busy.discard(card.execution_id)

    async def _look(self, client: SmartFlows, execution_id: str) -> None:
        """Ask how far it is, unless that is known for good or nobody answers at the moment."""
        tracked = await self._executions.get(execution_id)
        if tracked is None or not tracked.alive or self._health.trouble:
            return
        try:
            progress = await client.progress(execution_id)
        except VendorError as error:
            if error.reason is Reason.NOT_FOUND:
                await self._observations.record_gone(execution_id)
            elif error.reason in {Reason.REJECTED, Reason.MALFORMED}:
                log.get().warning("run_unreadable", execution=execution_id, error=str(error))
            else:
                await self._health.failed(error)
        else:
            await self._observations.record([progress])
            await self._health.worked()

    async def _read_details(self, client: SmartFlows, tracked: RunState) -> None:
        status, _ = self._details.get(tracked.id) or ("", Details())
        wanted = self._living <= MOST_DETAILED and tracked.alive
        if tracked.gone or self._health.trouble or (status == tracked.status and not wanted):
            return
        try:
            seen = await client.execution(tracked.id)
        except VendorError:  # a card without its stages and its reason is still a card
            return
        await self._observations.record([seen])
        if seen.details:
            self._details.put(tracked.id, (seen.status, seen.details))

    async def _show(self, card: CardRow, tracked: RunState) -> None:
        latest = await self._executions.get(tracked.id) or tracked
        message = await self.compose(latest, started_by=card.user_name)
        says = essence(message)
        pause = edit_pause(max(1, self._living))
        place = await self._directory.place(card.channel)
        if place.reach is not Reach.INTERNAL:
            living = latest.alive or place.again_at is not None
            await self._rest(card, AFTER_TROUBLE, living=living)
            return
        if says != card.shown:
            result = await self._editor.edit(card.outbox_key, message)
            if not result.done:
                await self._rest(card, result.wait or 0, living=result.wait is not None)
                return
        await self._rest(replace(card, shown=says), pause, living=latest.alive)

    async def _rest(self, card: CardRow, seconds: float, *, living: bool) -> None:
        now = self._clock.now()
        next_edit_at = now + timedelta(seconds=max(SHORTEST_EDIT_PAUSE, seconds))
        await self._cards.edited(card, now=now, next_edit_at=next_edit_at, living=living)


def essence(message: Message) -> str:
    """Return a short text that differs when anything in the message does."""
    text = json.dumps(asdict(message), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
