"""The first words in a channel."""

from collections.abc import Sequence

from bot.asking.rendering.shape import headline
from bot.slack.blocks.blocks import Element, actions, context, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message

HELLO = "Hello! Here is what I can do in this channel"
HOW = "Mention me with a question, or type /flow help"


def welcome(services: Sequence[str], buttons: Sequence[Element]) -> Message:
    """Return what can be done here; `services` are the headlines of what is on."""
    told = ", ".join(each.partition(":")[0].casefold() for each in services)
    said = f"Ask me about {told}. Any answer can come on a schedule." if told else ""
    return message(
        f"{HELLO}. {said}",
        headline(HELLO),
        *([paragraph(plain(said))] if said else []),
        actions(BlockId.HELP_BUTTONS, *buttons),
        context(HOW),
    )
