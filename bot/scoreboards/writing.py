"""Figures are read and their sections written, where they say something new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot import log
from bot.asking.composing import ComposedAnswer, Composers
from bot.asking.occasion import Occasion
from bot.asking.subscription import ACTIVE
from bot.clock import Clock
from bot.digests.digests import readers
from bot.digests.probing import hindrance_in, is_passing
from bot.errors import BotError, SlackError, UserError, VendorError
from bot.jobs.access import may_tell
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.scoreboards.canvases import ChannelCanvases, SectionGoneError
from bot.scoreboards.core.shown import ShownFigures
from bot.scoreboards.hindrances import refused, taken_out
from bot.scoreboards.intents import EndFigure, WriteFigure
from bot.scoreboards.model import NOUN, BoardFigure
from bot.scoreboards.rendering.replies import not_updated
from bot.scoreboards.rendering.section import WrittenSection, mark_of, written_section
from bot.scoreboards.store import BoardStore, figure_failed, figure_read, keep_written
from bot.slack.blocks.problems import headline, sentence
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.pace import BusyError
from bot.store.database import Transaction
from bot.troubles.keeper import Troubles
from bot.troubles.model import Evidence, Hindrance, hindrance_at

TRIES: Final = 3
"""So often a vendor is asked before the section says that its figures are old."""
PAUSE: Final = timedelta(minutes=5)
SLACK_TRIES: Final = 10


class BoardWriter:
    """Raises NotKnownYetError while Slack doesn't tell who reads a channel."""

    def __init__(
        self,
        boards: BoardStore,
        composers: Composers,
        canvases: ChannelCanvases,
        troubles: Troubles,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Read with the one of `composers` for a figure's kind and write into `canvases`."""
        self._boards = boards
        self._composers = composers
        self._canvases = canvases
        self._troubles = troubles
        self._directory = directory
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(WriteFigure, self.write, failed=self.failed),
            Task(EndFigure, self.end),
        )

    async def write(self, job: Job[WriteFigure]) -> Outcome:
        """Read one figure, and write its section where that says something new."""
        one = await self._boards.get(job.details.number)
        if one is None or one.order.state != ACTIVE:
            return Outcome()
        if kept_from := await self._kept_from(one):
            return kept_from
        try:
            composed = await self._composed(one)
        except (VendorError, UserError) as error:
            return await self._not_read(job, one, error)
        shown, figures = one.shown, composed.tally.figures
        if figures or shown.since is None:  # there may be nothing to tell at a time
            shown = shown.renewed(figures, self._clock.now())
        return await self._written(job, one, shown, composed.writes)

    async def end(self, job: Job[EndFigure]) -> Outcome:
        """Let a section say that it is no longer kept up to date, if it is there at all."""
        wanted = job.details
        again = await self._boards.get(wanted.number)
        if again and again.canvas == wanted.canvas:
            return Outcome()  # somebody put it back meanwhile
        section = WrittenSection(mark_of(wanted.number), wanted.heading, wanted.table)
        try:
            await self._canvases.replace(wanted.canvas, section)
        except BusyError as busy:
            return self._later(job, busy) or Outcome(error=busy.trouble)
        except SlackError as error:
            return Outcome(error=str(error))
        return Outcome()

    async def failed(self, job: Job[WriteFigure], error: BotError) -> Outcome:
        """Note what came to nothing for a reason that nobody foresaw."""
        one = await self._boards.get(job.details.number)
        return Outcome() if one is None else self._failed(job, one, error)

    async def _kept_from(self, one: BoardFigure) -> Outcome | None:
        """Return what comes of a figure that may not be read in its channel; None where it may."""
        place = await readers(self._directory, one.order)
        decision = may_tell(place, consent=one.order.consent)
        cause = hindrance_at(place)
        if cause and (place.obstacle or decision.words):
            return self._rests(one, cause, Evidence(place))
        decision.enforce()
        return None

    async def _composed(self, one: BoardFigure) -> ComposedAnswer:
        """Return the answer with the figures. Raises UserError and VendorError."""
        now, order = self._clock.now(), one.order
        occasion = Occasion(zone=order.zone, asked_at=now, now=now, subscription=order)
        return await self._composers[order.kind.name].compose(order.question, occasion)

    async def _not_read(
        self, job: Job[WriteFigure], one: BoardFigure, error: VendorError | UserError
    ) -> Outcome:
        """Try a vendor again that passes; after that the old figures say how old they are."""
        cause = hindrance_in(error, one.order)
        if cause:
            return self._rests(one, cause)
        if is_passing(error) and job.attempts < TRIES:
            asked_for = timedelta(seconds=getattr(error, "retry_after", None) or 0)
            return Outcome(again_at=self._clock.now() + max(PAUSE, asked_for))
        if one.shown.since is None or not one.placed:
            return self._failed(job, one, error)
        note = f"These figures are old: {headline(error)}"
        marked = await self._written(job, one, one.shown, note=note)
        if marked.again_at:
            return marked
        failed = self._failed(job, one, error)
        return replace(failed, writes=(*marked.writes, *failed.writes))

    async def _written(
        self,
        job: Job[WriteFigure],
        one: BoardFigure,
        shown: ShownFigures,
        writes: Sequence[Write] = (),
        *,
        note: str = "",
    ) -> Outcome:
        """Write a section unless it says all of that already."""
        section = written_section(one, shown, note=note)
        canvas = one.canvas
        if not (one.placed and one.written == section.digest) or job.details.anew:
            is_there = one.placed and not job.details.anew
            try:
                canvas = await self._canvases.write(
                    one.order.channel, one.canvas, section, is_there=is_there
                )
            except SectionGoneError:
                return self._rests(one, taken_out(one))
            except BusyError as busy:
                return self._later(job, busy) or self._failed(job, one, _busy_words(busy))
            except SlackError as error:
                return self._rests(one, refused(error, one))
            log.get().info("scoreboard_written", figure=one.order.id)
        done = replace(one, canvas=canvas, placed=True, shown=shown, written=section.digest)
        return Outcome(writes=(*writes, self._noted(done, read=not note)))

    def _noted(self, one: BoardFigure, *, read: bool) -> Write:
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            keep_written(tx, one)
            if read:
                figure_read(tx, one.order.id, now=now)

        return write

    def _later(self, job: Job[Any], busy: BusyError) -> Outcome | None:
        """Return that it is tried again soon, as when somebody writes there; None given up.

        To wait for one's turn, or for Slack to be there again, is no try.
        """
        if busy.trouble and job.attempts >= SLACK_TRIES:
            return None
        soon = max(busy.again_at, self._clock.now() + timedelta(seconds=5))
        return Outcome(again_at=soon, begun=bool(busy.trouble))

    def _rests(self, one: BoardFigure, cause: Hindrance, found: Evidence | None = None) -> Outcome:
        """Let it rest, with all that the same cause concerns; their owners are told once."""
        log.get().info("scoreboard_rests", figure=one.order.id, why=cause.kind)
        evidence = found or Evidence(order=(NOUN, one.order.id))

        def write(tx: Transaction) -> None:
            self._troubles.arises(tx, cause, evidence)

        return Outcome(writes=(write,))

    def _failed(self, job: Job[WriteFigure], one: BoardFigure, error: BotError) -> Outcome:
        """Note a failure; its owner is told once in a row of failures, directly."""
        said, now = sentence(error), self._clock.now()
        log.get().warning("scoreboard_failed", figure=one.order.id, error=str(error))

        def write(tx: Transaction) -> None:
            if figure_failed(tx, one.order.id, error=said) == 1:
                _tell_owner(tx, one, said, key=f"{job.key}:owner", now=now)

        return Outcome(writes=(write,), error=str(error))


def _busy_words(busy: BusyError) -> UserError:
    locked = busy.trouble == "canvas_editing_locked"
    why = "Somebody keeps it locked." if locked else "Slack doesn't take it at the moment."
    return UserError(f"I couldn't write in the channel's canvas. {why}")


def _tell_owner(tx: Transaction, one: BoardFigure, said: str, *, key: str, now: datetime) -> None:
    owner = one.order.creator
    notice = not_updated(one, said, now=now)
    tell(tx, OutgoingAnswer(key, Target(owner, user=owner), Answer(notice)), now=now)
