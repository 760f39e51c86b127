"""What went wrong, with a button to try again where that may help."""

from dataclasses import replace
from typing import Final

from bot.asking.rendering.offers import offer
from bot.errors import BotError, Reason, SlackError, SlackUnreachableError, VendorError
from bot.jobs.request import Intent, Request
from bot.slack.blocks.blocks import actions
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.problems import problem
from bot.slack.messages import Message

MAY_PASS: Final = frozenset(
    {Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.MALFORMED}
)
SLOW_DOWN: Final = frozenset({"ratelimited", "rate_limited", "service_unavailable", "fatal_error"})


def failure(error: BotError, request: Request[Intent]) -> Message:
    """Return the words for a failure; [Try again] asks the same once more, where it may help.

    What may have been carried out is not offered again: it would be done twice.
    """
    said = problem(error)
    if not may_pass(error):
        return said
    chosen = request.channel if request.asked_in != request.channel else ""
    again = offer("Try again", request.details, privately=request.privately, chosen=chosen)
    if not again:
        return said
    return replace(said, blocks=(*said.blocks, actions(BlockId.FAILURE_BUTTONS, *again)))


def may_pass(error: BotError) -> bool:
    """Return whether the same may work in a while, and was surely not carried out."""
    if isinstance(error, VendorError):
        return error.reason in MAY_PASS and not error.uncertain
    if isinstance(error, SlackError):
        return error.code in SLOW_DOWN
    return isinstance(error, SlackUnreachableError)
