"""The way back to what was entered in a form of which nothing came: the form itself, filled in.

It is shown in the window where that is still open, and offered by a button otherwise. What was
entered is kept for whoever entered it as other input is: under a key that a day later is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.asking.form_filling import show_view
from bot.asking.rendering.failures import with_ways
from bot.asking.rendering.presses import form_again
from bot.asking.store import INPUT, SnapshotStore, put_snapshot
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.outcome import Outcome, answer_key
from bot.jobs.request import EnteredForm, Intent, Job
from bot.jobs.store import free_key
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import Element, paragraph, plain, says
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.modals import View
from bot.slack.blocks.simpler import words_of
from bot.slack.client import Slack
from bot.slack.messages import Block, Message
from bot.store.database import Database, Transaction

FORGOTTEN: Final = "What you entered is not kept any more. Please enter it once more."
KEPT: Final = "What you entered is kept for a day."
NOT_YOURS: Final = "Only whoever entered that can try it again."


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was filled in; only for `user`."""

    user: str
    view: dict[str, Any]


class WayBack:
    """Brings forms back. Raises UserError for one that is not kept, or not theirs."""

    def __init__(self, slack: Slack, database: Database, clock: Clock) -> None:
        """Keep what was entered in this database."""
        self._slack = slack
        self._kept = SnapshotStore(database)
        self._clock = clock

    async def offered(self, job: Job[Intent], outcome: Outcome) -> Outcome:
        """Return what a job brought forth, with the way back where nothing came of a form.

        The same may be wanted again then, so the key of the job is free.
        """
        form, told = job.request.form, next(iter(outcome.answers), None)
        if not outcome.comes_back or form is None or told is None:
            return outcome
        freed = (*outcome.writes, lambda tx: free_key(tx, job))
        if form.window and await self._shown(form, told.answer.message):
            return replace(outcome, answers=(), writes=freed)
        return self._by_button(job, form, told, replace(outcome, writes=freed))

    async def view(self, key: str, user: str) -> View:
        """Return the form that is kept under a key, for whoever entered it."""
        kept = await self._kept.read(key, KeptForm)
        if kept is None:
            raise UserError(FORGOTTEN)
        if kept.user != user:
            raise UserError(NOT_YOURS)
        return kept.view

    def _by_button(
        self, job: Job[Intent], form: EnteredForm, told: OutgoingAnswer, outcome: Outcome
    ) -> Outcome:
        key, now = f"{INPUT}{job.id}:{job.key}", self._clock.now()
        kept = KeptForm(job.request.user, form.view)

        def keep(tx: Transaction) -> None:
            put_snapshot(tx, key, kept, now=now)

        message = _with_way(told.answer.message, form_again(key))
        answer = replace(told.answer, message=message)
        again = f"{told.key}:{job.id}" if told.key == answer_key(job) else told.key
        first = replace(told, key=again, answer=answer)  # the key of the job may come again
        return replace(
            outcome, answers=(first, *outcome.answers[1:]), writes=(*outcome.writes, keep)
        )

    async def _shown(self, form: EnteredForm, said: Message) -> bool:
        """Show the form in its window, below what is wrong; False where it was closed.

        Where Slack refuses the words as they look in a message, they are shown plainly.
        """
        above = [each for each in said.blocks if each["type"] != "actions"]
        plainly = says(words_of(said.blocks)).blocks
        whole, simple = _below(above, form.view), _below(plainly, form.view)
        return await show_view(self._slack, form.window, whole, lambda _: simple)


def _below(above: Sequence[Block], view: View) -> View:
    room = LIMITS.blocks_per_view - len(above)
    return {**view, "blocks": [*above, *view["blocks"][:room]]}


def _with_way(said: Message, way: tuple[Element, ...]) -> Message:
    """Return words for a failure that say what is kept, with the way back beside other buttons."""
    line = paragraph(plain(KEPT))
    *above, last = said.blocks
    if last.get("block_id") != BlockId.FAILURE_BUTTONS:
        return with_ways(replace(said, blocks=(*said.blocks, line)), way)
    plain_ids = (
        {**each, "action_id": each["action_id"].partition(":")[0]} for each in last["elements"]
    )
    return with_ways(replace(said, blocks=(*above, line)), (*plain_ids, *way))
