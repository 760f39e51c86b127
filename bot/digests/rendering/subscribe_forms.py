"""The windows in which a digest is ordered or moved, and the reading of what was chosen in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.asking.core import zones
from bot.asking.core.arguments import joined, quoted, tokens
from bot.asking.subscription import Subscription
from bot.digests.core.schedule import Schedule, parse_schedule
from bot.digests.core.subscribe import MAX_NOTE
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.rendering.words import place, title, with_zone
from bot.errors import UserError
from bot.slack.blocks.blocks import Element, bold, channel, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import Callback
from bot.slack.blocks.inputs import (
    Values,
    field,
    option,
    searched_select,
    select,
    text_input,
    text_of,
    time_input,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Block

_OFTEN: Final = (
    ("weekdays", "Every weekday"),
    ("daily", "Every day"),
    *((f"{day.lower()}s", f"Every {day}") for day in ("Monday", "Tuesday", "Wednesday")),
    *((f"{day.lower()}s", f"Every {day}") for day in ("Thursday", "Friday")),
    ("every 2 weeks monday", "Every other Monday"),
    ("first monday", "First Monday of each month"),
    ("monthly 1", "First day of each month"),
    ("monthly last", "Last day of each month"),
    ("quarterly", "First day of each quarter"),
)
_SAME: Final = "same"
_NINE: Final = "09:00"
_LONGEST: Final = 200
_TYPED: Final = "Or write it"
_TYPED_HINT: Final = (
    "Counts instead of the choices above: first monday 9:00, every 2 weeks on friday at 16:00, "
    "monday and thursday 8:30 London."
)


@dataclass(frozen=True, slots=True)
class SubscribeForm:
    """A submitted order."""

    schedule: Schedule
    note: str


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """When a digest shall come: a schedule, or another time on the days that it has."""

    schedule: Schedule | None
    time: str = ""
    zone: str = ""


def subscribe_modal(*, about: str, place_id: str, metadata: str) -> View:
    """Return the window that orders what is called `about` for a conversation.

    `metadata` is the outbox key of the answer.
    """
    direct = place_id.startswith(("D", "U", "W"))
    where = (plain("you"),) if direct else (channel(place_id),)
    note = text_input(DigestAction.NOTE, placeholder="For the Monday meeting", longest=MAX_NOTE)
    return modal(
        Callback.SUBSCRIBE,
        "Get this on a schedule",
        (
            paragraph(plain("Send "), bold(about), plain(" to "), *where, plain(" on a schedule.")),
            *_when_inputs(_OFTEN, time=_NINE, zone="Yours"),
            field("Note", note, optional=True, hint="Stands above each digest."),
        ),
        submit="Subscribe",
        metadata=metadata,
    )


def change_modal(one: Subscription) -> View:
    """Return the window that moves a digest to other times or days."""
    now = paragraph(bold(title(one)), *place(one, "in"), plain(f" comes {with_zone(one)}."))
    times = one.words.rpartition("at ")[2]
    time = times if len(times) == len(_NINE) else _NINE
    return modal(
        DigestCallback.CHANGE,
        "When should it come?",
        (now, *_when_inputs(((_SAME, "On the same days"), *_OFTEN), time=time, zone="As now")),
        submit="Change",
        metadata=f"{one.id}",
    )


def subscribe_form(values: Values) -> SubscribeForm | Errors:
    """Return the schedule and the note, or messages."""
    found = _schedule(values)
    if not isinstance(found, Schedule):
        return found
    return SubscribeForm(found, text_of(values, DigestAction.NOTE)[:MAX_NOTE])


def change_form(values: Values) -> ChangeForm | Errors:
    """Return when a digest shall come, or messages."""
    typed = text_of(values, DigestAction.SCHEDULE)
    if not typed and text_of(values, DigestAction.OFTEN) == _SAME:
        time = text_of(values, DigestAction.TIME) or _NINE
        return ChangeForm(None, time, text_of(values, DigestAction.ZONE))
    found = _schedule(values)
    return ChangeForm(found) if isinstance(found, Schedule) else found


def zone_choices(query: str) -> list[Element]:
    """Return the options of the zone's select for what was typed so far."""
    return [option(name, name) for name in zones.names_with(query)][: LIMITS.options]


def _when_inputs(often: Sequence[tuple[str, str]], *, time: str, zone: str) -> tuple[Block, ...]:
    typed = text_input(DigestAction.SCHEDULE, placeholder="mon and thu 8:30", longest=_LONGEST)
    return (
        field("How often", select(DigestAction.OFTEN, often, chosen=often[0][0])),
        field("Time", time_input(DigestAction.TIME, chosen=time)),
        field(
            "Time zone",
            searched_select(DigestAction.ZONE, placeholder=zone),
            optional=True,
        ),
        field(_TYPED, typed, optional=True, hint=_TYPED_HINT),
    )


def _schedule(values: Values) -> Schedule | Errors:
    """Return what was written, or else chosen, or a message beside the input that is wrong."""
    typed = text_of(values, DigestAction.SCHEDULE)
    chosen = (
        text_of(values, DigestAction.OFTEN) or _OFTEN[0][0],
        text_of(values, DigestAction.TIME) or _NINE,
        text_of(values, DigestAction.ZONE),
    )
    wrong = DigestAction.SCHEDULE if typed else DigestAction.OFTEN
    try:
        found, rest = parse_schedule(tokens(typed or " ".join(filter(None, chosen))))
    except UserError as error:
        return {wrong: str(error)}
    if rest:
        return {wrong: f"I can't read {quoted(joined(rest))} after the schedule."}
    return found
