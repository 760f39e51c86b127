"""The frame of a modal; what stands in it is the forms' own."""

from collections.abc import Sequence
from typing import Any

from bot.slack.blocks.blocks import plain_text
from bot.slack.blocks.budget import LIMITS
from bot.slack.messages import Block

View = dict[str, Any]
Errors = dict[str, str]
"""Messages for people by block id, as Slack wants them to show beside the inputs."""


def modal(
    callback_id: str, title: str, blocks: Sequence[Block], *, submit: str, metadata: str
) -> View:
    """Return a modal; without `submit` it can only be closed.

    `metadata` comes back on submitting; too long for Slack, it raises ValueError: cut, it would
    lie.
    """
    if len(metadata) > LIMITS.private_metadata:
        raise ValueError(f"private_metadata has at most {LIMITS.private_metadata} characters")
    made: View = {
        "type": "modal",
        "callback_id": str(callback_id),
        "title": plain_text(title, LIMITS.view_title),
        "close": plain_text("Cancel" if submit else "Close", LIMITS.view_title),
        "blocks": list(blocks[: LIMITS.blocks_per_view]),
        "private_metadata": metadata,
    }
    return made | ({"submit": plain_text(submit, LIMITS.view_title)} if submit else {})
