"""Who looks at what: the people a visitor can be, and what each of them may see."""

from sandbox.slack import SlackSandbox
from sandbox.slack.changes import Change
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from sandbox.slack.page.answers import Refused
from sandbox.slack.people import User
from sandbox.slack.views import View


class Viewers:
    """The people of the workspace as viewers of the page."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Look at this Slack."""
        self._slack = slack

    def person(self, user: str) -> User:
        """Return somebody who can type; refuses others."""
        found = self._slack.workspace.users.get(user)
        if found is None or found.is_bot or found.deleted:
            raise Refused(f"Nobody called {user} can use this workspace.", status=404)
        return found

    def person_or_first(self, user: str | None) -> User:
        """Return that person, or without a usable id the first who can type."""
        people = self._slack.workspace.users
        usable = [one for one in people.values() if not one.is_bot and not one.deleted]
        return next((one for one in usable if one.id == user), usable[0])

    def channels(self, user: str) -> list[Channel]:
        """Return the channels that somebody sees, the direct message with the app included."""
        self._slack.workspace.direct_message(user)
        return self._slack.workspace.visible_channels(user)

    def channel(self, user: str, channel: str) -> Channel:
        """Return a channel that somebody sees; refuses others as unknown."""
        for found in self.channels(user):
            if found.id == channel:
                return found
        raise Refused(f"There is no channel {channel} for this person.", status=404)

    def message(self, user: str, channel: str, ts: str) -> Message:
        """Return a message that somebody sees; refuses others as unknown."""
        place = self.channel(user, channel)
        found = self._slack.workspace.find(place.id, ts)
        if found is None or found.ephemeral_to not in {"", user}:
            raise Refused("That message is no longer there.", status=200)
        return found

    def view(self, user: str, view_id: str) -> View:
        """Return the modal or Home in front of somebody; refuses others as closed."""
        for found in (self._slack.view_of(user), self._slack.home_of(user)):
            if found is not None and found.id == view_id:
                return found
        raise Refused("That view is no longer open.", status=200)

    def concerns(self, user: str, change: Change) -> bool:
        """Tell whether somebody could see what changed."""
        if change.user and change.user != user:
            return False
        if not change.channel:
            return True
        return any(one.id == change.channel for one in self.channels(user))
