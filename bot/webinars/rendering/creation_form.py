"""The modal that creates an event, empty or filled in again, and the reading of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.asking.core import zones
from bot.errors import UserError
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.inputs import (
    Values,
    date_input,
    field,
    option,
    searched_select,
    searched_selects,
    select,
    text_input,
    text_of,
    texts_of,
    tick_boxes,
    time_input,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Block
from bot.webinars.ids import WebinarAction, WebinarCallback
from bot.webinars.model import ORGANIZER, PRESENTER, NewEvent, NewHost

MOST_HOSTS: Final = 20
LONGEST_TITLE: Final = 200
_DRAFT: Final = "draft"
_PUBLISHED: Final = "published"
_DEVICES: Final = (
    ("microphone", "Microphone"),
    ("camera", "Camera"),
    ("screen_sharing", "Screen sharing"),
)
_OPTIONS: Final = (("recorded", "Record it"), ("replays", "Let people register for replays"))
_LAST_YEAR: Final = 2100
_MOST_HOURS: Final = 72.0
_MOST_MINUTES: Final = 1_440.0
_HOSTS: Final = {ORGANIZER: WebinarAction.ORGANIZERS, PRESENTER: WebinarAction.PRESENTERS}
_HOST_DEVICES: Final = {
    ORGANIZER: WebinarAction.ORGANIZER_DEVICES,
    PRESENTER: WebinarAction.PRESENTER_DEVICES,
}


def create_modal(
    *,
    zone: str,
    entered: NewEvent | None = None,
    names: Mapping[int, str] | None = None,
    metadata: str = "",
) -> View:
    """Return the modal that creates an event, empty or as it was `entered` before.

    `zone` is the asker's; `names` are the operators' names by id, of those in `entered`.
    """
    known = names or {}
    return modal(
        WebinarCallback.CREATE_EVENT,
        "Create an event",
        (
            *_about_inputs(entered),
            *_time_inputs(entered, zone),
            _creator_input(entered, known),
            *_hosts_inputs(ORGANIZER, "Organizers", entered, known),
            *_hosts_inputs(PRESENTER, "Presenters", entered, known),
            *_choice_inputs(entered),
        ),
        submit="Preview",
        metadata=metadata,
    )


def create_form(values: Values, *, now: datetime) -> NewEvent | Errors:
    """Return the event that was entered, or messages; `now` is aware, for what has passed."""
    errors: Errors = {}
    for needed in (WebinarAction.TITLE, WebinarAction.DESCRIPTION):
        if not text_of(values, needed):
            errors[needed] = "FLOW needs this."
    starts = _start(values, now, errors)
    hosts = _hosts(values, errors)
    creator = _id(text_of(values, WebinarAction.CREATOR))
    if creator is None:
        errors[WebinarAction.CREATOR] = "Choose the owner."
    duration = _amount(values, WebinarAction.DURATION, _MOST_HOURS, errors)
    early = _amount(values, WebinarAction.EARLY_ACCESS, _MOST_MINUTES, errors)
    if errors or starts is None or creator is None:
        return errors
    options = texts_of(values, WebinarAction.EVENT_OPTIONS)
    return NewEvent(
        creator_id=creator,
        title=text_of(values, WebinarAction.TITLE),
        description=text_of(values, WebinarAction.DESCRIPTION),
        date=starts[0],
        time=starts[1],
        timezone=starts[2],
        hosts=hosts,
        published=text_of(values, WebinarAction.PUBLISHED) == _PUBLISHED,
        duration=duration,
        early_access_minutes=None if early is None else round(early),
        recorded="recorded" in options,
        replays="replays" in options,
    )


def zone_options(query: str) -> list[Element]:
    """Return the options of the zone's select for what was typed so far."""
    return [option(name, name) for name in zones.names_with(query)][: LIMITS.options]


def _about_inputs(entered: NewEvent | None) -> tuple[Block, ...]:
    title = text_input(
        WebinarAction.TITLE,
        placeholder="Quarterly update",
        longest=LONGEST_TITLE,
        typed=entered.title if entered else "",
    )
    description = text_input(
        WebinarAction.DESCRIPTION,
        placeholder="What people will learn; shown where they register",
        longest=LIMITS.plain_text_input,
        typed=entered.description if entered else "",
        lines=True,
    )
    return field("Title", title), field("Description", description)


def _time_inputs(entered: NewEvent | None, zone: str) -> tuple[Block, ...]:
    name = entered.timezone if entered else zone
    zone_select = searched_select(
        WebinarAction.ZONE, placeholder="Type a city", chosen=option(name, name)
    )
    day = date_input(WebinarAction.DATE, chosen=entered.date.isoformat() if entered else "")
    clock = time_input(WebinarAction.TIME, chosen=f"{entered.time:%H:%M}" if entered else "")
    hours = _number_input(WebinarAction.DURATION, "1", entered.duration if entered else None)
    early = _number_input(
        WebinarAction.EARLY_ACCESS, "15", entered.early_access_minutes if entered else None
    )
    return (
        field("Date", day),
        field("Time", clock),
        field("Time zone", zone_select),
        field("Duration (hours)", hours, optional=True),
        field("Doors open (minutes before)", early, optional=True),
    )


