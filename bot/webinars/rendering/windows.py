"""What windows about webinars keep, and how a draft comes back after a failure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.asking.rendering.offers import opening
from bot.asking.rendering.presses import CHANGE
from bot.slack.blocks.blocks import Element, context
from bot.slack.blocks.modals import View, page_back
from bot.slack.messages import Block
from bot.webinars.ids import WebinarCallback
from bot.webinars.intents import CreateEvent, Register, SignOn

Change = Register | SignOn | CreateEvent
"""What is wanted in a window and changes something in FLOW."""
TITLES = {
    Register.job: "Register",
    SignOn.job: "Sign on to a room",
    CreateEvent.job: "Create an event",
}
BACK = "Back leads to what you entered."


@dataclass(frozen=True, slots=True)
class KeptInForm:
    """What a window keeps: the channel of the answer, and the titles of events by their tokens.

    `draft` is the key of an event that is shown before it is created.
    """

    channel: str
    titles: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""


def draft_again(wanted: CreateEvent, said: tuple[Block, ...]) -> tuple[View, tuple[Element, ...]]:
    """Return the page that says why no event came of a draft, with Back to its form; and a button.

    The button opens that form, for a window that was closed.
    """
    page = page_back(TITLES[wanted.job], (*said, context(BACK)))
    return page, opening(CHANGE, WebinarCallback.CREATE_EVENT, about=wanted.key)
