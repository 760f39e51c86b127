"""The greeting of somebody who opens Flowbot for the first time: three steps, and never again."""

from collections.abc import Iterator
from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.slack.blocks.blocks import actions, bold, bullets, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Block, Message
from bot.talk.intents import HomePage, ShowHelp, ShowHome

HELLO: Final = "Hello! I'm Flowbot"
_LEAD: Final = "I answer from your services and send the answers on a schedule. Three steps:"
_STEPS: Final = (
    ("Ask", "press a button below, type /flow, or write to me in Messages."),
    ("Get it again", "press Subscribe under any answer, and it comes on your schedule."),
    ("Look after it here", "this page shows what comes next and what needs you."),
)


def tour(page: HomePage) -> Iterator[Block]:
    """Yield the greeting in Home, with a button for each step and one that ends it."""
    yield from _greeting()
    yield actions(
        f"{BlockId.HOME}:tour",
        *offer("What I can ask", ShowHelp()),
        *offer("How digests work", ShowHelp(group=1)),
        *offer("Got it", ShowHome(page, toured=True), style="primary"),
    )
    yield {"type": "divider"}


def greeting() -> Message:
    """Return the greeting in direct messages."""
    buttons = (*offer("What I can ask", ShowHelp()), *offer("How digests work", ShowHelp(group=1)))
    row = actions(BlockId.HELP_BUTTONS, *buttons)
    return message(f"{HELLO}. {_LEAD}", *_greeting(), row)


def _greeting() -> Iterator[Block]:
    yield headline(HELLO)
    yield paragraph(plain(_LEAD))
    yield bullets(*((bold(f"{step}: "), plain(what)) for step, what in _STEPS))
