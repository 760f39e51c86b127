"""Events: wrapped, delivered, and retried at once, after a minute and after five."""

import asyncio
from dataclasses import dataclass
from typing import Any

from sandbox.slack import limits
from sandbox.slack.acting.desk import Desk, Json
from sandbox.slack.acting.escaping import as_message
from sandbox.slack.content import Content
from sandbox.slack.delivery.outcome import Delivery, Outcome, outcome_of
from sandbox.slack.messages import Message
from sandbox.slack.objects import file_object
from sandbox.slack.unfurling.shared import IN_HISTORY, SharedLinks, links_in
from sandbox.slack.uploads import File

_KINDS = {"channels": "channel", "groups": "group", "im": "im"}
_SCOPES = {
    "agent_session_stopped": {"chat:write"},
    "app_context_changed": {"assistant:write"},
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read", "mpim:read"},
    **{f"message.{family}": {f"{family}:history"} for family in _KINDS},
    "link_shared": {"links:read"},
    "user_change": {"users:read"},
}
"""What an app must hold one of to be sent an event."""
_FAREWELLS = {"app_uninstalled", "tokens_revoked"}
"""What an app still hears of a workspace that it was removed from."""
_MESSAGE_EVENTS = {kind: f"message.{family}" for family, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """What a person writes and where, with the files they attached."""

    text: str
    channel: str
    thread_ts: str = ""
    files: tuple[File, ...] = ()


class Events:
    """Sends events. Retries that are due later run as tasks when the switch says so."""

    def __init__(self, desk: Desk) -> None:
        """Send through this desk."""
        self._desk = desk
        self._tasks: set[asyncio.Task[list[Delivery]]] = set()

    async def close(self) -> None:
        """Give up retries that are still to come."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, event: Json, *, redeliver: int = 0, person: str = "") -> Outcome:
        """Deliver one event, then `redeliver` more times as Slack repeats one whose ack got lost.

        An event about a `person` that does not name them has them in its authorization.
        An event that the manifest does not subscribe to goes nowhere: `not_subscribed`.
        """
        if why_not := self._never_comes(event):
            return Outcome(error=why_not)
        payload = self._wrapped(event, person)
        deliveries = await self._persist(payload)
        for number in range(1, redeliver + 1):
            again = await self._desk.sender.deliver(
                "events_api", payload, retry=number, reason="http_timeout"
            )
            deliveries.append(again)
        return outcome_of(*deliveries)

    async def send_once(self, event: Json) -> Outcome:
        """Deliver one event that somebody waits for: what is late is of no use any more."""
        if why_not := self._never_comes(event):
            return Outcome(error=why_not)
        return outcome_of(await self._desk.sender.deliver("events_api", self._wrapped(event, "")))

    def _never_comes(self, event: Json) -> str:
        """Return why an event is silently never sent, or an empty text."""
        backend, subscription = self._desk.backend, _subscription(event)
        if not backend.manifest.subscribes(subscription):
            return "not_subscribed"
        if not backend.tokens.is_installed and subscription not in _FAREWELLS:
            return "not_installed"
        needed = _SCOPES.get(subscription)
        return "missing_scope" if needed and not needed & backend.scopes else ""

    async def say(self, words: Words, *, user: str) -> Outcome:
        """Post a person's message and tell the app where it is a member and asked for it."""
        desk, person = self._desk, self._desk.person(user)
        place = desk.writable(words.channel, user)
        if place.is_im and desk.backend.manifest.has_agent and person.is_restricted:
            raise ValueError(f"{user!r} is a guest, and agents are for members only")
        message = desk.backend.workspace.post(
            channel=place.id,
            user=person.id,
            content=Content(text=as_message(words.text, desk.backend.workspace)),
            thread_ts=words.thread_ts,
            files=words.files,
        )
        bot = desk.backend.identity.bot_user_id
        told: list[Delivery] = []
        if bot in place.members:
            event = self._message_event(message, _KINDS[place.kind])
            told.extend((await self.send(event)).deliveries)
            if f"<@{bot}>" in message.text and not place.is_im:
                event = {**event, "type": "app_mention"}
                del event["channel_type"]
                told.extend((await self.send(event)).deliveries)
        told.extend((await self._links(message)).deliveries)
        return outcome_of(*told, message=message) if told else Outcome(message=message)

    async def tell_of_links(self, shared: SharedLinks, links: list[dict[str, str]]) -> Outcome:
        """Tell the app of links; the cards of those that it heard of are its to set."""
        unfurling, workspace = self._desk.backend.unfurling, self._desk.backend.workspace
        unfurling.share(shared)
        place, bot = workspace.channels.get(shared.channel), self._desk.backend.identity.bot_user_id
        outcome = await self.send(
            {
                "type": "link_shared",
                "channel": shared.channel,
                "is_bot_user_member": bool(place and bot in place.members),
                "user": shared.user,
                "user_locale": workspace.users[shared.user].locale,
                "message_ts": shared.ts,
                "unfurl_id": shared.unfurl_id,
                "source": shared.source,
                "links": links,
            }
        )
        if outcome.deliveries and not outcome.error:
            unfurling.acked(shared)
        return outcome

    async def _links(self, message: Message) -> Outcome:
        """Tell of the links in somebody's message, whether the bot is in the channel or not.

        Slack tells nothing of those of people of other organisations.
        """
        links = links_in(message.text, self._desk.backend.manifest.unfurl_domains)
        if not links or self._desk.backend.workspace.users[message.user].is_external:
            return Outcome()
        urls = tuple(one["url"] for one in links)
        unfurl_id = f"{message.channel}.{message.ts}.{len(urls)}"
        shared = SharedLinks(unfurl_id, IN_HISTORY, message.channel, message.ts, message.user, urls)
        return await self.tell_of_links(shared, links)

    async def verify_url(self) -> bool:
        """Send Slack's `url_verification` and tell whether the challenge came back."""
        challenge = self._desk.backend.workspace.mint("challenge")
        token = self._desk.backend.identity.verification_token
        payload = {"token": token, "challenge": challenge, "type": "url_verification"}
        delivery = await self._desk.sender.deliver("events_api", payload)
        body = delivery.body
        answered = body.get("challenge") if isinstance(body, dict) else body
        return not delivery.error and answered == challenge

    async def _persist(self, payload: Json) -> list[Delivery]:
        first = await self._desk.sender.deliver("events_api", payload)
        if not first.error or not first.may_retry:
            return [first]
        rest = self._retries(payload, first)
        if self._desk.backend.switches.background_retries:
            task = asyncio.create_task(rest)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return [first]
        return [first, *await rest]

    async def _retries(self, payload: Json, failed: Delivery) -> list[Delivery]:
        tried: list[Delivery] = []
        for number, seconds in enumerate(limits.EVENT_RETRY_SECONDS, start=1):
            if seconds:
                await self._desk.backend.clock.sleep(seconds)
            failed = await self._desk.sender.deliver(
                "events_api", payload, retry=number, reason=failed.reason
            )
            tried.append(failed)
            if not failed.error or not failed.may_retry:
                break
        return tried

    def _wrapped(self, event: Json, person: str) -> Json:
        backend, identity = self._desk.backend, self._desk.backend.identity
        channel = backend.workspace.channels.get(str(event.get("channel")))
        return {
            "token": identity.verification_token,
            "team_id": identity.team_id,
            "context_team_id": identity.team_id,
            "context_enterprise_id": identity.enterprise_id or None,
            "api_app_id": identity.app_id,
            "event": {"event_ts": backend.workspace.stamp(), **event},
            "type": "event_callback",
            "event_id": backend.workspace.mint("Ev"),
            "event_time": int(backend.clock.now().timestamp()),
            **self._authorizations(person),
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": f"4-{event.get('type')}",
        }

    def _authorizations(self, person: str) -> Json:
        """Return through which installation the app hears; a removed app has none."""
        backend, identity = self._desk.backend, self._desk.backend.identity
        if not backend.tokens.is_installed:
            return {"enterprise_id": identity.enterprise_id} if identity.enterprise_id else {}
        installation = {
            "enterprise_id": identity.enterprise_id or None,
            "team_id": None if backend.is_org_install else identity.team_id,
            "user_id": person or identity.bot_user_id,
            "is_bot": not person,
            "is_enterprise_install": backend.is_org_install,
        }
        return {"authorizations": [installation]}

    def _message_event(self, message: Message, channel_type: str) -> dict[str, Any]:
        more: dict[str, Any] = {"thread_ts": message.thread_ts} if message.is_reply else {}
        workspace, own = self._desk.backend.workspace, self._desk.backend.identity.team_id
        if workspace.channels[message.channel].is_ext_shared:
            team = workspace.users[message.user].team_id or own
            more |= {"user_team": team, "source_team": team}
        if message.files:
            base_url = self._desk.backend.base_url
            shared = [file_object(file, base_url) for file in message.files]
            more |= {"subtype": "file_share", "files": shared}
        return {
            "type": "message",
            "user": message.user,
            "text": message.text,
            "ts": message.ts,
            "team": own,
            "channel": message.channel,
            "channel_type": channel_type,
            "event_ts": message.ts,
            **more,
        }


def _subscription(event: Json) -> str:
    kind = str(event.get("type"))
    if kind != "message":
        return kind
    return _MESSAGE_EVENTS.get(str(event.get("channel_type")), "message.channels")
