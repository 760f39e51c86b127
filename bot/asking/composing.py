"""Composing answers, the same for people and digests; and answering the people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.asking.occasion import Occasion
from bot.asking.question import Question
from bot.asking.store import LastTold, put_snapshot
from bot.asking.terms import NO_TALLY, Tally
from bot.clock import Clock
from bot.codec import encode
from bot.errors import Reason, VendorError
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, Write, answer_key, reply
from bot.jobs.request import Intent, Job
from bot.slack.blocks import problems
from bot.slack.messages import Answer
from bot.store.database import Transaction

LONGEST_PATIENCE = 120.0
"""Seconds a vendor may ask us to wait before the asker is told to ask again instead."""
TRIES = 3
ASKED = "asked"
"""In a kept question: the same question as it was asked, its period still relative."""


@dataclass(frozen=True, slots=True)
class ComposedAnswer:
    """An answer, what to write with it, and the question for exporting the data.

    `told` is remembered once the answer is told, as what readers were told last; of a digest that
    is as soon as it is in its channel, and never where it does not get there.
    `nothing` says why a digest would have nothing to tell at all, such as a session that was told
    of before. `tally` has the figures of the kind's measures: a digest is unchanged where all of
    it is as it was. What is asked for by a person is told all the same.
    """

    answer: Answer
    question: dict[str, Any]
    writes: tuple[Write, ...] = ()
    nothing: str = ""
    told: tuple[LastTold, ...] = ()
    tally: Tally = NO_TALLY


@dataclass(frozen=True, slots=True)
class SettledQuestion:
    """A question as a digest shall ask it from now on.

    `remark` is a sentence for whoever orders it, on what could not be found out yet.
    """

    question: Question
    remark: str = ""


class Composer(Protocol):
    """What answers questions of one kind. Raises UserError, PickError and VendorError."""

    async def compose(self, question: Any, occasion: Occasion) -> ComposedAnswer:
        """Return the answer."""
        ...

    async def settled(self, question: Any) -> SettledQuestion:
        """Return the question with its names settled."""
        ...


Composers = Mapping[str, Composer]
"""By kind of question."""


def kept(asked: Question, meant: Question) -> dict[str, Any]:
    """Return a question to keep beside its answer: as it was meant then, and as it was asked."""
    return {"kind": meant.job, **encode(meant), ASKED: encode(asked)}


async def answered(
    job: Job[Question], composer: Composer, clock: Clock, *, personal: bool = False
) -> Outcome:
    """Answer a person's question.

    `personal` makes the answer visible to the asker alone. A PickError is for the runner of jobs,
    which offers what there is to pick from.
    """
    request = job.request
    private = job.is_private or personal
    occasion = Occasion(
        zone=job.asker.zone,
        asked_at=job.created_at,
        now=clock.now(),
        key=answer_key(job),
        readers=f"{request.channel}:{request.user}" if private else request.channel,
        private=private,
        asked_by=job.asker.name,
        orders=not private or not job.decided(Right.ORDER).words,
        formats=job.details.formats,
    )
    try:
        composed = await composer.compose(job.details, occasion)
    except VendorError as error:
        return patience(job, error, clock.now())
    outgoing = reply(job, composed.answer, private=private, question=composed.question)
    now = clock.now()

    def remember(tx: Transaction) -> None:
        for each in composed.told:
            put_snapshot(tx, each.key, each.data, now=now)

    return Outcome((outgoing,), (*composed.writes, remember), values=composed.tally.figures)


def patience(job: Job[Intent], error: VendorError, now: datetime) -> Outcome:
    """Return the promise of an answer a little later, where the vendor asks for a short pause."""
    wait = error.retry_after
    if error.reason is not Reason.RATE_LIMITED or wait is None or wait > LONGEST_PATIENCE:
        raise error
    if job.attempts > TRIES:
        raise error
    promise = reply(job, Answer(problems.patience(error)), private=True)
    once = replace(promise, key=f"{promise.key}:patience")
    return Outcome((once,), again_at=now + timedelta(seconds=wait))
