"""What channels want to hear of flows, whoever starts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.asking.core.access import may_subscribe
from bot.asking.core.arguments import nearest_names
from bot.asking.core.finder import Choice, Finder, matching
from bot.asking.people import People
from bot.clock import Clock
from bot.digests.digests import DEAD_ENDS
from bot.digests.subscriptions import INVITE
from bot.errors import UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, Write, reply
from bot.jobs.request import Job
from bot.outbox.entries import DIGESTS_LATER, Entry, OutgoingAnswer
from bot.outbox.store import tell
from bot.runs.answers import about_flow
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import ListWatches, UnwatchFlow, WatchFlow
from bot.runs.core.history import FEWEST_RUNS
from bot.runs.core.user_input import UserInput
from bot.runs.core.watching import Condition, RunState
from bot.runs.flows import ALL, Flows
from bot.runs.intents import LearnFlow, TellWatch
from bot.runs.model import ENDED, USER_INPUT, VendorRef
from bot.runs.polling import Poller
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering import runs, watch_news
from bot.runs.rendering import watches as run_watches
from bot.runs.run_news import keeping
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import NEWS, Observations
from bot.runs.store.watches import (
    GONE,
    Watch,
    WatchStore,
    all_watches,
    pause_watch,
    put_watch,
    remove_watch,
)
from bot.runs.vendor import Project
from bot.slack.blocks.problems import kept_sentence
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Transaction

WATCHED = Finder(noun="watched flow", field="flow")
ONE_BY_ONE = 3
"""More news than this in one look are one message with a table."""


@dataclass(frozen=True, slots=True)
class _Piece:
    message: Message
    flow: VendorRef
    writes: tuple[Write, ...] = ()


class FlowWatcher:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        watches: WatchStore,
        executions: ExecutionStore,
        observations: Observations,
        poller: Poller,
        flows: Flows,
        project: Project,
        people: People,
        clock: Clock,
    ) -> None:
        """Keep them in `watches`."""
        self._smartflows = smartflows
        self._watches = watches
        self._executions = executions
        self._observations = observations
        self._poller = poller
        self._flows = flows
        self._project = project
        self._people = people
        self._clock = clock

    async def watch(self, job: Job[WatchFlow]) -> Outcome:
        """Begin to watch here."""
        request = job.request
        client = self._smartflows.client
        person = await self._people.person(request.user, name=request.user_name)
        place = await self._people.place(request.channel)
        may_subscribe(person, place)
        if not place.is_member:
            raise UserError(INVITE)
        named = await self._flows.watched(job.details.flow)
        await self._learn(client, named.id)
        new = Watch(
            channel=request.channel,
            flow=named,
            conditions=job.details.conditions,
            creator=request.user,
            created_at=self._clock.now(),
        )
        self._poller.hurry()
        own_only = await self._project.sees_only_own()
        message = run_watches.watching(_shown(new), own_only=own_only)
        about = self._about(named)
        return Outcome(
            (reply(job, Answer(message), question=about),), (lambda tx: put_watch(tx, new),)
        )

    async def unwatch(self, job: Job[UnwatchFlow]) -> Outcome:
        """Stop watching here."""
        request, typed = job.request, job.details.flow
        here = await self._watches.in_channel(request.channel)
        gone = _meant(typed, here)
        if gone is None:
            names = [watch.flow.name for watch in here if watch.flow.id]
            message = run_watches.not_watched(typed, near=nearest_names(typed, names))
            return Outcome((reply(job, Answer(message), private=True),))
        person = await self._people.person(request.user, name=request.user_name)
        may_subscribe(person, await self._people.place(request.channel))
        message = run_watches.unwatched(_shown(gone))
        return Outcome(
            (reply(job, Answer(message)),),
            (lambda tx: remove_watch(tx, gone.channel, gone.flow.id),),
        )

    async def show(self, job: Job[ListWatches]) -> Outcome:
        """List what this channel watches."""
        here = await self._watches.in_channel(job.request.channel)
        listed = [
            _shown(watch, by=(await self._people.person(watch.creator)).name) for watch in here
        ]
        own_only = await self._project.sees_only_own()
        answer = run_watches.watch_list(listed, own_only=own_only)
        return Outcome((reply(job, answer, private=True),))

    async def tell(self, job: Job[TellWatch]) -> Outcome:
        """Tell a channel what one look showed."""
        found = [
            (tracked, event.condition, event.number)
            for event in job.details.events
            if (tracked := await self._executions.get(event.execution))
        ]
        if len(found) > ONE_BY_ONE:
            flows = {run.flow for run, _, _ in found}
            about = flows.pop() if len(flows) == 1 else ALL
            news = watch_news.many([(run, condition) for run, condition, _ in found])
            pieces = [_Piece(news, about)]
        else:
            pieces = [await self._piece(*each) for each in found]
        target = Target(channel=job.details.channel)
        outgoing = [
            OutgoingAnswer(
                f"{job.key}:{place}",
                target,
                Answer(piece.message),
                question=self._about(piece.flow),
                priority=DIGESTS_LATER,
            )
            for place, piece in enumerate(pieces)
        ]
        return Outcome(tuple(outgoing), tuple(write for each in pieces for write in each.writes))

    def settled(self, tx: Transaction, entry: Entry, error: str) -> None:
        """Pause the watches of a channel that takes no messages; tell those who made them."""
        channel = entry.target.channel
        if not entry.key.startswith(NEWS) or not error.endswith(DEAD_ENDS):
            return
        now = self._clock.now()
        for watch in all_watches(tx):
            if watch.channel == channel:
                pause_watch(tx, watch, GONE)
                target = Target(channel=watch.creator, user=watch.creator)
                told = run_watches.watch_paused(_shown(watch), channel, kept_sentence(error))
                key = f"{entry.key}:{GONE}:{watch.flow.id}"
                tell(tx, OutgoingAnswer(key, target, Answer(told)), now=now)

    async def learn(self, job: Job[LearnFlow]) -> Outcome:
        """Learn how long a flow usually takes."""
        if self._smartflows.is_on:
            await self._learn(self._smartflows.client, job.details.flow)
        return Outcome()

    async def _learn(self, client: SmartFlows, flow_id: str) -> None:
        """Look at the last executions of a flow, unless enough of them are known."""
        if len(await self._executions.durations(flow_id)) >= FEWEST_RUNS:
            return
        try:
            page = await client.executions(flow_id=flow_id)
        except VendorError:  # one can watch without knowing what is usual
            return
        await self._observations.record([one for one in page.rows if one.status in ENDED])

    async def _piece(self, tracked: RunState, condition: Condition, number: int) -> "_Piece":
        if condition is Condition.NEEDS_INPUT and tracked.status == USER_INPUT:
            question = await self._question(tracked)
            if question:
                message = run_questions.question_posted(
                    tracked, question, panel_url=await self._project.panel_url()
                )
                write = keeping(tracked.id, number, question, now=self._clock.now())
                return _Piece(message, tracked.flow, (write,))
        return _Piece(await self._news(tracked, condition), tracked.flow)

    def _about(self, flow: VendorRef) -> dict[str, Any]:
        return about_flow(flow, now=self._clock.now(), zone=self._people.default_zone)

    async def _question(self, tracked: RunState) -> UserInput | None:
        if not self._smartflows.is_on:
            return None
        try:
            return (await self._smartflows.client.progress(tracked.id)).question
        except VendorError:  # that somebody is needed can be told without what is asked
            return None

    async def _news(self, tracked: RunState, condition: Condition) -> Message:
        elapsed = self._clock.now() - tracked.created_at if tracked.created_at else None
        return runs.watch_news(
            tracked, condition, elapsed=elapsed, reason=await self._why(tracked, condition)
        )

    async def _why(self, tracked: RunState, condition: Condition) -> str:
        if condition is not Condition.FAILED or not self._smartflows.is_on:
            return ""
        try:
            details = (await self._smartflows.client.execution(tracked.id)).details
        except VendorError:  # the news itself is worth more than its reason
            return tracked.message
        return details.reason if details else tracked.message


def _shown(watch: Watch, *, by: str = "") -> run_watches.WatchLine:
    name = watch.flow.name if watch.flow.id else ""
    return run_watches.WatchLine(name, watch.conditions, by, is_paused=bool(watch.paused))


def _meant(typed: str, here: Sequence[Watch]) -> Watch | None:
    """Return the watch of a name, a part of one, or an id; raises PickError for several."""
    if not typed:
        return next((watch for watch in here if watch.flow == ALL or not watch.flow.id), None)
    flows = [watch.flow for watch in here if watch.flow.id]
    found = matching(typed, [Choice(flow.id, flow.name, flow.id) for flow in flows])
    if not found:
        return None
    chosen = WATCHED.one_of(typed, found)
    return next(watch for watch in here if watch.flow.id == chosen.id)
