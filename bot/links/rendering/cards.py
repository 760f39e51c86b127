"""The card of a thing under a message: its news, a few facts, and what can be done, in plain text.

All in the channel read it, so it names no person. Slack takes no rich text there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.linking.things import LinkCard, LinkFact
from bot.asking.rendering.dates import weekday_and_time, zone_words
from bot.asking.rendering.offers import offer, opening
from bot.digests.core.draft import Draft, about_row, draft_line
from bot.digests.ids import DigestCallback
from bot.redaction import without_addresses
from bot.slack.blocks.blocks import Element, actions, context, plain_text, section
from bot.slack.blocks.budget import clean, cut
from bot.slack.messages import Block

LONGEST_TITLE: Final = 150
LONGEST_LINE: Final = 300
LONGEST_FACT: Final = 200


@dataclass(frozen=True, slots=True)
class LinkOccasion:
    """For whom and when a card is made: whose zone, what the kind is called, what is allowed."""

    zone: str
    now: datetime
    called: str
    orders: bool = True
    runs: bool = True


def for_all(text: str, limit: int = LONGEST_LINE) -> str:
    """Return a vendor's text as a channel may read it: without e-mail addresses, and short."""
    return cut(without_addresses(clean(text)), limit, empty="")


def card_blocks(card: LinkCard, occasion: LinkOccasion) -> list[Block]:
    """Return the blocks of a card."""
    lines = [for_all(card.title, LONGEST_TITLE), for_all(card.news or card.state)]
    blocks = [section(*filter(None, lines))]
    shown = list(_fields(card.facts, occasion))
    if shown:
        blocks.append({"type": "section", "fields": shown})
    blocks.append(context(_source(card, occasion)))
    buttons = card_buttons(card, occasion)
    return [*blocks, actions("link_buttons", *buttons)] if buttons else blocks


def draft_blocks(card: LinkCard, occasion: LinkOccasion) -> list[Block]:
    """Return what the writer of a draft sees: what it is, and nothing of how it stands.

    Slack does not say whether that stays when the message is sent, and where to nobody knows yet.
    """
    return [section(for_all(card.title, LONGEST_TITLE)), context(occasion.called)]


def card_buttons(card: LinkCard, occasion: LinkOccasion) -> tuple[Element, ...]:
    """Return what can be done about a thing, the likeliest first."""
    found = [*offer("Report", card.question, spoken=f"Report on {card.title}")]
    if occasion.orders:
        about = draft_line(Draft(about=about_row(card.question)))
        found += opening("Subscribe here", DigestCallback.NEW, about=about)
    form = card.form
    if form and occasion.runs:
        spoken = f"{form.label}: {card.title}"
        found += opening(form.label, form.callback, about=form.about, spoken=spoken)
    return tuple(found)


def _source(card: LinkCard, occasion: LinkOccasion) -> str:
    dated = any(isinstance(each.value, datetime) for each in card.facts)
    zone = zone_words(occasion.zone) if dated else ""
    return " · ".join(filter(None, (occasion.called, zone)))


def _fields(facts: tuple[LinkFact, ...], occasion: LinkOccasion) -> Iterator[Element]:
    for each in facts:
        value = (
            weekday_and_time(each.value, occasion.zone, this_year=occasion.now.year)
            if isinstance(each.value, datetime)
            else for_all(each.value, LONGEST_FACT)
        )
        if value:
            yield plain_text(f"{each.label}: {value}", LONGEST_LINE)
