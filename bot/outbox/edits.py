"""Taking the place of a message that was told: what was asked there is decided now."""

from bot import log
from bot.errors import SlackError, SlackUnreachableError
from bot.outbox.store import OutboxStore
from bot.slack.client import Slack
from bot.slack.messages import Message


class Edits:
    """Edits by outbox key; one that fails leaves the old message, which does no harm."""

    def __init__(self, slack: Slack, outbox: OutboxStore) -> None:
        """Find messages in `outbox`."""
        self._slack = slack
        self._outbox = outbox

    async def replace(self, key: str, message: Message) -> bool:
        """Show `message` where the row's message was; False when that could not be done."""
        entry = await self._outbox.by_key(key)
        if entry is None or not entry.ts:
            return False
        try:
            await self._slack.call(
                "chat.update",
                channel=entry.posted_channel,
                ts=entry.ts,
                text=message.text,
                blocks=list(message.blocks),
            )
        except (SlackError, SlackUnreachableError) as error:
            log.get().warning("not_replaced", key=key, error=str(error))
            return False
        return True
