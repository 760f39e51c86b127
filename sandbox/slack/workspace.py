"""The workspace's state: people, channels, messages and files, with every change announced."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Unpack

from bot.clock import Clock
from sandbox.slack.blocks.walking import with_ids
from sandbox.slack.canvases import Canvases
from sandbox.slack.changes import Change, Changes
from sandbox.slack.channels import Channel, sample_channels
from sandbox.slack.content import Content
from sandbox.slack.identity import Identity
from sandbox.slack.messages import Message, MessageFields
from sandbox.slack.pages import pages
from sandbox.slack.people import User, UserGroup, sample_groups, sample_people
from sandbox.slack.uploads import File, Uploads

MESSAGES_KEPT = 2_000  # in each channel; the oldest go
EPHEMERALS_KEPT = 500
ENTERED_KEPT = 500

Values = dict[str, dict[str, dict[str, Any]]]
"""What people entered: block_id → action_id → the element's value in Slack's shape."""


class Workspace:
    """Users, channels and messages by id. Read them freely; change them by the methods."""

    def __init__(self, *, clock: Clock, identity: Identity, bot_name: str) -> None:
        """Start with the sample workspace."""
        self._clock = clock
        self._minted: dict[str, int] = {}
        self._last_stamp = 0
        self.identity = identity
        self.app_at = identity.team_id
        """Where the app is installed: this workspace, or the organisation it is part of."""
        self.changes = Changes()
        self.uploads = Uploads()
        self.canvases = Canvases(self.mint)
        people = sample_people(identity.bot_user_id, bot_name)
        self.users: dict[str, User] = {one.id: one for one in people}
        self.groups: dict[str, UserGroup] = {one.id: one for one in sample_groups()}
        channels = sample_channels(identity.bot_user_id)
        self.channels: dict[str, Channel] = {one.id: one for one in channels}
        self.messages: dict[str, OrderedDict[str, Message]] = {}
        self.whispers: OrderedDict[tuple[str, str], Message] = OrderedDict()
        self.entered: OrderedDict[tuple[str, str], Values] = OrderedDict()

    @property
    def files(self) -> list[File]:
        """The files that were shared, oldest first."""
        return self.uploads.complete

    def mint(self, prefix: str) -> str:
        """Return a new id such as `F0000001`; the same in every run of the same mark."""
        self._minted[prefix] = self._minted.get(prefix, 0) + 1
        return f"{prefix}{self.identity.mark.upper()}{self._minted[prefix]:07d}"

    def stamp(self) -> str:
        """Return a message ts: the sandbox's time in microseconds, always greater than before."""
        now = int(self._clock.now().timestamp() * 1_000_000)
        self._last_stamp = max(now, self._last_stamp + 1)
        return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def can_see(self, user: str, channel: Channel) -> bool:
        """Tell whether a person may look into a channel: members, and staff in public ones."""
        person = self.users.get(user)
        if user in channel.members:
            return True
        is_open = not channel.is_private and not channel.is_im
        is_staff = person is not None and not person.is_restricted and not person.is_external
        return is_open and is_staff

    def direct_message(self, user: str) -> Channel:
        """Return the direct message between a person and the bot, opened when needed."""
        for channel in self.channels.values():
            if channel.is_im and channel.user == user:
                return channel
        members = (user, self.identity.bot_user_id)
        channel = Channel(f"D{user[1:]}", "", members, is_im=True, user=user)
        self.channels[channel.id] = channel
        return channel

    def is_stranger(self, user: User) -> bool:
        """Tell whether somebody is of another workspace and in no channel with the bot."""
        bot = self.identity.bot_user_id
        shared = any({user.id, bot} <= {*one.members} for one in self.channels.values())
        return user.is_external and not shared

    def set_members(self, channel: str, *members: str) -> None:
        """Replace who is in a channel, for instance to invite or remove the bot."""
        self.channels[channel] = replace(self.channels[channel], members=members)

    def find(self, channel: str, ts: str) -> Message | None:
        """Return a message by its place, an ephemeral one too, or None."""
        return self._in(channel).get(ts) or self.whispers.get((channel, ts))

    def top_level(self, channel: str) -> Iterator[Message]:
        """Yield the messages of a channel without thread replies, oldest first."""
        for message in list(self._in(channel).values()):
            if not message.is_reply or message.is_broadcast:
                yield message

    def replies(self, channel: str, ts: str) -> list[Message]:
        """Return the replies under a message, oldest first."""
        kept = self._in(channel).values()
        return [one for one in kept if one.is_reply and one.thread_ts == ts]

    def post(
        self, *, channel: str, user: str, content: Content, **more: Unpack[MessageFields]
    ) -> Message:
        """Add a message, or with `ephemeral_to` one that a single person sees, and announce it."""
        message = Message(channel=channel, ts=self.stamp(), user=user, **more)
        message = self._filled(message, content)
        if message.ephemeral_to:
            self.whispers[channel, message.ts] = message
            if len(self.whispers) > EPHEMERALS_KEPT:
                self.whispers.popitem(last=False)
            self._announce("ephemeral", message)
            return message
        kept = self._in(channel)
        kept[message.ts] = message
        if len(kept) > MESSAGES_KEPT:
            kept.popitem(last=False)
        self._announce("message", message)
        return message

    def edit(self, message: Message, content: Content, *, is_marked: bool = True) -> Message:
        """Replace what a message says; with `is_marked` people see that it was edited."""
        edited_ts = self.stamp() if is_marked else message.edited_ts
        changed = self._filled(replace(message, edited_ts=edited_ts), content)
        return self.put(changed)

    def unfurl(self, message: Message, cards: tuple[dict[str, Any], ...]) -> Message:
        """Draw cards under a message, which changes nothing of what its author wrote."""
        return self.put(replace(message, attachments=cards))

    def put(self, message: Message, kind: str = "message_changed") -> Message:
        """Put a changed message in the place of the old one."""
        if message.ephemeral_to:
            self.whispers[message.channel, message.ts] = message
        else:
            self.messages[message.channel][message.ts] = message
        self._announce(kind, message)
        return message

    def delete(self, message: Message) -> None:
        """Remove a message; the replies under it stay, as in Slack."""
        self.whispers.pop((message.channel, message.ts), None)
        self._in(message.channel).pop(message.ts, None)
        self._announce("message_deleted", message)

    def entered_in(self, message: Message) -> Values:
        """Return what people chose in a message's menus so far; change it in place."""
        key = (message.channel, message.ts)
        if key not in self.entered and len(self.entered) >= ENTERED_KEPT:
            self.entered.popitem(last=False)
        return self.entered.setdefault(key, {})

    def _in(self, channel: str) -> OrderedDict[str, Message]:
        return self.messages.setdefault(channel, OrderedDict())

    def _filled(self, message: Message, content: Content) -> Message:
        blocks = with_ids(content.blocks, lambda: self.mint("b"))
        return replace(
            message,
            text=content.text,
            blocks=tuple(blocks),
            attachments=tuple(content.attachments),
            metadata=content.metadata if content.metadata is not None else message.metadata,
            pages=pages(
                content.text, [blocks, content.attachments], links_names=content.links_names
            ),
        )

    def _announce(self, kind: str, message: Message) -> None:
        self.changes.announce(
            Change(
                kind,
                channel=message.channel,
                ts=message.ts,
                user=message.ephemeral_to,
                payload=message,
            )
        )
