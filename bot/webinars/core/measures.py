"""The figures of answers about webinars that a digest can depend on."""

from typing import Final

from bot.asking.terms import Better, Measure, Tally, tally_of
from bot.webinars.core.attendance import Attendance
from bot.webinars.question import EVENT_LISTS, EventsQuestion

EVENTS: Final = Measure("events", also=("webinars", "sessions", "event", "webinar"))
HOSTS: Final = Measure("hosts", also=("operators",))
ROOMS: Final = Measure("rooms")
_GUESTS: Final = (
    Measure("registrations", also=("registered", "registrants", "registration"), better=Better.UP),
    Measure("attended", also=("attendees", "attending"), better=Better.UP),
    Measure("attendance", percent=True, also=("attendance rate", "show rate"), better=Better.UP),
)
_OF_GUESTS: Final = ("registrants", "registrations", "summary")


def event_measures(question: EventsQuestion | None) -> tuple[Measure, ...]:
    """Return the figures of a question's answer, or all that there may be."""
    if question is None:
        return (EVENTS, *_GUESTS, HOSTS, ROOMS)
    if question.view in EVENT_LISTS:
        return (EVENTS,)
    if question.view in _OF_GUESTS:
        return _GUESTS
    return {"operators": (HOSTS,), "rooms": (ROOMS,)}.get(question.view, ())


def guest_figures(sums: Attendance) -> Tally:
    """Return the figures of an event's guests."""
    rate = None if sums.rate is None else round(sums.rate, 1)
    return tally_of(
        {"registrations": sums.registered, "attended": sums.attended, "attendance": rate}
    )


def event_part(question: EventsQuestion) -> str:
    """Return that events of a list can be chosen from by title; of a file they cannot."""
    return "event" if question.view in EVENT_LISTS and not question.export else ""
