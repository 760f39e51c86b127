"""What is said about links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.asking.linking.things import LinkCard
from bot.asking.rendering.offers import offer
from bot.links.ids import LinksAction
from bot.links.intents import RemoveLinks
from bot.links.model import LinkRule
from bot.links.rendering.cards import LinkOccasion, card_blocks
from bot.slack.blocks.blocks import (
    actions,
    bold,
    bullets,
    button,
    code,
    confirm,
    context,
    header,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block, Message

MOST_LISTED: Final = 10
NONE: Final = "No links yet. When somebody pastes one, I can show what it leads to."
NO_DOMAINS: Final = (
    "Slack tells me of no links yet: whoever runs Flowbot names their domains in LINK_DOMAINS and "
    "in the app's manifest."
)
OFF: Final = "A service that is off"
NO_SERVICE: Final = "No service is connected yet, so there is nothing that links could lead to."


def home_section(
    rules: Sequence[LinkRule], called: Mapping[str, str], *, domains: Sequence[str]
) -> list[Block]:
    """Return the part of the Home tab in which an admin says what links lead to."""
    blocks = [header("Links"), *_listed(rules, called)]
    if not domains:
        return [*blocks, context(NO_DOMAINS)]
    if not called:
        return [*blocks, context(NO_SERVICE)]
    return [*blocks, actions("home:links", open_button("Add links"))]


def open_button(label: str) -> dict[str, object]:
    """Return the button that opens the window."""
    return button(label, LinksAction.OPEN, spoken="Add links whose things I show")


def kept(rule: LinkRule, called: str, card: LinkCard, occasion: LinkOccasion) -> Message:
    """Return the words for links that show something from now on, with the example's card."""
    news = f"Links to {rule.words} now show the {called}."
    preview = [each for each in card_blocks(card, occasion) if each["type"] != "actions"]
    return message(
        news,
        paragraph(plain("Links to "), code(rule.words), plain(f" now show the {called}.")),
        context("Your example will look like this:"),
        *preview,
    )


def removed(rule: str) -> Message:
    """Return the words for links that show nothing any more."""
    said = f"Links to {rule} show nothing any more. Cards that stand in channels stay."
    return message(said, section(said))


def _listed(rules: Sequence[LinkRule], called: Mapping[str, str]) -> Iterator[Block]:
    if not rules:
        yield section(NONE)
        return
    shown = rules[:MOST_LISTED]
    yield bullets(*[(bold(called.get(each.kind, OFF)), plain(f": {each.words}")) for each in shown])
    buttons = [made for each in shown for made in _removing(each)]
    yield actions("home:links:remove", *buttons)
    if len(rules) > len(shown):
        yield context(f"and {counted(len(rules) - len(shown), 'more pattern')}")


def _removing(rule: LinkRule) -> tuple[dict[str, object], ...]:
    asks = confirm(
        title="Remove links",
        text=f"Show nothing any more for links to {rule.words}?",
        yes="Remove",
        no="Keep them",
    )
    wanted = RemoveLinks(rule.domain, rule.pattern)
    return offer(f"Remove {rule.words}", wanted, asks=asks, spoken=f"Remove {rule.words}")
