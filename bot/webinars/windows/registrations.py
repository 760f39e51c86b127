"""What changes something in FLOW: registering, signing on and creating, never repeated blindly.

Each is wanted in a window, which tells what became of it. What came to nothing comes back there
with what was entered; where the window was closed meanwhile, a message offers it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.asking.form_filling import show_view
from bot.asking.occasion import Occasion
from bot.clock import Clock
from bot.errors import BotError, Reason, SlackError, UserError, VendorError
from bot.jobs.outcome import CameTo, Outcome, reply
from bot.jobs.request import Job
from bot.jobs.store import free_key
from bot.slack.blocks.blocks import actions
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.modals import View, last_page, opened_in, problem_view
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack
from bot.slack.messages import Answer, Message
from bot.webinars.events import Events
from bot.webinars.intents import CreateEvent, PreviewEvent, Register, SignOn
from bot.webinars.model import NewRegistration, Registration, Room
from bot.webinars.rendering import creation as words
from bot.webinars.rendering.windows import TITLES, Change, draft_again
from bot.webinars.store import EventDrafts, keep_draft

ROOM: Final = "the room that was chosen"


class Registrations:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        slack: Slack,
        events: Events,
        drafts: EventDrafts,
        clock: Clock,
        *,
        link_hosts: Iterable[str],
    ) -> None:
        """Links to other hosts than `link_hosts` are shown as text."""
        self._slack = slack
        self._events = events
        self._drafts = drafts
        self._clock = clock
        self._hosts = frozenset(link_hosts)

    async def register(self, job: Job[Register]) -> Outcome:
        """Register a person."""
        wanted, occasion = job.details, self._occasion(job)
        about = {"event": wanted.title, "person": wanted.email}
        in_doubt = words.registration_uncertain(occasion, token=wanted.token, **about)
        new = NewRegistration(wanted.token, wanted.email, wanted.first_name, wanted.last_name)
        if job.attempts > 1:  # a process died in the middle of this: it may be done
            return _unsure(await self._told(job, in_doubt))
        try:
            made = await self._events.flowapp.register(new)
        except VendorError as error:
            if error.uncertain:
                return _unsure(await self._told(job, in_doubt))
            return await self._refused(job, error)
        told = await self._told(job, words.registered(made, occasion, **about, hosts=self._hosts))
        status = "registered before" if made.is_new is False else "registered"
        return replace(told, values={"status": status})

    async def sign_on(self, job: Job[SignOn]) -> Outcome:
        """Get a personal link into a room."""
        wanted, occasion = job.details, self._occasion(job)
        about = {"room": wanted.room or ROOM, "person": wanted.email}
        in_doubt = words.sign_on_uncertain(occasion, room_id=wanted.room_id, **about)
        if job.attempts > 1:
            return _unsure(await self._told(job, in_doubt))
        try:
            made = await self._into_room(wanted)
        except (VendorError, UserError) as error:
            if isinstance(error, VendorError) and error.uncertain:
                return _unsure(await self._told(job, in_doubt))
            return await self._refused(job, error)
        return await self._told(job, words.signed_on(made, occasion, **about, hosts=self._hosts))

    async def _into_room(self, wanted: SignOn) -> Registration:
        rooms = await self._events.rooms()
        room = next((each for each in rooms if each.room_id == wanted.room_id), None)
        if room is None:
            raise UserError("FLOW does not list that room any more. See `/flow-events rooms`")
        names = {
            "email": wanted.email,
            "first_name": wanted.first_name,
            "last_name": wanted.last_name,
        }
        return await self._signed_on(room, rooms, names)

    async def _signed_on(
        self, room: Room, rooms: Sequence[Room], names: Mapping[str, str]
    ) -> Registration:
        """Return a link into a room, asked for by `room_id` or, where FLOW knows none such, `id`.

        Its pages leave open which of them is meant. Who is told "no such room" was not registered,
        so asking by the other number repeats nothing, unless that number names another room.
        """
        flowapp = self._events.flowapp
        try:
            return await flowapp.sign_on(room.room_id, **names)
        except VendorError as error:
            taken = {each.room_id for each in rooms}
            if error.reason is not Reason.NOT_FOUND or room.id is None or room.id in taken:
                raise
        return await flowapp.sign_on(room.id, **names)

    async def keep(self, job: Job[PreviewEvent]) -> Outcome:
        """Keep an event while it is shown before it is created."""
        return Outcome(writes=(keep_draft(job.key, job.details.event, self._clock.now()),))

    async def create(self, job: Job[CreateEvent]) -> Outcome:
        """Create what was confirmed."""
        new, occasion = await self._drafts.get(job.details.key), self._occasion(job)
        if job.attempts > 1:
            return _unsure(await self._told(job, words.event_uncertain(new, occasion)))
        try:
            made = await self._events.flowapp.create_event(new)
        except VendorError as error:
            if error.uncertain:
                return _unsure(await self._told(job, words.event_uncertain(new, occasion)))
            return await self._refused(job, error)
        return await self._told(job, words.event_created(new, made, occasion))

    def _occasion(self, job: Job[Change]) -> Occasion:
        return Occasion(
            zone=job.asker.zone,
            asked_at=job.created_at,
            now=self._clock.now(),
            private=True,
            asked_by=job.asker.name,
        )

    async def _told(self, job: Job[Change], message: Message) -> Outcome:
        """Tell the asker alone what became of it, as links are personal: in the window as well."""
        shown = [each for each in message.blocks if each["type"] != "actions"]
        await self._shown(job, last_page(TITLES[job.name], shown))
        return Outcome((reply(job, Answer(message), private=True),))

    async def _refused(self, job: Job[Change], error: BotError) -> Outcome:
        """Say why nothing came of it; what was entered comes back, and may be sent again."""
        told = reply(job, Answer(problem(error)), private=True)
        if not isinstance(job.details, CreateEvent):
            return Outcome((told,), error=str(error), comes_back=True)
        return await self._draft_refused(job, job.details, error)

    async def _draft_refused(
        self, job: Job[Change], wanted: CreateEvent, error: BotError
    ) -> Outcome:
        """Lead back to the form of an event: its preview was sent, which nobody can change."""
        said = problem(error)
        page, again = draft_again(wanted, said.blocks)
        freed = (lambda tx: free_key(tx, job),)
        if await self._shown(job, page):
            return Outcome(writes=freed, error=str(error))
        row = actions(BlockId.FAILURE_BUTTONS, *again)
        offered = replace(said, blocks=(*said.blocks, row)) if again else said
        told = reply(job, Answer(offered), private=True)
        once = replace(told, key=f"{told.key}:{job.id}")  # the key of the job comes again
        return Outcome((once,), writes=freed, error=str(error))

    async def _shown(self, job: Job[Change], view: View) -> bool:
        """Show a page in the window, False where it was closed meanwhile."""
        window, title = job.details.view_id, TITLES[job.name]

        def otherwise(error: SlackError) -> View:
            return problem_view(title, problem(error))

        shown = opened_in(view, job.request.asked_in)
        return bool(window) and await show_view(self._slack, window, shown, otherwise)


def _unsure(outcome: Outcome) -> Outcome:
    """Return that nobody knows whether it was done."""
    return replace(outcome, came_to=CameTo.IN_DOUBT)
