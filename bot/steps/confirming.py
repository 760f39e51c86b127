"""Whoever a step names is asked, where Slack does not say that they started the workflow.

A workflow can name anybody, and what changes something is done in nobody's name who did not want
it: so a card asks them directly, and the step waits for what they press.
"""

from typing import Any

from bot.clock import Clock
from bot.errors import DeniedError, UserError
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job, Request
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import says
from bot.slack.messages import Answer, Target
from bot.steps import words
from bot.steps.beginning import CONFIRM, Beginnings
from bot.steps.execution import StepExecution, StepState
from bot.steps.intents import ConfirmStep, asked_key, confirm_key
from bot.steps.outcomes import StepOutcomes
from bot.steps.store import StepStore, get_step, let_wait
from bot.store.database import Transaction


class Confirmations:
    """Hears what they press. Raises UserError and DeniedError."""

    def __init__(
        self,
        store: StepStore,
        beginnings: Beginnings,
        outcomes: StepOutcomes,
        clock: Clock,
        *,
        queue: str,
    ) -> None:
        """Put what is wanted then into `queue`."""
        self._store = store
        self._beginnings = beginnings
        self._outcomes = outcomes
        self._clock = clock
        self._queue = queue

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (Task(ConfirmStep, self.answer),)

    async def answer(self, job: Job[ConfirmStep]) -> Outcome:
        """Do what a step wants, or let it fail."""
        wanted = job.details
        one = await self._store.get(wanted.execution)
        if one is None or one.state is not StepState.WAITING or not awaits_person(one):
            raise UserError(words.CONFIRM_OVER)
        if job.request.user != one.user:
            raise DeniedError(words.CONFIRM_OTHERS)
        if not wanted.agrees:
            why = words.refused(job.asker.name)
            refuses = lambda tx: self._refuse(tx, one, why)  # noqa: E731
            return Outcome((card_settled(one, words.CONFIRM_NO),), (refuses,))
        request = await self._beginnings.wanted_of(one, job.asker)
        does = lambda tx: self._do(tx, one, request)  # noqa: E731
        return Outcome((card_settled(one, words.CONFIRM_YES),), (does,))

    def _refuse(self, tx: Transaction, one: StepExecution, why: str) -> None:
        if _still_waits(tx, one):
            self._outcomes.fail(tx, one.id, why)

    def _do(self, tx: Transaction, one: StepExecution, request: Request[Any]) -> None:
        if _still_waits(tx, one) and let_wait(tx, one.id, awaits="", so_far=one.so_far):
            now, key = self._clock.now(), asked_key(one.id)
            add_job(tx, key=key, wanted=request, now=now, queue=self._queue)


def _still_waits(tx: Transaction, one: StepExecution) -> bool:
    """Return whether nobody was faster: of two presses that come at once one counts."""
    now = get_step(tx, one.id)
    return now is not None and awaits_person(now)


def awaits_person(one: StepExecution) -> bool:
    """Return whether a step waits for whoever it names to confirm it."""
    return one.awaits.startswith(CONFIRM)


def card_settled(one: StepExecution, said: str) -> OutgoingAnswer:
    """Return what takes the card's place."""
    card = confirm_key(one.id)
    target = Target(channel=one.user, user=one.user, edits=card)
    return OutgoingAnswer(f"{card}:settled", target, Answer(says(said)))
