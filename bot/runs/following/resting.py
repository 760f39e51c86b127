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
    rest_watch,
    wake_watch,
    watches_where,
)
from bot.slack.people import Place
from bot.store.database import Transaction
from bot.troubles.model import PLACES, Evidence, StandingOrder, Trouble, TroubleKind, may_go_on

NOUN: Final = "watch"
_AT: Final = "(channel = :place OR (channel LIKE 'D%' AND creator = :place))"
_UNDER: Final = "trouble_id = :trouble"


class WatchOrders:
    """The watches, as what keeps orders from being told knows them."""

    def at(self, tx: Transaction, place: str) -> bool:
        """Return whether anything is watched at a place."""
        return bool(watches_where(tx, _AT, place=place))

    def rest(self, tx: Transaction, trouble: Trouble, found: Evidence) -> None:
        """Let the watches of a place rest; a key that is refused stops no watch."""
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

    async def is_mended(self, trouble: Trouble) -> bool:
        """Return that no watch knows better."""
        del trouble
        return True


def order_of(one: Watch) -> StandingOrder:
    """Return a watch as an order."""
    name = watch_name(one.flow.name if one.flow.id else "")
    return StandingOrder(NOUN, one.id, one.creator, one.channel, name)
