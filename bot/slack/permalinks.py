"""Links to messages in Slack, as Slack itself gives them; one never changes."""

from typing import Final

from bot import log
from bot.errors import SlackError, SlackUnreachableError
from bot.memory import Memory
from bot.slack.client import PERMALINK, Slack

MOST: Final = 5_000


class Permalinks:
    """Asks Slack once for each message."""

    def __init__(self, slack: Slack) -> None:
        """Know none yet."""
        self._slack = slack
        self._known = Memory[tuple[str, str], str](MOST)

    async def of(self, channel: str, ts: str) -> str:
        """Return the link to a message; empty where Slack gives none."""
        known = self._known.get((channel, ts))
        if known is not None:
            return known
        try:
            answer = await self._slack.call(PERMALINK, channel=channel, message_ts=ts)
        except (SlackError, SlackUnreachableError) as error:
            log.get().info("no_link", channel=channel, ts=ts, error=str(error))
            return ""
        return self._known.put((channel, ts), str(answer.get("permalink", "")))
