"""The composition root: settings become resources, resources and features become the bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot import log
from bot.asking.allowed import AllowedButtons
from bot.asking.cleanup import Cleanup
from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.asking.runner import JobRunner
from bot.asking.services import CommonServices, with_files_sent_again
from bot.asking.waiting import WaitingWords
from bot.asking.way_back import WayBack
from bot.assembly.digests import (
    code_of,
    digest_forms_of,
    digests_of,
    ordering_of,
    past_of,
    previews_of,
)
from bot.assembly.features import FEATURES, Features, kinds_of
from bot.assembly.orders import Healers, healers_of, serve_orders
from bot.assembly.outgoing import delivery_of
from bot.assembly.policy import policy_of
from bot.assembly.resources import open_parts
from bot.assembly.work import tasks_of
from bot.clock import Clock
from bot.config import Settings
from bot.digests.as_code.channel import FILE as CODE_FILE
from bot.digests.claiming import DigestClaims
from bot.digests.digests import Digests
from bot.digests.handing_over import HandOvers
from bot.digests.muting import Mutes
from bot.digests.ordering import Orders
from bot.digests.probing import Probe
from bot.digests.record.past import FILE
from bot.digests.record.store import DigestRecord
from bot.digests.subscriptions import Subscriptions
from bot.feature import Feature, Parts, Switches, Wiring
from bot.jobs.admission import Admission
from bot.jobs.engine import TableEngine
from bot.jobs.inbox import Inbox
from bot.jobs.tasks import Tasks, Workplace
from bot.jobs.trail.store import AuditTrail
from bot.outbox.delivery import Delivery
from bot.outbox.recording import heard_by_all
from bot.policy.trail import FILE as AUDIT
from bot.scheduler import Round, repeating
from bot.slack.client import Slack
from bot.slack_app import (
    Identity,
    OnWait,
    Services,
    build_app,
    identify,
    note_waiting,
    patiently,
)
from bot.store.database import MAIN, Database
from bot.store.timekeeping import Timekeeper
from bot.talk.rendering.lines import HELP
from bot.talk.room import Talk
from bot.troubles.forms import TroubleForms
from bot.worker import Worker
from handlers import forms_of, register

STANDBY_SECONDS = 1.0
NAMES_APART = 3.0
"""Seconds between two lists of names that are fetched anew."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Everything that was put together, for whoever runs it."""

    parts: Parts
    runner: JobRunner
    engine: TableEngine
    delivery: Delivery
    digests: Digests
    claims: DigestClaims
    healers: Healers
    talk: Talk
    wirings: tuple[Wiring, ...]
    tidying: Cleanup
    timekeeper: Timekeeper
    services: Services
    app: AsyncApp
    identity: Identity

    @property
    def database(self) -> Database:
        """Where everything is kept."""
        return self.parts.database

    @property
    def workers(self) -> tuple[Worker, ...]:
        """All that takes due work: jobs, then messages, then what features add."""
        own = (self.engine.worker, self.delivery.worker)
        return (*own, *(worker for each in self.wirings for worker in each.workers))

    @property
    def rounds(self) -> tuple[Round, ...]:
        """What comes again and again while this process works."""
        return (
            Round("tick", self.tick, every=5.0),
            Round("mend", self.mend, every=10.0),
            # So often is asked whether it is time; the polls are paced by what there is to see.
            # One of every 3 s comes after 3.4 s then, whether or not each round is a little late.
            Round("poll", self.poll, every=0.85),
            # First soon, as some processes never live for six hours, but not in a start's rush.
            Round("names", self.learn_names, every=1800.0, after=5.0),
            Round("health", self.talk.health.note, every=60.0),
            Round("tidy", self.tidying.tidy, every=6 * 3600.0, after=60.0),
        )

    def wake(self) -> None:
        """Say that there may be something to do."""
        for worker in self.workers:
            worker.wake()

    async def listen(self) -> None:
        """Hear from now on of what other processes write."""
        await self.database.listen(self.others_wrote)

    def others_wrote(self) -> None:
        """Hear that another process wrote something: work, or a note of what it heard."""
        self.parts.directory.notes.others_wrote()
        self.parts.policies.others_wrote()
        self.wake()

    async def settle(self) -> None:
        """Carry out all that is due now, until nothing is left to do."""
        for worker in self.workers:
            await worker.settle()

    async def work(self) -> None:
        """Work for ever, as soon as no other process does. Cancel to stop."""
        queue = self.parts.jobs.queue
        if not await self.database.lead(f"worker-{queue}"):
            log.get().info("standing_by", queue=queue, why="another process works on it")
        while not await self.database.lead(f"worker-{queue}"):  # noqa: ASYNC110  # another has it
            await asyncio.sleep(STANDBY_SECONDS)
        await self.engine.recover()
        await self.delivery.recover()
        await self.parts.troubles.begin()
        await self.listen()
        log.get().info("working", queue=queue)
        async with repeating(*self.rounds), asyncio.TaskGroup() as group:
            for worker in self.workers:
                group.create_task(worker.run())

    async def tick(self) -> int:
        """Put what the clock asks for into the jobs; return how many."""
        if await self.timekeeper.look():
            self.wake()
        count = await self.claims.tick() + await self.healers.tick()
        if count:
            self.engine.worker.wake()
        return count

    async def learn_names(self) -> int:
        """Have the lists of names brought up to date, one after the other; return how many."""
        return await self.talk.learn_names(apart=NAMES_APART)

    async def mend(self) -> int:
        """Find what got stuck while this process leads; return how much that was."""
        return await self.engine.mend() + await self.delivery.mend()

    async def poll(self) -> int:
        """Let features look at what they watch, if it is time; return how much had news."""
        return sum([await poll() for each in self.wirings for poll in each.polls])


