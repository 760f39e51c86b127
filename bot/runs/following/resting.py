"""Watches that rest under a trouble, and tell of what happens once it is over."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from bot.runs.rendering.watches import watch_name
from bot.runs.rendering.words import vendor_words
from bot.runs.store.flow_cache import FlowCache
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
from bot.troubles.keeper import Troubles
from bot.troubles.model import (
    PLACES,
    Evidence,
    Hindrance,
    StandingOrder,
    Trouble,
    TroubleKind,
    is_direct,
    may_go_on,
)
from bot.troubles.store import all_troubles, owners_in, put_back_row, rows_of

NOUN: Final = "watch"
TABLE: Final = "watches"
FLOW: Final = "flow:"
"""So begins the subject of the trouble that a flow is not there any more."""
_AT: Final = "(channel = :place OR (channel LIKE 'D%' AND creator = :place))"
_UNDER: Final = "trouble_id = :trouble"


class WatchOrders:
    """The watches, as what keeps orders from being told knows them."""

    noun = NOUN

    def __init__(self, flows: FlowCache) -> None:
        """Know from `flows` which there are."""
        self._flows = flows

    def at(self, tx: Transaction, place: str) -> bool:
        """Return whether anything is watched at a place."""
        return bool(watches_where(tx, _AT, place=place))

    def rest(self, tx: Transaction, trouble: Trouble, found: Evidence) -> None:
        """Let watches rest; a key that is refused stops none."""
        why = SHARED if trouble.cause.kind is TroubleKind.SHARED else GONE
        for one in _concerned(tx, trouble, found):
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
        """Return whether a flow that is watched is there again; of all else no watch knows."""
        subject = trouble.cause.subject
        if trouble.cause.kind is not TroubleKind.THING or not subject.startswith(FLOW):
            return True
        return subject.removeprefix(FLOW) in {each.id for each in await self._flows.all()}


def note_flows(tx: Transaction, troubles: Troubles, flows: Collection[str]) -> None:
    """Let watches of flows that are not there any more rest, and those of others go on."""
    for one in watches_where(tx, "flow_id <> '' AND paused = ''"):
        if one.flow.id not in flows:
            why = f"Smart Flows has no flow {vendor_words(one.flow.name)} any more."
            cause = Hindrance(TroubleKind.THING, f"{FLOW}{one.flow.id}", why)
            troubles.arises(tx, cause, Evidence(order=(NOUN, one.id)))
    for trouble in all_troubles(tx):
        before, is_flow, flow = trouble.cause.subject.partition(FLOW)
        if is_flow and not before and trouble.cause.kind is TroubleKind.THING and flow in flows:
            troubles.go_on(tx, trouble)
            troubles.close_empty(tx, trouble.id)


def _concerned(tx: Transaction, trouble: Trouble, found: Evidence) -> list[Watch]:
    """Return the watches of a place, of who left if they come directly, or the one it is about."""
    if trouble.cause.kind in PLACES:
        return watches_where(tx, _AT, place=trouble.cause.channel)
    if trouble.cause.kind is TroubleKind.OWNER:
        theirs = watches_where(tx, "creator = :owner AND paused = ''", owner=trouble.cause.subject)
        return [one for one in theirs if is_direct(one.channel)]
    noun, number = found.order
    return _numbered(tx, [number]) if noun == NOUN else []


def _numbered(tx: Transaction, numbers: Sequence[int]) -> list[Watch]:
    return [one for each in numbers for one in watches_where(tx, "id = :id", id=each)]


def order_of(one: Watch) -> StandingOrder:
    """Return a watch as an order."""
    name = watch_name(one.flow.name if one.flow.id else "")
    return StandingOrder(NOUN, one.id, one.creator, one.channel, name)
