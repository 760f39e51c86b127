"""The composition root: the parts of a workspace and the features become its bot."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import reduce
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.asking.allowed import AllowedButtons
from bot.asking.cleanup import Cleanup
from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.asking.runner import AtHome, JobRunner
from bot.asking.services import CommonServices, with_files_sent_again
from bot.asking.waiting import WaitingWords
from bot.asking.way_back import WayBack
from bot.assembly.bot import Bot
from bot.assembly.connecting import connecting_of
from bot.assembly.digests import digest_forms_of, digest_rooms_of
from bot.assembly.doctor import doctor_of
from bot.assembly.features import Features
from bot.assembly.follow import follow_of
from bot.assembly.orders import healers_of, serve_orders
from bot.assembly.outgoing import delivery_of
from bot.assembly.policy import policy_of
from bot.assembly.resources import open_parts
from bot.assembly.surfaces import surfaces_of
from bot.assembly.tenancy import Tenant
from bot.assembly.work import tasks_of
from bot.config import Settings
from bot.digests.claiming import DigestClaims
from bot.digests.probing import Probe
from bot.digests.record.store import DigestRecord
from bot.digests.subscriptions import Subscriptions
from bot.feature import Feature, Parts, Switches, Wiring
from bot.http.holds.store import HoldStore
from bot.jobs.admission import Admission
from bot.jobs.engine import TableEngine
from bot.jobs.inbox import Inbox
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Tasks, Workplace
from bot.jobs.trail.store import AuditTrail
from bot.outbox.recording import heard_by_all
from bot.policy.trail import FILE as AUDIT
from bot.slack_app import (
    Services,
)
from bot.store.timekeeping import TimedStore, Timekeeper
from bot.surface import SurfaceLines, SurfaceParts, SurfaceWiring
from bot.talk.rendering.lines import HELP
from bot.talk.room import Talk
from bot.troubles.forms import TroubleForms
from handlers import forms_of

if TYPE_CHECKING:
    from bot.assembly.policy import PolicyRoom
    from bot.assembly.process import Process
    from bot.talk.home import HomeSection
    from bot.worker import Wakeable
from bot.workspaces.departures import Departure


async def put_together(process: "Process", tenant: Tenant, stack: AsyncExitStack) -> Bot:
    """Return the bot of a workspace, to be taken apart with the stack.

    Raises LookupError that names what a feature's room forgot.
    """
    resources = process.resources
    workers: list[Wakeable] = []
    clock, features, kinds = resources.clock, resources.features, resources.kinds
    parts = await open_parts(resources, tenant, stack, workers=workers)
    trail = AuditTrail(parts.database)
    admission = Admission(parts.directory, parts.policies, trail, clock)
    wirings = [await _built(each, parts, tenant.settings) for each in features]
    switches = Switches(zip(features, wirings, strict=True))
    probe = Probe(switches.composers, clock)
    claims = DigestClaims(parts.database, parts.digests, clock)
    connecting, windows_of_it = connecting_of(
        process.resources, tenant, parts, lambda: process.bots.outdate(tenant.workspace)
    )
    follow = follow_of(parts, kinds, switches.composers)
    sections: list[HomeSection] = [
        follow.desk.at_home,
        connecting.at_home,
        parts.consents.at_home,
    ]
    talk = Talk(parts, switches, kinds, sections)
    subscriptions = Subscriptions(
        parts.database,
        parts.digests,
        probe,
        parts.directory,
        clock,
        examples=talk.desk.orders,
        instead=HELP,
    )
    ordered = subscriptions, follow.composers
    digests = digest_rooms_of(parts, kinds, switches, admission, wirings, *ordered)
    policy = policy_of(parts, trail, wirings)
    inbox = Inbox(parts.jobs, clock, wake=parts.wake)
    surfaces = [
        await each.build(
            SurfaceParts(
                parts=parts,
                features=features,
                switches=switches,
                kinds=kinds,
                admission=admission,
                inbox=inbox,
                orders=digests.orders,
                subscriptions=subscriptions,
                talk=talk,
                trail=trail,
            )
        )
        for each in surfaces_of(tenant.settings)
    ]
    _tell_of(surfaces, sections, talk)
    added: tuple[Wiring | SurfaceWiring, ...] = (*wirings, *surfaces)
    serve_orders(parts, features, wirings, added, probe)
    settled = heard_by_all(tuple(chain.from_iterable(each.settled for each in added)))
    openers = {
        **digests.openers,
        AUDIT: policy.audit.open_file,
        **dict(chain.from_iterable(each.openers.items() for each in surfaces)),
    }
    became = with_files_sent_again(
        heard_by_all((digests.making.became, *(one for each in surfaces for one in each.became))),
        clock,
        {name for each in wirings for name in each.narrated},
    )
    delivery = delivery_of(parts, openers, wirings, settled, became)
    common = CommonServices(parts.outbox, clock, settled, became)
    healers = healers_of(parts)
    doctor = doctor_of(parts, tenant.settings, wirings, surfaces, connects=not tenant.is_own)
    own: tuple[Workplace, ...] = (
        common,
        talk,
        parts.consents,
        *digests.workplaces,
        *follow.workplaces,
        *healers.workplaces,
        *policy.workplaces,
        doctor,
        connecting,
    )
    tasks = tasks_of(parts, kinds, follow.composers, added, own)
    way_back = WayBack(parts.slack, parts.database, clock)
    runner = _runner(parts, features, wirings, tasks, admission, talk, policy, way_back, surfaces)
    of_rooms = chain.from_iterable(each.services for each in added)
    departure = Departure(tenant.workspace, process.installs.departures)
    takers = {name: one for each in surfaces for name, one in each.takers.items()}
    forms = _forms(parts, kinds, wirings)
    digest_forms = digest_forms_of(parts, forms, admission, digests.orders, takers)
    of_all = (common, way_back, *digests.services, *follow.services, departure, windows_of_it)
    windows = TroubleForms(parts.database, parts.troubles), policy.forms
    more = (*of_all, digest_forms, *windows, *talk.services, *of_rooms, SurfaceLines(surfaces))
    services = Services(inbox, tasks, kinds, forms, admission, parts.directory, switches, more)
    rows = tuple(row for each in added for row in each.rows)
    records = DigestRecord(parts.database), trail
    kept = parts.jobs, parts.outbox, parts.snapshots, records, (policy.waiting,)
    tidying = Cleanup(*kept, rows, clock)
    bot = Bot(
        process=process,
        workspace=tenant.workspace,
        parts=parts,
        runner=runner,
        engine=TableEngine(parts.jobs, runner, clock),
        delivery=delivery,
        digests=digests.making,
        claims=claims,
        healers=healers,
        talk=talk,
        wirings=tuple(wirings),
        ticks=(follow.claims.tick, *chain.from_iterable(each.ticks for each in surfaces)),
        woken=tuple(chain.from_iterable(each.woken for each in surfaces)),
        tidying=tidying,
        timekeeper=_timekeeper(parts, (claims, follow.claims), added),
        services=services,
        identity=tenant.identity,
    )
    workers += (*bot.workers, *bot.woken)
    return bot


async def _built(feature: Feature[Any], parts: Parts, settings: Settings) -> Wiring:
    """Return what a feature adds. Raises LookupError that names what its room forgot."""
    wiring = await feature.build(parts, settings.of(feature.settings))
    missing = ", ".join(wiring.missing(feature))
    if missing:
        raise LookupError(f"bot/{feature.name}: build returns no {missing}")
    wiring.connection.keep_holds(HoldStore(parts.database))
    return wiring


def _timekeeper(
    parts: Parts, claims: tuple[TimedStore, ...], added: Sequence[Wiring | SurfaceWiring]
) -> Timekeeper:
    """Return what puts right all that waits by the wall clock."""
    own: tuple[TimedStore, ...] = (
        parts.jobs,
        parts.outbox,
        *claims,
        parts.troubles.store,
        parts.consents.store,
    )
    timed = chain.from_iterable(each.timed for each in added)
    return Timekeeper(parts.database, parts.clock, (*own, *timed))


def _runner(
    parts: Parts,
    features: Features,
    wirings: list[Wiring],
    tasks: Tasks,
    admission: Admission,
    talk: Talk,
    policy: "PolicyRoom",
    way_back: WayBack,
    surfaces: Sequence[SurfaceWiring],
) -> JobRunner:
    ended = (talk.at_home, *(one for each in surfaces for one in each.ended))
    return JobRunner(
        parts.database,
        parts.jobs,
        tasks,
        parts.clock,
        admitted=admission.admitted,
        wake=parts.wake,
        waiting=WaitingWords(
            parts.database,
            parts.clock,
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
        at_home=_in_turn(ended),
        second=policy.agreements.asked,
    )


def _tell_of(surfaces: list[SurfaceWiring], sections: "list[HomeSection]", talk: Talk) -> None:
    """Show what surfaces add in the Home tab and in the help."""
    sections += chain.from_iterable(each.sections for each in surfaces)
    talk.desk.add([example for each in surfaces for example in each.examples])


def _forms(parts: Parts, kinds: QuestionKinds, wirings: list[Wiring]) -> Forms:
    names = {kind: one for each in wirings for kind, one in each.current_names.items()}
    return Forms(parts.slack, parts.outbox, kinds, names)


def _in_turn(changes: tuple[AtHome, ...]) -> AtHome:
    """Return what lets each of these change what a job brought forth."""

    def told(job: Job[Intent], outcome: Outcome) -> Outcome:
        return reduce(lambda made, change: change(job, made), changes, outcome)

    return told


def _vendors(features: Features, wirings: list[Wiring]) -> dict[str, str]:
    """Return the vendor that each job of a feature asks, by the job's name."""
    return {
        each.job: feature.vendor.title
        for feature, wiring in zip(features, wirings, strict=True)
        for each in (*wiring.composers, *(task.intent for task in wiring.tasks))
    }
