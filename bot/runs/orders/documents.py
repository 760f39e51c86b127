"""What an execution produced, as files: named and typed from what the vendor says and sends."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar

from bot.clock import Clock
from bot.codec import decode, encode
from bot.errors import BotError, Reason, UserError, VendorError
from bot.http.connection import Connection
from bot.http.streaming import body_of
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.runs.client.client import SmartFlows
from bot.runs.core.watching import merge
from bot.runs.intents import FetchDocuments
from bot.runs.model import BATCH, SMART_FLOWS, Document, DocumentRef, Execution, Progress
from bot.runs.rendering.runs import document_refused, documents_sent
from bot.runs.store.executions import ExecutionStore
from bot.runs.summaries.answers import about_flow
from bot.runs.vendor import Project
from bot.slack.messages import Answer, FileOffer, FileSource, Message
from bot.spool import Body
from bot.tables.document_types import document_type
from bot.tables.file_names import document_filename

T = TypeVar("T")

MOST = 20
"""A run over many records may have hundreds; nobody wants them all in a thread."""


class Documents:
    """Offers documents and opens them. Raises VendorError."""

    def __init__(self, smartflows: Connection[SmartFlows]) -> None:
        """Fetch with `smartflows`."""
        self._smartflows = smartflows

    async def produced(
        self, execution: Execution | None, progress: Progress | None
    ) -> tuple[DocumentRef, ...]:
        """Return what an execution made; each of the vendor's answers may leave it out.

        The outputs of a batch are in an answer of their own.
        """
        details = execution.details if execution else None
        found = (
            *(progress.documents if progress else ()),
            *(details.documents if details else ()),
            *(await self._outputs(execution) if execution else ()),
        )
        return tuple({each.id: each for each in reversed(found)}.values())[::-1]

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
                missing.append(each.name)
        missing += [each.name for each in found[MOST:]]
        return tuple(offers), tuple(missing)

    async def _outputs(self, execution: Execution) -> tuple[DocumentRef, ...]:
        if execution.mode != BATCH:
            return execution.outputs
        whole = await unless_gone(self._smartflows.client.batch_status(execution.id))
        return whole.outputs if whole else ()

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


class DocumentFetcher:
    """Raises UserError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        executions: ExecutionStore,
        documents: Documents,
        project: Project,
        clock: Clock,
    ) -> None:
        """Fetch with `documents`."""
        self._smartflows = smartflows
        self._executions = executions
        self._documents = documents
        self._project = project
        self._clock = clock

    async def fetch(self, job: Job[FetchDocuments]) -> Outcome:
        """Send the documents of a run to the one who asks: not all in a channel may read them."""
        client, execution_id = self._smartflows.client, job.details.execution
        execution = await unless_gone(client.execution(execution_id))
        if execution is None:
            raise UserError("Smart Flows no longer has that run, nor its documents.")
        now = self._clock.now()
        tracked = merge(await self._executions.get(execution_id), execution, now)
        progress = await unless_gone(client.progress(execution_id))
        offers, missing = await self._documents.offers(
            await self._documents.produced(execution, progress),
            panel_url=await self._project.panel_url(),
        )
        answer = Answer(documents_sent(tracked, len(offers), missing), files=offers)
        about = about_flow(tracked.flow, now=now, zone=job.asker.zone)
        return Outcome((reply(job, answer, private=True, question=about),))


async def unless_gone(asked: Awaitable[T]) -> T | None:
    """Return what the vendor still has, or None where its cleanup was faster than we were."""
    try:
        return await asked
    except VendorError as error:
        if error.reason is not Reason.NOT_FOUND:
            raise
        return None
