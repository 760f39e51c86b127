"""One call of a method: its arguments by type, and the checks that many methods share."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.backend import Backend
from sandbox.slack.channels import Channel
from sandbox.slack.content import Content, is_true, read_content
from sandbox.slack.messages import Message
from sandbox.slack.people import User
from sandbox.slack.refusals import Refusal, explained
from sandbox.slack.workspace import Workspace

Answer = dict[str, Any]

_TS = re.compile(r"\d{1,12}\.\d{6}")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A call that passed the token, scope and rate checks."""

    method: str
    arguments: dict[str, Any]
    backend: Backend
    token: str = field(default="", repr=False)

    @property
    def workspace(self) -> Workspace:
        """The workspace that the call is about."""
        return self.backend.workspace

    def text(self, name: str) -> str:
        """Return an argument as text, empty when it is missing."""
        value = self.arguments.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Tell whether an argument means yes."""
        return is_true(self.arguments.get(name))

    def integer(self, name: str, *, default: int, least: int, most: int) -> int:
        """Return a whole number; refuses `invalid_arguments` outside its range."""
        try:
            value = int(self.arguments.get(name) or default)
        except (TypeError, ValueError):
            raise explained("invalid_arguments", [f"{name} must be a number"]) from None
        if not least <= value <= most:
            raise explained("invalid_arguments", [f"{name} must be {least} to {most}"])
        return value

    def ts(self, name: str) -> str:
        """Return a message ts, or empty; refuses `invalid_ts` for anything else."""
        value = self.text(name)
        if value and not _TS.fullmatch(value):
            raise Refusal("invalid_ts")
        return value

    def content(self, **more: int) -> Content:
        """Return what the message to send says."""
        most = self.backend.switches.block_characters
        return read_content(self.arguments, block_characters=most, **more)

    def need_scope(self, *scopes: str) -> None:
        """Refuse `missing_scope` unless one of these is granted."""
        need_scope(self.backend, *scopes)

    def user(self, name: str = "user") -> User:
        """Return the user that an argument names; refuses `user_not_found`."""
        user = self.workspace.users.get(self.text(name))
        if user is None:
            raise Refusal("user_not_found")
        return user

    def visible_channel(self, name: str = "channel") -> Channel:
        """Return a channel that the bot can see; refuses `channel_not_found`."""
        channel = self.workspace.channels.get(self.text(name))
        bot = self.backend.identity.bot_user_id
        if channel is None or not self.workspace.can_see(bot, channel):
            raise Refusal("channel_not_found")
        return channel

    def joined_channel(self, name: str = "channel") -> Channel:
        """Return a channel that the bot is in; refuses `not_in_channel` too."""
        channel = self.visible_channel(name)
        if self.backend.identity.bot_user_id not in channel.members:
            raise Refusal("not_in_channel")
        return channel

    def writable_channel(self, name: str = "channel") -> Channel:
        """Return a channel to post to: by id, `#name` or a user's id for the direct message."""
        named = self.text(name)
        if named in self.workspace.users:
            return self._direct_message(self.workspace.users[named])
        for channel in self.workspace.channels.values():
            if named == f"#{channel.name}" and channel.name:
                named = channel.id
        found = ApiCall(self.method, {name: named}, self.backend).visible_channel(name)
        if found.is_archived:
            raise Refusal("is_archived")
        if found.is_frozen:
            raise Refusal("restricted_action_read_only_channel")
        if found.is_im:
            return self._direct_message(self.workspace.users[found.user])
        if (
            self.backend.identity.bot_user_id not in found.members
            and "chat:write.public" not in self.backend.scopes
        ):
            raise Refusal("not_in_channel")
        return found

    def own_message(self, channel: Channel, ts: str, *, otherwise: str) -> Message:
        """Return a message of the bot; refuses `message_not_found` or, for others', `otherwise`."""
        message = self.workspace.find(channel.id, ts)
        if message is None or message.ephemeral_to:
            raise Refusal("message_not_found")
        if message.user != self.backend.identity.bot_user_id:
            raise Refusal(otherwise)
        return message

    def thread(self, channel: Channel) -> str:
        """Return the thread to reply in, or empty; refuses `cannot_reply_to_message`.

        Stricter than Slack, which takes a reply's ts but advises against it.
        """
        ts = self.ts("thread_ts")
        if not ts:
            return ""
        parent = self.workspace.find(channel.id, ts)
        if parent is None or parent.is_reply:
            raise Refusal("cannot_reply_to_message")
        return ts

    def _direct_message(self, user: User) -> Channel:
        if user.deleted or user.is_bot:
            raise Refusal("channel_not_found")
        if not self.backend.manifest.has_messages_tab:
            raise Refusal("messages_tab_disabled")
        return self.workspace.direct_message(user.id)


def need_scope(backend: Backend, *scopes: str) -> None:
    """Refuse `missing_scope`, saying what is needed and provided, unless one is granted."""
    if not backend.scopes.intersection(scopes):
        provided = ",".join(sorted(backend.scopes))
        raise Refusal("missing_scope", needed=",".join(scopes), provided=provided)
