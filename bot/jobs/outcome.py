"""What a job brings forth: everything is committed together with the end of the job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.jobs.access import for_the_asker_alone
from bot.jobs.request import Intent, Job, Request
from bot.outbox.entries import OutgoingAnswer
from bot.slack.messages import Answer, Target
from bot.store.database import Transaction

Write = Callable[[Transaction], None]


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that follows from this one, in the same queue."""

    key: str
    wanted: Intent | Request[Intent]


class CameTo(StrEnum):
    """What became of what somebody wanted, for the audit."""

    DONE = "done"
    FAILED = "failed"
    DENIED = "denied"
    IN_DOUBT = "in doubt"
    """It may have been done."""
    ASKED = "waits for a second person"
    REFUSED = "refused by a second person"
    EXPIRED = "nobody agreed in time"
    NOTHING = "nothing"
    """Nothing was done, nor was it to be: there is something to choose or to enter first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Messages to tell, rows to write and jobs to follow; with `again_at` this one is retried.

    `begun` says whether that counts as an attempt: it does not where nothing was done at all.
    `came_to` is for the audit where `error` does not say it, with the `reason` in words of ours.
    `comes_back` says that nothing was done and that the form in which it was wanted, if it was in
    one, is to be offered again with what was entered. `values` are what came of it by name, for a
    workflow that goes on with them; None stands for what is not known.
    """

    answers: tuple[OutgoingAnswer, ...] = ()
    writes: tuple[Write, ...] = ()
    jobs: tuple[NewJob, ...] = ()
    again_at: datetime | None = None
    begun: bool = True
    error: str = ""
    came_to: CameTo | None = None
    reason: str = ""
    comes_back: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """What came of it in one word, for logs and numbers."""
        if self.again_at:
            return "later"
        if self.came_to:
            return self.came_to.name.lower()
        return "failed" if self.error else "done"


ANSWER: Final = "answer:"
"""Begins the outbox keys of the answers of jobs."""


def answer_key(job: Job[Intent]) -> str:
    """Return the outbox key of a job's answer."""
    return f"{ANSWER}{job.key}"


def reply(
    job: Job[Intent],
    answer: Answer,
    *,
    private: bool = False,
    question: dict[str, Any] | None = None,
) -> OutgoingAnswer:
    """Return an answer addressed to where the request came from.

    It is private, whatever is said, where others may not read it. A private answer with files goes
    to the asker's direct messages, as a file cannot be hidden in a channel. In a thread of their
    own direct messages nobody else reads, so all of it comes there for good.
    """
    request = job.request
    is_own = bool(request.thread_ts) and job.place.user == request.user and not request.replaces
    private = (private or for_the_asker_alone(job.asker, job.place)) and not is_own
    by_message = private and bool(answer.files)
    target = Target(
        channel=request.user if by_message else request.channel or request.user,
        user=request.user,
        private=private and not by_message and bool(request.channel),
        thread_ts="" if by_message else request.thread_ts,
        response_url="" if by_message else request.response_url,
        replaces=request.replaces,
    )
    return OutgoingAnswer(
        key=answer_key(job), target=target, answer=answer, question=question or {}
    )
