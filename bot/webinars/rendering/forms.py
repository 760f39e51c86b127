"""The modals for registering, signing on and finding an event, and reading what was submitted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from bot.asking.core.finder import Choice
from bot.asking.rendering.pick_lists import option_label
from bot.slack.blocks.blocks import context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import (
    Values,
    conversation_select,
    field,
    option,
    searched_select,
    select,
    text_input,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Block
from bot.webinars.ids import WebinarAction, WebinarCallback
from bot.webinars.model import ATTENDEE_CHAT, COMPILED, OPERATOR_CHAT, SURVEY, NewRegistration
from bot.webinars.question import OF_ONE_EVENT, EventsQuestion

LONGEST_NAME: Final = 100
LONGEST_EMAIL: Final = 254  # RFC 5321
ASTERISK: Final = "*"
"""Stands between address and names in the address of a sign-on."""
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")
_ALONE: Final = "private"
_QUESTIONS: Final[Mapping[str, tuple[str, EventsQuestion]]] = MappingProxyType(
    {
        "future": ("Upcoming events", EventsQuestion("future")),
        "week": ("Events in the next 7 days", EventsQuestion("week")),
        "current": ("Events running now", EventsQuestion("current")),
        "past": ("Past events", EventsQuestion("past")),
        "info": ("One event", EventsQuestion("info")),
        "public": ("Public page of one event", EventsQuestion("info", public=True)),
        "registrants": (f"Registrants ({_ALONE})", EventsQuestion("registrants")),
        "registrations": ("Registrations so far", EventsQuestion("registrations")),
        "summary": ("How it went", EventsQuestion("summary")),
        "surveys": ("Surveys", EventsQuestion("surveys")),
        **{
            kind: (f"{label} ({_ALONE})", EventsQuestion("report", report=kind, export=form))
            for kind, label, form in (
                (COMPILED, "Compiled report (Excel)", "xlsx"),
                (ATTENDEE_CHAT, "Chat of the attendees (CSV)", "csv"),
                (OPERATOR_CHAT, "Chat of the hosts (CSV)", "csv"),
                (SURVEY, "Survey answers (CSV)", "csv"),
            )
        },
        "operators": (f"Hosts ({_ALONE})", EventsQuestion("operators")),
        "rooms": ("Always-open rooms", EventsQuestion("rooms")),
    }
)
"""What the form offers, with the label and the question of each but for its event."""


@dataclass(frozen=True, slots=True)
class EventForm:
    """A submitted "Find an event": the question, and the conversation for the answer."""

    question: EventsQuestion
    channel: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A person as entered in a form."""

    email: str
    first_name: str
    last_name: str


def find_event_modal(*, metadata: str = "") -> View:
    """Return the modal "Find an event"."""
    event = searched_select(WebinarAction.EVENT, placeholder="Choose an event")
    views = [(name, label) for name, (label, _) in _QUESTIONS.items()]
    return modal(
        WebinarCallback.FIND_EVENT,
        "Find an event",
        (
            field("What", select(WebinarAction.EVENT_VIEW, views, chosen="future")),
            field(
                "Event",
                event,
                optional=True,
                hint="Needed for everything about one event, not for the lists.",
            ),
            field("Where", conversation_select(Action.CONVERSATION)),
        ),
        submit="Show",
        metadata=metadata,
    )


def find_event_form(values: Values) -> EventForm | Errors:
    """Return what was asked for, or messages; the question's event is the token chosen."""
    view = text_of(values, WebinarAction.EVENT_VIEW)
    event = text_of(values, WebinarAction.EVENT)
    if view not in _QUESTIONS:
        return {WebinarAction.EVENT_VIEW: "Choose what to show."}
    question = _QUESTIONS[view][1]
    if question.view in OF_ONE_EVENT:
        if not event:
            return {WebinarAction.EVENT: "Choose an event for this."}
        question = replace(question, event=event)
    return EventForm(question, text_of(values, Action.CONVERSATION))


def register_modal(
    events: Sequence[Choice],
    *,
    asker: Guest | None = None,
    metadata: str = "",
) -> View:
    """Return the modal that registers a person, the asker suggested.

    Of several events that may be meant, the first is suggested and another can be chosen.
    """
    return modal(
        WebinarCallback.REGISTER,
        "Register",
        (
            _event_shown(events[0]) if len(events) == 1 else _event_input(events),
            *_guest_inputs(asker),
            context("You get the personal link privately; it is for this person to use."),
        ),
        submit="Register",
        metadata=metadata,
    )


