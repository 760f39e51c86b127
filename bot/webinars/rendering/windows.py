"""What windows about webinars keep, and how what was entered comes back after a failure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.asking.core.finder import Choice
from bot.asking.rendering.offers import opening
from bot.codec import decode, dumps, loads
from bot.jobs.request import Job
from bot.slack.blocks.blocks import Element, context
from bot.slack.blocks.modals import View, page_back
from bot.slack.messages import Block
from bot.webinars.ids import WebinarCallback
from bot.webinars.intents import CreateEvent, Register, SignOn
from bot.webinars.rendering.forms import Guest, register_modal, sign_on_modal

Change = Register | SignOn | CreateEvent
"""What is wanted in a window and changes something in FLOW."""
TITLES = {
    Register.job: "Register",
    SignOn.job: "Sign on to a room",
    CreateEvent.job: "Create an event",
}
CHANGE = "Change and try again"
BACK = "Back leads to what you entered."


@dataclass(frozen=True, slots=True)
class KeptInForm:
    """What a window keeps: the channel of the answer, and the titles of events by their tokens.

    `draft` is the key of an event that is shown before it is created.
    """

    channel: str
    titles: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """What a button holds to open a form as it was filled in: an event or a room, and a guest."""

    about: str
    guest: Guest


def entry_of(typed: str) -> KeptEntry | None:
    """Return what a button holds, None for what a person typed."""
    try:
        return decode(KeptEntry, loads(typed))
    except (ValueError, RecursionError):
        return None


def brought_back(job: Job[Change], said: tuple[Block, ...]) -> tuple[View, tuple[Element, ...]]:
    """Return the page that says why nothing came of it, with what was entered; and a button.

    The button opens the form in the same way, for a window that was closed.
    """
    wanted, channel = job.details, job.request.channel
    if isinstance(wanted, CreateEvent):
        page = page_back(TITLES[wanted.job], (*said, context(BACK)))
        return page, opening(CHANGE, WebinarCallback.CREATE_EVENT, about=wanted.key)
    guest = Guest(wanted.email, wanted.first_name, wanted.last_name)
    if isinstance(wanted, Register):
        again = dumps(KeptEntry(wanted.token, guest))
        return (
            register_modal(
                [Choice(wanted.token, wanted.title)],
                asker=guest,
                metadata=dumps(KeptInForm(channel, {wanted.token: wanted.title})),
                above=said,
            ),
            opening(CHANGE, WebinarCallback.REGISTER, about=again),
        )
    again = dumps(KeptEntry(f"{wanted.room_id}", guest))
    room = Choice(f"{wanted.room_id}", wanted.room or f"Room {wanted.room_id}")
    return (
        sign_on_modal(room, asker=guest, metadata=dumps(KeptInForm(channel)), above=said),
        opening(CHANGE, WebinarCallback.SIGN_ON, about=again),
    )
