"""What would be done, with all its values, and the button that does it. Pure."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.errors import UserError
from bot.jobs.access import Decision
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import actions, bold, bullets, context, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message

SECOND: Final = "After that somebody else has to agree: an admin decided so."
_TOO_LONG: Final = "That is too long to be shown before it is done. Use the form in Slack."


def proposal(
    ask: str,
    facts: Sequence[tuple[str, str]],
    *,
    button: str,
    wanted: Intent,
    decision: Decision,
    chosen: str = "",
) -> Message:
    """Return a question such as "Run Invoice run?", its values, and the button that does it.

    `decision` says whether somebody else has to agree as well, `chosen` is the conversation for
    what comes of it, if one was chosen. Raises UserError where no button can hold it.
    """
    does = offer(button, wanted, style="primary", chosen=chosen)
    if not does:
        raise UserError(_TOO_LONG)
    listed = [(plain(f"{label}: "), bold(value)) for label, value in facts]
    said = "; ".join(f"{label}: {value}" for label, value in facts)
    return message(
        f"{ask} {said}".strip(),
        paragraph(bold(ask)),
        *([bullets(*listed)] if listed else []),
        *([context(SECOND)] if decision.second else []),
        actions(BlockId.CHOICES, *does),
    )
