"""What a job brought forth for a caller who waits for it. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.outbox.entries import OutgoingAnswer
from bot.slack.messages import Message


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is said to the caller: `held` back from Slack, or `told` there, too.

    What changes something is told in the direct messages, too, where its card lives on; so is a
    file, which only Slack can carry. `failed` says that nothing came of it, and `again` that the
    same may be wanted once more. `values` are what came of it by name, for machines.
    """

    held: tuple[OutgoingAnswer, ...] = ()
    told: tuple[OutgoingAnswer, ...] = ()
    failed: bool = False
    again: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that is said to the caller, in order, each followed by what is in its thread."""
        both = (*self.held, *self.told)
        return tuple(one for each in both for one in (each.answer.message, *each.answer.thread))

    @property
    def files(self) -> tuple[str, ...]:
        """The titles of the files that come in the direct messages."""
        return tuple(file.title for each in self.told for file in each.answer.files)

    @property
    def is_in_messages(self) -> bool:
        """Whether any of it is in the direct messages, too."""
        return bool(self.told)


def kept_of(job: Job[Intent], outcome: Outcome, *, changes: bool) -> KeptAnswer:
    """Return what a job brought forth for its caller; `changes` says that it is a deed.

    What goes to others goes there and is no part of it.
    """
    theirs = [each for each in outcome.answers if is_for_caller(job, each)]
    was_done = changes and not outcome.comes_back
    held = tuple(each for each in theirs if not (was_done or each.answer.files))
    told = tuple(each for each in theirs if each not in held)
    failed, again = bool(outcome.error), outcome.comes_back
    return KeptAnswer(held, told, failed=failed, again=again, values=outcome.values)


def is_for_caller(job: Job[Intent], outgoing: OutgoingAnswer) -> bool:
    """Return whether something is said to who wants it alone, and is no edit of something else."""
    target, user = outgoing.target, job.request.user
    alone = target.channel in {"", user} or (target.private and target.user == user)
    return alone and not target.edits
