"""Watches as a section of a channel's standing orders as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.asking.core.arguments import nearest, quoted
from bot.digests.as_code.difference import CodedOrder
from bot.digests.as_code.document import CodedEntry, Plain
from bot.digests.as_code.sections import CodedPlace, OrderThere, WantedOrder
from bot.errors import UserError
from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.flows import Flows
from bot.runs.store.watches import Watch, put_watch, remove_watch, watches_where
from bot.store.database import Transaction

FLOW, TELL, FLOWS = "flow", "tell", "flows"
_EVERY: Final = "all"
_WORKS: Final = ", ".join(Condition)


class WatchSection:
    """Reads and writes a channel's watches."""

    name = "watches"
    fields: Mapping[str, type] = {FLOW: str, FLOWS: tuple, TELL: tuple}

    def __init__(self, flows: Flows) -> None:
        """Find flows by name in `flows`."""
        self._flows = flows

    def there(self, tx: Transaction, channel: str) -> Sequence[OrderThere]:
        """Return what a channel watches."""
        return [_standing(each) for each in watches_where(tx, "channel = :here", here=channel)]

    def channels(self, tx: Transaction) -> Iterable[str]:
        """Return the channels that have any."""
        return {each.channel for each in watches_where(tx, "TRUE")}

    async def wanted(
        self, entries: Sequence[CodedEntry], place: CodedPlace, now: datetime
    ) -> Sequence[WantedOrder]:
        """Return what entries want. Raises CodeError and VendorError."""
        return [await self._wanted(each, place, now) for each in entries]

    async def _wanted(self, entry: CodedEntry, place: CodedPlace, now: datetime) -> WantedOrder:
        typed = entry.text(FLOW)
        if not typed:
            raise entry.fault(FLOW, "A watch says of which flow it tells: flow: Invoice run")
        try:
            flow = await self._flows.watched("" if typed.casefold() == _EVERY else typed)
        except UserError as error:
            raise entry.fault(FLOW, str(error)) from None
        watch = Watch(
            channel=place.channel,
            flow=flow,
            conditions=_conditions(entry),
            creator=place.owner,
            created_at=now,
            consent=place.consent,
            parts=_parts(entry, flow.id),
        )
        return WantedOrder(_coded(watch), lambda tx, _: put_watch(tx, watch))


def _parts(entry: CodedEntry, flow_id: str) -> tuple[str, ...]:
    """Return the patterns of flows, which only a watch of all has. Raises CodeError."""
    parts = tuple(entry.texts(FLOWS))
    if parts and flow_id:
        raise entry.fault(FLOWS, f"Patterns of flows are for a watch of {_EVERY}.")
    return parts


def _standing(watch: Watch) -> OrderThere:
    order = replace(_coded(watch), id=watch.id)
    return OrderThere(
        order, order.fields, lambda tx, _: remove_watch(tx, watch.channel, watch.flow.id)
    )


def _coded(watch: Watch) -> CodedOrder:
    fields: dict[str, Plain] = {FLOW: watch.flow.name if watch.flow.id else _EVERY}
    if watch.parts:
        fields[FLOWS] = watch.parts
    if {*watch.conditions} != {*DEFAULT_CONDITIONS}:
        fields[TELL] = tuple(str(each) for each in Condition if each in watch.conditions)
    title = f"Watching {watch.flow.name if watch.flow.id else 'all flows'}"
    return CodedOrder(WatchSection.name, watch.flow.id, title, fields)


def _conditions(entry: CodedEntry) -> tuple[Condition, ...]:
    typed = entry.texts(TELL)
    unknown = next((each for each in typed if each not in {*Condition}), None)
    if unknown is not None:
        near = nearest(unknown, Condition)
        meant = f"Did you mean {near}?" if near else f"It tells of {_WORKS}."
        raise entry.fault(TELL, f"I can't tell of {quoted(unknown)}. {meant}")
    return tuple(each for each in Condition if each in typed) or DEFAULT_CONDITIONS
