"""Buttons that do one thing when pressed: what they want travels in their value.

One handler serves them all, and the right of each is that of what it wants. A double click does it
once; what changes something at a vendor is done once for all who see the button.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from bot.codec import dumps, encode
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import Element, button
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action

MOST_BUTTONS: Final = 5
"""Of so many things each has a button of its own; of more, one opens the form that finds them."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a button wants: a job, its details, whether for the asker alone, and where.

    `channel` is for what is offered in a window, which is in no channel; `chosen` is a conversation
    that was chosen for the answer, wherever the button is.
    """

    job: str
    details: dict[str, Any] = field(default_factory=dict)
    privately: bool = False
    channel: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class FormOpening:
    """What a button opens: a form by its callback id, and what the form is about."""

    form: str
    about: str = ""


def offer_value(
    wanted: Intent, *, privately: bool = False, channel: str = "", chosen: str = ""
) -> str:
    """Return what a button that wants this holds; it may be too long for Slack."""
    return dumps(Offer(wanted.job, encode(wanted), privately, channel, chosen))


def offer(
    label: str,
    wanted: Intent,
    *,
    spoken: str = "",
    style: str = "",
    asks: Element | None = None,
    privately: bool = False,
    chosen: str = "",
    chooses: bool = False,
) -> tuple[Element, ...]:
    """Return the button that does what is wanted; none where Slack's value cannot hold it.

    `spoken` is read by screen readers, `asks` is a confirmation, `privately` answers whoever
    presses alone, and `chosen` is the conversation that was chosen for the answer, if one was.
    Where it `chooses`, its label takes the place of the message that asked, so that no button is
    left that was used.
    Several may stand in one row.
    """
    value = offer_value(wanted, privately=privately, chosen=chosen)
    if len(value) > LIMITS.button_value:
        return ()
    if chooses:
        return (button(label, Action.PICK, value=value, spoken=spoken, style=style, asks=asks),)
    return (button(label, Action.DO, value=value, spoken=spoken, style=style, asks=asks),)


def opening(
    label: str, form: str, *, about: str = "", spoken: str = "", style: str = ""
) -> tuple[Element, ...]:
    """Return the button that opens a form; none where Slack's value cannot hold what it is about.

    `form` is its callback id; `about` is what a command would give it, or what the form says.
    """
    value = dumps(FormOpening(str(form), about))
    if len(value) > LIMITS.button_value:
        return ()
    return (button(label, Action.OPEN_FORM, value=value, spoken=spoken, style=style),)
