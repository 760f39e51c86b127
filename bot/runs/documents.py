"""What an execution produced, as files: named and typed from what the vendor says and sends."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.codec import decode, encode
from bot.errors import BotError, Reason, VendorError
from bot.http.connection import Connection
from bot.http.streaming import body_of
from bot.runs.client.client import SmartFlows
from bot.runs.model import SMART_FLOWS, Document, DocumentRef
from bot.runs.rendering.runs import document_refused
from bot.slack.messages import FileOffer, FileSource, Message
from bot.spool import Body
from bot.tables.document_types import document_type
from bot.tables.file_names import document_filename

MOST = 20
"""A run over many records may have hundreds; nobody wants them all in a thread."""


class Documents:
    """Offers documents and opens them. Raises VendorError."""

    def __init__(self, smartflows: Connection[SmartFlows]) -> None:
        """Fetch with `smartflows`."""
        self._smartflows = smartflows

    async def offers(
        self, found: Sequence[DocumentRef], *, panel_url: str
    ) -> tuple[tuple[FileOffer, ...], tuple[str, ...]]:
        """Return the files to upload, and the names of those that cannot be had any more.

        `panel_url` is where people get what Slack does not take.
        """
        offers, missing = [], []
        for each in dict.fromkeys(found[:MOST]):
            try:
                offers.append(await self._offer(each, panel_url))
            except VendorError as error:
                if error.reason is not Reason.NOT_FOUND:
                    raise
                missing.append(each.name or each.id)
        missing += [each.name or each.id for each in found[MOST:]]
        return tuple(offers), tuple(missing)

    async def _offer(self, found: DocumentRef, panel_url: str) -> FileOffer:
        document = await self._smartflows.client.document(found.id)
        name = document.name or found.name
        kind = document_type(document.content_type, await self._first_bytes(document))
        return FileOffer(
            filename=document_filename(name, kind),
            title=name or document_filename(name, kind),
            source=FileSource(SMART_FLOWS.name, encode(replace(document, name=name))),
            alt_text=f"{name or 'Document'} ({kind.extension})",
            elsewhere=panel_url,
        )

    async def _first_bytes(self, document: Document) -> bytes:
        async with self._smartflows.client.content(document) as download:
            async for chunk in download.chunks:
                return chunk
        return b""

    def open_file(self, arguments: dict[str, Any]) -> AbstractAsyncContextManager[Body]:
        """Open a document's bytes as they come."""
        return self._open(decode(Document, arguments))

    def refusal(self, offer: FileOffer, error: BotError) -> Message:
        """Return why a document is not in the thread, and where it can be had."""
        return document_refused(offer.title, error, panel_url=offer.elsewhere)

    @asynccontextmanager
    async def _open(self, document: Document) -> AsyncIterator[Body]:
        async with (
            self._smartflows.client.content(document) as download,
            body_of(SMART_FLOWS, download) as body,
        ):
            yield body
