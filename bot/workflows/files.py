"""The source of files of workflow events: opened, and told of in the message they belong to."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Any, Final

from bot.asking.occasion import Occasion
from bot.clock import Clock
from bot.codec import dumps
from bot.digests.store import SubscriptionStore
from bot.errors import BotError, VendorError
from bot.http.connection import Connection
from bot.http.streaming import CUT
from bot.outbox.files import Narrate, OpenFile
from bot.outbox.transfers import Transfer
from bot.slack.blocks.problems import sentence
from bot.slack.messages import Message
from bot.tables.table_files import TableFiles
from bot.workflows.client import Giosg
from bot.workflows.export_file import (
    ExportFile,
    FewRows,
    FileContent,
    NoEvents,
    OversizedFile,
    Result,
)
from bot.workflows.intents import LargeFile
from bot.workflows.plans import Plan, occasion_of, plan_of
from bot.workflows.rendering import exports as words
from bot.workflows.rendering.exports import ExportSubject

PART_OF_LARGEST: Final = 0.9
"""How much of the largest file a part may have, as the vendor's data grows."""


class WorkflowFiles:
    """The source of files from giosg. It tells how far they are, and what is in them or is not."""

    def __init__(
        self,
        giosg: Connection[Giosg],
        orders: SubscriptionStore,
        tables: TableFiles,
        clock: Clock,
        *,
        largest: int,
    ) -> None:
        """`largest` is how many bytes a file in this workspace may have."""
        self._giosg = giosg
        self._orders = orders
        self._tables = tables
        self._clock = clock
        self._largest = largest

    def open(
        self, arguments: dict[str, Any], *, key: str, narrate: Narrate
    ) -> AbstractAsyncContextManager[OpenFile]:
        """Open a file; its bytes are asked for anew each time."""
        return self._open(arguments, key=key, narrate=narrate)

    async def lost(self, arguments: dict[str, Any], error: BotError) -> Message | None:
        """Return that there is no file: nothing is posted rather than half of it."""
        plan = plan_of(arguments)
        about = (plan.subject, await occasion_of(plan, self._orders))
        if isinstance(error, VendorError) and error.detail == CUT:
            return words.export_broken(*about)
        return words.export_failed(*about, sentence(error))

    @asynccontextmanager
    async def _open(
        self, arguments: dict[str, Any], *, key: str, narrate: Narrate
    ) -> AsyncIterator[OpenFile]:
        giosg = self._giosg.client
        plan = plan_of(arguments)
        occasion = await occasion_of(plan, self._orders, key=key.rpartition("#")[0])
        progress = partial(words.export_progress, plan.subject, occasion)
        transfer = partial(Transfer, clock=self._clock, narrate=narrate, words=progress)
        file = ExportFile(plan, giosg, self._tables, transfer, largest=self._largest)
        async with file.open() as result:
            yield await self._opened(plan, occasion, result, key=key)

    async def _opened(
        self, plan: Plan, occasion: Occasion, result: Result, *, key: str
    ) -> OpenFile:
        """Return the bytes, if there are any to upload, and what is said of them at last."""
        about = (plan.subject, occasion)
        match result:
            case FileContent(body, summary):
                message = (
                    words.export_done(*about, summary)
                    if summary
                    else words.export_in_parts(*about, plan.count)
                )
                return OpenFile(body, lambda: message)
            case FewRows(rows):
                message = words.export_shown(*about, rows)
            case OversizedFile():
                message = self._too_large(*about, result, key=key)
            case NoEvents(doubtful):
                last = None
                with suppress(VendorError):
                    last = (await self._giosg.client.info(plan.workflow_id)).last_event_at
                message = words.export_empty(*about, last_event_at=last, doubtful=doubtful)
        return OpenFile(None, lambda: message)

    def _too_large(
        self, subject: ExportSubject, occasion: Occasion, file: OversizedFile, *, key: str
    ) -> Message:
        """Return that a file is too large, with what there is instead."""
        count = max(2, -(-file.as_csv // int(self._largest * PART_OF_LARGEST)))
        value = dumps(LargeFile(key, count, file.as_csv))
        return words.export_too_large(
            subject, occasion, file.summary, most=self._largest, parts=count, value=value
        )
