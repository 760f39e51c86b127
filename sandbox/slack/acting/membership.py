"""Slack's own commands /invite and /remove: who is in a channel, and what the app hears of it."""

import re
from dataclasses import dataclass

from sandbox.slack.acting.desk import Desk
from sandbox.slack.acting.escaping import as_message
from sandbox.slack.acting.events import Events
from sandbox.slack.changes import Change
from sandbox.slack.channels import Channel
from sandbox.slack.content import Content
from sandbox.slack.delivery.outcome import Outcome
from sandbox.slack.manifest import Command
from sandbox.slack.people import User

COMMANDS = (
    Command("/invite", "Add people or apps to this channel", "@somebody [#channel]"),
    Command("/remove", "Remove somebody from this channel", "@somebody"),
)
"""As the list of commands shows them, where those of Slack stand among those of the app."""
EVERYBODYS = "CGENERAL"
"""The channel that all members of a workspace are in: nobody can be removed from it."""

_PERSON = re.compile(r"<@([A-Z0-9]+)>")
_CHANNEL = re.compile(r"<#([A-Z0-9]+)\|")


class ImpossibleError(Exception):
    """What was typed cannot be done; the text is what Slack would tell the person."""


@dataclass(frozen=True, slots=True)
class Membership:
    """Carries the commands out."""

    desk: Desk
    events: Events

    async def run(self, typed: str, *, user: str, channel: str) -> Outcome | None:
        """Carry out what was typed; None if it is a command of somebody else."""
        name, _, text = typed.strip().partition(" ")
        act = {"/invite": self._invite, "/remove": self._remove}.get(name.casefold())
        if act is None:
            return None
        asker, here = self.desk.member(user), self.desk.writable(channel, user)
        said = as_message(text, self.desk.backend.workspace)
        named = _CHANNEL.search(said) if name == "/invite" else None
        try:
            place = self._place(named[1] if named else here.id, asker)
            outcomes = [await act(one, place, asker) for one in self._people(said)]
        except ImpossibleError as reason:
            return Outcome(text=str(reason), error="impossible")
        deliveries = [each for one in outcomes for each in one.deliveries]
        self.desk.backend.workspace.changes.announce(Change("members", channel=place.id))
        return Outcome(deliveries=tuple(deliveries))

    async def invite(self, channel: str, user: str, *, inviter: str) -> Outcome:
        """Add somebody to a channel and tell the app, if it is in the channel by then."""
        desk = self.desk
        place = desk.backend.workspace.channels[channel]
        desk.backend.workspace.set_members(channel, *place.members, user)
        event = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel,
            "channel_type": "G" if place.is_private else "C",
            "team": desk.backend.workspace.users[user].team_id or desk.backend.identity.team_id,
            "inviter": inviter,
        }
        return await self._tell(channel, event)

    async def remove(self, channel: str, user: str) -> Outcome:
        """Take somebody out of a channel; the app hears of its own removal in another event."""
        desk = self.desk
        place = desk.backend.workspace.channels[channel]
        left = tuple(each for each in place.members if each != user)
        desk.backend.workspace.set_members(channel, *left)
        family = "group" if place.is_private else "channel"
        if user == desk.backend.identity.bot_user_id:
            return await self.events.send({"type": f"{family}_left", "channel": channel})
        event = {"type": "member_left_channel", "user": user, "channel": channel}
        return await self._tell(channel, {**event, "channel_type": family[0].upper()})

    async def _invite(self, person: User, place: Channel, asker: User) -> Outcome:
        if person.id in self.desk.backend.workspace.channels[place.id].members:
            raise ImpossibleError(f"{person.real_name} is already in #{place.name}.")
        if person.deleted or person.is_external:
            raise ImpossibleError(f"{person.real_name} cannot be added to #{place.name}.")
        outcome = await self.invite(place.id, person.id, inviter=asker.id)
        self._note(place, person, "joined")
        return outcome

    async def _remove(self, person: User, place: Channel, asker: User) -> Outcome:
        if person.id not in place.members:
            raise ImpossibleError(f"{person.real_name} is not in #{place.name}.")
        if place.id == EVERYBODYS and not person.is_bot:
            raise ImpossibleError(f"Nobody can be removed from #{place.name}.")
        if asker.is_restricted:
            raise ImpossibleError("Guests cannot remove anybody.")
        outcome = await self.remove(place.id, person.id)
        self._note(place, person, "left")
        return outcome

    def _place(self, channel: str, asker: User) -> Channel:
        found = self.desk.backend.workspace.channels.get(channel)
        if found is None or found.is_im or asker.id not in found.members:
            raise ImpossibleError("That works only in a channel of which you are a member.")
        return found

    def _people(self, said: str) -> list[User]:
        users = self.desk.backend.workspace.users
        found = [users[each] for each in _PERSON.findall(said) if each in users]
        if not found:
            raise ImpossibleError("Say who: type @ and a name, such as /invite @Flowbot")
        return found

    async def _tell(self, channel: str, event: dict[str, str]) -> Outcome:
        """Tell the app of what happens where it is a member; elsewhere it hears nothing."""
        place = self.desk.backend.workspace.channels[channel]
        if self.desk.backend.identity.bot_user_id not in place.members:
            return Outcome()
        return await self.events.send(event)

    def _note(self, place: Channel, person: User, did: str) -> None:
        """Write into the channel what happened there, in the name of whom it is about, as Slack."""
        content = Content(text=f"<@{person.id}> has {did} the channel")
        self.desk.backend.workspace.post(channel=place.id, user=person.id, content=content)
