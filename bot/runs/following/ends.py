"""The end of a run for a step of a workflow: how it went, and what it produced."""

from datetime import datetime, timedelta
from typing import Final

from bot.asking.core.room_steps import StepEnd
from bot.clock import Clock
from bot.http.connection import Connection
from bot.runs.client.client import SmartFlows
from bot.runs.core.watching import RunState
from bot.runs.model import SUCCESS, WARNING
from bot.runs.orders.documents import Documents, unless_gone
from bot.runs.orders.runs import Runs
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.observations import Observations

STALE: Final = timedelta(minutes=1)
"""What was seen before that is looked at again: not every run is polled."""
GONE: Final = "Smart Flows does not have this run any more. Its cleanup removes old runs."


class RunEnds:
    """Looks at runs for steps. Raises UserError for none, and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        runs: Runs,
        executions: ExecutionStore,
        documents: Documents,
        observations: Observations,
        clock: Clock,
    ) -> None:
        """Find runs by `runs`, and record what `smartflows` says of them."""
        self._smartflows = smartflows
        self._runs = runs
        self._executions = executions
        self._documents = documents
        self._observations = observations
        self._clock = clock

    async def of(self, run: str) -> StepEnd | None:
        """Return how a run ended, by its id or a beginning of it; None while it goes on."""
        tracked = await self._runs.resolve(run.strip().removeprefix("#"))
        if tracked.alive and not await self._is_followed(tracked):
            seen = await unless_gone(self._smartflows.client.execution(tracked.id))
            if seen is None:
                await self._observations.record_gone(tracked.id)
            else:
                await self._observations.record([seen])
            tracked = await self._runs.resolve(tracked.id)
        if tracked.gone:
            return StepEnd(problem=GONE)
        return await self._ended(tracked) if tracked.ended else None

    async def _is_followed(self, tracked: RunState) -> bool:
        """Return whether a run is in our own rows, and was looked at a moment ago."""
        known = await self._executions.get(tracked.id)
        return known is not None and self._clock.now() - known.seen_at < STALE

    async def _ended(self, tracked: RunState) -> StepEnd:
        client = self._smartflows.client
        execution = await unless_gone(client.execution(tracked.id))
        progress = await unless_gone(client.progress(tracked.id))
        documents = await self._documents.produced(execution, progress)
        names = [each.name or each.id for each in documents]
        return StepEnd(
            {
                "run_id": tracked.id,
                "status": tracked.status,
                "succeeded": tracked.status in {SUCCESS, WARNING},
                "documents": names,
                "document_count": len(names),
                "started_at": _moment(tracked.created_at),
                "ended_at": _moment(tracked.ended_at),
            }
        )


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
