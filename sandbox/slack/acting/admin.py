"""What admins do to channels and people, with the events that the app hears of it.

With `told=False` nobody is told: an event may be lost, or come to an app that did not subscribe.
"""

from collections import OrderedDict
from dataclasses import replace
from typing import Any

from sandbox.slack.acting.desk import Json
from sandbox.slack.acting.events import Events
from sandbox.slack.backend import Backend
from sandbox.slack.channels import Channel
from sandbox.slack.delivery.outcome import Outcome
from sandbox.slack.objects import user_object
from sandbox.slack.people import PARTNER, User


class Admin:
    """Each act returns when its event is delivered."""

    def __init__(self, backend: Backend, events: Events) -> None:
        """Change this workspace and tell of it through `events`."""
        self._backend = backend
        self._events = events

    def add(self, *new: Channel | User) -> None:
        """Add channels and people."""
        workspace = self._backend.workspace
        for each in new:
            if isinstance(each, User):
                workspace.users[each.id] = each
            else:
                workspace.channels[each.id] = each

    async def invite_team(self, channel: str, team: str = PARTNER) -> None:
        """Offer a channel to another organisation; Slack has no event that an app could hear."""
        self._change(channel, invited=(*self._place(channel).invited, team))

    async def share(self, channel: str, team: str = PARTNER, *, told: bool = True) -> Outcome:
        """Share a channel with another organisation."""
        place = self._place(channel)
        invited = tuple(each for each in place.invited if each != team)
        self._change(channel, connected=(*place.connected, team), invited=invited)
        event = {"type": "channel_shared", "channel": channel, "connected_team_id": team}
        return await self._tell(event, told=told)

    async def unshare(self, channel: str, team: str = PARTNER, *, told: bool = True) -> Outcome:
        """Take a channel back from another organisation; its people leave it."""
        place, users = self._place(channel), self._backend.workspace.users
        connected = tuple(each for each in place.connected if each != team)
        members = tuple(each for each in place.members if users[each].team_id != team)
        changed = self._change(channel, connected=connected, members=members)
        event = {
            "type": "channel_unshared",
            "channel": channel,
            "previously_connected_team_id": team,
            "is_ext_shared": changed.is_ext_shared,
        }
        return await self._tell(event, told=told)

    async def freeze(self, channel: str) -> None:
        """Cut a shared channel off, as when the other organisation leaves Slack Connect."""
        self._change(channel, connected=(), is_frozen=True)

    async def archive(self, channel: str, *, back: bool = False, told: bool = True) -> Outcome:
        """Archive a channel, or take it `back`."""
        place = self._change(channel, is_archived=not back)
        kind = f"{_family(place)}_{'unarchive' if back else 'archive'}"
        return await self._tell({"type": kind, "channel": channel, "user": "UADA"}, told=told)

    async def delete(self, channel: str, *, told: bool = True) -> Outcome:
        """Delete a channel for good."""
        place = self._backend.workspace.channels.pop(channel)
        return await self._tell(
            {"type": f"{_family(place)}_deleted", "channel": channel}, told=told
        )

    async def join(self, channel: str, user: str) -> Outcome:
        """Add somebody to a channel."""
        place, person = self._place(channel), self._backend.workspace.users[user]
        self._change(channel, members=(*place.members, user))
        event = {"type": "member_joined_channel", "user": user, "channel": channel}
        team = person.team_id or self._backend.identity.team_id
        return await self._tell({**event, "channel_type": "C", "team": team})

    async def rename(self, channel: str, name: str) -> Outcome:
        """Give a channel another name."""
        place = self._change(channel, name=name)
        about = {"id": channel, "name": name, "created": 0}
        return await self._tell({"type": f"{_family(place)}_rename", "channel": about})

    def add_app(self, channel: str) -> None:
        """Put the bot into a channel without its hearing of that: an event can be lost."""
        place, bot = self._place(channel), self._backend.identity.bot_user_id
        self._change(channel, members=(*place.members, bot))

    async def remove_app(self, channel: str, *, told: bool = True) -> Outcome:
        """Remove the bot from a channel."""
        place, bot = self._place(channel), self._backend.identity.bot_user_id
        self._change(channel, members=tuple(each for each in place.members if each != bot))
        return await self._tell({"type": f"{_family(place)}_left", "channel": channel}, told=told)

    async def change_id(self, channel: str, new: str) -> Outcome:
        """Give a channel another id, as a private one gets when it begins to be shared."""
        workspace = self._backend.workspace
        workspace.channels[new] = replace(workspace.channels.pop(channel), id=new)
        workspace.canvases.move(channel, new)
        if channel in workspace.messages:
            told = workspace.messages.pop(channel)
            moved = ((ts, replace(message, channel=new)) for ts, message in told.items())
            workspace.messages[new] = OrderedDict(moved)
        event = {"type": "channel_id_changed", "old_channel_id": channel, "new_channel_id": new}
        return await self._tell(event)

    async def change_person(self, user: str, *, told: bool = True, **fields: Any) -> Outcome:
        """Change somebody: `deleted`, `is_restricted`, `tz`, `team_id` and the like."""
        workspace = self._backend.workspace
        changed = workspace.users[user] = replace(workspace.users[user], **fields)
        now, scopes = self._backend.clock.now(), self._backend.scopes
        about = user_object(
            changed, workspace, now, with_locale=True, with_email="users:read.email" in scopes
        )
        return await self._tell({"type": "user_change", "user": about}, told=told)

    def put_into_group(self, group: str, *users: str) -> None:
        """Let these be all who are in a user group; the app hears nothing of it."""
        groups = self._backend.workspace.groups
        groups[group] = replace(groups[group], users=users)

    def _place(self, channel: str) -> Channel:
        return self._backend.workspace.channels[channel]

    def _change(self, channel: str, **fields: Any) -> Channel:
        changed = replace(self._place(channel), **fields)
        self._backend.workspace.channels[channel] = changed
        return changed

    async def _tell(self, event: Json, *, told: bool = True) -> Outcome:
        return await self._events.send(event) if told else Outcome()


def _family(channel: Channel) -> str:
    return "group" if channel.is_private else "channel"
