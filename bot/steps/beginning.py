"""A step begins: who wants it, what of, and where it is told, before anything is asked or done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.asking.core.room_steps import StepValues
from bot.asking.question import QuestionKinds
from bot.clock import Clock
from bot.codec import encode
from bot.errors import DeniedError, UserError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job, Request
from bot.jobs.store import add_job
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import tell
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Target
from bot.slack.people import Person, Reach
from bot.steps import catalog, words
from bot.steps.cards import confirm_card
from bot.steps.catalog import StepCatalog, WorkflowStep
from bot.steps.execution import StepExecution
from bot.steps.intents import (
    BeginStep,
    EndStep,
    LookAtStep,
    ReadFigure,
    asked_key,
    confirm_key,
)
from bot.steps.options import StepOptions
from bot.steps.questions import as_file, measure_of, picked_kind, question_of, threshold_of
from bot.steps.store import add_step, let_wait
from bot.store.database import Transaction

SOON: Final = timedelta(hours=1)
"""So long Slack waits for a step that only asks."""
A_DEED: Final = timedelta(hours=9)
"""And for one that changes something: a second person may have to agree within a working day."""
LONGEST_HOURS: Final = 24
CONFIRM: Final = "confirm:"
"""Begins the word for what a step waits for whose person has to agree."""
HOURS: Final = "hours"
"""The input that says for how many hours something is waited for."""


class Beginnings:
    """Raises UserError and DeniedError in words for whoever built the workflow."""

    def __init__(
        self,
        known: StepCatalog,
        kinds: QuestionKinds,
        options: StepOptions,
        directory: Directory,
        clock: Clock,
        *,
        queue: str,
    ) -> None:
        """Carry out the steps of `known`, in this queue."""
        self._steps = known.steps
        self._kinds = kinds
        self._options = options
        self._directory = directory
        self._clock = clock
        self._queue = queue

    async def begin(self, job: Job[BeginStep]) -> Outcome:
        """Write down that a step is carried out, and want what it wants."""
        wanted, request = job.details, job.request
        step = self._steps.get(wanted.step)
        if step is None:
            raise UserError(words.UNKNOWN_STEP)
        self._check_person(job)
        self._check_place(job)
        given = await self._with_titles(step, wanted.inputs)
        intent = self._wanted(step, given, in_channel=bool(request.channel))
        one = StepExecution(
            wanted.execution,
            step.callback,
            request.user,
            request.channel,
            wanted.inputs,
            self._clock.now() + _patience(step, wanted),
        )
        if step.room and step.room.does and intent and wanted.started_by != request.user:
            job.decided(intent.needs).enforce()
            card = await self._card(one, step.room.does(given), wanted.started_by)
            return Outcome(writes=(lambda tx: self._confirms(tx, one, card),))
        asked = _asked(request, intent) if intent else None
        return Outcome(writes=(lambda tx: self._opened(tx, one, step, asked),))

    async def wanted_of(self, one: StepExecution, asker: Person) -> Request[Intent]:
        """Return what a step wants once whoever it names has agreed. Raises UserError."""
        step = self._steps.get(one.step)
        given = await self._with_titles(step, one.inputs) if step else {}
        intent = self._wanted(step, given, in_channel=bool(one.channel)) if step else None
        if intent is None:
            raise UserError(words.UNKNOWN_STEP)
        begun = Request(
            user=one.user,
            user_name=asker.name,
            channel=one.channel,
            details=intent,
            chosen=bool(one.channel),
            step=one.id,
        )
        return _asked(begun, intent)

    async def _card(self, one: StepExecution, what: str, started_by: str) -> OutgoingAnswer:
        """Return the question to whoever a step names, for them alone."""
        who = (await self._directory.person(started_by)).name if started_by else ""
        said = Answer(confirm_card(one.id, what, started_by=who))
        return OutgoingAnswer(confirm_key(one.id), Target(one.user, one.user), said)

    def _confirms(self, tx: Transaction, one: StepExecution, card: OutgoingAnswer) -> None:
        """Write down that a step waits for whoever it names."""
        now = self._clock.now()
        if self._added(tx, one):
            let_wait(tx, one.id, awaits=f"{CONFIRM}{one.id}", so_far=one.so_far)
            tell(tx, card, now=now, queue=self._queue)

    def _added(self, tx: Transaction, one: StepExecution) -> bool:
        """Write down a step and when its time is over; False where that was done before."""
        now, ends = self._clock.now(), EndStep(one.id)
        fresh = add_step(tx, one, now=now)
        if fresh:
            key = f"step:{one.id}:ends"
            add_job(tx, key=key, wanted=ends, now=now, at=one.deadline, queue=self._queue)
        return fresh

    def _opened(
        self,
        tx: Transaction,
        one: StepExecution,
        step: WorkflowStep,
        asked: Request[Intent] | None,
    ) -> None:
        """Write all of a step down at once: that it waits, until when, and what it wants."""
        now = self._clock.now()
        if not self._added(tx, one):
            return
        if asked is not None:
            add_job(tx, key=asked_key(one.id), wanted=asked, now=now, queue=self._queue)
            return
        assert step.room is not None
        about = str(one.inputs[step.room.about])
        so_far = replace(one.so_far, about=about)
        let_wait(tx, one.id, awaits=f"{step.room.awaits}:{one.id}", so_far=so_far)
        look = LookAtStep(one.id)
        add_job(tx, key=f"step:{one.id}:look", wanted=look, now=now, queue=self._queue)

    def _check_person(self, job: Job[BeginStep]) -> None:
        """Refuse to tell what rules keep from some, in the name of who may not have wanted it.

        Whoever builds a workflow can name anybody. That gives them nothing as long as every member
        may see the same; else only who started the workflow is told, as Slack itself says. Of what
        changes something whoever is named is asked.
        """
        user, started_by = job.request.user, job.details.started_by
        if not user:
            raise DeniedError(words.NO_PERSON)
        if not any(each.right == Right.ASK for each in job.policy.rules):
            return
        if not started_by:
            raise DeniedError(words.NOT_SURE)
        if started_by != user:
            raise DeniedError(words.NOT_YOURS)

    def _check_place(self, job: Job[BeginStep]) -> None:
        """Refuse a channel that others read, or where nothing of ours can stand."""
        if not job.request.channel:
            return
        if job.place.is_closed:
            raise UserError(words.CLOSED)
        if not job.place.is_member and not job.place.again_at:
            raise UserError(words.UNINVITED)
        if job.place.reach is not Reach.INTERNAL:
            raise UserError(words.SHARED)

    async def _with_titles(self, step: WorkflowStep, given: StepValues) -> StepValues:
        """Return inputs with the labels of those that were picked from a room's list."""
        titles = {}
        for each in step.room.inputs if step.room else ():
            if each.picks and given.get(each.name):
                label = await self._options.label_of(each.picks, str(given[each.name]))
                titles[f"{each.name}_title"] = label
        return {**given, **titles}

    def _wanted(self, step: WorkflowStep, given: StepValues, *, in_channel: bool) -> Intent | None:
        """Return what a step wants; None where it only waits."""
        if step.room is None:
            return self._question(step, given, in_channel=in_channel)
        return step.room.wanted(given) if step.room.wanted else None

    def _question(self, step: WorkflowStep, given: StepValues, *, in_channel: bool) -> Intent:
        """Return what is asked; what has personal data in it is told in no channel."""
        asked = question_of(self._kinds, given)
        kind, _ = picked_kind(self._kinds, asked.job)
        form, figure = str(given.get("format") or ""), str(given.get("figure") or "")
        filed = as_file(kind, asked, form) if form else asked
        if in_channel and any(self._kinds.of(each).is_personal(each) for each in (asked, filed)):
            raise UserError(words.PERSONAL)
        asked = filed if step.callback == catalog.EXPORT else asked
        measure = measure_of(kind.measures(asked), figure) if figure else None
        if step.callback == catalog.CHECK and measure:
            threshold_of(measure, given)
            return ReadFigure(asked.job, encode(asked))
        return asked


def _asked(request: Request[Any], intent: Intent) -> Request[Intent]:
    """Return the same request of the same person for what the step wants."""
    return replace(request.turned_into(intent), privately=not request.channel)


def _patience(step: WorkflowStep, wanted: BeginStep) -> timedelta:
    """Return how long Slack may wait for a step at most."""
    if step.room is None:
        return SOON
    if not step.room.awaits:
        return A_DEED
    hours = wanted.inputs.get(HOURS) or LONGEST_HOURS
    return timedelta(hours=min(max(float(hours), 1), LONGEST_HOURS))
