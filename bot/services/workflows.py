"""Website workflows: found by name, listed and shown."""

from collections.abc import Sequence

from bot.clients.giosg import Giosg
from bot.clock import Clock
from bot.core.access import answer_privately, may_ask
from bot.core.choices import Choice, candidates
from bot.errors import Reason, VendorError
from bot.model.messages import Answer, Message
from bot.model.workflows import Workflow
from bot.rendering import workflows as words
from bot.services.choices import put_choices
from bot.services.composing import patience
from bot.services.outcome import Outcome, Write, reply, request_of
from bot.services.people import People
from bot.services.picking import one_of
from bot.services.workflow_plans import VENDOR
from bot.store.jobs import Job

LIST = "workflows"
"""The pick list of a form."""
_DAYS = "%Y-%m-%d"


class Workflows:
    """Looks workflows up. Raises UserError and VendorError."""

    def __init__(self, giosg: Giosg | None, people: People, clock: Clock) -> None:
        """Without `giosg` every question is answered with how to switch it on."""
        self._giosg = giosg
        self._people = people
        self._clock = clock

    @property
    def giosg(self) -> Giosg:
        """The client; raises VendorError where it is switched off."""
        if self._giosg is None:
            raise VendorError(VENDOR, Reason.OFF)
        return self._giosg

    async def find(self, typed: str) -> Choice:
        """Return the workflow meant; raises PickError for several."""
        known = choices(await self.giosg.workflows())
        lists = "/flow-export workflows"
        return one_of(
            typed,
            candidates(typed, known, noun="workflow", lists=lists),
            noun="workflow",
            field="workflow",
        )

    async def show(self, job: Job) -> Outcome:
        """List all workflows."""
        found = await self.giosg.workflows()
        person = await self._people.person(request_of(job).user)
        told = words.workflow_list(found, await self.giosg.owner(), zone=person.zone)
        return await self._told(job, told, (_kept(found, self._clock),))

    async def card(self, job: Job) -> Outcome:
        """Show one workflow. Details: workflow."""
        request = request_of(job)
        try:
            choice = await self.find(request.details["workflow"])
            info = await self.giosg.info(choice.id)
        except VendorError as error:
            return patience(job, error, self._clock.now())
        person = await self._people.person(request.user, name=request.user_name)
        return await self._told(job, words.workflow_card(info, asked_by=person.name))

    async def renew(self, job: Job) -> Outcome:
        """Bring the pick list of the forms up to date; nobody is told."""
        del job
        try:
            found = await self.giosg.workflows()
        except VendorError:
            return (
                Outcome()
            )  # the list stays as it was; the form says what is wrong when it is sent
        return Outcome(writes=(_kept(found, self._clock),))

    async def _told(self, job: Job, message: Message, writes: tuple[Write, ...] = ()) -> Outcome:
        request = request_of(job)
        person = await self._people.person(request.user, name=request.user_name)
        place = await self._people.place(request.channel)
        may_ask(person, place)
        private = answer_privately(person, place, asked=request.privately)
        return Outcome((reply(job, Answer(message), private=private),), writes)


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
