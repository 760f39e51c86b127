"""What owners are told of a trouble and of its end, and what somebody is told who looks."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.offers import offer, opening
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    channel,
    message,
    paragraph,
    plain,
    prose,
    says,
)
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message
from bot.troubles.ids import TroubleBlock, TroubleCallback
from bot.troubles.intents import LetOthersSee, LookNow, StopOrders
from bot.troubles.model import PLACES, Hindrance, StandingOrder, Trouble, TroubleKind
from bot.troubles.rendering.orders import all_together, names_of

_INVITE: Final = "Type `/invite @Flowbot` there, and {they} by {self}."
_WHY: Final = {
    TroubleKind.ARCHIVED: ("as {place} is archived.", "Unarchive it, and {they} by {self}."),
    TroubleKind.LEFT: ("as I'm no longer in {place}.", _INVITE),
    TroubleKind.UNSEEN: ("as I can't see {place} any more.", _INVITE),
    TroubleKind.SHARED: (
        "as another organisation now reads {place}.",
        "If they may see {it}, resume {it}: who presses the button has to be in the channel.",
    ),
}
_MENDED: Final = "When that is mended, {they} by {self}."
IN_THE_CHANNEL: Final = "Another organisation reads that channel. Only a member can let it go on."
_SEEN: Final = "Resumed. People of another organisation read this channel and will see it."
_LOOKS: Final = {TroubleKind.LEFT: "Invite", TroubleKind.UNSEEN: "Invite"}
"""What a look is called where somebody has to do something first: it says what."""
_PLACE: Final = "{place}"
_PEOPLE: Final = ("D", "U", "W")
_DIRECT: Final = "your direct messages"


def paused(trouble: Trouble, orders: Sequence[StandingOrder]) -> Message:
    """Return to an owner what rests now, why, and what lets it go on."""
    be = " is paused" if len(orders) == 1 else " are paused"
    lead, where, after, way = _why(trouble.cause, orders)
    first = paragraph(bold(all_together(orders)), plain(f"{be}{lead}"), *where, plain(after))
    names = () if len(orders) == 1 else (paragraph(plain(f"{names_of(orders)}.")),)
    mend = (paragraph(*prose(way)),) if way else ()
    there = _spoken_place(trouble.cause, "its channel" if len(orders) == 1 else "their channel")
    spoken = f"{all_together(orders)}{be}{lead}{there}{after} {way}".strip().replace("`", "")
    row = actions(TroubleBlock.BUTTONS, *mending_buttons(trouble, orders[0].owner))
    return message(spoken, first, *names, *mend, row)


def for_admin(trouble: Trouble, orders: Sequence[StandingOrder]) -> Message:
    """Return to whoever runs Flowbot what rests until they mend it."""
    be = " is paused. " if len(orders) == 1 else " are paused. "
    people = counted(len({one.owner for one in orders}), "person", "people")
    what = f"{all_together(orders)} of {people}{be}"
    after = f"{trouble.cause.reason} After that {_fitting('{they} by {self}', orders)}."
    row = actions(TroubleBlock.BUTTONS, *mending_buttons(trouble, ""))
    return message(f"{what}{after}", paragraph(bold(what), plain(after)), row)


def back(orders: Sequence[StandingOrder]) -> Message:
    """Return to an owner that orders go on, and which have nothing left to do."""
    going = [one for one in orders if not one.is_over]
    over = [one for one in orders if one.is_over]
    told = [*_back(going), *_passed(over)] if going else _passed(over)
    spoken = " ".join(words for words, _ in told)
    return message(spoken, *(block for _, block in told))


def _back(orders: Sequence[StandingOrder]) -> list[tuple[str, Block]]:
    lead = " is back" if len(orders) == 1 else " are back"
    places = list(dict.fromkeys(one.channel for one in orders))
    there = (plain(" in "), *_where(places[0])) if len(places) == 1 else ()
    after = ". What was missed meanwhile isn't sent later."
    block = paragraph(bold(all_together(orders)), plain(lead), *there, plain(after))
    return [(f"{all_together(orders)}{lead}{after}", block)]


def _passed(orders: Sequence[StandingOrder]) -> list[tuple[str, Block]]:
    if not orders:
        return []
    has = "has" if len(orders) == 1 else "have"
    words = f"{all_together(orders)} {has} ended: the only time passed meanwhile."
    return [(words, paragraph(plain(words)))]


def still(cause: Hindrance) -> Message:
    """Return to somebody who looks that it is as it was."""
    lead, where, after, way = _why(cause, ())
    first = paragraph(plain(f"Still paused{lead}"), *where, plain(f"{after} "), *prose(way))
    there = _spoken_place(cause, "that channel")
    return message(f"Still paused{lead}{there}{after} {way}".strip().replace("`", ""), first)


def over() -> Message:
    """Return to somebody who looks that nothing is in the way any more."""
    return says("That's mended: everything goes on at its next time.")


def seen() -> Message:
    """Return to a member what they agreed to."""
    return says(_SEEN)


def mending_buttons(trouble: Trouble, owner: str) -> tuple[Element, ...]:
    """Return what mends a trouble, the likeliest first; without an owner only a look at it."""
    kind = trouble.cause.kind
    look = offer(_LOOKS.get(kind, "Look again"), LookNow(trouble.id))
    if not owner:
        return look
    about = f"{trouble.id}:{owner}"
    is_channel = kind in PLACES and not trouble.cause.channel.startswith(_PEOPLE)
    agree = LetOthersSee(trouble.id, owner)
    seen = offer("They may see it: resume", agree, chosen=trouble.cause.channel)
    first = seen if kind is TroubleKind.SHARED and is_channel else look
    move = opening("Other channel", TroubleCallback.OTHER_CHANNEL, about=about)
    give = opening("Hand over", TroubleCallback.HAND_OVER, about=about)
    stop = offer("Stop", StopOrders(owner, trouble.id))
    return (*first, *(move if is_channel else ()), *give, *stop)


def _why(
    cause: Hindrance, orders: Sequence[StandingOrder]
) -> tuple[str, tuple[Element, ...], str, str]:
    """Return why something rests, in two parts around the channel, and what lets it go on."""
    if cause.kind not in _WHY:
        mend = "" if cause.kind is TroubleKind.SCHEDULE else _MENDED
        return ". ", (), cause.reason, _fitting(mend, orders)
    why, mend = _WHY[cause.kind]
    before, _, after = why.partition(_PLACE)
    return f", {before}", _where(cause.channel), after, _fitting(mend, orders)


def _fitting(mend: str, orders: Sequence[StandingOrder]) -> str:
    if len(orders) <= 1:
        return mend.format(they="it goes on", self="itself", it="it")
    return mend.format(they="they go on", self="themselves", it="them")


def _where(place: str) -> tuple[Element, ...]:
    return (plain(_DIRECT),) if place.startswith(_PEOPLE) else (channel(place),)


def _spoken_place(cause: Hindrance, of_channel: str) -> str:
    """Return what stands for a channel where its name cannot be shown."""
    if cause.kind not in _WHY:
        return ""
    return _DIRECT if cause.channel.startswith(_PEOPLE) else of_channel
