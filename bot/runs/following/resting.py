"""Watches that rest under a trouble, and tell of what happens once it is over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.runs.rendering.watches import watch_name
from bot.runs.store.watches import (
    GONE,
    SHARED,
    Watch,
    agree_watches,
    hand_over_watch,
    remove_watch,
    rest_watch,
    wake_watch,
    watches_where,
)
from bot.slack.people import Place
from bot.store.database import Row, Transaction
from bot.troubles.model import (
    PLACES,
    Evidence,
    StandingOrder,
    Trouble,
    TroubleKind,
    is_direct,
    may_go_on,
)
from bot.troubles.store import owners_in, put_back_row, rows_of

NOUN: Final = "watch"
TABLE: Final = "watches"
_AT: Final = "(channel = :place OR (channel LIKE 'D%' AND creator = :place))"
_UNDER: Final = "trouble_id = :trouble"


class WatchOrders:
    """The watches, as what keeps orders from being told knows them."""

    noun = NOUN

    def at(self, tx: Transaction, place: str) -> bool:
        """Return whether anything is watched at a place."""
        return bool(watches_where(tx, _AT, place=place))

    def rest(self, tx: Transaction, trouble: Trouble, found: Evidence) -> None:
        """Let the watches of a place rest; a key that is refused stops no watch."""
        if trouble.cause.kind is TroubleKind.OWNER:
            going = "creator = :owner AND paused = ''"
            for one in watches_where(tx, going, owner=trouble.cause.subject):
                if is_direct(one.channel):
                    rest_watch(tx, one, GONE, trouble.id)
        if trouble.cause.kind not in PLACES:
            return
        why = SHARED if trouble.cause.kind is TroubleKind.SHARED else GONE
        for one in watches_where(tx, _AT, place=trouble.cause.channel):
            if found.place is None or not may_go_on(found.place, one.consent):
                rest_watch(tx, one, why, trouble.id)

    def resting(self, tx: Transaction, trouble: int) -> Sequence[StandingOrder]:
        """Return the watches that rest under a trouble."""
        return [order_of(one) for one in watches_where(tx, _UNDER, trouble=trouble)]

    def agree(self, tx: Transaction, trouble: int, owner: str, consent: str) -> None:
        """Note to what a member agreed for an owner's watches."""
        agree_watches(tx, trouble, owner, consent)

    def go_on(
        self, tx: Transaction, trouble: int, place: Place | None, now: datetime
    ) -> Sequence[StandingOrder]:
        """Let watches tell of what happens from now on."""
        found = [
            one
            for one in watches_where(tx, _UNDER, trouble=trouble)
            if may_go_on(place, one.consent)
        ]
        for one in found:
            wake_watch(tx, one, now=now)
        return [order_of(one) for one in found]

    def of(self, tx: Transaction, owner: str, channel: str) -> Sequence[StandingOrder]:
        """Return what somebody watches in a channel; without one, all that they watch."""
        condition = "creator = :owner AND :channel IN ('', channel)"
        found = watches_where(tx, condition, owner=owner, channel=channel)
        return [order_of(one) for one in found]

    def owners(self, tx: Transaction) -> set[str]:
        """Return everybody who watches anything."""
        return owners_in(tx, TABLE)

    def failing(self, tx: Transaction, now: datetime) -> Sequence[StandingOrder]:
        """Return none: a watch has nothing to tell where nothing happens."""
        del tx, now
        return ()

    def take_out(self, tx: Transaction, numbers: Sequence[int]) -> Sequence[Row]:
        """Delete watches, and return how they lay there."""
        rows = rows_of(tx, TABLE, numbers)
        for row in rows:
            remove_watch(tx, row["channel"], row["flow_id"])
        return rows

    def put_back(self, tx: Transaction, rows: Sequence[Row], now: datetime) -> None:
        """Have deleted watches again; what happened meanwhile is not told."""
        for row in rows:
            put_back_row(tx, TABLE, row)
        for one in _numbered(tx, [row["id"] for row in rows]):
            wake_watch(tx, one, now=now)

    def hand_over(self, tx: Transaction, numbers: Sequence[int], heir: str) -> None:
        """Let watches be somebody else's; what was told directly is told to the heir."""
        for one in _numbered(tx, numbers):
            goes = heir if is_direct(one.channel) else one.channel
            hand_over_watch(tx, one, heir, goes)

    def move(self, tx: Transaction, numbers: Sequence[int], channel: str, now: datetime) -> None:
        """Let watches post in another channel, from `now` on; what it watches already stays so."""
        for one in _numbered(tx, numbers):
            hand_over_watch(tx, one, one.creator, channel)
            wake_watch(tx, one, now=now)

    async def is_mended(self, trouble: Trouble) -> bool:
        """Return that no watch knows better."""
        del trouble
        return True


def _numbered(tx: Transaction, numbers: Sequence[int]) -> list[Watch]:
    return [one for each in numbers for one in watches_where(tx, "id = :id", id=each)]


def order_of(one: Watch) -> StandingOrder:
    """Return a watch as an order."""
    name = watch_name(one.flow.name if one.flow.id else "")
    return StandingOrder(NOUN, one.id, one.creator, one.channel, name)
