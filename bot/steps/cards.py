"""The card that asks whoever a step names. Pure."""

from typing import Final

from bot.asking.rendering.offers import offer
from bot.slack.blocks.blocks import actions, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message
from bot.steps import words
from bot.steps.intents import ConfirmStep

_DO: Final = "Do it"
_DONT: Final = "Don't"


def confirm_card(execution: str, what: str, *, started_by: str) -> Message:
    """Return the card that asks; `started_by` is a name, empty where nobody started it."""
    text = words.confirm(what, started_by)
    return message(
        text,
        paragraph(plain(text)),
        actions(
            BlockId.REPORT_BUTTONS,
            *offer(_DO, ConfirmStep(execution, agrees=True), style="primary"),
            *offer(_DONT, ConfirmStep(execution, agrees=False)),
        ),
    )
