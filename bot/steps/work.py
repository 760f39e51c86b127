"""The work of steps that nobody else does: figures read, ends looked for, and Slack told of them.

Slack is told exactly once: until it has taken the end, a job tries; and what it says is over, is.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from bot import log
from bot.asking.composing import Composers, patience
from bot.asking.core.room_steps import StepEnd
from bot.asking.occasion import Occasion
from bot.asking.question import QuestionKinds
from bot.asking.store import SnapshotStore, put_snapshot
from bot.asking.terms import Measure
from bot.clock import Clock
from bot.codec import dumps
from bot.errors import (
    BotError,
    SlackError,
    SlackUnreachableError,
    UserError,
    VendorError,
)
from bot.feature import Switches
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.outbox.rules import backoff
from bot.slack.blocks.problems import sentence
from bot.slack.permalinks import Permalinks
from bot.steps import catalog, words
from bot.steps.beginning import A_DEED, Beginnings
from bot.steps.catalog import StepCatalog
from bot.steps.confirming import awaits_person, card_settled
from bot.steps.execution import OPEN, StepExecution, StepMessage, StepState
from bot.steps.intents import BeginStep, EndStep, LookAtStep, ReadFigure, TellStep
from bot.steps.outcomes import SECOND, StepOutcomes
from bot.steps.outputs import CheckResult, Links, is_crossed, outputs_of
from bot.steps.questions import measure_of, picked_kind, question_of
from bot.steps.store import StepStore, close_step
from bot.steps.telling import Functions, plain_words

OVER: Final = frozenset({"execution_not_in_running_state", "function_execution_not_found"})
"""What Slack says of a step that has ended for it."""
MISFIT: Final = "parameter_validation_failed"
LONGEST_TELLING: Final = timedelta(days=1)
"""So long Slack is tried; by then nobody waits for it any more."""
FIRST_LOOK: Final = timedelta(seconds=10)
SLOWEST_LOOK: Final = timedelta(minutes=2)
PASSED: Final = "step-check:"
"""Begins the keys of what checks found last."""


class StepWork:
    """Carries out the jobs of steps."""

    def __init__(
        self,
        known: StepCatalog,
        kinds: QuestionKinds,
        composers: Composers,
        switches: Switches,
        store: StepStore,
        snapshots: SnapshotStore,
        functions: Functions,
        links: Permalinks,
        beginnings: Beginnings,
        outcomes: StepOutcomes,
        clock: Clock,
    ) -> None:
        """Answer with `composers`, and look for ends with what the services of `switches` have."""
        self._steps = known.steps
        self._kinds = kinds
        self._composers = composers
        self._switches = switches
        self._store = store
        self._snapshots = snapshots
        self._functions = functions
        self._links = links
        self._beginnings = beginnings
        self._outcomes = outcomes
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(BeginStep, self._beginnings.begin),
            Task(ReadFigure, self.read),
            Task(LookAtStep, self.look, failed=self._look_failed),
            Task(EndStep, self.end),
            Task(TellStep, self.tell),
        )

    async def read(self, job: Job[ReadFigure]) -> Outcome:
        """Read the figures of an answer, and tell nobody."""
        wanted, now = job.details, self._clock.now()
        occasion = Occasion(
            zone=job.asker.zone, asked_at=job.created_at, now=now, private=True, orders=False
        )
        asked = self._kinds[wanted.kind].of_row(wanted.question)
        try:
            composed = await self._composers[wanted.kind].compose(asked, occasion)
        except VendorError as error:
            return patience(job, error, now)
        return Outcome(values=composed.tally.figures)

    async def look(self, job: Job[LookAtStep]) -> Outcome:
        """Look whether what a step waits for has ended; if not, look again a little later."""
        one = await self._store.get(job.details.execution)
        if one is None or one.state is not StepState.WAITING:
            return Outcome()
        ended = await self._end_of(one)
        if ended is None:
            age = self._clock.now() - job.created_at
            pause = min(max(FIRST_LOOK, age / 10), SLOWEST_LOOK)
            return Outcome(again_at=self._clock.now() + pause, begun=False)
        if ended.problem:
            return Outcome(writes=(lambda tx: self._outcomes.fail(tx, one.id, ended.problem),))
        so_far = one.so_far.with_values(ended.values)
        return Outcome(writes=(lambda tx: self._outcomes.end(tx, one.id, so_far),))

    async def _end_of(self, one: StepExecution) -> StepEnd | None:
        """Return how it ended. A vendor that is away is asked again, as long as there is time."""
        kind = one.awaits.partition(":")[0]
        for feature, wiring in self._switches.on:
            if kind in wiring.ends:
                try:
                    return await wiring.ends[kind](one.so_far.about)
                except VendorError as error:
                    log.get().info("step_waits", vendor=feature.vendor.name, error=str(error))
                    return None
        return StepEnd(problem=words.GONE)

    async def _look_failed(self, job: Job[LookAtStep], error: BotError) -> Outcome:
        """Let a step fail of which nobody can say what it waits for."""
        execution, why = job.details.execution, plain_words(sentence(error))
        return Outcome(writes=(lambda tx: self._outcomes.fail(tx, execution, why),))

    async def end(self, job: Job[EndStep]) -> Outcome:
        """Let a step fail that is still open when its time is over."""
        one = await self._store.get(job.details.execution)
        if one is None or one.state not in OPEN:
            return Outcome()
        until = max(one.deadline, job.created_at + A_DEED) if _asks(one) else one.deadline
        if until > self._clock.now():
            return Outcome(again_at=until, begun=False)
        why = self._too_late(one)
        settled = (card_settled(one, words.CONFIRM_LATE),) if awaits_person(one) else ()
        return Outcome(settled, (lambda tx: self._outcomes.fail(tx, one.id, why),))

    def _too_late(self, one: StepExecution) -> str:
        step = self._steps.get(one.step)
        if one.state is StepState.WORKING:
            return words.NO_ANSWER
        if awaits_person(one):
            return words.NOT_CONFIRMED
        if _asks(one):
            return words.NO_SECOND
        if step and step.room and one.awaits.startswith(f"{step.room.awaits}:"):
            return words.TOO_LATE
        return words.NO_MESSAGE

    async def tell(self, job: Job[TellStep]) -> Outcome:
        """Tell Slack what came of a step, until it has taken it."""
        one = await self._store.get(job.details.execution)
        if one is None or one.state is not StepState.ENDING:
            return Outcome()
        now = self._clock.now()
        closes: Write = lambda tx: close_step(tx, one.id, now=now)  # noqa: E731
        try:
            writes = await self._told(one)
        except (SlackError, SlackUnreachableError) as error:
            if _is_over(error):
                return Outcome(writes=(closes,))
            if now - job.created_at > LONGEST_TELLING:
                log.get().error("step_not_told", step=one.step, error=str(error))
                return Outcome(writes=(closes,), error=str(error))
            return Outcome(again_at=now + _pause(error, job.attempts))
        return Outcome(writes=(*writes, closes))

    async def _told(self, one: StepExecution) -> tuple[Write, ...]:
        """Tell it. Raises SlackError and SlackUnreachableError."""
        if one.error:
            await self._functions.fail(one.id, one.error)
            return ()
        step = self._steps.get(one.step)
        if step is None:
            await self._functions.fail(one.id, words.UNKNOWN_STEP)
            return ()
        try:
            measure = self._measure(one)
            crossing = await self._crossing(one, measure)
        except UserError as error:
            await self._functions.fail(one.id, plain_words(sentence(error)))
            return ()
        links = Links(await self._link(one.so_far.message), await self._link(one.so_far.file))
        given = outputs_of(step, one, links, measure=measure, crossing=crossing)
        try:
            await self._functions.succeed(one.id, given)
        except SlackError as error:
            if error.code != MISFIT:
                raise
            log.get().error("step_misfits", step=one.step, outputs=sorted(given))
            await self._functions.fail(one.id, words.MISFIT)
        return (self._kept(one, crossing),) if crossing else ()

    async def _link(self, message: StepMessage) -> str:
        return await self._links.of(message.channel, message.ts) if message.ts else ""

    def _measure(self, one: StepExecution) -> Measure | None:
        """Return the figure that a step gives, None where none is wanted. Raises UserError."""
        figure = str(one.inputs.get("figure") or "")
        if not figure:
            return None
        asked = question_of(self._kinds, one.inputs)
        kind, _ = picked_kind(self._kinds, asked.job)
        return measure_of(kind.measures(asked), figure)

    async def _crossing(self, one: StepExecution, measure: Measure | None) -> CheckResult | None:
        """Return whether a checked figure is past its threshold, and since when.

        Raises UserError where there is no figure yet.
        """
        if one.step != catalog.CHECK or measure is None:
            return None
        crossed = is_crossed(one, measure)
        if crossed is None:
            raise UserError(words.NO_FIGURE)
        before = await self._snapshots.read(_check_key(one), CheckResult)
        if before is not None and before.crossed is crossed:
            return before
        return CheckResult(crossed, self._clock.now())

    def _kept(self, one: StepExecution, crossing: CheckResult) -> Write:
        now = self._clock.now()
        return lambda tx: put_snapshot(tx, _check_key(one), crossing, now=now)


def _check_key(one: StepExecution) -> str:
    """Return the key of what a check found: all that ask and compare the same share it."""
    names = ("service", "report", "about", "period", "figure", "comparison", "threshold")
    asked = dumps([one.inputs.get(each) or "" for each in names])
    return f"{PASSED}{sha256(asked.encode()).hexdigest()[:32]}"


def _asks(one: StepExecution) -> bool:
    """Return whether a second person may still agree: then it would be done."""
    return one.awaits.startswith(SECOND)


def _is_over(error: BotError) -> bool:
    return isinstance(error, SlackError) and error.code in OVER


def _pause(error: SlackError | SlackUnreachableError, attempts: int) -> timedelta:
    asked_for = error.retry_after or 0.0 if isinstance(error, SlackError) else 0.0
    return timedelta(seconds=max(backoff(attempts), asked_for))