@asynccontextmanager
async def assemble(
    settings: Settings,
    *,
    clock: Clock,
    slack: Slack | None = None,
    queue: str = MAIN,
    waiting: OnWait = note_waiting,
    features: Features = FEATURES,
) -> AsyncIterator[Bot]:
    """Put the bot together and take it apart again.

    `slack` stands in for a client made from the settings. `waiting` is called when Slack has
    to be waited for. Raises SlackError when Slack refuses the token.
    """
    async with AsyncExitStack() as stack:
        workers: list[Worker] = []
        kinds = kinds_of(features)
        parts = await open_parts(settings, clock, slack, stack, kinds, queue=queue, workers=workers)
        trail = AuditTrail(parts.database)
        admission = Admission(parts.directory, parts.policies, trail, clock)
        wirings = [await _built(each, parts, settings) for each in features]
        switches = Switches(zip(features, wirings, strict=True))
        probe = Probe(switches.composers, clock)
        serve_orders(parts, features, wirings, probe)
        digests = digests_of(parts, switches)
        claims = DigestClaims(parts.database, parts.digests, clock)
        settled = heard_by_all(tuple(chain.from_iterable(each.settled for each in wirings)))
        talk = Talk(parts, switches, kinds)
        subscriptions = Subscriptions(
            parts.database,
            parts.digests,
            probe,
            parts.directory,
            clock,
            examples=talk.desk.orders,
            instead=HELP,
        )
        ordering = ordering_of(parts, kinds, switches, admission, subscriptions)
        past = past_of(parts, subscriptions)
        hand_overs = HandOvers(subscriptions, parts.digests, parts.directory, clock)
        mutes = Mutes(parts.digests, subscriptions, clock)
        policy = policy_of(parts, trail, wirings)
        code = code_of(parts, kinds, switches, wirings)
        openers = {
            FILE: past.open_file,
            AUDIT: policy.audit.open_file,
            CODE_FILE: code.open_file,
        }
        became = with_files_sent_again(
            digests.became, clock, {name for each in wirings for name in each.narrated}
        )
        delivery = delivery_of(parts, openers, wirings, settled, became)
        common = CommonServices(parts.outbox, clock, settled, became)
        previews = previews_of(parts, kinds, switches, ordering)
        made = (subscriptions, ordering, previews, past, digests)
        rooms = (talk, *made, hand_overs, mutes, code)
        healers = healers_of(parts)
        own: tuple[Workplace, ...] = (common, *rooms, *healers.workplaces, *policy.workplaces)
        tasks = tasks_of(parts, kinds, switches.composers, wirings, own)
        way_back = WayBack(parts.slack, parts.database, clock)
        runner = JobRunner(
            parts.database,
            parts.jobs,
            tasks,
            clock,
            admitted=admission.admitted,
            wake=parts.wake,
            waiting=WaitingWords(
                parts.database,
                clock,
                _vendors(features, wirings),
                queue=parts.jobs.queue,
                wake=parts.wake,
            ),
            way_back=way_back,
            allowed=AllowedButtons(
                tasks,
                forms_of(features),
                {name: right for each in features for name, right in each.rights.items()},
                talk.rights.of,
            ),
            at_home=talk.at_home,
            second=policy.agreements.asked,
        )
        of_rooms = chain.from_iterable(each.services for each in wirings)
        windows = TroubleForms(parts.database, parts.troubles), policy.forms
        more = (common, way_back, hand_overs, mutes, code, *windows, *talk.services, *of_rooms)
        services = _services(parts, kinds, tasks, wirings, admission, switches, ordering, more)
        identity = await patiently(lambda: identify(parts.slack), clock, waiting=waiting)
        parts.directory.home = identity.home
        app = build_app(
            slack=parts.slack,
            identity=identity,
            services=services,
            register=partial(register, features=features),
        )
        rows = tuple(row for each in wirings for row in each.rows)
        records = DigestRecord(parts.database), trail
        inputs = (policy.waiting,)
        tidying = Cleanup(parts.jobs, parts.outbox, parts.snapshots, records, inputs, rows, clock)
        timed = chain.from_iterable(each.timed for each in wirings)
        own_timed = (parts.jobs, parts.outbox, claims, parts.troubles.store)
        bot = Bot(
            parts=parts,
            runner=runner,
            engine=TableEngine(parts.jobs, runner, clock),
            delivery=delivery,
            digests=digests,
            claims=claims,
            healers=healers,
            talk=talk,
            wirings=tuple(wirings),
            tidying=tidying,
            timekeeper=Timekeeper(parts.database, clock, (*own_timed, *timed)),
            services=services,
            app=app,
            identity=identity,
        )
        workers += bot.workers
        yield bot


