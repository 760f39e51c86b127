"""What stands around a digest whatever it says: a note, a menu, and small print on why it is late.

They are found again by their ids, so that they stay when the message itself changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.slack.blocks.blocks import Element, actions
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action, BlockId
from bot.slack.messages import Block, Message


def noted(message: Message, note: Block) -> Message:
    """Return a message with a note under its headline, if it has room and none yet."""
    blocks = message.blocks
    has_one = any(each.get("block_id") == BlockId.NOTE for each in blocks)
    if has_one or len(blocks) >= LIMITS.blocks_per_message:
        return message
    kept = {**note, "block_id": str(BlockId.NOTE)}
    return replace(message, blocks=(*blocks[:1], kept, *blocks[1:]))


def with_menu(message: Message, menu: Element) -> Message:
    """Return a message with a menu at the end of its last row of buttons, if it has none yet.

    Without a row it gets one, above the small print; where Slack takes nothing more it stays away.
    """
    blocks = message.blocks
    rows = [at for at, each in enumerate(blocks) if each["type"] == "actions"]
    if any(menus_of(message)):
        return message
    if rows and len(blocks[rows[-1]]["elements"]) < LIMITS.action_elements:
        at, row = rows[-1], blocks[rows[-1]]
        filled = {**row, "elements": [*row["elements"], menu]}
        return replace(message, blocks=(*blocks[:at], filled, *blocks[at + 1 :]))
    if len(blocks) >= LIMITS.blocks_per_message:
        return message
    at = len(blocks) - bool(blocks and blocks[-1]["type"] == "context")
    return replace(
        message, blocks=(*blocks[:at], actions(BlockId.DIGEST_BUTTONS, menu), *blocks[at:])
    )


def reframed(message: Message, before: Message) -> Message:
    """Return what a message has become, in the frame that it had before."""
    for block in before.blocks:
        if block.get("block_id") == BlockId.NOTE:
            message = noted(message, block)
    for menu in menus_of(before):
        message = with_menu(message, menu)
    late = tuple(each for each in before.blocks if each.get("block_id") == BlockId.LATE)
    return replace(message, blocks=(*message.blocks, *late))


def menus_of(message: Message) -> Sequence[Element]:
    """Return the menus of a digest that are in a message's rows: one, or none."""
    rows = (each["elements"] for each in message.blocks if each["type"] == "actions")
    return [each for row in rows for each in row if each["action_id"] == Action.DIGEST_MENU]
