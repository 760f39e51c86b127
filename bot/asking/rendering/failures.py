"""What went wrong, with a button to try again where that may help."""

from dataclasses import replace
from typing import Final

from bot.asking.core.arguments import OpenForm
from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.lines import typing
from bot.asking.rendering.offers import offer, opening
from bot.errors import (
    BotError,
    Reason,
    SlackError,
    SlackUnreachableError,
    UninvitedError,
    UserError,
    VendorError,
)
from bot.jobs.request import Intent, Request
from bot.slack.blocks.blocks import Element, actions
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.problems import problem
from bot.slack.messages import Message

MAY_PASS: Final = frozenset(
    {Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.MALFORMED}
)
SLOW_DOWN: Final = frozenset({"ratelimited", "rate_limited", "service_unavailable", "fatal_error"})
UNINVITED: Final = frozenset({"not_in_channel", "channel_not_found"})
"""What Slack says of a channel that somebody may invite Flowbot to."""


def failure(error: BotError, request: Request[Intent]) -> Message:
    """Return the words for a failure; [Try again] asks the same once more, where it may help.

    What the asker can do instead has a button too.

    What may have been carried out is not offered again: it would be done twice.
    """
    said = problem(error)
    buttons = ways_out(error, privately=request.privately)
    if may_pass(error):
        chosen = request.channel if request.asked_in != request.channel else ""
        buttons = offer("Try again", request.details, privately=request.privately, chosen=chosen)
    return with_ways(said, buttons)


def with_ways(said: Message, buttons: tuple[Element, ...]) -> Message:
    """Return the words for a failure with a row of buttons, where there are any."""
    row = (actions(BlockId.FAILURE_BUTTONS, *buttons),) if buttons else ()
    return replace(said, blocks=(*said.blocks, *row))


def ways_out(error: BotError, *, privately: bool) -> tuple[Element, ...]:
    """Return the buttons for what can be done instead of what was asked."""
    ways = error.ways if isinstance(error, UserError) else ()
    return tuple(
        button for label, wanted in ways for button in _way(label, wanted, privately=privately)
    )


def _way(label: str, wanted: object, *, privately: bool) -> tuple[Element, ...]:
    if isinstance(wanted, OpenForm):
        return opening(label, wanted.form, about=wanted.typed)
    if isinstance(wanted, TypedLine):
        return typing(label, wanted, spoken=f"Run {wanted.command} {wanted.text}")
    return offer(label, wanted, privately=privately) if isinstance(wanted, Intent) else ()


def may_pass(error: BotError) -> bool:
    """Return whether the same may work in a while, and was surely not carried out."""
    if isinstance(error, UninvitedError):
        return True
    if isinstance(error, VendorError):
        return error.reason in MAY_PASS and not error.uncertain
    if isinstance(error, SlackError):
        return error.code in SLOW_DOWN | UNINVITED
    return isinstance(error, SlackUnreachableError)
