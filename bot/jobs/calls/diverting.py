"""What a job brought forth goes to who waits for it, while they do."""

from datetime import datetime

from bot.jobs.calls.kept import is_for_caller, kept_of
from bot.jobs.calls.store import keep_answer
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job, Request
from bot.jobs.store import free_key
from bot.outbox.entries import OutgoingAnswer
from bot.store.database import Transaction


def diverted(
    tx: Transaction, job: Job[Intent], outcome: Outcome, *, changes: bool, now: datetime
) -> tuple[OutgoingAnswer, ...]:
    """Return what is told in Slack of a job that has a caller; the rest is kept for them.

    `changes` says that it is a deed. That a job will be tried again, or that another one goes on
    with the call, is told nobody: they wait, or were told already where the answer will be.
    """
    if outcome.again_at or _goes_on(job, outcome):
        return tuple(each for each in outcome.answers if not is_for_caller(job, each))
    kept = kept_of(job, outcome, changes=changes)
    if outcome.comes_back:
        free_key(tx, job)
    if not keep_answer(tx, job.request.call, kept, now=now):
        return outcome.answers
    return tuple(each for each in outcome.answers if each not in kept.held)


def _goes_on(job: Job[Intent], outcome: Outcome) -> bool:
    """Return whether a job that follows has the answer for who waits."""
    wanted = (each.wanted for each in outcome.jobs)
    return any(isinstance(each, Request) and each.call == job.request.call for each in wanted)