def register_form(values: Values, *, token: str = "") -> NewRegistration | Errors:
    """Return the person to register, for the event chosen there or the one with this token."""
    guest = guest_form(values)
    token = token or text_of(values, WebinarAction.EVENT, WebinarAction.EVENT_SESSION)
    errors: Errors = {} if isinstance(guest, Guest) else guest
    if not token:
        errors = {WebinarAction.EVENT: "Choose an event.", **errors}
    if errors or not isinstance(guest, Guest):
        return errors
    return NewRegistration(token, guest.email, guest.first_name, guest.last_name)


def sign_on_modal(
    room: Choice | None = None,
    *,
    asker: Guest | None = None,
    metadata: str = "",
) -> View:
    """Return the modal that makes a personal link into a room; without one it is chosen there."""
    chosen = option(room.name, room.id) if room else None
    rooms = searched_select(WebinarAction.ROOM, placeholder="Choose a room", chosen=chosen)
    return modal(
        WebinarCallback.SIGN_ON,
        "Sign on to a room",
        (
            field("Room", rooms),
            *_guest_inputs(asker),
            context("You get the personal link privately. Making it registers the person."),
        ),
        submit="Get the link",
        metadata=metadata,
    )


def sign_on_form(values: Values) -> tuple[int, Guest] | Errors:
    """Return the room's number and the person, or messages."""
    guest = guest_form(values)
    if isinstance(guest, Guest) and ASTERISK in guest.email:
        guest = {WebinarAction.EMAIL: "FLOW can't sign on an address with an asterisk."}
    room = text_of(values, WebinarAction.ROOM)
    number = int(room) if room.isascii() and room.isdigit() else None
    errors: Errors = {} if isinstance(guest, Guest) else guest
    if number is None:
        errors = {WebinarAction.ROOM: "Choose a room.", **errors}
    if errors or number is None or not isinstance(guest, Guest):
        return errors
    return number, guest


def guest_form(values: Values) -> Guest | Errors:
    """Return the person that was entered, or messages."""
    email = text_of(values, WebinarAction.EMAIL)
    names = {
        input_id: " ".join(text_of(values, input_id).split())
        for input_id in (WebinarAction.FIRST_NAME, WebinarAction.LAST_NAME)
    }
    errors: Errors = {each: "FLOW needs this." for each, name in names.items() if not name}
    if not is_email(email):
        errors[WebinarAction.EMAIL] = "That isn't an e-mail address. For example: ada@example.com"
    if errors:
        return errors
    return Guest(email, names[WebinarAction.FIRST_NAME], names[WebinarAction.LAST_NAME])


def is_email(text: str) -> bool:
    """Return whether the text can be an e-mail address."""
    return len(text) <= LONGEST_EMAIL and bool(_EMAIL.fullmatch(text))


def _event_shown(event: Choice) -> Block:
    return paragraph(plain(f"{event.name}\n{event.detail}" if event.detail else event.name))


def _event_input(events: Sequence[Choice]) -> Block:
    usable = [each for each in events if len(each.id) <= LIMITS.option_value] or events[:1]
    options = [(each.id, option_label(each)) for each in usable]
    chosen = select(WebinarAction.EVENT_SESSION, options, chosen=usable[0].id)
    hint = "Several events fit what was typed."
    return field("Event", chosen, block_id=WebinarAction.EVENT, hint=hint)


def _guest_inputs(asker: Guest | None) -> tuple[Block, ...]:
    known = asker or Guest("", "", "")
    return (
        _text("E-mail", WebinarAction.EMAIL, "ada@example.com", known.email, LONGEST_EMAIL),
        _text("First name", WebinarAction.FIRST_NAME, "Ada", known.first_name, LONGEST_NAME),
        _text("Last name", WebinarAction.LAST_NAME, "Lovelace", known.last_name, LONGEST_NAME),
    )


def _text(label: str, input_id: WebinarAction, placeholder: str, typed: str, longest: int) -> Block:
    made = text_input(input_id, placeholder=placeholder, longest=longest, typed=typed[:longest])
    return field(label, made)
