"""A digest that changes hands: the window for it, and what each of those concerned is told."""

from typing import Final

from bot.asking.rendering.offers import offer, opening
from bot.asking.subscription import Subscription
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import HandOver
from bot.digests.rendering.menus import edit_button, stop_button
from bot.digests.rendering.replies import about, said
from bot.digests.rendering.words import is_direct, place, title, with_zone
from bot.slack.blocks.blocks import bold, context, paragraph, plain
from bot.slack.blocks.inputs import field, person_select
from bot.slack.blocks.modals import View, modal
from bot.slack.messages import Message

TITLE: Final = "Hand over"
_WHAT_FOLLOWS: Final = (
    "They are told, can change it, and hear of it when something goes wrong. Where it goes stays "
    "as it is."
)
_DIRECTLY: Final = "It comes to you directly now, so it will go to them instead."


def hand_over_modal(one: Subscription) -> View:
    """Return the window in which a new owner is chosen."""
    who = person_select(DigestAction.HEIR, placeholder="A colleague")
    return modal(
        DigestCallback.HAND_OVER,
        TITLE,
        (
            paragraph(bold(title(one)), *place(one, "in"), plain(f" comes {with_zone(one)}.")),
            field("New owner", who),
            context(_DIRECTLY if is_direct(one) else _WHAT_FOLLOWS),
        ),
        submit=TITLE,
        metadata=f"{one.id}",
    )


def handed_over(one: Subscription, heir: str) -> Message:
    """Return, for whoever did it, whose a digest is now; `heir` is a name."""
    first = about(one, "Handed ", *place(one, "in"), plain(f" over to {heir}."))
    return said(first, buttons=())


def taken_over(one: Subscription) -> Message:
    """Return that a digest is now the reader's own."""
    rest = plain(f" is yours now. It comes {with_zone(one)}.")
    first = paragraph(bold(title(one)), *place(one, "in"), rest)
    return said(first, buttons=(*edit_button(one), *stop_button(one)))


def inherited(one: Subscription, giver: str, former: str) -> Message:
    """Return, for the new owner, what they were given; [Hand back] makes it `former`'s again.

    `giver` is a name, `former` the id of a person.
    """
    first = about(one, f"{giver} handed ", *place(one, "in"), plain(" over to you."))
    told = paragraph(plain(f"It comes {with_zone(one)}. I'll tell you if something goes wrong."))
    back = offer("Hand back", HandOver(one.id, former)) if former else ()
    return said(first, told, buttons=(*edit_button(one), *back, *stop_button(one)))


def lost(one: Subscription, giver: str, heir: str) -> Message:
    """Return, for who owned a digest, that somebody else made it another's."""
    whose = "theirs" if giver == heir else f"{heir}'s"
    first = about(one, f"{giver} made your digest ", *place(one, "in"), plain(f" {whose}."))
    return said(first, buttons=())


def hand_over_button(one: Subscription, label: str = "Hand over") -> tuple[dict[str, object], ...]:
    """Return the button that opens the window."""
    return opening(label, DigestCallback.HAND_OVER, about=f"{one.id}")


def take_over_button(one: Subscription) -> tuple[dict[str, object], ...]:
    """Return [Take over], for those whose digest's owner is gone: it is then who pressed it's."""
    return offer("Take over", HandOver(one.id), spoken="Make this digest mine")
