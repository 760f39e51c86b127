"""Which channel somebody looks at that may be spoken of: one they see, and no other organisation.

What Slack says of channels and their members is remembered by the directory for some minutes.
"""

from bot.slack.directory import Directory
from bot.slack.people import Place, Reach


class Sight:
    """Knows what somebody may be told of."""

    def __init__(self, directory: Directory) -> None:
        """Ask `directory` who reads a channel."""
        self._directory = directory

    async def of(self, user: str, channel: str) -> Place | None:
        """Return a channel as somebody sees it; None where that is not so, or is not known now."""
        place = await self._directory.place(channel)
        if place.reach is not Reach.INTERNAL or place.is_closed or place.user:
            return None
        if place.is_public or await self._directory.has_member(channel, user):
            return place
        return None
