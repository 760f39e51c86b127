"""Files into threads: Slack's three upload calls, streamed."""

from bot.clients.slack import Slack
from bot.clients.spool import Body
from bot.clock import Clock
from bot.core.delivery import UNREACHED
from bot.errors import BotError, SlackError
from bot.model.messages import FileOffer, Message
from bot.rendering import files
from bot.services.files import FileSources
from bot.store.ledger import FILE_ID, Change, Entry, LedgerStore, State

SHARED_ALREADY = "file_not_found"
"""What Slack says of an upload that is complete."""


class NotMemberError(BotError):
    """There is no thread the bot could put a file into."""


class Uploading:
    """Uploads the files of the ledger."""

    def __init__(
        self, slack: Slack, sources: FileSources, ledger: LedgerStore, clock: Clock
    ) -> None:
        """Read from these sources and upload to this workspace."""
        self._slack = slack
        self._sources = sources
        self._ledger = ledger
        self._clock = clock

    async def upload(self, entry: Entry, parent: Entry) -> None:
        """Stream an entry's file into its parent's thread.

        Bytes that Slack has from an attempt before are not sent again: they are shared by the same
        id, which shows them once however often it is asked for. Raises NotMemberError where there
        is no thread to put it into, VendorError when the source fails (nothing is shown in Slack
        then), and SlackError or SlackUnreachableError.
        """
        if not parent.ts:
            raise NotMemberError
        before = str(entry.payload.get(FILE_ID, ""))
        try:
            await self._share(entry, parent, before or await self._bring(entry))
        except SlackError as error:
            if not (before and error.code == SHARED_ALREADY):
                raise

    async def _bring(self, entry: Entry) -> str:
        """Bring the bytes to Slack and note their id: from now on they may become visible."""
        async with self._sources.open(entry.file.source) as body:
            file_id = await self._send(entry.file, body)
        noted = Change(entry, State.SENDING, payload={**entry.payload, FILE_ID: file_id})
        await self._ledger.mark(noted, now=self._clock.now())
        return file_id

    async def _share(self, entry: Entry, parent: Entry, file_id: str) -> None:
        try:
            await self._slack.call(
                "files.completeUploadExternal",
                files=[{"id": file_id, "title": entry.file.title}],
                channel_id=parent.posted_channel,
                thread_ts=parent.ts,
            )
        except SlackError as error:
            if error.code in UNREACHED:
                raise NotMemberError from error
            raise

    async def _send(self, offer: FileOffer, body: Body) -> str:
        grant = await self._slack.call(
            "files.getUploadURLExternal",
            filename=offer.filename,
            length=body.length,
            alt_txt=offer.alt_text,
        )
        await self._slack.put_file(grant["upload_url"], body.chunks, length=body.length)
        return str(grant["file_id"])

    def invitation(self, entry: Entry) -> Message:
        """Return how to get a file into a channel where the bot is no member."""
        return files.invitation(entry.file, retry_key=entry.key)

    def explanation(self, entry: Entry, error: BotError) -> Message:
        """Return why a file did not come."""
        return files.not_uploaded(entry.file, error, retry_key=entry.key)
