"""Buttons that type a line: what was probably meant, run as if it had been typed."""

from bot.asking.core.retyping import RetypeError, TypedLine, retyped
from bot.codec import dumps
from bot.slack.blocks.blocks import Element, actions, button, message, paragraph, plain, says
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.messages import Message


def typing(
    label: str, line: TypedLine, *, spoken: str = "", style: str = ""
) -> tuple[Element, ...]:
    """Return the button that types a line; none where Slack's value cannot hold it."""
    value = dumps(line)
    if len(value) > LIMITS.button_value:
        return ()
    return (button(label, Action.TYPE_LINE, value=value, spoken=spoken, style=style),)


def choice_of_lines(error: RetypeError, typed: TypedLine) -> Message:
    """Return the question of what was meant, with a button for each line that may have been."""
    said = str(error)
    meant = retyped(typed.text, error)
    buttons = [
        each
        for line in meant
        for each in typing(
            line.label,
            TypedLine(typed.command, line.typed, typed.channel),
            spoken=f"Run {typed.command} {line.typed}",
        )
    ]
    if not buttons:
        return says(said)
    return message(said, paragraph(plain(said)), actions(BlockId.CHOICES, *buttons))
