"""The windows in which orders are moved or handed over, and what is said of what was done."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.slack.blocks.blocks import actions, bold, message, paragraph, plain, says
from bot.slack.blocks.inputs import conversation_select, field, person_select
from bot.slack.blocks.modals import View, modal
from bot.slack.messages import Message
from bot.troubles.ids import TroubleAction, TroubleBlock, TroubleCallback
from bot.troubles.intents import PutBackOrders
from bot.troubles.model import StandingOrder, Trouble
from bot.troubles.rendering.notices import mending_buttons
from bot.troubles.rendering.orders import listed

HAND_OVER: Final = "Hand over"
OTHER_CHANNEL: Final = "Another channel"
NONE_LEFT: Final = "Nothing of that rests any more: it goes on, or was stopped."
TOO_LATE: Final = "That can't be undone any more."
WHO: Final = "Who should get it?"
WHERE: Final = "Choose a channel that I'm in."


def other_channel_modal(orders: Sequence[StandingOrder], *, metadata: str) -> View:
    """Return the window in which another channel is chosen for orders."""
    where = conversation_select(TroubleAction.CHANNEL)
    return modal(
        TroubleCallback.OTHER_CHANNEL,
        OTHER_CHANNEL,
        (_about(orders), field("Where should they go?", where)),
        submit="Move",
        metadata=metadata,
    )


def hand_over_modal(orders: Sequence[StandingOrder], *, metadata: str) -> View:
    """Return the window in which a new owner is chosen for orders."""
    who = person_select(TroubleAction.HEIR, placeholder="A colleague")
    return modal(
        TroubleCallback.HAND_OVER,
        HAND_OVER,
        (_about(orders), field("New owner", who)),
        submit=HAND_OVER,
        metadata=metadata,
    )


def stopped(orders: Sequence[StandingOrder], undo: PutBackOrders) -> Message:
    """Return that orders have ended, with the way back."""
    said = f"Stopped {listed(orders)}."
    row = actions(TroubleBlock.BUTTONS, *offer("Undo", undo))
    return message(said, paragraph(plain(said)), row)


def there_again() -> Message:
    """Return that orders are there again as they were."""
    return says("All of it is there again, as it was.")


def moved(orders: Sequence[StandingOrder]) -> Message:
    """Return to the new channel what comes here from now on."""
    comes = "comes" if len(orders) == 1 else "come"
    return says(f"{listed(orders)} {comes} here from now on, at the planned times.")


def handed_over(orders: Sequence[StandingOrder], heir: str) -> Message:
    """Return to whoever did it whose orders are now; `heir` is a name."""
    return says(f"Handed {listed(orders)} over to {heir}.")


def inherited(orders: Sequence[StandingOrder], giver: str, trouble: Trouble | None) -> Message:
    """Return to the new owner what they were given, and why it rests; `giver` is a name."""
    rest, them = ("It rests", "it") if len(orders) == 1 else ("They rest", "them")
    after = f"I'll tell you if something goes wrong with {them}."
    if trouble:
        after = f"{rest} now. {trouble.cause.reason}"
    said = f"{giver} handed {listed(orders)} over to you. {after}"
    buttons = mending_buttons(trouble, orders[0].owner) if trouble else ()
    row = (actions(TroubleBlock.BUTTONS, *buttons),) if buttons else ()
    return message(said, paragraph(plain(said)), *row)


def taken(orders: Sequence[StandingOrder], heir: str) -> Message:
    """Return to all whose orders are now; `heir` is a name."""
    has = "belongs" if len(orders) == 1 else "belong"
    return says(f"{listed(orders)} now {has} to {heir}.")


def _about(orders: Sequence[StandingOrder]) -> dict[str, object]:
    return paragraph(bold(listed(orders)))
