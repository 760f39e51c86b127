"""The page that shows a digest before it is ordered, made with real data."""

from collections.abc import Iterator
from typing import Final

from bot.asking.subscription import Subscription
from bot.digests.rendering.order_form import FormSetting, coming_of
from bot.digests.rendering.words import with_zone
from bot.slack.blocks.blocks import bold, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.modals import View, page_back
from bot.slack.blocks.windows import in_window
from bot.slack.messages import Answer, Block

TITLE: Final = "Preview"
MAKING: Final = "Making it with today's figures… Back keeps all that you entered."
_ALONE: Final = "Only you see this. Nothing was sent."
_ROOM: Final = 8
"""Blocks around the answer."""


def making_page() -> View:
    """Return what is shown until it is made."""
    return page_back(TITLE, (paragraph(plain(MAKING)),))


def preview_page(
    one: Subscription, answer: Answer, setting: FormSetting, *, why_not: str = ""
) -> View:
    """Return a digest as it would look now; `why_not` is why it would not be sent now."""
    shown = in_window(answer.message.blocks)[: LIMITS.blocks_per_view - _ROOM]
    return page_back(TITLE, (*_above(one, why_not), *shown, *_below(one, answer, setting)))


def _above(one: Subscription, why_not: str) -> Iterator[Block]:
    yield context(_ALONE)
    if why_not:
        yield paragraph(bold("Now it would not be sent: "), plain(why_not))
    if one.note:
        yield paragraph(plain(one.note))


def _below(one: Subscription, answer: Answer, setting: FormSetting) -> Iterator[Block]:
    if answer.files:
        names = ", ".join(each.filename for each in answer.files)
        yield context(f"In its thread: {names}")
    yield {"type": "divider"}
    yield paragraph(bold("When: "), plain(with_zone(one)))
    yield from coming_of(one, setting)
