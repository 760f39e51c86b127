"""The files that were sent last and that somebody may see: their own, and those of their channels.

Where Slack does not say that they are in a channel, its files are not shown.
"""

from typing import Final

from bot.clock import Clock
from bot.memory import Memory
from bot.outbox.recent.store import SentFile, SentFiles
from bot.slack.directory import PLACES_AGE, Directory
from bot.slack.permalinks import Permalinks
from bot.talk.known import FileShown

LOOKED_AT: Final = 50
MOST_CHANNELS: Final = 5
"""Of so many channels Slack is asked whether they are in them, each time that Home is opened."""
SHOWN: Final = 4
MOST_KNOWN: Final = 5_000


class FilesSeen:
    """Knows what somebody may see."""

    def __init__(
        self, files: SentFiles, directory: Directory, links: Permalinks, clock: Clock
    ) -> None:
        """Ask `directory` who is in which channel; what it says is remembered for a while."""
        self._files = files
        self._directory = directory
        self._links = links
        self._seen = Memory[tuple[str, str], bool](MOST_KNOWN, age=PLACES_AGE, now=clock.now)

    async def by(self, user: str, direct: str) -> list[FileShown]:
        """Return what a person may see, newest first; `direct` are their direct messages."""
        seen: dict[str, bool] = {}
        found: list[SentFile] = []
        for each in await self._files.last(LOOKED_AT):
            if each.channel not in seen and len(seen) < MOST_CHANNELS:
                seen[each.channel] = await self._sees(each.channel, user, direct)
            if seen.get(each.channel):
                found.append(each)
        return [await self._shown(each) for each in found[:SHOWN]]

    async def _sees(self, channel: str, user: str, direct: str) -> bool:
        if not channel or channel.startswith("D"):
            return bool(channel) and channel == direct
        known = self._seen.get((channel, user))
        if known is None:
            is_there = await self._directory.has_member(channel, user)
            if is_there is None:
                return False
            known = self._seen.put((channel, user), is_there)
        return known

    async def _shown(self, file: SentFile) -> FileShown:
        link = await self._links.of(file.channel, file.ts)
        channel = "" if file.channel.startswith("D") else file.channel
        return FileShown(file.offer.filename, channel, file.sent_at, link)
