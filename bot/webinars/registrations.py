"""What changes something in FLOW: registering, signing on and creating, never repeated blindly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.jobs.outcome import Outcome, Write, reply
from bot.jobs.request import Intent, Job
from bot.slack.blocks.problems import problem
from bot.slack.messages import Answer, Message
from bot.webinars.events import Events
from bot.webinars.intents import CancelEvent, CreateEvent, PreviewEvent, Register, SignOn
from bot.webinars.model import NewRegistration, Registration, Room
from bot.webinars.rendering import creation as words
from bot.webinars.store import EventDrafts, keep_draft

ROOM_UNCERTAIN = "the room that was chosen"


class Registrations:
    """Raises UserError, DeniedError and VendorError."""

    def __init__(
        self,
        events: Events,
        drafts: EventDrafts,
        clock: Clock,
        *,
        link_hosts: Iterable[str],
    ) -> None:
        """Links to other hosts than `link_hosts` are shown as text."""
        self._events = events
        self._drafts = drafts
        self._clock = clock
        self._hosts = frozenset(link_hosts)

    async def register(self, job: Job[Register]) -> Outcome:
        """Register a person."""
        wanted = job.details
        about = {"event": wanted.title, "person": wanted.email}
        new = NewRegistration(wanted.token, wanted.email, wanted.first_name, wanted.last_name)
        flowapp = self._events.flowapp
        if job.attempts > 1:  # a process died in the middle of this: it may be done
            return _alone(job, words.registration_uncertain(**about))
        try:
            made = await flowapp.register(new)
        except VendorError as error:
            if not error.uncertain:
                raise
            return _alone(job, words.registration_uncertain(**about))
        return _alone(job, words.registered(made, **about, hosts=self._hosts))

    async def sign_on(self, job: Job[SignOn]) -> Outcome:
        """Get a personal link into a room."""
        wanted, person = job.details, job.details.email
        if job.attempts > 1:
            return _alone(job, words.sign_on_uncertain(room=ROOM_UNCERTAIN, person=person))
        rooms = await self._events.rooms()
        room = next((each for each in rooms if each.room_id == wanted.room_id), None)
        if room is None:
            raise UserError("FLOW does not list that room any more. See: /flow-events rooms")
        names = {
            "email": wanted.email,
            "first_name": wanted.first_name,
            "last_name": wanted.last_name,
        }
        try:
            made = await self._signed_on(room, rooms, names)
        except VendorError as error:
            if not error.uncertain:
                raise
            return _alone(job, words.sign_on_uncertain(room=room.title, person=person))
        return _alone(job, words.signed_on(made, room=room.title, person=person, hosts=self._hosts))

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

    async def preview(self, job: Job[PreviewEvent]) -> Outcome:
        """Show an event before it is created."""
        new = job.details.event
        message = words.event_preview(new, await self._events.names(), value=job.key)
        return _alone(job, message, (keep_draft(job.key, new, self._clock.now()),))

    async def create(self, job: Job[CreateEvent]) -> Outcome:
        """Create what was confirmed."""
        key = job.details.key
        new = await self._drafts.get(key)
        if job.attempts > 1:
            return _alone(job, words.event_uncertain(new))
        try:
            made = await self._events.flowapp.create_event(new)
        except VendorError as error:
            if error.uncertain:
                return _alone(job, words.event_uncertain(new))
            refused = words.event_refused(new, problem(error), value=key)
            return replace(_alone(job, refused), error=str(error))
        return _alone(job, words.event_created(new, made, asked_by=job.asker.name))

    async def cancel(self, job: Job[CancelEvent]) -> Outcome:
        """Say that nothing was created."""
        new = await self._drafts.get(job.details.key)
        return _alone(job, words.event_cancelled(new))


def _alone(job: Job[Intent], message: Message, writes: tuple[Write, ...] = ()) -> Outcome:
    """Return a message for the asker alone: links are personal."""
    return Outcome((reply(job, Answer(message), private=True),), writes)
