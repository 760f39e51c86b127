"""chat.unfurl and entity.presentDetails."""

from typing import Any, Final

from sandbox.slack import limits
from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.blocks import message_problems
from sandbox.slack.blocks.walking import with_ids
from sandbox.slack.content import decoded
from sandbox.slack.messages import Message
from sandbox.slack.refusals import Refusal, explained
from sandbox.slack.unfurling.entities import entity_problems
from sandbox.slack.unfurling.shared import SOURCES, Pane, SharedLinks

Json = dict[str, Any]
_UNFURL: Final = frozenset({"blocks", "preview", "color", "hide_color", "title", "text"})
_REFUSED: Final = frozenset({"rich_text"})
"""Blocks that an unfurl may not have."""
STATUSES: Final = frozenset({"restricted", "edit_error", "custom_partial_view"})


def unfurl(call: ApiCall) -> Answer:
    """chat.unfurl: cards under the links of a message, in place of those that were there."""
    links = _links(call)
    cards, entities = _cards(call), _entities(call)
    if not cards and not entities:
        raise Refusal("missing_unfurls")
    if not links.is_acked or not {*cards, *entities} <= {*links.urls}:
        raise Refusal("cannot_unfurl_url")
    shown = {
        url: _attachment(call, number, url, cards.get(url, {}), entities.get(url))
        for number, url in enumerate(links.urls, 1)
        if url in cards or url in entities
    }
    if links.channel == "COMPOSER":
        call.backend.unfurling.drafts[links.unfurl_id] = shown
        return {"ok": True}
    message = call.workspace.find(links.channel, links.ts)
    if message is None:
        raise Refusal("cannot_find_message")
    _show(call, message, shown)
    return {"ok": True}


def present_details(call: ApiCall) -> Answer:
    """entity.presentDetails: what one person sees of a thing in the pane beside the messages."""
    unfurling, trigger_id = call.backend.unfurling, call.text("trigger_id")
    if not call.backend.manifest.entity_types:
        raise Refusal("feature_not_enabled")
    asked = unfurling.asked.get(trigger_id)
    try:
        call.backend.triggers.check(trigger_id)
    except Refusal:
        raise Refusal("invalid_trigger_id") from None
    if asked is None:
        raise Refusal("invalid_trigger_id")
    entity = decoded(call.arguments.get("metadata") or {}, "invalid_metadata")
    error = decoded(call.arguments.get("error") or {}, "invalid_arguments")
    if entity and (wrong := entity_problems(entity, in_pane=True)):
        raise explained("invalid_metadata", wrong)
    if entity and asked.entity_type != entity["entity_type"]:
        raise Refusal("entity_metadata_does_not_match_trigger")
    if not entity and error.get("status") not in STATUSES:
        raise Refusal("invalid_metadata")
    call.backend.triggers.use(trigger_id)
    unfurling.panes[asked.user, asked.url] = Pane(entity, error, call.backend.clock.now())
    return {"ok": True}


def _links(call: ApiCall) -> SharedLinks:
    """Return the links that the arguments name by (channel, ts), or by (unfurl_id, source)."""
    if call.text("unfurl_id") or call.text("source"):
        _need(call, "unfurl_id", "source")
        return _of_id(call)
    _need(call, "channel", "ts")
    return _of_message(call)


def _need(call: ApiCall, *names: str) -> None:
    for name in names:
        if not call.text(name):
            raise Refusal(f"missing_{name}")


def _of_id(call: ApiCall) -> SharedLinks:
    if call.text("source") not in SOURCES:
        raise Refusal("invalid_source")
    found = call.backend.unfurling.of_id(call.text("unfurl_id"))
    if found is None or found.source != call.text("source"):
        raise Refusal("invalid_unfurl_id")
    return found


def _of_message(call: ApiCall) -> SharedLinks:
    channel, ts = call.text("channel"), call.text("ts")
    if channel not in call.workspace.channels:
        raise Refusal("cannot_find_channel")
    if call.workspace.find(channel, ts) is None:
        raise Refusal("cannot_find_message")
    found = call.backend.unfurling.of_message(channel, ts)
    if found is None:
        raise Refusal("cannot_unfurl_url")
    return found


def _cards(call: ApiCall) -> dict[str, Json]:
    cards = decoded(call.arguments.get("unfurls") or {}, "invalid_unfurls_format")
    if not isinstance(cards, dict) or not all(isinstance(one, dict) for one in cards.values()):
        raise Refusal("invalid_unfurls_format")
    for card in cards.values():
        blocks = card.get("blocks") or []
        kinds = {one.get("type") for one in blocks if isinstance(one, dict)}
        if set(card) - _UNFURL or kinds & _REFUSED or not blocks:
            raise Refusal("cannot_parse_attachment")
        if problems := message_problems(blocks):
            raise explained("cannot_parse_attachment", problems)
    return cards


def _entities(call: ApiCall) -> dict[str, Json]:
    metadata = decoded(call.arguments.get("metadata") or {}, "invalid_metadata_format")
    entities = metadata.get("entities", []) if isinstance(metadata, dict) else None
    if not isinstance(entities, list):
        raise Refusal("invalid_metadata_format")
    allowed = call.backend.manifest.entity_types
    for entity in entities:
        if wrong := entity_problems(entity):
            raise explained("invalid_metadata_format", wrong)
        if entity["entity_type"] not in allowed:
            raise explained("invalid_metadata_format", ["entity_type is not switched on"])
    return {entity["app_unfurl_url"]: entity for entity in entities}


def _attachment(call: ApiCall, number: int, url: str, card: Json, entity: Json | None) -> Json:
    identity = call.backend.identity
    blocks = with_ids(card.get("blocks") or [], lambda: call.workspace.mint("b"))
    made: Json = {
        "id": number,
        "app_unfurl_url": url,
        "from_url": url,
        "is_app_unfurl": True,
        "app_id": identity.app_id,
        "bot_id": identity.bot_id,
        "bot_user_id": identity.bot_user_id,
        "fallback": "[no preview available]",
        "blocks": blocks,
    }
    if "preview" in card:
        made["preview"] = card["preview"]
    return made if entity is None else {**made, "entity": entity}


def _show(call: ApiCall, message: Message, shown: dict[str, Json]) -> None:
    kept = [one for one in message.attachments if one.get("app_unfurl_url") not in shown]
    if len(kept) + len(shown) > limits.ATTACHMENTS:
        raise Refusal("cannot_unfurl_message")
    call.workspace.unfurl(message, (*kept, *shown.values()))
