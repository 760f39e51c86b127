"""The composition root: the parts of a workspace and the features become its bot."""

from contextlib import AsyncExitStack
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.asking.allowed import AllowedButtons
from bot.asking.cleanup import Cleanup
from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.asking.runner import JobRunner
from bot.asking.services import CommonServices, with_files_sent_again
from bot.asking.waiting import WaitingWords
from bot.asking.way_back import WayBack
from bot.assembly.bot import Bot
from bot.assembly.connecting import connecting_of
from bot.assembly.digests import (
    code_of,
    digest_forms_of,
    digests_of,
    ordering_of,
    past_of,
    previews_of,
)
from bot.assembly.doctor import doctor_of
from bot.assembly.features import Features
from bot.assembly.orders import healers_of, serve_orders
from bot.assembly.outgoing import delivery_of
from bot.assembly.policy import policy_of
from bot.assembly.resources import open_parts
from bot.assembly.tenancy import Tenant
from bot.assembly.work import tasks_of
from bot.config import Settings
from bot.digests.as_code.channel import FILE as CODE_FILE
from bot.digests.claiming import DigestClaims
from bot.digests.handing_over import HandOvers
from bot.digests.muting import Mutes
from bot.digests.ordering import Orders
from bot.digests.probing import Probe
from bot.digests.record.past import FILE
from bot.digests.record.store import DigestRecord
from bot.digests.subscriptions import Subscriptions
from bot.feature import Feature, Parts, Switches, Wiring
from bot.http.holds.store import HoldStore
from bot.jobs.admission import Admission
from bot.jobs.engine import TableEngine
from bot.jobs.inbox import Inbox
from bot.jobs.tasks import Tasks, Workplace
from bot.jobs.trail.store import AuditTrail
from bot.outbox.recording import heard_by_all
from bot.policy.trail import FILE as AUDIT
from bot.slack_app import (
    Services,
)
from bot.store.timekeeping import Timekeeper
from bot.talk.rendering.lines import HELP
from bot.talk.room import Talk
from bot.troubles.forms import TroubleForms
from handlers import forms_of

if TYPE_CHECKING:
    from bot.assembly.process import Process
    from bot.worker import Worker
from bot.workspaces.departures import Departure


async def put_together(process: "Process", tenant: Tenant, stack: AsyncExitStack) -> Bot:
    """Return the bot of a workspace, to be taken apart with the stack.

    Raises LookupError that names what a feature's room forgot.
    """
    resources = process.resources
    workers: list[Worker] = []
    clock, features, kinds = resources.clock, resources.features, resources.kinds
    parts = await open_parts(resources, tenant, stack, workers=workers)
    trail = AuditTrail(parts.database)
    admission = Admission(parts.directory, parts.policies, trail, clock)
    wirings = [await _built(each, parts, tenant.settings) for each in features]
    switches = Switches(zip(features, wirings, strict=True))
    probe = Probe(switches.composers, clock)
    serve_orders(parts, features, wirings, probe)
    digests = digests_of(parts, switches)
    claims = DigestClaims(parts.database, parts.digests, clock)
    settled = heard_by_all(tuple(chain.from_iterable(each.settled for each in wirings)))
    connecting, windows_of_it = connecting_of(
        process.resources, tenant, parts, lambda: process.bots.outdate(tenant.workspace)
    )
    talk = Talk(parts, switches, kinds, connecting.at_home)
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
    doctor = doctor_of(parts, tenant.settings, wirings, connects=not tenant.is_own)
    own: tuple[Workplace, ...] = (
        common,
        *rooms,
        *healers.workplaces,
        *policy.workplaces,
        doctor,
        connecting,
    )
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
    departure = Departure(tenant.workspace, process.installs.departures)
    of_all = (common, way_back, hand_overs, mutes, code, departure, windows_of_it)
    more = (*of_all, *windows, *talk.services, *of_rooms)
    services = _services(parts, kinds, tasks, wirings, admission, switches, ordering, more)
    rows = tuple(row for each in wirings for row in each.rows)
    records = DigestRecord(parts.database), trail
    inputs = (policy.waiting,)
    tidying = Cleanup(parts.jobs, parts.outbox, parts.snapshots, records, inputs, rows, clock)
    timed = chain.from_iterable(each.timed for each in wirings)
    own_timed = (parts.jobs, parts.outbox, claims, parts.troubles.store)
    bot = Bot(
        process=process,
        workspace=tenant.workspace,
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
        identity=tenant.identity,
    )
    workers += bot.workers
    return bot


async def _built(feature: Feature[Any], parts: Parts, settings: Settings) -> Wiring:
    """Return what a feature adds. Raises LookupError that names what its room forgot."""
    wiring = await feature.build(parts, settings.of(feature.settings))
    missing = ", ".join(wiring.missing(feature))
    if missing:
        raise LookupError(f"bot/{feature.name}: build returns no {missing}")
    wiring.connection.keep_holds(HoldStore(parts.database))
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
