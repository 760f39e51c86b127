"""The two thumbs under an answer, and what is said to whoever pressed one."""

from collections.abc import Sequence
from typing import Final

from bot.agent.ids import AgentAction, AgentBlock
from bot.agent.intents import TellOfAnswer
from bot.asking.rendering.offers import offer
from bot.slack.blocks.blocks import (
    Element,
    actions,
    confirm,
    context,
    mention,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.feedback import Thumb, context_actions, feedback_buttons
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Block, Message

GOOD, BAD = "good", "bad"
THANKS: Final = "Thanks, noted."
SORRY: Final = "Sorry about that. What did you mean?"
TOLD: Final = "Told. Thank you."
TELL: Final = "Tell whoever runs Flowbot"
_ASKS: Final = "They get your question and your name, not the answer."
_NOTED: Final = "Only the rating was noted, not what you asked."


def thumbs(answer: str) -> Block:
    """Return the thumbs under the answer with an outbox key."""
    up = Thumb("Good", f"{GOOD} {answer}", "This answer helped")
    down = Thumb("Bad", f"{BAD} {answer}", "This answer did not help")
    return context_actions(AgentBlock.RATING, feedback_buttons(AgentAction.RATE, up, down))


def rated(value: str) -> tuple[bool, str]:
    """Return whether a thumb says good, and of which answer. Raises ValueError."""
    word, _, answer = value.partition(" ")
    if word not in {GOOD, BAD} or not answer:
        raise ValueError(word)
    return word == GOOD, answer


def thanks() -> Message:
    """Return what is said to a thumb that points up."""
    return says(THANKS)


def sorry(nearest: Sequence[Element], wanted: TellOfAnswer | None) -> Message:
    """Return what is said to one that points down: what else may be meant, and whom to tell.

    Without `wanted` there is nobody to tell.
    """
    asks = confirm(title=f"{TELL}?", text=_ASKS, yes="Tell them", no="Not now")
    tell = offer(TELL, wanted, asks=asks, privately=True) if wanted else ()
    row = (*nearest, *tell)
    return message(
        SORRY,
        paragraph(plain(SORRY)),
        *([actions(BlockId.CHOICES, *row)] if row else []),
        context(_NOTED),
    )


def complaint(person: str, asked: str) -> Message:
    """Return for whoever runs Flowbot who was not helped, and with what."""
    said = "An answer of mine did not help"
    quoted = f": “{asked}”" if asked else "."
    return message(f"{said}{quoted}", paragraph(plain(f"{said} "), mention(person), plain(quoted)))
