"""The workspace as somebody may look at it: tests, the page, the terminal."""

from collections.abc import Mapping

from sandbox.slack.backend import Backend
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from sandbox.slack.people import User
from sandbox.slack.uploads import File
from sandbox.slack.views import View


class State:
    """Reading only; everything it returns is a frozen value."""

    def __init__(self, backend: Backend) -> None:
        """Look at this workspace."""
        self._backend = backend
        self._workspace = backend.workspace

    @property
    def users(self) -> Mapping[str, User]:
        """People by id."""
        return self._workspace.users

    @property
    def channels(self) -> Mapping[str, Channel]:
        """Channels and opened direct messages by id."""
        return self._workspace.channels

    @property
    def messages(self) -> dict[str, list[Message]]:
        """Every message by channel id, oldest first, thread replies included."""
        return {channel: list(kept.values()) for channel, kept in self._workspace.messages.items()}

    @property
    def files(self) -> list[File]:
        """Completed files, oldest first."""
        return self._workspace.files

    @property
    def views(self) -> list[View]:
        """The views that are before somebody: open modals and Home tabs."""
        return self._backend.views.open_ones

    def visible_channels(self, user: str) -> list[Channel]:
        """Return the channels a person is in or may look into, direct messages last."""
        seen = [one for one in self.channels.values() if self._workspace.can_see(user, one)]
        return sorted(seen, key=lambda one: one.is_im)

    def direct_message(self, user: str) -> Channel:
        """Return a person's direct message with the app, opened when needed."""
        return self._workspace.direct_message(user)

    def find(self, channel: str, ts: str) -> Message | None:
        """Return a message by its place, an ephemeral one too."""
        return self._workspace.find(channel, ts)

    def top_level(self, channel: str, *, user: str | None = None) -> list[Message]:
        """Return a channel's messages, oldest first; with `user` as that person sees them."""
        shown = list(self._workspace.top_level(channel))
        if user is None:
            return shown
        place = self.channels.get(channel)
        if place is None or not self._workspace.can_see(user, place):
            return []
        own = [one for one in self.ephemerals(user) if one.channel == channel]
        return sorted([*shown, *(one for one in own if not one.is_reply)], key=_age)

    def thread(self, channel: str, ts: str, *, user: str | None = None) -> list[Message]:
        """Return the replies under a message, oldest first."""
        shown = self._workspace.replies(channel, ts)
        own = self.ephemerals(user) if user else []
        shown.extend(one for one in own if one.channel == channel and one.thread_ts == ts)
        return sorted(shown, key=_age)

    def canvas(self, channel: str) -> str | None:
        """Return the markdown of a channel's own canvas, or None where it has none."""
        found = self._workspace.canvases.of(channel)
        return found.markdown if found else None

    def ephemerals(self, user: str) -> list[Message]:
        """Return what only this person sees, in all channels, oldest first."""
        return [one for one in self._workspace.whispers.values() if one.ephemeral_to == user]


def _age(message: Message) -> float:
    return float(message.ts)
