"""Whether something may still be told where it goes: asked at the moment when it is told."""

from collections.abc import Awaitable, Callable

from bot.errors import SlackError
from bot.slack.messages import Target

MayTell = Callable[[str, Target], Awaitable[None]]
"""Given the conversation in which it would stand, and its target.

Raises WithheldError, and NotKnownYetError while Slack does not tell who reads along.
"""


class WithheldError(SlackError):
    """Something may not be told in its conversation: others may read it there."""
