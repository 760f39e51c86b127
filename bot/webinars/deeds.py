"""What changes something in FLOW, for the rules, a second person and the audit."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.webinars.events import Events
from bot.webinars.intents import CreateEvent, Register, SignOn
from bot.webinars.store import EventDrafts

REGISTER: Final[Deed[Register]] = Deed(
    "Register somebody",
    thing=lambda wanted: Thing(wanted.token, wanted.title),
    words=lambda wanted, thing: f"register {wanted.email} for {thing.name}",
)
SIGN_ON: Final[Deed[SignOn]] = Deed(
    "Sign on to a room",
    thing=lambda wanted: Thing(f"{wanted.room_id}", wanted.room),
    words=lambda wanted, thing: f"sign {wanted.email} on to {thing.name or 'a room'}",
)


def creating(drafts: EventDrafts) -> Deed[CreateEvent]:
    """Return what creates an event, whose title is in its draft."""

    async def find(job: Job[CreateEvent]) -> Thing:
        return Thing("", (await drafts.get(job.details.key)).title)

    return Deed("Create an event", find=find, words=lambda _, thing: f"create {thing.name}")


def things(events: Events) -> dict[Right, Callable[[str], Awaitable[Thing]]]:
    """Return what finds the event or room that a rule is about; of a series its title is enough."""

    async def event(typed: str) -> Thing:
        try:
            found = await events.find(typed, view=REGISTER.does, nearest=True)
        except UserError:
            room = await events.room(typed)
            return Thing(room.id, room.name)
        return Thing(found.token, found.title)

    return {Right.REGISTER: event}
