"""What people do with links: write them, press what their cards offer, open the pane beside."""

from typing import Any

from sandbox.slack.acting.desk import Desk, Json
from sandbox.slack.acting.events import Events
from sandbox.slack.blocks.walking import find_element
from sandbox.slack.delivery.outcome import Outcome, outcome_of
from sandbox.slack.messages import Message
from sandbox.slack.unfurling.shared import (
    COMPOSER,
    IN_COMPOSER,
    AskedPane,
    Pane,
    SharedLinks,
    links_in,
)


class LinkActs:
    """Acts on links; ValueError says that a person could not have done that."""

    def __init__(self, desk: Desk, events: Events) -> None:
        """Act through this desk."""
        self._desk = desk
        self._events = events

    async def compose(self, text: str, *, user: str) -> tuple[str, Outcome]:
        """Write a message without sending it; returns the unfurl id of its draft."""
        backend, person = self._desk.backend, self._desk.person(user)
        unfurl_id = backend.workspace.mint("Uxxx")
        links = links_in(text, backend.manifest.unfurl_domains)
        if not links or person.is_external:
            return unfurl_id, Outcome()
        urls = tuple(one["url"] for one in links)
        shared = SharedLinks(unfurl_id, IN_COMPOSER, COMPOSER, unfurl_id, user, urls)
        return unfurl_id, await self._events.tell_of_links(shared, links)

    def drafted(self, unfurl_id: str) -> dict[str, Json]:
        """Return the cards that a draft shows to whoever writes it, by link."""
        return self._desk.backend.unfurling.drafts.get(unfurl_id, {})

    async def press(
        self, message: Message, url: str, *, action_id: str, user: str, value: str | None = None
    ) -> Outcome:
        """Press a button of a card; `value` tells apart two of one id, as in a Work Object."""
        card = self._card(message, url, user)
        container: Json = {
            "type": "message_attachment",
            "message_ts": message.ts,
            "attachment_id": card["id"],
            "channel_id": message.channel,
            "is_ephemeral": False,
            "is_app_unfurl": True,
            "app_unfurl_url": url,
        }
        if message.is_reply:
            container["thread_ts"] = message.thread_ts
        if "entity" in card:
            container |= _entity_of(card["entity"])
        action = _button(card, action_id, value)
        place = self._desk.backend.workspace.channels[message.channel]
        about: Json = {
            "container": container,
            "channel": {"id": place.id, "name": place.payload_name},
            "app_unfurl": {name: each for name, each in card.items() if name != "entity"},
            "response_url": self._desk.response_url(
                user=user,
                channel=message.channel,
                message_ts=message.ts,
                thread_ts=message.thread_ts if message.is_reply else "",
            ),
        }
        return await self._pressed(user, message.channel, action, about)

    async def open_pane(
        self, message: Message, url: str, *, user: str, redeliver: int = 0
    ) -> Pane | None:
        """Open the pane of a card; the app is asked, unless it told this person lately.

        Returns what is there at once; `pane` what came since.
        """
        backend = self._desk.backend
        kept = self.pane(url, user=user)
        if kept is not None:
            return kept
        entity = self._card(message, url, user).get("entity")
        if entity is None:
            raise ValueError("only the card of a Work Object opens a pane")
        trigger = backend.triggers.mint(user=user, channel=message.channel)
        backend.unfurling.asked[trigger] = AskedPane(user, url, entity["entity_type"])
        await self._events.send(
            {
                "type": "entity_details_requested",
                "user": user,
                "external_ref": entity["external_ref"],
                "entity_url": entity["url"],
                "app_unfurl_url": url,
                "link": {"url": url, "domain": url.split("/")[2]},
                "trigger_id": trigger,
                "user_locale": backend.workspace.users[user].locale,
                "channel": message.channel,
                "message_ts": message.ts,
                **({"thread_ts": message.thread_ts} if message.is_reply else {}),
            },
            redeliver=redeliver,
        )
        return None

    def pane(self, url: str, *, user: str) -> Pane | None:
        """Return what somebody sees in the pane of a link."""
        backend = self._desk.backend
        return backend.unfurling.pane(user, url, backend.clock.now())

    async def press_in_pane(self, url: str, *, text: str, user: str) -> Outcome:
        """Press the button of that text in an open pane, which stands beside no message."""
        pane = self.pane(url, user=user)
        offered = _offered(pane.entity) if pane else []
        found = next((one for one in offered if one["text"] == text), None)
        if found is None or pane is None:
            raise ValueError(f"no pane of {url} offers {text!r} to {user}")
        container = {"type": "entity_detail", **_entity_of(pane.entity), "entity_url": url}
        return await self._pressed(user, "", _pressed_button(found), {"container": container})

    async def _pressed(self, user: str, channel: str, action: Json, about: Json) -> Outcome:
        desk = self._desk
        payload = {
            **desk.interaction("block_actions", desk.person(user)),
            **about,
            "trigger_id": desk.backend.triggers.mint(user=user, channel=channel),
            "actions": [{**action, "action_ts": desk.backend.workspace.stamp()}],
        }
        return outcome_of(await desk.sender.deliver("interactive", payload))

    def _card(self, message: Message, url: str, user: str) -> Json:
        found = self._desk.current(message, user)
        assert isinstance(found, Message)
        card = next((one for one in found.attachments if one.get("app_unfurl_url") == url), None)
        if card is None:
            raise ValueError(f"no card of {url} is there")
        return card


def _button(card: Json, action_id: str, value: str | None) -> Json:
    """Return what a press of a card's button sends: of its blocks, or of its Work Object."""
    for one in _offered(card.get("entity") or {}):
        if one["action_id"] == action_id and value in {None, one.get("value")}:
            return _pressed_button(one)
    found = find_element(card["blocks"], action_id=action_id)
    if found is None:
        raise ValueError(f"nothing called {action_id!r} is there")
    block, element = found
    kept = ("value", "style", "action_id", "text")
    return {
        "type": element["type"],
        "block_id": block["block_id"],
        **{name: element[name] for name in kept if name in element},
    }


def _offered(entity: Json) -> list[Json]:
    actions = (entity.get("entity_payload") or {}).get("actions") or {}
    return [*actions.get("primary_actions", []), *actions.get("overflow_actions", [])]


def _pressed_button(one: Json) -> Json:
    text = {"type": "plain_text", "text": one["text"], "emoji": True}
    return {"type": "button", "block_id": "", **one, "text": text}


def _entity_of(entity: Json) -> dict[str, Any]:
    named = {"entity_url": entity.get("url"), "external_ref": entity.get("external_ref")}
    return {name: each for name, each in named.items() if each}
