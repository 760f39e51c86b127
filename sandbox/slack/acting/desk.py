"""What every act of a person needs: the backend, the sender, and payload fields that recur."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.backend import Backend
from sandbox.slack.channels import Channel
from sandbox.slack.delivery.sender import Sender
from sandbox.slack.messages import Message
from sandbox.slack.people import User
from sandbox.slack.views import View

Json = dict[str, Any]
Target = Message | View

OFFERS_KEPT = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """Where acts are turned into deliveries. `offers` are the last suggestions for each select."""

    backend: Backend
    sender: Sender
    offers: OrderedDict[tuple[str, str], list[Json]] = field(default_factory=OrderedDict)

    def person(self, user: str) -> User:
        """Return who acts; ValueError for nobody, a bot or somebody who left."""
        person = self.backend.workspace.users.get(user)
        if person is None or person.is_bot or person.deleted:
            raise ValueError(f"{user!r} is nobody who could do that")
        return person

    def member(self, user: str) -> User:
        """Return who types a command; ValueError also for people of other workspaces.

        Slack offers commands and shortcuts to those of the app's own workspace alone.
        """
        person = self.person(user)
        if person.is_external:
            raise ValueError(f"{user!r} is of another workspace and has no commands of this one")
        return person

    def place(self, channel: str, user: str) -> Channel:
        """Return where it happens; ValueError where this person cannot look."""
        found = self.backend.workspace.channels.get(channel)
        if found is None or not self.backend.workspace.can_see(user, found):
            raise ValueError(f"{user} sees no channel {channel!r}")
        return found

    def writable(self, channel: str, user: str) -> Channel:
        """Return where something can be typed; ValueError also in archived channels."""
        found = self.place(channel, user)
        if found.is_archived:
            raise ValueError(f"#{found.name} is archived")
        return found

    def interaction(self, kind: str, user: User) -> Json:
        """Return the fields that every interaction payload has."""
        identity = self.backend.identity
        return {
            "type": kind,
            "token": identity.verification_token,
            "team": None if self.backend.is_org_install else self.team(),
            "user": {
                "id": user.id,
                "username": user.name,
                "name": user.name,
                "team_id": user.team_id or identity.team_id,
            },
            "api_app_id": identity.app_id,
            "is_enterprise_install": self.backend.is_org_install,
            "enterprise": identity.enterprise,
        }

    def team(self) -> Json:
        """Return the `team` object, with the organisation where there is one."""
        identity = self.backend.identity
        if not identity.enterprise_id:
            return dict(identity.team)
        return {
            **identity.team,
            "enterprise_id": identity.enterprise_id,
            "enterprise_name": identity.enterprise_name,
        }

    def response_url(
        self, *, user: str, channel: str, message_ts: str = "", thread_ts: str = ""
    ) -> str:
        """Return a new address to answer at."""
        path = self.backend.response_urls.mint(
            user=user, channel=channel, message_ts=message_ts, thread_ts=thread_ts
        )
        return self.backend.base_url + path

    def current(self, target: Target, user: str) -> Target:
        """Return the message or view as it is now; ValueError when this person sees it no more."""
        if isinstance(target, View):
            if not self.backend.views.is_open(target.id) or target.user != user:
                raise ValueError(f"{user} has no view {target.id} open")
            return self.backend.views.get(target.id)
        message = self.backend.workspace.find(target.channel, target.ts)
        if message is None or message.ephemeral_to not in {"", user}:
            raise ValueError(f"{user} sees no message {target.ts} in {target.channel}")
        self.place(message.channel, user)
        return message

    def offer(self, target: Target, action_id: str, options: list[Json]) -> None:
        """Remember what an external select showed."""
        self.offers[key(target), action_id] = options
        if len(self.offers) > OFFERS_KEPT:
            self.offers.popitem(last=False)

    def offered(self, target: Target, action_id: str) -> list[Json] | None:
        """Return what an external select showed last, None when it was not asked."""
        return self.offers.get((key(target), action_id))


def key(target: Target) -> str:
    """Return what tells a message or view from all others."""
    return target.id if isinstance(target, View) else f"{target.channel}/{target.ts}"
