"""Files into threads: Slack's three upload calls, streamed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.codec import decode, encode
from bot.errors import BotError, SlackError, UserError
from bot.outbox import words
from bot.outbox.claims import Claims
from bot.outbox.editor import Editor
from bot.outbox.entries import FILE_ID, PARENT_MESSAGE, REMARKS, Entry, EntryChange, State
from bot.outbox.files import FileSources
from bot.outbox.gate import MayTell
from bot.outbox.posting import MessagePlace
from bot.outbox.store import OutboxStore
from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.blocks.frames import reframed
from bot.slack.client import Slack
from bot.slack.messages import FileOffer, Message
from bot.spool import Body
from bot.store.database import Database
from bot.store.persisting import persist

SHARED_ALREADY = "file_not_found"
"""What Slack says of an upload that is complete."""
NOT_THERE = frozenset({"not_in_channel", "channel_not_found", "invalid_channel"})
"""What Slack says where the bot has to be invited first."""
EMPTY = "It came without any content, so there is nothing to post."


class NotMemberError(BotError):
    """There is no thread the bot could put a file into."""


class Uploader:
    """Uploads the files of the outbox."""

    def __init__(
        self,
        slack: Slack,
        sources: FileSources,
        outbox: OutboxStore,
        claims: Claims,
        editor: Editor,
        clock: Clock,
        database: Database,
        *,
        may_tell: MayTell,
    ) -> None:
        """Read from these sources and upload to this workspace.

        `may_tell` is asked again once the bytes are there, which may have taken long.
        """
        self._slack = slack
        self._sources = sources
        self._outbox = outbox
        self._claims = claims
        self._editor = editor
        self._clock = clock
        self._database = database
        self._may_tell = may_tell

    async def upload(self, entry: Entry, parent: Entry) -> None:
        """Stream an entry's file into its parent's thread.

        Bytes that Slack has from an attempt before are not sent again: they are shared by the same
        id, which shows them once however often it is asked for. Raises NotMemberError where there
        is no thread to put it into, VendorError when the source fails (nothing is shown in Slack
        then), NotKnownYetError, and SlackError (WithheldError among them) or SlackUnreachableError.
        """
        if not parent.ts and parent.state is not State.IN_DOUBT:
            raise NotMemberError
        payload = entry.payload
        before = FILE_ID in payload
        if not before:
            payload = await self._bring(entry, parent)
        try:
            if payload[FILE_ID]:
                await self._share(entry, parent, payload)
        except SlackError as error:
            if not (before and error.code == SHARED_ALREADY):
                raise
        await self.arrived(payload, parent)

    async def find(self, entry: Entry, parent: Entry | None) -> MessagePlace | None:
        """Look whether Slack shows an entry's file. Raises SlackError and SlackUnreachableError."""
        file_id = entry.payload.get(FILE_ID)
        if not file_id or parent is None:
            return None  # Slack never had its bytes, or there is nothing to be shown
        try:
            found = await self._slack.call("files.info", file=file_id)
        except SlackError as error:
            if error.code == SHARED_ALREADY:  # here it means that the upload is not complete
                return None
            raise
        shares = (found["file"].get("shares") or {}).values()
        channel = parent.posted_channel or parent.target.channel
        if not any(channel in channels for channels in shares):
            return None
        await self.arrived(entry.payload, parent)
        return MessagePlace(channel)

    async def arrived(self, payload: Mapping[str, Any], parent: Entry) -> None:
        """Let the parent message say what it says of a file that is there."""
        if payload.get(PARENT_MESSAGE):
            await self._narrate(parent, decode(Message, payload[PARENT_MESSAGE]))

    async def lost(self, entry: Entry, error: BotError) -> None:
        """Let the parent message say that there is no file, in the source's words if it has some.

        What lives on its own, such as the card of a run, promised no file that came later.
        """
        parent = await self._outbox.by_key(entry.parent_key)
        message = await self._sources.lost(entry.file.source, error)
        if parent is None or not parent.ts:
            return
        if message:
            await self._narrate(parent, message)
        elif entry.key.startswith(f"{parent.key}#"):
            await self._editor.edit(parent.key, words.without_file(parent.message))

    async def _bring(self, entry: Entry, parent: Entry) -> dict[str, Any]:
        """Bring the bytes to Slack and note their id: from now on they may become visible."""
        narrate = partial(self._narrate, parent)
        opening = self._sources.open(entry.file.source, key=entry.key, narrate=narrate)
        async with opening as opened:
            file_id = await self._send(entry.file, opened.body) if opened.body else ""
            message = opened.parent_message()
        payload = {
            **entry.payload,
            FILE_ID: file_id,
            REMARKS: " ".join(opened.body.remarks) if opened.body else "",
            PARENT_MESSAGE: encode(message) if message else None,
        }
        noted = EntryChange(entry, State.SENDING, payload=payload)
        now = self._clock.now()
        await persist(
            self._database,
            lambda tx: self._claims.mark(tx, noted, now=now),
            self._clock,
            what=entry.key,
        )
        return payload

    async def _narrate(self, parent: Entry, message: Message) -> None:
        """Bring the parent up to date; what must stay of it stays."""
        await self._editor.edit(parent.key, reframed(message, parent.message))

    async def _share(self, entry: Entry, parent: Entry, payload: dict[str, Any]) -> None:
        remarks = payload.get(REMARKS)  # rows of before have none
        await self._may_tell(parent.posted_channel, entry.target)
        try:
            await self._slack.call(
                "files.completeUploadExternal",
                files=[{"id": payload[FILE_ID], "title": entry.file.title}],
                channel_id=parent.posted_channel,
                thread_ts=parent.thread,
                **({"initial_comment": remarks} if remarks else {}),
            )
        except SlackError as error:
            if error.code in NOT_THERE:
                raise NotMemberError from error
            raise

    async def _send(self, offer: FileOffer, body: Body) -> str:
        if not body.length:  # Slack takes none
            raise UserError(EMPTY)
        grant = await self._slack.call(
            "files.getUploadURLExternal",
            filename=offer.filename,
            length=body.length,
            alt_txt=cut(clean(offer.alt_text), LIMITS.file_alt_text, empty=offer.filename),
        )
        await self._slack.put_file(grant["upload_url"], body.chunks, length=body.length)
        return str(grant["file_id"])

    def invitation(self, entry: Entry) -> Message:
        """Return how to get a file into a channel where the bot is no member."""
        return words.invitation(entry.file, retry_key=entry.key)

    def explanation(self, entry: Entry, error: BotError) -> Message:
        """Return why a file did not come, and where else it is."""
        own = self._sources.refusal(entry.file, error)
        return own or words.not_uploaded(entry.file, error, retry_key=entry.key)
