"""Figures are put on scoreboards, listed, read at once and taken off by people."""

from dataclasses import replace
from typing import Any

from bot.asking.composing import Composers, SettledQuestion
from bot.asking.occasion import Occasion
from bot.asking.question import QuestionKinds
from bot.asking.subscription import ACTIVE, Subscription
from bot.clock import Clock
from bot.digests.core import recurrence
from bot.digests.subscriptions import scheduled
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import NewJob, Outcome, Write, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.scoreboards.core.shown import NOTHING_SHOWN
from bot.scoreboards.ending import end_section
from bot.scoreboards.intents import (
    AddFigure,
    ListFigures,
    RefreshBoard,
    RemoveFigure,
    ShowFigure,
    StopBoard,
    WriteFigure,
    read_figure,
)
from bot.scoreboards.model import MOST_IN_CHANNEL, BoardFigure
from bot.scoreboards.rendering import replies
from bot.scoreboards.resting import TOO_MANY
from bot.scoreboards.store import (
    BoardStore,
    add_figure,
    figure_lost,
    remove_figure,
    wake_figure,
)
from bot.slack.messages import Answer
from bot.store.database import Database, Transaction
from bot.troubles.keeper import Troubles

_NONE = (
    "There's nothing on this channel's scoreboard. Type `/flow scoreboard` to put figures there."
)