async def _built(feature: Feature[Any], parts: Parts, settings: Settings) -> Wiring:
    """Return what a feature adds. Raises LookupError that names what its room forgot."""
    wiring = await feature.build(parts, settings.of(feature.settings))
    missing = ", ".join(wiring.missing(feature))
    if missing:
        raise LookupError(f"bot/{feature.name}: build returns no {missing}")
    return wiring


def _vendors(features: Features, wirings: list[Wiring]) -> dict[str, str]:
    """Return the vendor that each job of a feature asks, by the job's name."""
    return {
        each.job: feature.vendor.title
        for feature, wiring in zip(features, wirings, strict=True)
        for each in (*wiring.composers, *(task.intent for task in wiring.tasks))
    }


def _services(
    parts: Parts,
    kinds: QuestionKinds,
    tasks: Tasks,
    wirings: list[Wiring],
    admission: Admission,
    switches: Switches,
    orders: Orders,
    more: tuple[object, ...],
) -> Services:
    names = {kind: one for each in wirings for kind, one in each.current_names.items()}
    forms = Forms(parts.slack, parts.outbox, kinds, names)
    more = (digest_forms_of(parts, forms, admission, orders), *more)
    inbox = Inbox(parts.jobs, parts.clock, wake=parts.wake)
    return Services(inbox, tasks, kinds, forms, admission, parts.directory, switches, more)
