"""What changes something in FLOW, for the rules, a second person and the audit."""

from typing import Final

from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.jobs.request import Job
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
