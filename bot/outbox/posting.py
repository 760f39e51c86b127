"""How one message reaches its target: the channel, the asker alone, or a detour to the asker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import SlackError
from bot.outbox.entries import Entry
from bot.outbox.rules import NOT_EDITABLE, UNREACHED
from bot.slack.client import Slack
from bot.slack.messages import Message
from bot.slack.refusals import UNREADABLE

METADATA_EVENT = "flowbot_message"
_NO_UNFURLING = {"unfurl_links": False, "unfurl_media": False}
"""What people see on a link is its address; a message for one alone has no such arguments."""


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """Where a message is now. A response URL gives no `ts`: nothing can be threaded under it."""

    channel: str
    ts: str = ""


class Poster:
    """Posts messages; raises SlackError and SlackUnreachableError as Slack gives them."""

    def __init__(self, slack: Slack) -> None:
        """Post through this workspace's client."""
        self._slack = slack

    async def post(self, entry: Entry, message: Message, parent: Entry | None) -> MessagePlace:
        """Post a message of the outbox, under its parent when it has one."""
        if entry.target.private:
            return await self._privately(entry, message)
        if parent and not parent.ts:  # there is no thread: it came through a response URL
            return await self._detour(entry, message)
        channel = parent.posted_channel if parent else entry.target.channel
        thread = parent.thread if parent else entry.target.thread_ts
        try:
            return await self._publicly(entry, message, channel=channel, thread_ts=thread)
        except SlackError as error:
            if error.code not in UNREACHED or not entry.target.user:
                raise
            return await self._detour(entry, message)

    async def instead_of(self, former: Entry, entry: Entry, message: Message) -> bool:
        """Put a message in the place of a former one, or nothing; False where that is not there."""
        place = {"channel": former.posted_channel, "ts": former.ts}
        try:
            if not message.text:
                await self._slack.call("chat.delete", **place)
            else:
                await self._slack.call(
                    "chat.update", **place, metadata=_metadata(entry), **_content(message)
                )
        except SlackError as error:
            if error.code not in NOT_EDITABLE:
                raise
            return False
        return True

    async def whisper(self, entry: Entry, message: Message) -> None:
        """Say something to the asker alone, beside an entry."""
        await self._privately(entry, message)

    async def direct(self, user: str, message: Message) -> MessagePlace:
        """Send a direct message."""
        answer = await self._slack.call(
            "chat.postMessage", channel=user, **_NO_UNFURLING, **_content(message)
        )
        return _placed(answer)

    async def _publicly(
        self, entry: Entry, message: Message, *, channel: str, thread_ts: str
    ) -> MessagePlace:
        answer = await self._slack.call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread_ts,
            metadata=_metadata(entry),
            **_NO_UNFURLING,
            **_content(message),
        )
        return _placed(answer)

    async def _privately(self, entry: Entry, message: Message) -> MessagePlace:
        target = entry.target
        if target.response_url:
            try:
                return await self._respond(entry, message, private=True)
            except SlackError:
                pass  # used up or expired: the other ways still work
        try:
            await self._slack.call(
                "chat.postEphemeral",
                channel=target.channel,
                user=target.user,
                thread_ts=target.thread_ts,
                **_content(message),
            )
        except SlackError as error:
            if error.code not in UNREACHED:
                raise
            return await self.direct(target.user, message)
        return MessagePlace(target.channel)

    async def _detour(self, entry: Entry, message: Message) -> MessagePlace:
        """Where the bot is no member a response URL still reaches the channel, then a DM."""
        if entry.target.response_url:
            try:
                return await self._respond(entry, message)
            except SlackError:
                pass
        return await self.direct(entry.target.user, message)

    async def _respond(
        self, entry: Entry, message: Message, *, private: bool | None = None
    ) -> MessagePlace:
        private = entry.target.private if private is None else private
        payload: dict[str, Any] = {
            "response_type": "ephemeral" if private else "in_channel",
            "replace_original": entry.target.replaces and not entry.parent_key,
            "text": message.text,
        }
        if message.blocks:
            payload["blocks"] = list(message.blocks)
        await self._slack.respond(entry.target.response_url, payload)
        return MessagePlace(entry.target.channel)


def _placed(answer: Mapping[str, Any]) -> MessagePlace:
    """Return where a message is. Without that, an answer says no more than none."""
    try:
        return MessagePlace(answer["channel"], answer["ts"])
    except KeyError:
        raise SlackError("chat.postMessage", UNREADABLE) from None


def _metadata(entry: Entry) -> dict[str, Any]:
    return {"event_type": METADATA_EVENT, "event_payload": {"key": entry.key}}


def _content(message: Message) -> dict[str, Any]:
    content: dict[str, Any] = {"text": message.text}
    if message.blocks:
        content["blocks"] = list(message.blocks)
    return content
