"""Taking the place of a message that was told: what was asked there is decided now."""

from bot import log
from bot.errors import SlackError, SlackUnreachableError
from bot.outbox.ledger import LedgerStore
from bot.slack.client import Slack
from bot.slack.messages import Message


class Edits:
    """Edits by ledger key; one that fails leaves the old message, which does no harm."""

    def __init__(self, slack: Slack, ledger: LedgerStore) -> None:
        """Find messages in `ledger`."""
        self._slack = slack
        self._ledger = ledger

    async def replace(self, key: str, message: Message) -> bool:
        """Show `message` where the row's message was; False when that could not be done."""
        entry = await self._ledger.by_key(key)
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
