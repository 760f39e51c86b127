"""A thumb up and a thumb down, as Slack shows them in the conversation with an agent.

https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element
"""

from dataclasses import dataclass

from bot.slack.blocks.blocks import Element, plain_text
from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.messages import Block


@dataclass(frozen=True, slots=True)
class Thumb:
    """One of the two: its label, its value, and what screen readers say."""

    label: str
    value: str
    spoken: str


def feedback_buttons(action_id: str, up: Thumb, down: Thumb) -> Element:
    """Return both. A value too long for Slack raises ValueError: cut, it would lie."""
    return {
        "type": "feedback_buttons",
        "action_id": str(action_id),
        "positive_button": _thumb(up),
        "negative_button": _thumb(down),
    }


def context_actions(block_id: str, element: Element) -> Block:
    """Return the row in which they stand."""
    return {"type": "context_actions", "block_id": str(block_id), "elements": [element]}


def _thumb(one: Thumb) -> Element:
    if len(one.value) > LIMITS.button_value:
        raise ValueError(f"a button's value may have {LIMITS.button_value} characters")
    return {
        "text": plain_text(one.label, LIMITS.button_text),
        "value": one.value,
        "accessibility_label": cut(clean(one.spoken), LIMITS.accessibility_label),
    }
