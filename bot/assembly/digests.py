"""What is done about digests, put together of what all features share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.asking.composing import Composers
from bot.asking.forms import Forms
from bot.asking.question import QuestionKinds
from bot.digests.as_code.channel import FILE as CODE_FILE
from bot.digests.as_code.channel import ChannelCode
from bot.digests.as_code.digests import DigestSection
from bot.digests.digests import Digests
from bot.digests.forms import DigestForms
from bot.digests.handing_over import HandOvers
from bot.digests.muting import Mutes
from bot.digests.ordering import Orders
from bot.digests.previews import Previews
from bot.digests.record.lateness import Lateness
from bot.digests.record.past import FILE, PastDigests
from bot.digests.record.store import DigestRecord
from bot.digests.rendering.order_form import FormSetting, OrderTaker
from bot.digests.subscriptions import Subscriptions
from bot.digests.telling import Acquaintance
from bot.feature import Parts, Switches, Wiring
from bot.jobs.admission import Admission
from bot.jobs.tasks import Workplace
from bot.outbox.files import Opener
from bot.slack.permalinks import Permalinks


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRooms:
    """Everything that is done about digests in a workspace."""

    making: Digests
    subscriptions: Subscriptions
    orders: Orders
    previews: Previews
    past: PastDigests
    hand_overs: HandOvers
    mutes: Mutes
    code: ChannelCode

    @property
    def workplaces(self) -> tuple[Workplace, ...]:
        """Where its work is done."""
        changed = self.subscriptions, self.orders, self.hand_overs, self.mutes, self.code
        return (*changed, self.previews, self.past, self.making)

    @property
    def services(self) -> tuple[object, ...]:
        """What its handlers use."""
        return self.hand_overs, self.mutes, self.code

    @property
    def openers(self) -> dict[str, Opener]:
        """Its files by name of their source."""
        return {FILE: self.past.open_file, CODE_FILE: self.code.open_file}


def digest_rooms_of(
    parts: Parts,
    kinds: QuestionKinds,
    switches: Switches,
    admission: Admission,
    wirings: Sequence[Wiring],
    subscriptions: Subscriptions,
    composers: Composers,
) -> DigestRooms:
    """Return all that is done about digests; those that come are made by `composers`."""
    orders = ordering_of(parts, kinds, switches, admission, subscriptions)
    return DigestRooms(
        making=digests_of(parts, composers),
        subscriptions=subscriptions,
        orders=orders,
        previews=previews_of(parts, kinds, switches, orders),
        past=past_of(parts, subscriptions),
        hand_overs=HandOvers(subscriptions, parts.digests, parts.directory, parts.clock),
        mutes=Mutes(parts.digests, subscriptions, parts.clock),
        code=code_of(parts, kinds, switches, wirings),
    )


def digests_of(parts: Parts, composers: Composers) -> Digests:
    """Return what makes digests."""
    return Digests(
        parts.digests,
        composers,
        parts.troubles,
        parts.snapshots,
        parts.directory,
        parts.clock,
    )


def ordering_of(
    parts: Parts,
    kinds: QuestionKinds,
    switches: Switches,
    admission: Admission,
    subscriptions: Subscriptions,
) -> Orders:
    """Return what orders digests; its form offers what can be asked of the services that are on."""
    on = [kind for feature, _ in switches.on for kind in feature.kinds if kind.picker]

    def settings(zone: str) -> FormSetting:
        return FormSetting(kinds=kinds, offered=on, now=parts.clock.now(), zone=zone)

    return Orders(
        parts.database,
        parts.digests,
        switches.composers,
        kinds,
        admission,
        parts.slack,
        parts.clock,
        changeable=subscriptions,
        settings=settings,
    )


def digest_forms_of(
    parts: Parts,
    forms: Forms,
    admission: Admission,
    orders: Orders,
    takers: Mapping[str, OrderTaker],
) -> DigestForms:
    """Return what opens and reads the form of a digest; `takers` take orders in their place."""
    record = DigestRecord(parts.database)
    told = parts.digests, record, admission, parts.directory

    def settings(zone: str) -> FormSetting:
        return replace(orders.settings(zone), takers=takers)

    return DigestForms(forms, *told, settings=settings)


def previews_of(parts: Parts, kinds: QuestionKinds, switches: Switches, orders: Orders) -> Previews:
    """Return what shows digests before they are ordered."""
    return Previews(
        switches.composers,
        kinds,
        parts.slack,
        parts.digests,
        Acquaintance(parts.snapshots, parts.clock),
        parts.clock,
        settings=orders.settings,
    )


def past_of(parts: Parts, subscriptions: Subscriptions) -> PastDigests:
    """Return what is told and done about the past of digests."""
    record = DigestRecord(parts.database)
    told = Permalinks(parts.slack), parts.directory, parts.tables, parts.clock
    return PastDigests(subscriptions, parts.digests, record, *told)


def lateness_of(parts: Parts) -> Lateness:
    """Return what says of a digest that it waited on its way."""
    return Lateness(DigestRecord(parts.database), parts.digests, parts.clock)


def code_of(
    parts: Parts, kinds: QuestionKinds, switches: Switches, wirings: Sequence[Wiring]
) -> ChannelCode:
    """Return what writes and reads standing orders as text, digests first."""
    digests = DigestSection(parts.digests, switches.composers, kinds)
    sections = (digests, *chain.from_iterable(each.coded for each in wirings))
    return ChannelCode(parts.database, sections, parts.snapshots, parts.slack, parts.clock)
