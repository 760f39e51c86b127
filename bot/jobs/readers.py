"""Who reads a conversation at the moment when something is told there."""

from bot.errors import SlackError
from bot.jobs.access import may_tell
from bot.outbox.gate import WithheldError
from bot.outbox.rules import WORKSPACE_WIDE
from bot.slack.directory import Directory
from bot.slack.messages import Target
from bot.slack.refusals import READ_BY_OTHERS

LOOK_UP = "conversations.info"


class Readers:
    """Asked for each message and file; Slack only for what the directory does not remember."""

    def __init__(self, directory: Directory) -> None:
        """Ask `directory`."""
        self._directory = directory

    async def check(self, channel: str, target: Target) -> None:
        """Raise WithheldError where somebody may read along for whom it is not meant.

        And NotKnownYetError while nobody knows, SlackError where the workspace refuses everything.
        What one person alone sees is for that person, and so is a direct message.
        """
        if target.private or channel.startswith(("D", "U", "W")):
            return
        place = await self._directory.place(channel)
        if place.trouble in WORKSPACE_WIDE:
            raise SlackError(LOOK_UP, place.trouble)
        if place.refusal:
            raise WithheldError(LOOK_UP, place.refusal)
        decision = may_tell(place, consent=target.consent)
        if decision.again_at:
            decision.enforce()
        if decision.words:
            raise WithheldError(LOOK_UP, READ_BY_OTHERS)
