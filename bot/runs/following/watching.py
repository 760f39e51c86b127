"""What channels want to hear of flows, whoever starts them, and what they are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.asking.core.arguments import nearest_names
from bot.asking.core.finder import Choice, Finder, matching
from bot.clock import Clock
from bot.digests.core.waits import end_of
from bot.errors import BotError, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.access import Right, consent_of, may_tell
from bot.jobs.outcome import Outcome, Write, reply
from bot.jobs.request import Job
from bot.outbox.entries import DIGESTS_LATER, Entry, OutgoingAnswer
from bot.outbox.store import tell
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import ListWatches, UnwatchFlow, WatchFlow
from bot.runs.core.history import FEWEST_RUNS
from bot.runs.core.user_input import UserInput
from bot.runs.core.watching import Condition, RunState
from bot.runs.flows import ALL, Flows
from bot.runs.following.polling import Poller
from bot.runs.following.run_news import keeping
from bot.runs.intents import LearnFlow, SnoozeWatch, TellWatch, WakeWatch
from bot.runs.model import ENDED, USER_INPUT, Details, VendorRef
from bot.runs.rendering import questions as run_questions
from bot.runs.rendering import runs, watch_news
from bot.runs.rendering import watches as run_watches
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import NEWS, Observations
from bot.runs.store.watches import (
    FOREVER,
    Watch,
    WatchStore,
    put_watch,
    remove_watch,
    snooze_watch,
)
from bot.runs.summaries.answers import about_flow
from bot.runs.vendor import Project
from bot.slack.directory import Directory
from bot.slack.messages import Answer, Message, Target
from bot.slack.people import Place, Reach
from bot.slack.refusals import READ_BY_OTHERS
from bot.store.database import Transaction
from bot.troubles.keeper import Troubles
from bot.troubles.model import (
    DEAD_ENDS,
    Evidence,
    Hindrance,
    hindrance_at,
    hindrance_of_word,
    may_go_on,
)

WATCHED = Finder(noun="watched flow", field="flow")
ONE_BY_ONE = 3
"""More news than this in one look are one message with a table."""


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
        directory: Directory,
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
        self._directory = directory
        self._clock = clock

    async def watch(self, job: Job[WatchFlow]) -> Outcome:
        """Begin to watch here, or go on where that was paused."""
        request = job.request
        client = self._smartflows.client
        named = await self._flows.watched(job.details.flow)
        here = await self._watches.in_channel(request.channel)
        is_known = any(watch.flow.id == named.id for watch in here)
        place = await self._directory.place_anew(request.channel)
        if not (is_known and place.reach is Reach.SHARED):  # to go on there is to consent
            job.decided(Right.ORDER, place).enforce()
        await self._learn(client, named.id)
        new = Watch(
            channel=request.channel,
            flow=named,
            conditions=job.details.conditions,
            creator=request.user,
            created_at=self._clock.now(),
            consent=consent_of(place),
            parts=job.details.parts,
        )
        self._poller.hurry()
        own_only = await self._project.sees_only_own()
        message = run_watches.watching(shown(new), own_only=own_only)
        about = about_flow(named, now=self._clock.now(), zone=self._directory.default_zone)
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
        message = run_watches.unwatched(shown(gone))
        return Outcome(
            (reply(job, Answer(message)),),
            (lambda tx: remove_watch(tx, gone.channel, gone.flow.id),),
        )

    async def snooze(self, job: Job[SnoozeWatch]) -> Outcome:
        """Tell nothing for a while, or until it is woken."""
        found = await self._watch_of(job, job.details.flow)
        wanted, now = job.details, self._clock.now()
        until = _end(wanted, job.asker.zone, now)
        if until <= now:
            raise UserError("That day has passed.")
        resting = shown(replace(found, snoozed_until=until))
        message = run_watches.snoozed(resting, zone=job.asker.zone, now=now)
        return Outcome((reply(job, Answer(message)),), (lambda tx: snooze_watch(tx, found, until),))

    async def wake(self, job: Job[WakeWatch]) -> Outcome:
        """Tell again of what happens from now on."""
        found = await self._watch_of(job, job.details.flow)
        now = self._clock.now()
        message = run_watches.awake(shown(found))
        return Outcome((reply(job, Answer(message)),), (lambda tx: snooze_watch(tx, found, now),))

    async def _watch_of(self, job: Job[Any], typed: str) -> Watch:
        """Return the watch of a flow here, or that of all. Raises UserError, PickError."""
        here = await self._watches.in_channel(job.request.channel)
        found = _meant(typed, here) or _meant("", here)
        if found is None:
            error = UserError("This channel doesn't watch that.")
            error.ways = (("All watches here", ListWatches(privately=True)),)
            raise error
        return found

    async def show(self, job: Job[ListWatches]) -> Outcome:
        """List what this channel watches."""
        here = await self._watches.in_channel(job.request.channel)
        listed = [
            shown(watch, by=(await self._directory.person(watch.creator)).name) for watch in here
        ]
        own_only = await self._project.sees_only_own()
        zone, now = job.asker.zone, self._clock.now()
        answer = run_watches.watch_list(listed, own_only=own_only, zone=zone, now=now)
        return Outcome((reply(job, answer, private=True),))

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


@dataclass(frozen=True, slots=True)
class _Piece:
    message: Message
    flow: VendorRef
    writes: tuple[Write, ...] = ()


class WatchTeller:
    """Carries out the jobs that a look at what is watched left."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        watches: WatchStore,
        executions: ExecutionStore,
        project: Project,
        troubles: Troubles,
        directory: Directory,
        clock: Clock,
    ) -> None:
        """Ask `directory` who reads a channel, each time it is told something."""
        self._troubles = troubles
        self._smartflows = smartflows
        self._watches = watches
        self._executions = executions
        self._project = project
        self._directory = directory
        self._clock = clock

    async def tell(self, job: Job[TellWatch]) -> Outcome:
        """Tell a channel what one look showed. Raises NotKnownYetError."""
        here = await self._active(job.details.channel)
        place = await self._readers(job.details.channel, here)
        cause = hindrance_at(place)
        decision = may_tell(place)
        if decision.again_at:
            decision.enforce()
        hearing = [each for each in here if may_go_on(place, each.consent)]
        pieces = await self._pieces(job, hearing) if hearing else []
        target = Target(job.details.channel, consent=consent_of(place))
        tellings = [
            self._telling(job.key, number, piece, target) for number, piece in enumerate(pieces)
        ]
        writes = [write for each in pieces for write in each.writes]
        if cause and len(hearing) < len(here):
            writes.append(self._resting(cause, place))
        return Outcome(tuple(tellings), tuple(writes))

    def _resting(self, cause: Hindrance, place: Place) -> Write:
        def write(tx: Transaction) -> None:
            self._troubles.arises(tx, cause, Evidence(place))

        return write

    async def failed(self, job: Job[TellWatch], error: BotError) -> Outcome:
        """Let those who watch know that there was something that could not be told."""
        here = await self._active(job.details.channel)
        now = self._clock.now()

        def write(tx: Transaction) -> None:
            for watch in here:
                told = run_watches.watch_untold(shown(watch), watch.channel, str(error))
                _tell_creator(tx, watch, told, key=f"{job.key}:untold:{watch.flow.id}", now=now)

        return Outcome(writes=(write,), error=str(error))

    def settled(self, tx: Transaction, entry: Entry, error: str) -> None:
        """Let watches rest whose channel takes no messages, and look where others read along."""
        if not entry.key.startswith(NEWS):
            return
        channel = entry.target.channel
        if error.endswith(READ_BY_OTHERS):
            self._troubles.suspect(tx, channel, key=entry.key)
        elif error.endswith(DEAD_ENDS):
            word = error.rpartition(" ")[2]
            self._troubles.arises(tx, hindrance_of_word(word, channel))

    async def _active(self, channel: str) -> list[Watch]:
        here, now = await self._watches.in_channel(channel), self._clock.now()
        return [each for each in here if not each.paused and each.since <= now]

    async def _readers(self, channel: str, here: Sequence[Watch]) -> Place:
        """Return where it is told; a direct message is one with who watches there."""
        is_direct = channel.startswith("D") and here
        return await self._directory.place(here[0].creator if is_direct else channel)

    async def _pieces(self, job: Job[TellWatch], hearing: Sequence[Watch]) -> list[_Piece]:
        found = [
            (tracked, event.condition, event.number)
            for event in job.details.events
            if (tracked := await self._executions.get(event.execution))
            and any(watch.covers(tracked.flow) for watch in hearing)
        ]
        if len(found) <= ONE_BY_ONE:
            return [await self._piece(*each) for each in found]
        flows = {run.flow for run, _, _ in found}
        about = flows.pop() if len(flows) == 1 else ALL
        return [_Piece(watch_news.many([(run, what) for run, what, _ in found]), about)]

    def _telling(self, key: str, number: int, piece: _Piece, target: Target) -> OutgoingAnswer:
        return OutgoingAnswer(
            f"{key}:{number}",
            target,
            Answer(piece.message),
            question=self._about(piece.flow),
            priority=DIGESTS_LATER,
        )

    async def _piece(self, tracked: RunState, condition: Condition, number: int) -> _Piece:
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
        return about_flow(flow, now=self._clock.now(), zone=self._directory.default_zone)

    async def _question(self, tracked: RunState) -> UserInput | None:
        if not self._smartflows.is_on:
            return None
        try:
            return (await self._smartflows.client.progress(tracked.id)).question
        except VendorError:  # that somebody is needed can be told without what is asked
            return None

    async def _news(self, tracked: RunState, condition: Condition) -> Message:
        elapsed = self._project.now() - tracked.created_at if tracked.created_at else None
        why = await self._why(tracked, condition)
        return runs.watch_news(tracked, condition, elapsed=elapsed, reason=why)

    async def _why(self, tracked: RunState, condition: Condition) -> str:
        if condition is not Condition.FAILED or not self._smartflows.is_on:
            return ""
        try:
            details = (await self._smartflows.client.execution(tracked.id)).details
        except VendorError:  # the news itself is worth more than its reason
            details = None
        return runs.reason_of(tracked, details or Details())


def shown(watch: Watch, *, by: str = "") -> run_watches.WatchLine:
    """Return what is said of a watch, and who made it where that is given."""
    name = watch.flow.name if watch.flow.id else ""
    return run_watches.WatchLine(
        name,
        watch.conditions,
        by,
        is_paused=bool(watch.paused),
        id=watch.flow.id,
        snoozed_until=watch.snoozed_until,
        parts=watch.parts,
    )


def _end(wanted: SnoozeWatch, zone: str, now: datetime) -> datetime:
    """Return until when a watch rests: FOREVER where nothing is said of it."""
    if wanted.days:
        return now + timedelta(days=wanted.days)
    local = now.astimezone(ZoneInfo(zone)).date()
    day = end_of(wanted.named, local) if wanted.named else wanted.until
    return datetime.combine(day, time(), ZoneInfo(zone)) if day else FOREVER


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


def _tell_creator(tx: Transaction, watch: Watch, told: Message, *, key: str, now: datetime) -> None:
    target = Target(channel=watch.creator, user=watch.creator)
    tell(tx, OutgoingAnswer(key, target, Answer(told)), now=now)
