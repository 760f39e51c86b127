"""The flows that can be started, found by name in our own table, which is renewed now and then."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot import log
from bot.asking.core.finder import Choice, matching
from bot.asking.core.options import as_typed
from bot.asking.occasion import Occasion
from bot.asking.rendering.help import Names
from bot.clock import Clock
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import FLOWS, ShowFlow, ShowSystem
from bot.runs.core.history import usual
from bot.runs.core.summary_options import OPTIONS
from bot.runs.following.resting import note_flows
from bot.runs.intents import RenewFlows
from bot.runs.model import Flow, VendorRef
from bot.runs.rendering.flows import System, flow_details, system_info
from bot.runs.store.executions import ExecutionStore
from bot.runs.store.flow_cache import FlowCache
from bot.runs.vendor import Project
from bot.store.database import Transaction
from bot.troubles.keeper import Troubles

FRESH_SECONDS = 600.0
MOST_PAGES = 40
ALL = VendorRef("", "all flows")


class Flows:
    """Finds flows. Raises UserError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        cache: FlowCache,
        troubles: Troubles,
        clock: Clock,
    ) -> None:
        """Keep them in `cache`; `troubles` hear of watched ones that are not there any more."""
        self._smartflows = smartflows
        self._cache = cache
        self._troubles = troubles
        self._clock = clock
        self._renewed_at: float | None = None

    async def all(self) -> list[Flow]:
        """Return the flows kept here, by name."""
        return await self._cache.all()

    async def names(self) -> Names:
        """Return the names of flows as they were last seen, as they are typed."""
        known = [each.name for each in await self.all()]
        return {"smart_flow": [as_typed(name, OPTIONS, taken=FLOWS.words) for name in known]}

    async def resolve(self, typed: str, *, surely: bool = False) -> Flow:
        """Return the flow meant by a name, a part of one, or an id.

        `surely` is for what starts it: a word out of its name is confirmed first. What is not found
        here is looked for at the vendor once. Raises UserError, PickError and VendorError.
        """
        known = await self._cache.all()
        if self._smartflows.is_on and not matching(typed, _choices(known)):
            await self._renew(self._smartflows.client)
            known = await self._cache.all()
        find = FLOWS.find_surely if surely else FLOWS.find
        chosen = find(typed, _choices(known))
        return next(each for each in known if each.id == chosen.id)

    async def watched(self, typed: str) -> VendorRef:
        """Return what is to be watched: one flow, or all for an empty text."""
        if not typed:
            return ALL
        flow = await self.resolve(typed)
        return VendorRef(flow.id, flow.name)

    async def renew(self, _: Job[RenewFlows]) -> Outcome:
        """Ask the vendor for its flows, unless that was done a moment ago."""
        await self.tick()
        return Outcome()

    async def tick(self) -> None:
        """Renew what is kept here when it is old; a failure is for the next time."""
        if not self._smartflows.is_on or self._is_fresh():
            return
        try:
            await self._renew(self._smartflows.client)
        except VendorError as error:
            log.get().info("flows_not_renewed", error=str(error))

    def _is_fresh(self) -> bool:
        at = self._renewed_at
        return at is not None and self._clock.monotonic() - at < FRESH_SECONDS

    async def _renew(self, client: SmartFlows) -> None:
        flows: list[Flow] = []
        for page in range(MOST_PAGES):
            found = await client.flows(page=page)
            flows += found.rows
            if not found.more:
                break
        is_whole = bool(flows) and not found.more
        await self._cache.replace(flows, lambda tx: self._replaced(tx, flows, is_whole=is_whole))
        self._renewed_at = self._clock.monotonic()

    def _replaced(self, tx: Transaction, flows: Sequence[Flow], *, is_whole: bool) -> None:
        """Let watches rest or go on by the flows that there are, where those are all."""
        if is_whole:
            note_flows(tx, self._troubles, {each.id for each in flows})


class ProjectFacts:
    """Tells of one flow and of the project. Raises UserError, PickError and VendorError."""

    def __init__(
        self,
        smartflows: Connection[SmartFlows],
        flows: Flows,
        executions: ExecutionStore,
        project: Project,
        clock: Clock,
    ) -> None:
        """Find the flow among `flows`."""
        self._smartflows = smartflows
        self._flows = flows
        self._executions = executions
        self._project = project
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return Task(ShowFlow, self.show_flow), Task(ShowSystem, self.show_system)

    async def show_flow(self, job: Job[ShowFlow]) -> Outcome:
        """Show what a flow is now."""
        found = await self._flows.resolve(job.details.flow)
        flow = await self._smartflows.client.flow(found.id)
        answer = flow_details(
            flow,
            self._occasion(job),
            known=usual(await self._executions.durations(flow.id)),
            panel_url=await self._project.panel_url(),
        )
        return Outcome((reply(job, answer, private=job.is_private),))

    async def show_system(self, job: Job[ShowSystem]) -> Outcome:
        """Show which project this is."""
        info = await self._smartflows.client.system()
        panel_url, account = await self._project.panel_url(), await self._project.account()
        answer = system_info(System(info, account, panel_url), self._occasion(job))
        return Outcome((reply(job, answer, private=job.is_private),))

    def _occasion(self, job: Job[Any]) -> Occasion:
        now = self._clock.now()
        return Occasion(zone=job.asker.zone, asked_at=now, now=now, asked_by=job.asker.name)


def _choices(flows: Iterable[Flow]) -> list[Choice]:
    return [Choice(each.id, each.name, each.description or each.id) for each in flows]
