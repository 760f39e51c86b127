"""The weekly word to admins on what is quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.dates import weekday_and_day
from bot.asking.rendering.lines import typing
from bot.asking.rendering.shape import headline
from bot.slack.blocks.blocks import Element, actions, bullets, channel, message, plain
from bot.slack.messages import Message
from bot.troubles.ids import TroubleBlock
from bot.troubles.model import PLACES, StandingOrder, Trouble, TroubleKind, is_direct
from bot.troubles.rendering.orders import all_together

MOST: Final = 5
_PLACE: Final = {
    TroubleKind.ARCHIVED: "archived",
    TroubleKind.LEFT: "I was removed",
    TroubleKind.UNSEEN: "I can't see it",
    TroubleKind.SHARED: "shared with another organisation",
}


@dataclass(frozen=True, slots=True)
class QuietPart:
    """Orders that are quiet for one reason: a trouble, or without one that they keep failing."""

    orders: Sequence[StandingOrder]
    trouble: Trouble | None = None


def weekly(parts: Sequence[QuietPart], *, zone: str) -> Message:
    """Return what is quiet and why, the most first; moments are told in a zone (IANA)."""
    everything = {(one.noun, one.id): one for part in parts for one in part.orders}
    be = "needs" if len(everything) == 1 else "need"
    news = f"{all_together(list(everything.values()))} {be} attention"
    in_order = sorted(parts, key=lambda part: -len(part.orders))
    items = [_item(part, zone) for part in in_order[:MOST]]
    if len(parts) > MOST:
        items.append((plain(f"and {len(parts) - MOST:,} more reasons"),))
    spoken = "; ".join(_spoken(part, zone) for part in in_order[:MOST])
    listed = typing("All digests", TypedLine("/flow", "list all", ""))
    row = (actions(TroubleBlock.BUTTONS, *listed),) if listed else ()
    return message(f"{news}: {spoken}.", headline(news), bullets(*items), *row)


def _item(part: QuietPart, zone: str) -> tuple[Element, ...]:
    what, trouble = all_together(part.orders), part.trouble
    if trouble is None or trouble.cause.kind not in PLACES or is_direct(trouble.cause.channel):
        return (plain(_spoken(part, zone)),)
    since = f": {_PLACE[trouble.cause.kind]} since {_day(trouble, zone)}"
    return plain(f"{what} in "), channel(trouble.cause.channel), plain(since)


def _spoken(part: QuietPart, zone: str) -> str:
    what, trouble = all_together(part.orders), part.trouble
    if trouble is None:
        return f"{what}: failed several times in a row"
    if trouble.cause.kind is TroubleKind.OWNER:
        return f"{what}: without an owner since {_day(trouble, zone)}"
    why = _PLACE.get(trouble.cause.kind) or trouble.cause.reason.partition(". ")[0].rstrip(".")
    return f"{what}: {why}, since {_day(trouble, zone)}"


def _day(trouble: Trouble, zone: str) -> str:
    return weekday_and_day(trouble.began_at.astimezone(ZoneInfo(zone)))
