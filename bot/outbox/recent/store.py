"""The files that were sent last, with the messages they belong to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.codec import decode, loads
from bot.slack.messages import FileOffer
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in Slack: in which conversation, for whom it was asked, and its parent message."""

    offer: FileOffer
    channel: str
    user: str
    ts: str
    sent_at: datetime


class SentFiles:
    """Read through an index of their own, however many messages there are."""

    def __init__(self, database: Database) -> None:
        """Read rows of this database."""
        self._database = database

    async def last(self, most: int) -> list[SentFile]:
        """Return those that were sent last, the newest first."""
        rows = await self._database.fetch_all(_LAST, {"most": most})
        return [_file_of(row) for row in rows]


def _file_of(row: Any) -> SentFile:
    return SentFile(
        decode(FileOffer, loads(row["payload"])),
        row["channel"] or "",
        loads(row["target"]).get("user", ""),
        row["ts"] or "",
        datetime.fromisoformat(row["settled_at"]),
    )


# Not by `state = 'sent'`: of such rows there are more than of files, and an index leads to them.
_LAST = """
SELECT file.payload, file.target, file.settled_at, parent.posted_channel AS channel, parent.ts
FROM ledger file JOIN ledger parent
  ON parent.workspace = :workspace AND parent.key = file.parent_key
WHERE file.workspace = :workspace AND file.kind = 'file' AND file.settled_at IS NOT NULL
  AND file.state NOT IN ('failed', 'skipped', 'in_doubt')
ORDER BY file.settled_at DESC LIMIT :most"""
