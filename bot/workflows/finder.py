"""Website workflows: found by name, and listed."""

from collections.abc import Sequence

from bot.asking.core.finder import Choice, Finder
from bot.asking.store import put_choices
from bot.clock import Clock
from bot.errors import VendorError
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome, Write
from bot.jobs.request import Job
from bot.workflows.client import Giosg
from bot.workflows.core.command import OPTIONS, SUBCOMMANDS
from bot.workflows.intents import RenewWorkflows
from bot.workflows.model import Owner, Workflow
from bot.workflows.question import WORKFLOWS, ExportQuestion

WORDS = (*SUBCOMMANDS, *OPTIONS.words)
"""What else may stand where the name of a workflow does."""
FINDER = Finder(
    noun="workflow",
    field="workflow",
    words=WORDS,
    command="/flow-export",
    ways=(("All workflows", ExportQuestion("", data=WORKFLOWS, export="")),),
)
LIST = "workflows"
"""The pick list of a form."""
_DAYS = "%Y-%m-%d"


class Workflows:
    """Looks workflows up. Raises UserError and VendorError."""

    def __init__(self, giosg: Connection[Giosg], clock: Clock) -> None:
        """While `giosg` is off, every question is answered with how to switch it on."""
        self._giosg = giosg
        self._clock = clock

    @property
    def giosg(self) -> Giosg:
        """The client; raises VendorError where it is switched off."""
        return self._giosg.client

    async def find(self, typed: str, *, workflow_id: str = "") -> Choice:
        """Return the workflow meant, or found before; raises PickError for several."""
        return FINDER.find_again(workflow_id, typed, choices(await self.giosg.workflows()))

    async def listed(self) -> tuple[tuple[Workflow, ...], Owner, Write]:
        """Return all workflows, whose they are, and the write that renews the pick list."""
        found = tuple(await self.giosg.workflows())
        return found, await self.giosg.owner(), _kept(found, self._clock)

    async def objective(self, workflow_id: str) -> Workflow | None:
        """Return a workflow as a business objective; its card goes without it where it must."""
        try:
            return await self.giosg.workflow(workflow_id)
        except VendorError:
            return None

    async def renew(self, job: Job[RenewWorkflows]) -> Outcome:
        """Bring the pick list of the forms up to date; nobody is told."""
        del job
        try:
            found = await self.giosg.workflows()
        except VendorError:  # the list stays as it is; sending the form tells what is wrong
            return Outcome()
        return Outcome(writes=(_kept(found, self._clock),))


def choices(workflows: Sequence[Workflow]) -> tuple[Choice, ...]:
    """Return workflows as what can be named."""
    return tuple(
        Choice(
            each.id,
            each.name or each.id,
            f"changed {each.modified_at:{_DAYS}}" if each.modified_at else "",
        )
        for each in workflows
    )


def _kept(workflows: Sequence[Workflow], clock: Clock) -> Write:
    now = clock.now()
    return lambda tx: put_choices(tx, LIST, choices(workflows), now=now)
