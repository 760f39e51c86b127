"""Starting a flow, once for each request: the intention is written down before the vendor is asked.

After a start without an answer, and when a job is begun a second time, the recent executions of
the flow are looked up, and one that nobody else is known to have started is taken as ours. Which
are recent is told by the vendor's own clock. Where nobody knows what it showed when we asked, a
start that is not found may be there all the same, so it is not repeated.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.asking.core.finder import PickError
from bot.asking.form_filling import show_view
from bot.asking.rendering.failures import failure
from bot.asking.store import SnapshotStore, drop_snapshot
from bot.clock import Clock
from bot.errors import SlackError, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import CameTo, NewJob, Outcome, reply
from bot.jobs.request import Job, Request
from bot.outbox.entries import OutgoingAnswer
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import StartFlow
from bot.runs.core.watching import SHORTEST_EDIT_PAUSE, merge
from bot.runs.core.xml_input import LARGEST, checked_xml
from bot.runs.flows import Flows
from bot.runs.following.cards import Cards, essence
from bot.runs.intents import EnteredBatch, LearnFlow, StartBatch
from bot.runs.model import Execution, Flow, Progress, VendorRef
from bot.runs.rendering import runs
from bot.runs.store.cards import CardRow, add_card
from bot.runs.store.observations import note
from bot.runs.store.starts import Start, StartStore, confirm_start
from bot.runs.summaries.answers import about_flow
from bot.runs.vendor import Project
from bot.slack.blocks.blocks import says
from bot.slack.blocks.modals import problem_view
from bot.slack.blocks.problems import problem, sentence
from bot.slack.blocks.simpler import words_of
from bot.slack.client import Slack
from bot.slack.messages import Answer, Message, Target
from bot.store.database import Transaction

Starts = StartFlow | StartBatch
Send = Callable[[], Awaitable[Progress]]
"""Asks the vendor to start."""

TITLE = "Run a Smart Flow"
MOST_TRIES = 2
MOST_LOOKS = 6
LOOK_AGAIN = timedelta(seconds=10)
"""A slow vendor may show a new execution a little later."""


class FlowStarter:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        slack: Slack,
        flows: Flows,
        project: Project,
        cards: Cards,
        starts: StartStore,
        inputs: SnapshotStore,
        clock: Clock,
    ) -> None:
        """Start with `smartflows`, with what is kept in `inputs` where it was previewed."""
        self._inputs = inputs
        self._smartflows = smartflows
        self._slack = slack
        self._flows = flows
        self._project = project
        self._cards = cards
        self._starts = starts
        self._clock = clock
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def start(self, job: Job[StartFlow]) -> Outcome:
        """Start a flow."""
        request = job.request
        try:
            return await self._start(job, request)
        except PickError:  # the flow is picked from a list, and the same request goes on
            raise
        except VendorError as error:
            told = problem(error) if error.uncertain else runs.not_started(error)
            return _not_begun(job, told, error=str(error))
        except UserError as error:
            return _not_begun(job, failure(error, job.request), error=type(error).__name__)

    async def _start(self, job: Job[StartFlow], request: Request[StartFlow]) -> Outcome:
        client = self._smartflows.client
        flow = await self._flows.resolve(request.details.flow, surely=True)
        given = await self._input(request)
        if given is None and flow.input == "user":
            needed = reply(job, Answer(runs.input_needed(flow)), private=True)
            return Outcome((needed,), came_to=CameTo.NOTHING)
        found = await self._once(client, job, flow, partial(client.start, flow.id, given))
        if isinstance(found, Outcome):
            return found
        await self._shown(request, runs.started_note(flow.name))
        return await self._begun(job, flow, found)

    async def start_batch(self, job: Job[StartBatch]) -> Outcome:
        """Start a run that asks nobody; where that fails a button tries the same again."""
        wanted = job.details
        entered = await self._inputs.read(wanted.kept, EnteredBatch)
        if entered is None:
            raise UserError("What this run was to be started with is not kept any more.")
        if entered.user != job.request.user:
            raise UserError("Only whoever entered that can start it.")
        client = self._smartflows.client
        try:
            flow = await self._flows.resolve(wanted.flow)
            send = partial(_sent_as_batch, client, flow.id, entered.values)
            found = await self._once(client, job, flow, send)
        except VendorError as error:
            told = problem(error) if error.uncertain else runs.not_started(error)
            again = runs.with_batch_again(told, wanted)
            return Outcome((reply(job, Answer(again), private=True),), error=str(error))
        return found if isinstance(found, Outcome) else await self._begun(job, flow, found)

    async def _input(self, request: Request[StartFlow]) -> bytes | None:
        """Return the checked input; raises XmlInputError, which says where the mistake is."""
        file = request.details.file
        if file:
            try:
                content = await self._slack.read_file(file, largest=LARGEST)
            except SlackError as error:
                raise UserError(
                    f"I could not read that file. {sentence(error)} Add it again, or paste the XML."
                ) from error
            return checked_xml(content)
        if request.details.data:
            client = self._smartflows.client
            return checked_xml(await client.input_data(request.details.data, largest=LARGEST))
        typed = request.details.xml
        return checked_xml(typed) if typed else None

    async def _once(
        self, client: SmartFlows, job: Job[Starts], flow: Flow, send: Send
    ) -> Progress | Outcome:
        """Return the progress of the one execution of this job, or what to do without one."""
        async with self._locks[flow.id]:
            found = await self._found_or_sent(client, job, flow, send)
            if isinstance(found, Progress):  # so that no other start takes it for its own
                await self._starts.confirm(job.key, found.id)
        return found

    async def _found_or_sent(
        self, client: SmartFlows, job: Job[Starts], flow: Flow, send: Send
    ) -> Progress | Outcome:
        vendor_now = await _vendor_now(client)
        now = self._clock.now()
        start = await self._starts.begin(job.key, flow.id, now=now, vendor_now=vendor_now)
        if start.tries:
            try:
                found = await self._made(client, start)
            except VendorError:  # nobody can say whether it was carried out: it is not repeated
                return await self._later(job, flow)
            if found or not start.is_dated:
                return found or await self._later(job, flow)
        if start.tries >= MOST_TRIES:
            return await self._uncertain(job, flow)
        await self._starts.count_try(job.key)
        try:
            return await send()
        except VendorError as error:
            if not error.uncertain:
                error.uncertain = start.tries > 0  # the try before may still appear
                raise
        try:
            found = await self._made(client, start)
        except VendorError:
            found = None
        return found or await self._later(job, flow)

    async def _later(self, job: Job[Starts], flow: Flow) -> Outcome:
        """Look again before anything else is done, but not for ever."""
        if job.attempts >= MOST_LOOKS:
            return await self._uncertain(job, flow)
        return Outcome(again_at=self._clock.now() + LOOK_AGAIN)

    async def _uncertain(self, job: Job[Starts], flow: Flow) -> Outcome:
        told, wanted = runs.start_uncertain(flow.name), job.details
        if isinstance(wanted, StartBatch):
            told = runs.with_batch_again(told, wanted)
        return replace(_not_begun(job, told, error=""), came_to=CameTo.IN_DOUBT)

    async def _made(self, client: SmartFlows, start: Start) -> Progress | None:
        """Return the execution that an earlier try made after all."""
        if start.execution_id:
            return await client.progress(start.execution_id)
        found = await client.started_since(
            start.flow_id,
            start.vendor_began_at or start.began_at,
            by=await self._project.account_id(),
            known=await self._starts.confirmed(start.flow_id),
        )
        return _progress_of(found) if found else None

    async def _begun(self, job: Job[Starts], flow: Flow, progress: Progress) -> Outcome:
        request, person = job.request, job.asker
        now, ahead = self._clock.now(), self._project.ahead()
        about_it = VendorRef(flow.id, flow.name)
        seen = Execution(progress.id, progress.status, flow=about_it, created_at=now + ahead)
        tracked = merge(merge(None, seen, now), progress, now, ahead)
        key = f"card:{progress.id}"
        message = await self._cards.compose(tracked, started_by=person.name)
        card = CardRow(
            execution_id=progress.id,
            outbox_key=key,
            channel=request.channel or request.user,
            user=request.user,
            user_name=person.name,
            next_edit_at=now + timedelta(seconds=SHORTEST_EDIT_PAUSE),
            created_at=now,
            shown=essence(message),
        )

        def write(tx: Transaction) -> None:
            confirm_start(tx, job.key, progress.id)
            if isinstance(request.details, StartBatch):
                drop_snapshot(tx, request.details.kept)
            add_card(tx, card)
            note(tx, (seen, progress), now=now, ahead=ahead)

        learn = NewJob(f"learn:{progress.id}", LearnFlow(flow.id))
        about = about_flow(seen.flow, now=now, zone=person.zone)
        outgoing, made = _outgoing(card, message, about), {"run_id": progress.id}
        return Outcome((outgoing,), (write,), (learn,), values=made)

    async def _shown(self, request: Request[StartFlow], message: Message) -> None:
        """Show in the form's own window, where it is open, that it began."""
        if request.details.view_id:
            view = problem_view(TITLE, message)
            plain = problem_view(TITLE, says(words_of(message.blocks)))
            await show_view(self._slack, request.details.view_id, view, lambda _: plain)


def _not_begun(job: Job[Any], told: Message, *, error: str) -> Outcome:
    """Say how it stands with a start; what was entered for it comes back."""
    return Outcome((reply(job, Answer(told), private=True),), error=error, comes_back=True)


async def _sent_as_batch(client: SmartFlows, flow_id: str, values: dict[str, Any]) -> Progress:
    begun = await client.start_batch(flow_id, values or None)
    return Progress(begun.id, begun.status)


async def _vendor_now(client: SmartFlows) -> datetime | None:
    """Return what the vendor's clock shows, asking for a small answer where it said nothing."""
    known = client.vendor_clock.now()
    if known is None:
        with suppress(VendorError):  # then it says no more than its silence
            await client.me()
    return known or client.vendor_clock.now()


def _outgoing(card: CardRow, message: Message, about: dict[str, Any]) -> OutgoingAnswer:
    target = Target(channel=card.channel, user=card.user)
    return OutgoingAnswer(card.outbox_key, target, Answer(message), question=about)


def _progress_of(found: Execution) -> Progress:
    return Progress(found.id, found.status)