class BoardOrdering:
    """Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        database: Database,
        boards: BoardStore,
        composers: Composers,
        kinds: QuestionKinds,
        troubles: Troubles,
        clock: Clock,
    ) -> None:
        """Keep figures in `boards`, their names settled by the one of `composers` for a kind."""
        self._database = database
        self._boards = boards
        self._composers = composers
        self._kinds = kinds
        self._troubles = troubles
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(ShowFigure, self.show, lambda row: ShowFigure(**read_figure(row, self._kinds))),
            Task(
                AddFigure,
                self.add,
                lambda row: AddFigure(**read_figure(row, self._kinds)),
                deed=Deed("Add to a scoreboard", _named),
            ),
            Task(ListFigures, self.listed),
            Task(RemoveFigure, self.remove, deed=Deed("Take off a scoreboard", _numbered)),
            Task(StopBoard, self.stop, deed=Deed("Stop a scoreboard")),
            Task(RefreshBoard, self.refresh, deed=Deed("Update a scoreboard now")),
        )

    async def show(self, job: Job[ShowFigure]) -> Outcome:
        """Show a figure as it would stand in the canvas, to whoever asks alone."""
        wanted = job.details
        settled = await self._settled(wanted)
        add = AddFigure(
            wanted.kind,
            settled.question,
            wanted.cron,
            wanted.words,
            wanted.zone or job.asker.zone,
        )
        order = self._order(add, job)
        now = self._clock.now()
        occasion = Occasion(zone=order.zone, asked_at=now, now=now, private=True)
        composed = await self._composers[wanted.kind].compose(settled.question, occasion)
        shown = NOTHING_SHOWN.renewed(composed.tally.figures, now)
        said = replies.preview(BoardFigure(order), shown, add)
        return Outcome((reply(job, Answer(said), private=True),))

    async def add(self, job: Job[AddFigure]) -> Outcome:
        """Put a figure on the scoreboard of the channel; its section is written at once."""
        settled = await self._settled(job.details)
        order = self._order(replace(job.details, question=settled.question), job)
        one, is_new = await self._database.transaction(lambda tx: self._add(tx, order))
        if not is_new:
            return Outcome((reply(job, Answer(replies.already(one)), private=True),))
        said = replies.added(one, self._clock.now(), remark=settled.remark)
        written = NewJob(f"board:{one.order.id}:first", WriteFigure(one.order.id, anew=True))
        return Outcome((reply(job, Answer(said)),), jobs=(written,))

    async def listed(self, job: Job[ListFigures]) -> Outcome:
        """List what stands on the channel's scoreboard."""
        found = await self._boards.in_channel(job.request.channel)
        may = not job.decided(Right.MANAGE).words
        said = replies.figure_list(found, self._clock.now(), may_manage=may)
        return Outcome((reply(job, Answer(said), private=True),))

    async def remove(self, job: Job[RemoveFigure]) -> Outcome:
        """Take a figure off; its section stays in the canvas and says so."""
        one = await self._one(job, job.details.number)
        said = reply(job, Answer(replies.removed(one)), private=True)
        return self._ended([one], said)

    async def stop(self, job: Job[StopBoard]) -> Outcome:
        """Take all figures of a channel off, once it was shown which those are."""
        found = await self._here(job)
        if not job.details.sure:
            return Outcome((reply(job, Answer(replies.ask_stop(found)), private=True),))
        return self._ended(found, reply(job, Answer(replies.stopped(found))))

    async def refresh(self, job: Job[RefreshBoard]) -> Outcome:
        """Read figures at once, also those that rest: whoever asks says that it is mended."""
        number = job.details.number
        found = [await self._one(job, number)] if number else await self._here(job)
        said = reply(job, Answer(replies.refreshing(found)), private=True)
        jobs = tuple(
            NewJob(f"board:{one.order.id}:now:{job.key}", WriteFigure(one.order.id, anew=True))
            for one in found
        )
        resting = [one for one in found if one.order.state != ACTIVE]
        return Outcome((said,), (self._awake(resting),), jobs=jobs)

    def _awake(self, resting: list[BoardFigure]) -> Write:
        """Return the write that lets figures go on that rest."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            for one in resting:
                figure_lost(tx, one.order.id)
                wake_figure(tx, one.order.id, scheduled(one.order, now).next_run_at)
                if one.order.trouble_id:
                    self._troubles.close_empty(tx, one.order.trouble_id)

        return write

    def _ended(self, found: list[BoardFigure], said: OutgoingAnswer) -> Outcome:
        """Return that figures are read no more, and that their sections say so."""
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            for one in found:
                remove_figure(tx, one.order.id)
                end_section(tx, one, now=now)
                if one.order.trouble_id:
                    self._troubles.close_empty(tx, one.order.trouble_id)

        return Outcome((said,), (write,))

    def _order(self, wanted: AddFigure, job: Job[Any]) -> Subscription:
        """Return a new figure's order. Raises UserError for what no scoreboard can show."""
        kind, now = self._kinds[wanted.kind], self._clock.now()
        if not kind.measures(wanted.question):
            raise UserError(replies.NO_FIGURES)
        if kind.is_personal(wanted.question):
            raise UserError(replies.PERSONAL)
        zone = wanted.zone or job.asker.zone
        new = Subscription(
            id=0,
            channel=job.request.channel,
            kind=kind,
            question=wanted.question,
            cron=recurrence.anchored(wanted.cron, zone, now),
            words=wanted.words,
            zone=zone,
            creator=job.asker.id,
            created_at=now,
        )
        return scheduled(new, now)

    def _add(self, tx: Transaction, order: Subscription) -> tuple[BoardFigure, bool]:
        """Return the channel's figure of that question, and whether it is new."""
        here = self._boards.where(tx, "channel = :channel", channel=order.channel)
        for one in here:
            if one.order.question == order.question:
                return one, False
        if len(here) >= MOST_IN_CHANNEL:
            raise UserError(TOO_MANY)
        return BoardFigure(replace(order, id=add_figure(tx, order))), True

    async def _settled(self, wanted: ShowFigure | AddFigure) -> SettledQuestion:
        return await self._composers[wanted.kind].settled(wanted.question)

    async def _one(self, job: Job[Any], number: int) -> BoardFigure:
        """Return a figure of the channel or of whoever asks; of any for an admin."""
        one = await self._boards.get(number)
        mine = one is not None and (
            job.asker.is_admin
            or one.order.channel == job.request.channel
            or one.order.creator == job.request.user
        )
        if one is None or not mine:
            raise UserError(f"There's no figure {number} on this channel's scoreboard.")
        return one

    async def _here(self, job: Job[Any]) -> list[BoardFigure]:
        found = await self._boards.in_channel(job.request.channel)
        if not found:
            raise UserError(_NONE)
        return found


def _numbered(wanted: RemoveFigure) -> Thing:
    return Thing(f"{wanted.number}", f"Figure {wanted.number}")


def _named(wanted: AddFigure) -> Thing:
    return Thing("", f"{wanted.kind}, {wanted.words}")
