"""Names for training flows: MomoFlow cannot list its flows, so people name their ids."""

from bot.asking.core.arguments import meant, nearest_names, quoted
from bot.asking.core.options import as_typed
from bot.asking.rendering.help import Names
from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.slack.messages import Answer
from bot.training.client import MomoFlow
from bot.training.core.command import SUBCOMMANDS, ForgetName, ListNames, NameFlow
from bot.training.core.names import NamedFlow, known_as, resolve
from bot.training.core.options import OPTIONS, RESERVED
from bot.training.model import ReportFilter
from bot.training.rendering import names as words
from bot.training.store import TRAINING, Alias, AliasStore


class TrainingNames:
    """Finds flows by name and keeps the names."""

    def __init__(self, aliases: AliasStore, momoflow: Connection[MomoFlow], clock: Clock) -> None:
        """Ask `momoflow`, when it is on, whether an id exists before naming it."""
        self._aliases = aliases
        self._momoflow = momoflow
        self._clock = clock

    async def resolve(self, typed: str) -> NamedFlow:
        """Return the flow meant; raises UserError with the nearest names, PickError for several."""
        try:
            return resolve(typed, await self.all(), words=SUBCOMMANDS)
        except UserError as error:
            error.ways = (*error.ways, ("See all flows", ListNames()))
            raise

    async def known(self, flow_id: str) -> NamedFlow:
        """Return the flow of an id, which is never taken for the beginning of a name."""
        return known_as(flow_id, await self.all())

    async def all(self) -> dict[str, str]:
        """Return all names with their flow ids, in alphabetical order."""
        return {alias.name: alias.target_id for alias in await self._aliases.all(TRAINING)}

    async def for_help(self) -> Names:
        """Return the names of flows, as they are typed, and their ids."""
        known = await self.all()
        return {
            "flow": [as_typed(name, OPTIONS, taken=RESERVED) for name in known],
            "flow_id": list(known.values()),
        }

    async def name(self, job: Job[NameFlow]) -> Outcome:
        """Give a name."""
        request, wanted = job.request, job.details
        is_known = await self.check(wanted.flow_id)
        alias = Alias(wanted.name, wanted.flow_id, request.user)
        before = await self._aliases.put(TRAINING, alias, now=self._clock.now())
        earlier = "" if before == alias.target_id else before
        message = words.named(alias.name, alias.target_id, before=earlier, is_known=is_known)
        return Outcome((reply(job, Answer(message), private=request.privately),))

    async def forget(self, job: Job[ForgetName]) -> Outcome:
        """Take a name away."""
        name = job.details.name
        flow_id = await self._aliases.remove(TRAINING, name)
        if not flow_id:
            near = meant(nearest_names(name, await self.all()))
            unknown = UserError(f"No flow is called {quoted(name)}.{near}")
            unknown.ways = (("See all flows", ListNames()),)
            raise unknown
        message = words.unnamed(name, flow_id)
        return Outcome((reply(job, Answer(message), private=job.request.privately),))

    async def show(self, job: Job[ListNames]) -> Outcome:
        """List all names."""
        message = words.names_list(await self.all())
        return Outcome((reply(job, Answer(message), private=True),))

    async def check(self, flow_id: str) -> bool:
        """Return whether MomoFlow knows an id; False where it cannot be asked at the moment.

        Raises VendorError where it does not know it.
        """
        if not self._momoflow.is_on:
            return False
        try:
            await self._momoflow.client.report(ReportFilter(flow_id))
        except VendorError as error:
            if error.reason in {Reason.NOT_FOUND, Reason.REJECTED}:
                raise
            return False
        return True
