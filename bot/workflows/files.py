"""Files of workflow events: opened, told of in their message while they come, and afterwards."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from bot.clock import Clock
from bot.digests.store import SubscriptionStore
from bot.errors import BotError, VendorError
from bot.http.connection import Connection
from bot.http.streaming import CUT
from bot.outbox.files import Narrate, Opened
from bot.slack.blocks.problems import sentence
from bot.slack.messages import Message
from bot.tables.table_files import TableFiles
from bot.workflows.client import Giosg
from bot.workflows.making import Making
from bot.workflows.opening import Opening
from bot.workflows.plans import Plan, plan_of
from bot.workflows.rendering import exports as words
from bot.workflows.telling import Telling


class WorkflowFiles:
    """The source of files from giosg. Memory does not grow with the file."""

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
    ) -> AbstractAsyncContextManager[Opened]:
        """Open a file; its bytes are asked for anew each time."""
        return self._open(arguments, key=key, narrate=narrate)

    async def lost(self, arguments: dict[str, Any], error: BotError) -> Message | None:
        """Return that there is no file: nothing is posted rather than half of it."""
        plan = await self._plan(arguments)
        if isinstance(error, VendorError) and error.detail == CUT:
            return words.export_broken(plan.asking)
        return words.export_failed(plan.asking, sentence(error))

    async def _plan(self, arguments: dict[str, Any]) -> Plan:
        number = arguments["subscription"]
        return plan_of(arguments, await self._orders.get(number) if number else None)

    @asynccontextmanager
    async def _open(
        self, arguments: dict[str, Any], *, key: str, narrate: Narrate
    ) -> AsyncIterator[Opened]:
        giosg = self._giosg.client
        plan = await self._plan(arguments)
        telling = Telling(giosg, plan, self._clock, narrate, key=key, largest=self._largest)
        making = Making(giosg, plan, telling, self._tables, self._largest)
        async with Opening(making).opened() as opened:
            yield opened
