"""The flows that can be started, found by name in our own table, which is renewed now and then."""

from collections.abc import Iterable

from bot import log
from bot.asking.core.finder import Choice, matching
from bot.asking.core.options import as_typed
from bot.asking.rendering.help import Names, named
from bot.clock import Clock
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.runs.client.client import SmartFlows
from bot.runs.core.command import FLOWS
from bot.runs.core.summary_options import OPTIONS
from bot.runs.intents import RenewFlows
from bot.runs.model import Flow, VendorRef
from bot.runs.store.flow_cache import FlowCache

FRESH_SECONDS = 600.0
MOST_PAGES = 40
ALL = VendorRef("", "all flows")


class Flows:
    """Finds flows. Raises UserError."""

    def __init__(self, smartflows: Connection[SmartFlows], cache: FlowCache, clock: Clock) -> None:
        """Keep them in `cache`."""
        self._smartflows = smartflows
        self._cache = cache
        self._clock = clock
        self._renewed_at: float | None = None

    async def all(self) -> list[Flow]:
        """Return the flows kept here, by name."""
        return await self._cache.all()

    async def names(self) -> Names:
        """Return a flow's name for the examples of the help, where one is known."""
        known = (each.name for each in await self.all())
        return named("smart_flow", (as_typed(name, OPTIONS, taken=FLOWS.words) for name in known))

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
        await self._cache.replace(flows)
        self._renewed_at = self._clock.monotonic()


def _choices(flows: Iterable[Flow]) -> list[Choice]:
    return [Choice(each.id, each.name, each.description or each.id) for each in flows]
