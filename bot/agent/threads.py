"""A thread with Flowbot as an agent: shown as worked on while it is, and it can be stopped.

That it rests again is a job of its own from the moment that something is said, so that no end and
no crash leaves it standing as worked on.
"""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

from bot.agent.intents import BeginWork, RestSession, StopWork, SuggestPrompts
from bot.agent.statuses import Statuses
from bot.agent.store import SessionStore, is_working, stop_jobs
from bot.asking.waiting import tell_stopped
from bot.clock import Clock
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job, Request
from bot.jobs.store import add_job
from bot.jobs.tasks import Task
from bot.outbox.entries import Entry
from bot.outbox.rules import backoff
from bot.slack.blocks.blocks import says
from bot.slack.messages import Target
from bot.store.database import MAIN, Database, Transaction

OWN: Final = (BeginWork.job, RestSession.job, StopWork.job, SuggestPrompts.job)
"""Jobs that are no work of which somebody waits to hear."""
LOOK_AGAIN: Final = timedelta(seconds=10)
"""So often a thread is looked at that is worked on; what is told there has it looked at as well."""
LONGEST: Final = timedelta(hours=1)
"""After that Slack itself shows no work any more."""
STOPPED: Final = "Stopped. Ask again whenever you like."


class AgentThreads:
    """Shows how threads stand, and stops what is worked on in them."""

    def __init__(
        self,
        database: Database,
        store: SessionStore,
        statuses: Statuses,
        clock: Clock,
        *,
        queue: str = MAIN,
        stoppable: Collection[str],
    ) -> None:
        """`stoppable` are the names of jobs that only look something up."""
        self._database = database
        self._store = store
        self._statuses = statuses
        self._clock = clock
        self._queue = queue
        self._stoppable = tuple(stoppable)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(BeginWork, self.begin),
            Task(RestSession, self.rest),
            Task(StopWork, self.stop),
        )

    async def begin(self, job: Job[BeginWork]) -> Outcome:
        """Show that a thread is worked on; each time after that look whether it still is."""
        if job.attempts == 1 and not await self._shown(job):
            return Outcome()
        return await self._rested(job, again=True)

    async def _shown(self, job: Job[BeginWork]) -> bool:
        """Show that a thread is worked on; False where that is left out.

        It is noted before and after: another process may meanwhile have shown that it rests.
        """
        channel, thread, wanted = job.request.channel, job.request.thread_ts, job.details
        async with self._turn(channel, thread):
            await self._store.begun(channel, thread, now=self._clock.now())
            shown = await self._statuses.works(
                channel, thread, person=wanted.person, title=wanted.title
            )
            noted = self._store.begun if shown else self._store.rests
            await noted(channel, thread, now=self._clock.now())
        return shown

    async def rest(self, job: Job[RestSession]) -> Outcome:
        """Show that a thread rests, unless something is still worked on there."""
        return await self._rested(job)

    async def stop(self, job: Job[StopWork]) -> Outcome:
        """Let what is looked up in a thread be told no more, and say so; what changes goes on."""
        channel, thread = job.request.channel, job.request.thread_ts
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            for key in stop_jobs(tx, channel, thread, names=self._stoppable, now=now):
                target, said = Target(channel, thread_ts=thread), says(STOPPED)
                tell_stopped(tx, key, target, said, now=now, queue=self._queue)

        await self._database.transaction(write)
        return await self._rested(job, at_once=True)

    def settled(self, tx: Transaction, entry: Entry, trouble: str) -> None:
        """Have a thread looked at in which something was told, or could not be."""
        del trouble
        target = entry.target
        is_direct = target.thread_ts and target.channel.startswith("D")
        if not is_direct or not is_working(tx, target.channel, target.thread_ts):
            return
        wanted = in_thread(target.channel, target.thread_ts, RestSession())
        key = f"agent_rest:{entry.key}"
        add_job(tx, key=key, wanted=wanted, now=self._clock.now(), queue=self._queue)

    async def _rested(
        self, job: Job[Any], *, at_once: bool = False, again: bool = False
    ) -> Outcome:
        """Show that a thread rests, once nothing is worked on there or `at_once`.

        Until then it is looked at `again`. All of it has an end when Slack's own patience has.
        """
        channel, thread, now = job.request.channel, job.request.thread_ts, self._clock.now()
        late = now - job.created_at > LONGEST
        async with self._turn(channel, thread):
            if not await self._store.working(channel, thread):
                return Outcome()
            busy = await self._store.is_busy(channel, thread, but_for=OWN)
            if busy and not (at_once or late):
                return Outcome(again_at=now + LOOK_AGAIN) if again else Outcome()
            wait = await self._statuses.rests(channel, thread)
            if wait is not None and not late:
                pause = max(wait, backoff(job.attempts))
                return Outcome(again_at=now + timedelta(seconds=pause))
            await self._store.rests(channel, thread, now=self._clock.now())
        return Outcome()

    def _turn(self, channel: str, thread: str) -> asyncio.Lock:
        """Return what lets one at a time tell Slack of a thread."""
        key = f"{channel}:{thread}"
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = asyncio.Lock()
        return turn


def in_thread(channel: str, thread_ts: str, wanted: Any) -> Request[Any]:
    """Return what is wanted of a thread by nobody in person."""
    return replace(Request("", "", channel, wanted), thread_ts=thread_ts)
