"""The same thing as a Work Object: its card for the channel, and the pane for one person.

https://docs.slack.dev/messaging/work-objects-implementation
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from bot.asking.linking.things import TASK, LinkCard, LinkFact
from bot.links.model import FoundLink
from bot.links.rendering.cards import LONGEST_FACT, LONGEST_TITLE, for_all
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.budget import clean, cut
from bot.slack.blocks.wording import capital

Entity = dict[str, Any]
MOST_PRIMARY: Final = 2
TYPE: Final = "slack#/entities/"
_TIME: Final = "slack#/types/timestamp"
_HARMLESS: Final = str.maketrans(
    "<>",
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
)
"""Slack does not say whether these texts are parsed: so no tag can stand in one, either way."""


def channel_entity(
    card: LinkCard,
    link: FoundLink,
    *,
    kind: str,
    called: str,
    buttons: Sequence[Element],
    now: datetime,
) -> Entity:
    """Return the Work Object of a card that stands in a channel; `kind` is that of the entity."""
    payload = _payload(card, kind, called, for_channel=True)
    payload["attributes"]["metadata_last_modified"] = int(now.timestamp())
    return {
        "app_unfurl_url": link.url,
        "url": link.url,
        "external_ref": {"id": link.id, "type": link.kind},
        "entity_type": f"{TYPE}{kind}",
        "entity_payload": payload | _actions(buttons),
    }


def pane_entity(card: LinkCard, *, kind: str, called: str, buttons: Sequence[Element]) -> Entity:
    """Return what one person sees of a thing, all that they may.

    It is not dated: only what all may see is ever to take a card's place.
    """
    payload = _payload(card, kind, called, for_channel=False)
    return {"entity_type": f"{TYPE}{kind}", "entity_payload": payload | _actions(buttons)}


def _payload(card: LinkCard, kind: str, called: str, *, for_channel: bool) -> Entity:
    of_all = card.facts if for_channel else (*card.facts, *card.details)
    news = LinkFact("Now", card.news)
    shown = [each for each in (news, *of_all) if each.value]
    custom = list(_custom(shown, for_channel=for_channel))
    made: Entity = {
        "attributes": {
            "title": {"text": _text(card.title, LONGEST_TITLE, for_channel=for_channel)},
            "display_type": capital(called),
        },
        "custom_fields": custom,
        "display_order": [each["key"] for each in custom],
    }
    return made | ({"fields": dict(_task(card))} if kind == TASK else {})


def _task(card: LinkCard) -> Iterator[tuple[str, Entity]]:
    """Yield the fields that a task has beside those of ours."""
    if card.state:
        yield "status", {"value": _text(card.state, LONGEST_FACT, for_channel=True)}
    if card.changed_at:
        yield "date_updated", {"value": int(card.changed_at.timestamp())}


def _custom(facts: Iterable[LinkFact], *, for_channel: bool) -> Iterator[Entity]:
    for number, each in enumerate(facts):
        label = _text(each.label, LONGEST_FACT, for_channel=for_channel)
        named = {"key": f"fact_{number}", "label": label}
        if isinstance(each.value, datetime):
            yield {**named, "type": _TIME, "value": int(each.value.timestamp())}
        elif text := _text(each.value, 10 * LONGEST_FACT, for_channel=for_channel):
            yield {**named, "type": "string", "value": text}


def _actions(buttons: Sequence[Element]) -> Entity:
    """Return the same buttons as those of a message, each with an id of its own."""
    made = [_action(each, number) for number, each in enumerate(buttons)]
    if not made:
        return {}
    both = {"primary_actions": made[:MOST_PRIMARY], "overflow_actions": made[MOST_PRIMARY:]}
    return {"actions": {name: some for name, some in both.items() if some}}


def _action(button: Element, number: int) -> Entity:
    ending = f":{number + 1}" if number else ""
    made = {
        "text": button["text"]["text"],
        "action_id": f"{button['action_id']}{ending}",
        "value": button["value"],
    }
    spoken = button.get("accessibility_label")
    return {**made, "accessibility_label": spoken} if spoken else made


def _text(text: str, limit: int, *, for_channel: bool) -> str:
    shown = for_all(text, limit) if for_channel else cut(clean(text), limit, empty="")
    return shown.translate(_HARMLESS)
