"""Digests that rest under a trouble, and go on from their next planned time once it is over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.asking.subscription import ACTIVE, SHARED, STOPPED, Subscription
from bot.clock import Clock
from bot.digests.claiming import next_run, note_rest, planned_anew
from bot.digests.core import recurrence
from bot.digests.probing import Probe, hindrance_in, is_passing
from bot.digests.rendering.words import is_direct, title
from bot.digests.store import (
    SubscriptionStore,
    agree_subscriptions,
    end_subscription,
    hand_over_subscription,
    move_subscription,
    remove_subscription,
    renew_subscription,
    rest_subscription,
)
from bot.errors import UserError
from bot.slack.blocks.wording import capital
from bot.slack.people import Place
from bot.store.database import Row, Transaction, stamp
from bot.troubles.model import (
    PLACES,
    VENDORS,
    Evidence,
    StandingOrder,
    Trouble,
    TroubleKind,
    may_go_on,
)
from bot.troubles.store import owners_in, put_back_row, rows_of

NOUN: Final = "digest"
TABLE: Final = "subscriptions"
MANY_FAILURES: Final = 3
LONG: Final = timedelta(days=14)
FAILING: Final = (
    "state = 'active' AND (failure_streak >= :many "
    "OR (failure_streak > 0 AND last_ok_at IS NULL AND created_at < :since))"
)
MOST_IN_CHANNEL: Final = 50
TOO_MANY: Final = (
    f"This channel has {MOST_IN_CHANNEL} digests, which is the most. Stop one to make room."
)
_AT: Final = "(channel = :place OR (channel LIKE 'D%' AND creator = :place))"


class DigestOrders:
    """The digests, as what keeps orders from being told knows them."""

    noun = NOUN

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
            goes_on = self._wake(tx, one, now)
            yield replace(order_of(one), is_over=not goes_on)

    def _wake(self, tx: Transaction, one: Subscription, now: datetime) -> bool:
        """Let one come at its next time; False where it has none and is over."""
        if one.skips_at:
            note_rest(tx, one, now)
        awake = planned_anew(replace(one, state=ACTIVE, snoozed_until=None), now)
        if awake.next_run_at is None and recurrence.is_once(one.cron):
            end_subscription(tx, one.id, now=now)  # its only time has passed, and is on record
            return False
        renew_subscription(tx, awake)
        return True

    def _numbered(self, tx: Transaction, numbers: Sequence[int]) -> list[Subscription]:
        return [one for each in numbers if (one := self._subscriptions.one(tx, each))]

    def of(self, tx: Transaction, owner: str, channel: str) -> Sequence[StandingOrder]:
        """Return what somebody ordered for a channel; without one, all that they ordered."""
        condition = "creator = :owner AND :channel IN ('', channel)"
        found = self._subscriptions.where(tx, condition, owner=owner, channel=channel)
        return [order_of(one) for one in found]

    def owners(self, tx: Transaction) -> set[str]:
        """Return everybody who ordered any digest."""
        return owners_in(tx, TABLE)

    def failing(self, tx: Transaction, now: datetime) -> Sequence[StandingOrder]:
        """Return the digests that failed several times in a row, or never came."""
        since = stamp(now - LONG)
        found = self._subscriptions.where(tx, FAILING, many=MANY_FAILURES, since=since)
        return [order_of(one) for one in found]

    def take_out(self, tx: Transaction, numbers: Sequence[int]) -> Sequence[Row]:
        """Delete digests, and return how they lay there."""
        rows = rows_of(tx, TABLE, numbers)
        for row in rows:
            remove_subscription(tx, row["id"], now=self._clock.now())
        return rows

    def put_back(self, tx: Transaction, rows: Sequence[Row], now: datetime) -> None:
        """Have deleted digests again; a planned time that has passed meanwhile does not come."""
        for row in rows:
            put_back_row(tx, TABLE, row)
            one = self._subscriptions.one(tx, row["id"])
            if one and (one.trouble_id or one.state == ACTIVE):
                self._wake(tx, one, now)

    def hand_over(self, tx: Transaction, numbers: Sequence[int], heir: str) -> None:
        """Let digests be somebody else's; what came to their owner directly comes to the heir."""
        for one in self._numbered(tx, numbers):
            goes = heir if is_direct(one) else one.channel
            hand_over_subscription(tx, replace(one, creator=heir, channel=goes))

    def move(self, tx: Transaction, numbers: Sequence[int], channel: str, now: datetime) -> None:
        """Let digests come to another channel, from `now` on."""
        here = len(self._subscriptions.within(tx, channel))
        if here + len(numbers) > MOST_IN_CHANNEL:
            raise UserError(TOO_MANY)
        for one in self._numbered(tx, numbers):
            move_subscription(tx, one, channel)
            self._wake(tx, replace(one, channel=channel, consent=""), now)

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
        if kind is TroubleKind.OWNER:
            going = "creator = :owner AND state = 'active'"
            theirs = self._subscriptions.where(tx, going, owner=subject)
            return [one for one in theirs if is_direct(one)]
        noun, number = found.order
        going = "id = :id AND state = 'active'"
        return self._subscriptions.where(tx, going, id=number) if noun == NOUN else []

    def _under(self, tx: Transaction, trouble: int) -> list[Subscription]:
        return self._subscriptions.where(tx, "trouble_id = :trouble", trouble=trouble)


def released(before: Subscription, after: Subscription) -> Subscription:
    """Return a changed digest as it goes on, where what was in its way may be no part of it now."""

    def essence(one: Subscription) -> tuple[object, ...]:
        return one.channel, one.question, one.cron, one.zone

    if before.trouble_id is None or essence(before) == essence(after):
        return after
    return replace(after, state=ACTIVE, trouble_id=None, last_error="")


def order_of(one: Subscription) -> StandingOrder:
    """Return a digest as an order."""
    return StandingOrder(NOUN, one.id, one.creator, one.channel, capital(title(one)))
