"""Digests that rest under a trouble, and go on from their next planned time once it is over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.asking.subscription import ACTIVE, SHARED, STOPPED, Subscription
from bot.clock import Clock
from bot.digests.claiming import next_run, note_rest, planned_anew
from bot.digests.core import recurrence
from bot.digests.probing import Probe, hindrance_in, is_passing
from bot.digests.rendering.words import title
from bot.digests.store import (
    SubscriptionStore,
    agree_subscriptions,
    end_subscription,
    renew_subscription,
    rest_subscription,
)
from bot.slack.people import Place
from bot.store.database import Transaction
from bot.troubles.model import (
    PLACES,
    VENDORS,
    Evidence,
    StandingOrder,
    Trouble,
    TroubleKind,
    may_go_on,
)

NOUN: Final = "digest"
_AT: Final = "(channel = :place OR (channel LIKE 'D%' AND creator = :place))"


class DigestOrders:
    """The digests, as what keeps orders from being told knows them."""

    def __init__(
        self,
        subscriptions: SubscriptionStore,
        probe: Probe,
        vendors: Mapping[str, str],
        clock: Clock,
    ) -> None:
        """Let those of this store rest; `vendors` has the vendor's name of each kind."""
        self._subscriptions = subscriptions
        self._probe = probe
        self._vendors = vendors
        self._clock = clock

    def at(self, tx: Transaction, place: str) -> bool:
        """Return whether there is any digest at a place."""
        return bool(self._subscriptions.where(tx, _AT, place=place))

    def rest(self, tx: Transaction, trouble: Trouble, found: Evidence) -> None:
        """Let digests rest; what a person paused or snoozed is left so."""
        state = SHARED if trouble.cause.kind is TroubleKind.SHARED else STOPPED
        for one in self._concerned(tx, trouble, found):
            if found.place is None or not may_go_on(found.place, one.consent):
                rest_subscription(tx, one.id, state, trouble.id, trouble.cause.reason)

    def resting(self, tx: Transaction, trouble: int) -> Sequence[StandingOrder]:
        """Return the digests that rest under a trouble."""
        return [order_of(one) for one in self._under(tx, trouble)]

    def agree(self, tx: Transaction, trouble: int, owner: str, consent: str) -> None:
        """Note to what a member agreed for an owner's digests."""
        agree_subscriptions(tx, trouble, owner, consent)

    def go_on(
        self, tx: Transaction, trouble: int, place: Place | None, now: datetime
    ) -> Sequence[StandingOrder]:
        """Let digests go on from their next planned time; those before are on the record."""
        return list(self._gone_on(tx, trouble, place, now))

    def _gone_on(
        self, tx: Transaction, trouble: int, place: Place | None, now: datetime
    ) -> Iterator[StandingOrder]:
        for one in self._under(tx, trouble):
            if not may_go_on(place, one.consent):
                continue
            if one.skips_at:
                note_rest(tx, one, now)
            awake = replace(one, state=ACTIVE, snoozed_until=None)
            awake = planned_anew(awake, now)
            if awake.next_run_at is None and recurrence.is_once(one.cron):
                end_subscription(tx, one.id)  # its only time has passed, and is on the record
                yield replace(order_of(one), is_over=True)
                continue
            renew_subscription(tx, awake)
            yield order_of(one)

    async def is_mended(self, trouble: Trouble) -> bool:
        """Return whether a digest could come again, by asking what one of them asks."""
        resting = await self._subscriptions.under(trouble.id)
        if not resting:
            return True
        one = resting[0]
        if trouble.cause.kind is TroubleKind.SCHEDULE:
            return next_run(one, self._clock.now()) is not None
        error = await self._probe.trouble(one)
        if error is None or is_passing(error):
            return error is None
        still = hindrance_in(error, one)
        return trouble.cause.kind in VENDORS and (still is None or still.kind not in VENDORS)

    def _concerned(self, tx: Transaction, trouble: Trouble, found: Evidence) -> list[Subscription]:
        kind, subject = trouble.cause.kind, trouble.cause.subject
        if kind in PLACES:
            condition = f"{_AT} AND (state = 'active' OR trouble_id IS NOT NULL)"
            return self._subscriptions.where(tx, condition, place=trouble.cause.channel)
        if kind in VENDORS:
            kinds = [name for name, vendor in self._vendors.items() if vendor == subject]
            return self._subscriptions.going(tx, kinds)
        noun, number = found.order
        going = "id = :id AND state = 'active'"
        return self._subscriptions.where(tx, going, id=number) if noun == NOUN else []

    def _under(self, tx: Transaction, trouble: int) -> list[Subscription]:
        return self._subscriptions.where(tx, "trouble_id = :trouble", trouble=trouble)


def order_of(one: Subscription) -> StandingOrder:
    """Return a digest as an order."""
    return StandingOrder(NOUN, one.id, one.creator, one.channel, title(one))
