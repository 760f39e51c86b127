"""Names for training flows: MomoFlow cannot list its flows, so people name their ids."""

from bot.clients.momoflow import MomoFlow
from bot.clock import Clock
from bot.core.names import Named, resolve
from bot.errors import Reason, UserError, VendorError
from bot.model.training import ReportFilter
from bot.rendering import names as words
from bot.services.outcome import Outcome, reply, request_of
from bot.store.aliases import TRAINING, Alias, AliasStore
from bot.store.jobs import Job


class TrainingNames:
    """Finds flows by name and keeps the names."""

    def __init__(self, aliases: AliasStore, momoflow: MomoFlow | None, clock: Clock) -> None:
        """Ask `momoflow`, when it is there, whether an id exists before naming it."""
        self._aliases = aliases
        self._momoflow = momoflow
        self._clock = clock

    async def resolve(self, typed: str) -> Named:
        """Return the flow meant; raises UserError with the nearest names."""
        known = await self._aliases.all(TRAINING)
        return resolve(typed, {alias.name: alias.target_id for alias in known})

    async def suggestions(self, query: str, *, limit: int) -> list[Named]:
        """Return the named flows whose name contains the query, for a pick list."""
        wanted = query.strip().casefold()
        known = await self._aliases.all(TRAINING)
        found = [alias for alias in known if wanted in alias.name.casefold()]
        return [Named(alias.target_id, alias.name) for alias in found[:limit]]

    async def name(self, job: Job) -> Outcome:
        """Give a name. Details: name, flow_id."""
        request = request_of(job)
        details = request.details
        called, checked = await self._look(details["flow_id"])
        alias = Alias(details["name"], details["flow_id"], request.user)
        before = await self._aliases.put(TRAINING, alias, now=self._clock.now())
        named = words.named(
            alias.name,
            alias.target_id,
            vendor_name=called,
            checked=checked,
            before="" if before == alias.target_id else before,
        )
        return Outcome((reply(job, named, private=request.privately),))

    async def forget(self, job: Job) -> Outcome:
        """Take a name away. Details: name."""
        request = request_of(job)
        name = request.details["name"]
        if not await self._aliases.remove(TRAINING, name):
            known = await self._aliases.all(TRAINING)
            raise UserError(words.no_such_name(name, [alias.name for alias in known]))
        return Outcome((reply(job, words.forgotten(name), private=request.privately),))

    async def show(self, job: Job) -> Outcome:
        """List all names."""
        known = await self._aliases.all(TRAINING)
        listed = words.listed([(alias.name, alias.target_id) for alias in known])
        return Outcome((reply(job, listed, private=True),))

    async def _look(self, flow_id: str) -> tuple[str, bool]:
        """Return MomoFlow's own name of a flow and whether it could be asked at all."""
        if self._momoflow is None:
            return "", False
        try:
            report = await self._momoflow.report(ReportFilter(flow_id))
        except VendorError as error:
            if error.reason in {Reason.NOT_FOUND, Reason.REJECTED}:
                raise
            return "", False
        return report.flow_name, True
