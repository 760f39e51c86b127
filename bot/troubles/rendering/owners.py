"""What is asked where somebody left who ordered something."""

from collections.abc import Sequence

from bot.asking.rendering.offers import offer
from bot.slack.blocks.blocks import Element, actions, bold, message, paragraph, plain
from bot.slack.messages import Message
from bot.slack.people import Person
from bot.troubles.ids import TroubleBlock
from bot.troubles.intents import HandOverOrders, StopOrders
from bot.troubles.model import StandingOrder
from bot.troubles.rendering.orders import all_together, listed


def reason(name: str) -> str:
    """Return why orders that came to somebody alone rest; `name` is theirs."""
    return f"{name} has left."


def asked(person: Person, orders: Sequence[StandingOrder], channel: str) -> Message:
    """Return the question to a channel who takes what somebody ordered for it."""
    it = "it" if len(orders) == 1 else "them"
    lead = f"{person.name}, who ordered {listed(orders)} for this channel, has left. "
    ask = f"Who takes {it} over?"
    take = HandOverOrders(person.id, channel=channel)
    stop = StopOrders(person.id, channel=channel)
    buttons = (*offer(f"I take {it}", take), *offer(f"Stop {it}", stop))
    return _said(lead, ask, buttons)


def asked_admin(person: Person, orders: Sequence[StandingOrder]) -> Message:
    """Return the question to an admin what becomes of what nobody has taken."""
    lead = f"{person.name} has left, and nobody has taken over {all_together(orders)}. "
    take = HandOverOrders(person.id)
    stop = StopOrders(person.id)
    it = "it" if len(orders) == 1 else "them"
    buttons = (*offer(f"I take {it}", take), *offer(f"Stop {it}", stop))
    return _said(
        lead, f"Without an owner nobody hears when something goes wrong with {it}.", buttons
    )


def _said(lead: str, after: str, buttons: tuple[Element, ...]) -> Message:
    row = actions(TroubleBlock.BUTTONS, *buttons)
    return message(f"{lead}{after}", paragraph(bold(lead), plain(after)), row)
