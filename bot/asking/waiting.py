"""The word that a vendor is waited for: told after some seconds, and it becomes the answer."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot import log
from bot.clock import Clock
from bot.errors import NotKeptError
from bot.jobs.outcome import ANSWER, Outcome, answer_key, reply
from bot.jobs.request import Intent, Job
from bot.outbox.entries import OutgoingAnswer
from bot.outbox.store import take_back, tell
from bot.slack.blocks.blocks import context, message
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Database, Transaction

PATIENCE_SECONDS: Final = 3.0
"""So long nobody wonders whether anything happens."""
NOTHING: Final = Message("")
"""What a message becomes that is to go away."""


class WaitingWords:
    """Says of jobs that take long whom they wait for."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        vendors: Mapping[str, str],
        *,
        queue: str,
        wake: Callable[[], None],
    ) -> None:
        """`vendors` has the vendor's name by that of the job; other jobs are not told of.

        `wake` is called when there is something in the outbox.
        """
        self._database = database
        self._clock = clock
        self._vendors = vendors
        self._queue = queue
        self._wake = wake

    @asynccontextmanager
    async def during(self, job: Job[Intent]) -> AsyncIterator[None]:
        """Say, once the work inside has taken some seconds, whom it waits for."""
        vendor, request = self._vendors.get(job.name, ""), job.request
        elsewhere = request.replaces or request.step or request.call
        unheard = elsewhere or job.details.untold
        if not vendor or not request.user or unheard:
            yield
            return
        later = asyncio.create_task(self._say(job, vendor))
        try:
            yield
        finally:
            later.cancel()
            with suppress(asyncio.CancelledError):
                await later

    async def _say(self, job: Job[Intent], vendor: str) -> None:
        await self._clock.alarm(PATIENCE_SECONDS)
        word = reply(job, Answer(waiting_word(vendor)))
        word = replace(word, key=_key(job))
        try:
            await self._database.transaction(
                lambda tx: tell(tx, word, queue=self._queue, now=self._clock.now())
            )
        except NotKeptError as error:  # the answer comes all the same
            log.get().warning("waiting_not_told", job=job.name, error=str(error))
        self._wake()


def waiting_word(vendor: str) -> Message:
    """Return the word that a vendor is waited for."""
    words = f"Asking {vendor} …"
    return message(words, context(words))


def instead_of_waiting(
    tx: Transaction, job: Job[Intent], outcome: Outcome
) -> tuple[OutgoingAnswer, ...]:
    """Return what is told, the answer in the place of the word that it was waited for.

    A word that nobody has seen yet is taken back, and one that no answer takes the place of goes
    away. Of what is told to one person alone nothing can be replaced.
    """
    if outcome.again_at:
        return outcome.answers
    word = take_back(tx, _key(job))
    if word is None or word.private:
        return outcome.answers
    first = next((each for each in outcome.answers if _stands_in(each, word.channel)), None)
    if first is None:
        gone = OutgoingAnswer(f"{_key(job)}:gone", replace(word, edits=_key(job)), Answer(NOTHING))
        return (*outcome.answers, gone)
    instead = replace(first, target=replace(first.target, edits=_key(job)))
    return tuple(instead if each is first else each for each in outcome.answers)


def tell_stopped(
    tx: Transaction, key: str, target: Target, said: Message, *, now: datetime, queue: str
) -> None:
    """Tell that a job was stopped, in the place of the word that it waits for somebody.

    `key` is the job's and `target` where it was asked. It may go on to its end, unseen, and does
    not say any more whom it waits for.
    """
    waiting = f"{ANSWER}{key}:waiting"
    word = take_back(tx, waiting)
    if word is None and tell(
        tx, OutgoingAnswer(waiting, target, Answer(said)), now=now, queue=queue
    ):
        return
    instead = replace(word, edits=waiting) if word else target
    told = OutgoingAnswer(f"{waiting}:stopped", instead, Answer(said))
    tell(tx, told, now=now, queue=queue)


def _stands_in(outgoing: OutgoingAnswer, channel: str) -> bool:
    """Return whether something is told in a channel itself, such as an answer or a run's card."""
    target = outgoing.target
    return not target.private and not outgoing.parent_key and target.channel == channel


def _key(job: Job[Intent]) -> str:
    return f"{answer_key(job)}:waiting"