def _creator_input(entered: NewEvent | None, names: Mapping[int, str]) -> Block:
    chosen = _operator(entered.creator_id, names) if entered else None
    person = searched_select(WebinarAction.CREATOR, placeholder="Choose an operator", chosen=chosen)
    return field("Owner", person)


def _hosts_inputs(
    role: int, label: str, entered: NewEvent | None, names: Mapping[int, str]
) -> tuple[Block, ...]:
    hosts = [each for each in entered.hosts if each.role == role] if entered else []
    people = searched_selects(
        _HOSTS[role],
        placeholder="Choose operators",
        chosen=[_operator(each.id, names) for each in hosts],
        most=MOST_HOSTS,
    )
    every = [name for name, _ in _DEVICES]
    ticked = [name for name in every if getattr(hosts[0], name)] if hosts else every
    devices = tick_boxes(_HOST_DEVICES[role], _DEVICES, ticked=ticked)
    return (
        field(label, people, optional=True),
        field(f"{label} may use", devices, optional=True),
    )


def _choice_inputs(entered: NewEvent | None) -> tuple[Block, ...]:
    states = ((_DRAFT, "Draft, to be published in FLOW later"), (_PUBLISHED, "Published at once"))
    chosen = _PUBLISHED if entered and entered.published else _DRAFT
    ticked = [name for name, _ in _OPTIONS if entered and getattr(entered, name)]
    boxes = tick_boxes(WebinarAction.EVENT_OPTIONS, _OPTIONS, ticked=ticked)
    return (
        field("Status", select(WebinarAction.PUBLISHED, states, chosen=chosen)),
        field("Options", boxes, optional=True),
    )


def _number_input(input_id: WebinarAction, placeholder: str, value: float | None) -> Element:
    typed = "" if value is None else f"{value:g}"
    return text_input(input_id, placeholder=placeholder, longest=6, typed=typed)


def _operator(number: int, names: Mapping[int, str]) -> Element:
    return option(names.get(number, f"Operator {number}"), f"{number}")


def _start(values: Values, now: datetime, errors: Errors) -> tuple[date, time, str] | None:
    """Return day, time and zone, or None with messages in `errors`."""
    day = text_of(values, WebinarAction.DATE)
    clock = text_of(values, WebinarAction.TIME)
    zone = _zone(text_of(values, WebinarAction.ZONE), errors)
    for text, input_id, message in (
        (day, WebinarAction.DATE, "Choose a day."),
        (clock, WebinarAction.TIME, "Choose a time."),
    ):
        if not text:
            errors[input_id] = message
    if not day or not clock or not zone:
        return None
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    if local.year > _LAST_YEAR:
        errors[WebinarAction.DATE] = f"Days up to {_LAST_YEAR} work."
    elif local <= now:
        errors[WebinarAction.DATE] = "This has passed already."
    elif local.astimezone(UTC).astimezone(local.tzinfo).time() != local.time():
        errors[WebinarAction.TIME] = f"Clocks in {zone} skip this time on that day."
    return local.date(), local.time(), zone


def _zone(text: str, errors: Errors) -> str:
    """Return the IANA name, or an empty text with a message."""
    try:
        if text:
            return zones.zone_named(text)
        errors[WebinarAction.ZONE] = "Choose a time zone."
    except UserError as error:
        errors[WebinarAction.ZONE] = str(error)
    return ""


def _hosts(values: Values, errors: Errors) -> tuple[NewHost, ...]:
    """Return the organizers and presenters, each once, with the devices of their role."""
    found: list[NewHost] = []
    for role, input_id in _HOSTS.items():
        devices = texts_of(values, _HOST_DEVICES[role])
        flags = {name: name in devices for name, _ in _DEVICES}
        typed = map(_id, texts_of(values, input_id))
        chosen = [number for number in typed if number is not None]
        if {each.id for each in found} & set(chosen):
            errors[input_id] = "Somebody here is an organizer already."
        found += [replace(NewHost(number, role), **flags) for number in chosen]
    if not found:
        errors[WebinarAction.ORGANIZERS] = "Choose at least one organizer or presenter."
    return tuple(found)


def _amount(values: Values, input_id: str, most: float, errors: Errors) -> float | None:
    """Return the number that was typed, or None for nothing and for a mistake."""
    text = text_of(values, input_id).replace(",", ".")
    if not text:
        return None
    plain_number = text.isascii() and text.replace(".", "", 1).isdigit()
    number = float(text) if plain_number else -1.0
    if 0 < number <= most:
        return number
    errors[input_id] = f"A number above 0, up to {most:g}."
    return None


def _id(text: str) -> int | None:
    """Return an operator's number, or None."""
    return int(text) if text.isascii() and text.isdigit() else None
